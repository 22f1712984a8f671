"""Thống kê: members by organisation and by unit, gathering rates against the target, rolled up the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from wtforms import SelectChoice

from webapp.access import fetch, guarded, may, me, own_office
from webapp.forms.base import attempt
from webapp.forms.statistics import TargetForm
from webapp.runtime import now, session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import in_words, there_with
from workflows import statistics
from workflows.calendar import parse
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Regime
from workflows.statistics import GatheringTarget, Line, member_form

# A year of months, and the same month of the year before.
PERIODS_IN_CHART = 13

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")

SHOWN = (
    member_form.ELIGIBLE,
    member_form.OPENING,
    *member_form.INCREASES,
    *member_form.DECREASES,
    member_form.CLOSING,
    *member_form.PARTS,
    "branches",
)


@dataclass(frozen=True)
class Choice:
    """What the address asks for: a regime, one of its periods, all organisations or one."""

    regime: Regime
    periods: Sequence[str]
    period: str
    organisation: str

    @property
    def scope(self) -> ColumnElement[bool]:
        """The units whose returns the person may read, of the organisation if one is chosen."""
        readable = readable_units(me(), on=today())
        return readable & (Unit.organisation == self.organisation) if self.organisation else readable

    @property
    def before(self) -> str | None:
        """The period before, if something was owed for it."""
        earlier = parse(self.period).previous()
        return earlier.code if earlier and earlier.code in self.periods else None

    def lines(self) -> list[Line]:
        """One line an organisation, or one a unit inside an organisation."""
        count = statistics.by_unit if self.organisation else statistics.by_organisation
        return count(session(), self.regime, self.period, self.scope)

    def members(self, period: str) -> dict[str, Decimal]:
        """Members at the end of a period, for the same lines."""
        group = Unit.id if self.organisation else Unit.organisation
        return statistics.of_cell(session(), self.regime, member_form.CLOSING, period, self.scope, group)


@dataclass(frozen=True)
class Shown:
    """A line of the table: its name, where it leads, what it is compared with."""

    line: Line
    name: str
    address: str | None
    target: GatheringTarget | None
    before: Decimal | None

    @property
    def to_target(self) -> Decimal | None:
        """How far the rate is from the target, in points of a hundred."""
        return (self.line.rate - self.target.share) * 100 if self.line.rate and self.target else None

    @property
    def growth(self) -> Decimal | None:
        """Members more or fewer than at the end of the period before."""
        members = self.line.figures.get(member_form.CLOSING)
        return members - self.before if members is not None and self.before is not None else None


@blueprint.get("/")
@guarded(Permission.STATISTICS_VIEW)
def index() -> ResponseReturnValue:
    """Totals of a period: by organisation, or by unit inside one organisation."""
    regimes = statistics.member_regimes(session(), me(), on=today())
    if not regimes:
        return render_template("statistics/none.html")
    choice = _choice(regimes)
    targets = statistics.targets_in_force(session(), choice.regime.office, on=parse(choice.period).last_day())
    shown = _shown(choice, targets)
    if request.args.get("format") == "xlsx":
        return _sheet(choice, shown)
    return render_template("statistics/index.html", **_page(choice, shown), regimes=regimes)


def _choice(regimes: Sequence[Regime]) -> Choice:
    """What the address asks for; the newest period that has closed where it names none."""
    regime = asked_regime(regimes)
    periods = statistics.periods(session(), regime)
    closed = [code for code in periods if parse(code).last_day(regime.cut_off_day) < today()]
    newest = next(iter(closed or periods), "") or abort(404)
    wanted = request.args.get("period", "")
    return Choice(
        regime,
        periods,
        wanted if wanted in periods else newest,
        asked_organisation(),
    )


def asked_regime(regimes: Sequence[Regime]) -> Regime:
    """The regime the address names, the first of all where it names none of them."""
    named = next((one for one in regimes if str(one.id) == request.args.get("regime")), None)
    return named or next(iter(regimes), None) or abort(404)


def asked_organisation() -> str:
    """The organisation the address names; empty for all."""
    named = request.args.get("organisation", "")
    return named if named in member_form.ORGANISATIONS else ""


def organisation_names() -> dict[str, str]:
    """Organisation → its name in the language of the page."""
    return {key: gettext(name) for key, name in member_form.ORGANISATIONS.items()}


def labels_of_cells() -> dict[str, str]:
    """Cell → its label in the language of the page."""
    return {cell: gettext(label) for cell, label in member_form.LABELS.items()}


def _shown(choice: Choice, targets: Mapping[str, GatheringTarget]) -> list[Shown]:
    """The lines in their order: organisations as always, units by the alphabet."""
    before = choice.members(choice.before) if choice.before else {}
    named = _units(choice) if choice.organisation else _organisations()
    lines = {line.key: line for line in choice.lines()}
    return [
        Shown(
            lines[key],
            name,
            address,
            targets.get(choice.organisation or key) or targets.get(""),
            before.get(key),
        )
        for key, (name, address) in named.items()
        if key in lines
    ]


def _organisations() -> dict[str, tuple[str, str | None]]:
    here = url_for(".index")
    return {
        key: (gettext(name), there_with(here, organisation=key, format=None))
        for key, name in member_form.ORGANISATIONS.items()
    }


def _units(choice: Choice) -> dict[str, tuple[str, str | None]]:
    """The units in their order, each leading to its return."""
    answers = statistics.answers(session(), choice.regime, choice.period, choice.scope)
    wanted = (
        select(Unit.id, Unit.short_name).where(choice.scope).order_by(in_vietnamese_order(Unit.short_name))
    )
    return {
        str(id_): (name, url_for("reports.show", period=choice.period, obligation_id=answers[str(id_)]))
        for id_, name in session().execute(wanted)
        if str(id_) in answers
    }


def _page(choice: Choice, shown: list[Shown]) -> dict[str, Any]:
    """All that the page shows."""
    targets = {one.target.id: one.target for one in shown if one.target}
    publication = None
    if may(Permission.STATISTICS_VIEW, choice.regime):
        publication = statistics.newest_publication(session(), choice.regime, choice.period)
    return {
        "regime": choice.regime,
        "period": parse(choice.period),
        "before": parse(choice.before) if choice.before else None,
        "periods": [parse(code) for code in choice.periods],
        "organisation": choice.organisation,
        "organisations": organisation_names(),
        "labels": labels_of_cells(),
        "shown": shown,
        "total": total_of([one.line for one in shown]),
        "columns": SHOWN,
        "has_target": bool(targets),
        # One line in the chart can only stand for one target.
        "target": next(iter(targets.values())) if len(targets) == 1 else None,
        "rates": _rates(shown),
        "series": _series(choice),
        "branch": _branch_above(),
        "publication": publication,
        "restated": statistics.restatement(session(), publication) if publication else [],
    }


def _branch_above() -> int | None:
    """The highest unit whose branches the person oversees: where the way down the tree begins."""
    highest = min((post.reach for post in me().appointments_on(today())), key=len, default="")
    return int(highest.rstrip("/").rsplit("/", 1)[-1]) if highest.strip("/") else None


def _series(choice: Choice) -> list[tuple[str, float, str]]:
    """Members at the end of the newest periods, each leading to the page of its period."""
    here = url_for(".index")
    newest = choice.periods[:PERIODS_IN_CHART]
    found = statistics.series(session(), choice.regime, member_form.CLOSING, choice.scope, periods=newest)
    return [
        (in_words(parse(code).label), float(value), there_with(here, period=code)) for code, value in found
    ]


def total_of(lines: list[Line]) -> Line:
    """The lines of a table added up."""
    figures: dict[str, Decimal] = {}
    for line in lines:
        for cell, value in line.figures.items():
            figures[cell] = figures.get(cell, Decimal(0)) + value
    counts = [(line.expected, line.received, line.in_time, line.accepted) for line in lines]
    return Line("", figures, *map(sum, zip(*counts, strict=True)))


def _rates(shown: list[Shown]) -> list[tuple[str, float, str | None]]:
    """Gathering rates for the chart, best last, each leading to what is behind it."""
    known = sorted((one for one in shown if one.line.rate is not None), key=lambda one: one.line.rate or 0)
    return [(one.name, float(one.line.rate or 0) * 100, one.address) for one in known]


def _sheet(choice: Choice, shown: list[Shown]) -> ResponseReturnValue:
    """The table as it stands, for the office's own calculations."""
    heads = [
        gettext("Đơn vị"),
        *(gettext(member_form.LABELS[cell]) for cell in SHOWN),
        gettext("Tỷ lệ tập hợp (phần trăm)"),
        gettext("So với kỳ trước"),
    ]
    rows = [
        [one.name, *map(one.line.figures.get, SHOWN), one.line.rate and one.line.rate * 100, one.growth]
        for one in shown
    ]
    columns = [SheetColumn(head, 36 if place == 0 else 14) for place, head in enumerate(heads)]
    file = xlsx(gettext("Thống kê"), columns, rows)
    name = f"thong-ke-{choice.organisation or 'tong-hop'}-{choice.period}.xlsx"
    return send_file(file, XLSX, as_attachment=True, download_name=name)


