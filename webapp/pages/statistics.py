"""Thống kê: members by organisation and by unit, gathering rates against the target, rolled up the tree."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select

from webapp.access import fetch, guarded, me
from webapp.forms.base import attempt
from webapp.forms.statistics import TargetForm
from webapp.listing import XLSX
from webapp.pages.tasks import own_office
from webapp.runtime import now, session, today
from webapp.sheets import SheetColumn, xlsx
from webapp.words import in_words
from workflows import statistics
from workflows.calendar import parse
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Regime
from workflows.statistics import Line, member_form
from workflows.wording import N_

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")

ORGANISATIONS = {
    "union": N_("Công đoàn"),
    "youth": N_("Đoàn Thanh niên"),
    "women": N_("Hội Phụ nữ"),
    "farmers": N_("Hội Nông dân"),
    "veterans": N_("Hội Cựu chiến binh"),
    "front": N_("Mặt trận Tổ quốc"),
}
SHOWN = (
    member_form.ELIGIBLE,
    member_form.OPENING,
    *member_form.INCREASES,
    *member_form.DECREASES,
    member_form.CLOSING,
    *member_form.PARTS,
    "branches",
)


@blueprint.get("/")
@guarded(Permission.STATISTICS_VIEW)
def index() -> ResponseReturnValue:
    """Totals of a period: by organisation, or by unit inside one organisation."""
    regimes = statistics.member_regimes(session(), me(), on=today())
    if not regimes:
        return render_template("statistics/none.html")
    regime = next((r for r in regimes if str(r.id) == request.args.get("regime")), regimes[0])
    periods = statistics.periods(session(), regime)
    period = _chosen_period(regime, periods)
    organisation = request.args.get("organisation", "")
    lines = _lines(regime, period, organisation)
    if request.args.get("format") == "xlsx":
        return _sheet(lines, period, organisation)
    return render_template(
        "statistics/index.html", **_page(regime, periods, period, organisation, lines), regimes=regimes
    )


def _page(
    regime: Regime, periods: Sequence[str], period: str, organisation: str, lines: list[Line]
) -> dict[str, Any]:
    """All that the page shows."""
    target = statistics.target_in_force(session(), regime.office, organisation, on=parse(period).last_day())
    scope = _scope(organisation)
    return {
        "regime": regime,
        "period": parse(period),
        "periods": [parse(code) for code in periods],
        "organisation": organisation,
        "organisations": {key: gettext(name) for key, name in ORGANISATIONS.items()},
        "lines": lines,
        "total": _total(lines),
        "names": _names(lines, organisation),
        "columns": [(cell, gettext(member_form.LABELS[cell])) for cell in SHOWN],
        "target": target,
        "rates": _rates(lines, organisation),
        "series": [
            (in_words(parse(code).label), float(value))
            for code, value in statistics.series(session(), regime, member_form.CLOSING, scope)
        ],
        "publication": statistics.newest_publication(session(), regime, period),
    }


def _chosen_period(regime: Regime, periods: Sequence[str]) -> str:
    """The period in the address, otherwise the newest that has closed."""
    wanted = request.args.get("period", "")
    if wanted in periods:
        return wanted
    closed = [code for code in periods if parse(code).last_day(regime.cut_off_day) < today()]
    return next(iter(closed or periods), "") or abort(404)


def _scope(organisation: str) -> ColumnElement[bool]:
    readable = readable_units(me(), on=today())
    return readable & (Unit.organisation == organisation) if organisation else readable


def _lines(regime: Regime, period: str, organisation: str) -> list[Line]:
    if organisation:
        return statistics.by_unit(session(), regime, period, _scope(organisation))
    lines = statistics.by_organisation(session(), regime, period, _scope(""))
    known = list(ORGANISATIONS)
    return sorted(lines, key=lambda line: known.index(line.key) if line.key in known else len(known))


def _names(lines: list[Line], organisation: str) -> dict[str, str]:
    if not organisation:
        return {line.key: gettext(ORGANISATIONS.get(line.key, line.key)) for line in lines}
    units = session().execute(select(Unit.id, Unit.short_name).where(Unit.organisation == organisation))
    return {str(id_): short_name for id_, short_name in units}


def _total(lines: list[Line]) -> Line:
    figures: dict[str, Decimal] = {}
    for line in lines:
        for cell, value in line.figures.items():
            figures[cell] = figures.get(cell, Decimal(0)) + value
    return Line("", figures, sum(line.expected for line in lines), sum(line.accepted for line in lines))


def _rates(lines: list[Line], organisation: str) -> list[tuple[str, float, str | None]]:
    """Gathering rates for the chart, best last, each leading to the table behind it."""
    names = _names(lines, organisation)
    known = sorted((line for line in lines if line.rate is not None), key=lambda line: line.rate or 0)
    return [(names[line.key], float(line.rate or 0) * 100, _drill(line, organisation)) for line in known]


def _drill(line: Line, organisation: str) -> str | None:
    if organisation:
        return None
    return url_for(".index", **{**request.args.to_dict(), "organisation": line.key})


def _sheet(lines: list[Line], period: str, organisation: str) -> ResponseReturnValue:
    """The table as it stands, for the office's own calculations."""
    names = _names(lines, organisation)
    heads = [gettext("Đơn vị"), *(gettext(member_form.LABELS[cell]) for cell in SHOWN), gettext("Tỷ lệ %")]
    rows = [
        [names[line.key], *(line.figures.get(cell) for cell in SHOWN), line.rate and line.rate * 100]
        for line in lines
    ]
    columns = [SheetColumn(head, 36 if place == 0 else 14) for place, head in enumerate(heads)]
    file = xlsx(gettext("Thống kê"), columns, rows)
    return send_file(
        file, XLSX, as_attachment=True, download_name=f"thong-ke-{organisation or 'tong-hop'}-{period}.xlsx"
    )


@blueprint.post("/<int:regime_id>/publish/<period>")
@guarded(Permission.STATISTICS_PUBLISH)
def publish(regime_id: int, period: str) -> ResponseReturnValue:
    """Freeze the totals of a period."""
    regime = fetch(Regime, regime_id, Permission.STATISTICS_PUBLISH)
    statistics.publish(session(), regime, period=period, by=me(), at=now())
    flash(gettext("Đã công bố số liệu của kỳ."), "success")
    return redirect(url_for(".index", regime=regime.id, period=period))


@blueprint.route("/targets/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def target() -> ResponseReturnValue:
    """Set a gathering target from a day on."""
    form = TargetForm()
    form.organisation.choices = [
        ("", gettext("Tất cả")),
        *((k, gettext(n)) for k, n in ORGANISATIONS.items()),
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
    return render_template("statistics/target.html", form=form), 422 if form.errors else 200