@blueprint.post("/<int:regime_id>/publish/<period>")
@guarded(Permission.STATISTICS_PUBLISH)
def publish(regime_id: int, period: str) -> ResponseReturnValue:
    """Freeze the totals of a period."""
    regime = fetch(Regime, regime_id, Permission.STATISTICS_PUBLISH)
    if period not in statistics.periods(session(), regime):
        abort(404)
    statistics.publish(session(), regime, period=period, by=me(), at=now())
    flash(gettext("Đã công bố số liệu của kỳ."), "success")
    return redirect(url_for(".index", regime=regime.id, period=period))


@blueprint.route("/targets/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def target() -> ResponseReturnValue:
    """Set a gathering target from a day on."""
    form, status = TargetForm(), 422 if request.method == "POST" else 200
    form.organisation.choices = [
        SelectChoice("", gettext("Tất cả")),
        *(SelectChoice(key, gettext(name)) for key, name in member_form.ORGANISATIONS.items()),
    ]
    if form.validate_on_submit():
        with attempt(form) as tried:
            statistics.set_target(
                session(),
                own_office(),
                organisation=form.organisation.data,
                share=form.percent.data / 100,
                valid_from=form.valid_from.data,
                source=form.source.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã ghi chỉ tiêu."), "success")
            return redirect(url_for(".index"))
        status = tried.status
    return render_template("statistics/target.html", form=form), status
