"""Quán triệt: how far a directive has come down the tree, who is silent, confirming in one minute."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select

from webapp import listing
from webapp.access import fetch, guarded, may, me, own_office
from webapp.asking import asked
from webapp.filters import Arguments, Chip, Days, Flag, Options, Words
from webapp.forms.asking import StudyForm
from webapp.forms.base import attempt
from webapp.forms.studies import ConfirmForm
from webapp.listing import Column, Listing, View
from webapp.pages.reports import address, standing_badge
from webapp.runtime import calendar, now, session, today
from webapp.unit_filter import MOST_DIGITS
from webapp.words import in_words, percent
from workflows import asking, regimes, reports, studies
from workflows.calendar import days_left
from workflows.directives import Directive
from workflows.organisations import Unit, ancestors
from workflows.permissions import Permission, readable_units
from workflows.regimes import Obligation, Regime
from workflows.reports import Report, Standing
from workflows.studies import CODE, NUMBERS
from workflows.wording import N_

blueprint = Blueprint("studies", __name__, url_prefix="/studies")

SILENT = (Standing.AWAITED.value, Standing.MISSING.value, Standing.RETURNED.value)


def study_list() -> Listing[Any]:
    """The requests to study; rows are (regime, asked, confirmed)."""
    counts = studies.counts_sql(me(), on=today())
    return Listing(
        name="quan-triet",
        title=N_("Học tập, quán triệt"),
        columns=(
            Column(
                "name",
                N_("Yêu cầu"),
                lambda r: r[0].name,
                sort=Regime.name,
                address=lambda r: url_for("studies.show", regime_id=r[0].id),
                width=60,
            ),
            Column("directive", N_("Văn bản"), _directive_number, unbroken=True),
            Column("due", N_("Hạn"), lambda r: r[0].ends_on, sort=Regime.ends_on),
            Column("asked", N_("Phải xác nhận"), lambda r: r[1], sort=counts["asked"], numeric=True),
            Column("done", N_("Đã xác nhận"), lambda r: r[2], sort=counts["confirmed"], numeric=True),
            Column("share", N_("Tỷ lệ"), lambda r: percent(r[2] / r[1] if r[1] else None), numeric=True),
        ),
        filters=(
            Days("due", N_("Hạn"), Regime.ends_on),
            Flag("open", N_("Còn đơn vị chưa xác nhận"), lambda: counts["confirmed"] < counts["asked"]),
            Words("words", N_("Tên yêu cầu"), (Regime.name,)),
        ),
        views=(View("all", N_("Tất cả")), View("open", N_("Chưa xong"), {"open": "1", "sort": "due"})),
        sort="-due",
    )


def _directive_number(row: Any) -> str:
    return row[0].directive.number or row[0].directive.type


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """All requests the person may see; what their own units still have to confirm stands on top."""
    counts = studies.counts_sql(me(), on=today())
    statement = studies.requests(me(), on=today()).add_columns(*counts.values())
    mine = asking.own_open(session(), me(), CODE, on=today())
    return listing.answer(study_list(), statement, "studies/index.html", mine=mine, left=_left)


def _left(obligation: Obligation) -> str:
    return in_words(days_left(obligation.due_on, now(), calendar()))


@blueprint.get("/<int:regime_id>")
@guarded(Permission.REPORT_VIEW)
def show(regime_id: int) -> ResponseReturnValue:
    """One request: its share by branch of the tree, and every unit with what it said."""
    regime = _visible(regime_id)
    under = _under(regime)
    statement = studies.answers(regime, me(), on=today())
    return listing.answer(
        answer_list(),
        statement,
        "studies/show.html",
        regime=regime,
        period=asking.period_of(regime),
        under=under,
        above=_above(under),
        branches=studies.branches(session(), regime, under, me(), on=today()),
        whole=asking.standing(session(), regime, me(), on=today()),
        totals=studies.totals(session(), regime, me(), on=today()),
        numbers=NUMBERS,
        silent=SILENT,
    )


def _visible(regime_id: int) -> Regime:
    wanted = studies.requests(me(), on=today()).where(Regime.id == regime_id)
    return session().scalar(wanted) or abort(404)


@dataclass(frozen=True)
class Branch:
    """The units of one branch of the tree; kept while other filters change."""

    key: str
    label: str
    kind: str = "hidden"

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""
        return {self.key: arguments.getlist(self.key)}

    def read(self, arguments: Arguments) -> Unit | None:
        """The head of the branch, as far as the person may see it."""
        wanted = arguments.get(self.key, "")
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < MOST_DIGITS):
            return None
        seen = readable_units(me(), on=today())
        return session().scalar(select(Unit).where(Unit.id == int(wanted), seen))

    def condition(self, value: Unit) -> ColumnElement[bool]:
        """The head and everything below it."""
        return Unit.path.startswith(value.path)

    def chips(self, value: Unit) -> list[Chip]:
        """The head's name."""
        return [Chip(f"{gettext(self.label)}: {value.short_name}", {self.key: None})]


def _under(regime: Regime) -> Unit:
    """The unit whose branches are shown: the one the address names, else the head of all that was asked."""
    named = Branch("under", "").read(request.args)
    if named is not None:
        return named
    root = int(regime.office.served_branch.strip("/").split("/")[-1])
    return session().get_one(Unit, root)


def _above(under: Unit) -> list[Unit]:
    readable = [unit for unit in ancestors(session(), under) if may(Permission.UNIT_VIEW, unit)]
    return [*readable, under]


def answer_list() -> Listing[Any]:
    """Every unit asked; rows are (obligation, report, standing, then the figures)."""
    standing = reports.standing_sql(today())
    return Listing(
        name="xac-nhan-quan-triet",
        title=N_("Xác nhận của từng đơn vị"),
        columns=(
            Column(
                "unit",
                N_("Đơn vị"),
                lambda r: r[0].unit.short_name,
                sort=Unit.path,
                address=lambda r: address(r[0]),
                width=40,
            ),
            Column("standing", N_("Trạng thái"), lambda r: standing_badge(r[2])),
            Column("due", N_("Hạn"), lambda r: r[0].due_on, sort=Obligation.due_on, shown=False),
            Column("on", N_("Ngày hoàn thành"), lambda r: _word(r, "studied_on")),
            Column("way", N_("Hình thức"), lambda r: _word(r, "way"), width=28),
            *(
                Column(code, label, lambda r, place=place: r[place], numeric=True, width=14)  # type: ignore[misc]
                for place, (code, label) in enumerate(NUMBERS.items(), start=3)
            ),
            Column(
                "submitted",
                N_("Xác nhận ngày"),
                lambda r: r[1] and r[1].submitted_on,
                sort=Report.submitted_on,
            ),
            Column("note", N_("Ghi chú"), lambda r: _word(r, "note"), shown=False, width=40),
        ),
        filters=(
            Branch("under", N_("Nhánh")),
            Options.of("standing", N_("Trạng thái"), Standing, standing),
            Words("unit", N_("Đơn vị"), (Unit.name, Unit.short_name)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("silent", N_("Chưa xác nhận"), {"standing": list(SILENT)}),
            View("done", N_("Đã xác nhận"), {"standing": _DONE}),
        ),
        sort="unit",
    )


_DONE = [kind.value for kind in Standing if kind.value not in SILENT]


def _word(row: Any, code: str) -> str:
    return str(row[1].narrative.get(code, "")) if row[1] and row[2] not in SILENT else ""


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def ask() -> ResponseReturnValue:
    """Ask units to study a directive and to confirm it."""
    directive = fetch(Directive, request.args.get("directive", type=int), Permission.DIRECTIVE_EDIT)
    known = regimes.latest_form(session(), own_office(), CODE)
    name = gettext("Học tập, quán triệt %(directive)s", directive=directive.number or directive.subject[:80])
    form = StudyForm(name=name, ways="\n".join(studies.ways_of(known)))
    outcome = asked(
        form,
        lambda: studies.ask(
            session(),
            own_office(),
            request=form.request(directive),
            ways=(form.ways.data or "").splitlines(),
            by=me(),
            at=now(),
        ),
    )
    if outcome.made:
        flash(gettext("Đã gửi yêu cầu tới các đơn vị."), "success")
        return redirect(url_for("studies.show", regime_id=outcome.made.id))
    html = render_template("studies/ask.html", form=form, directive=directive, reached=outcome.reached)
    return html, outcome.status


@blueprint.route("/confirm/<int:obligation_id>", methods=["GET", "POST"])
@guarded(Permission.REPORT_WRITE)
def confirm(obligation_id: int) -> ResponseReturnValue:
    """Confirm in one act; what was returned comes back filled, with the reason."""
    obligation = fetch(Obligation, obligation_id, Permission.REPORT_WRITE)
    report = reports.of_obligation(session(), obligation)
    if obligation.form_version.code != CODE:
        abort(404)
    if report is not None and report.state not in reports.EDITABLE and request.method == "GET":
        return redirect(
            url_for("reports.show", period=obligation.period, obligation_id=obligation.id, full=1)
        )
    form = ConfirmForm(**_said(report))
    form.offer(studies.ways_of(obligation.form_version))
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            report = studies.confirm(
                session(), obligation, confirmation=form.confirmation(), by=me(), at=now()
            )
        if tried.succeeded:
            flash(_recorded(report), "success")
            return redirect(url_for("studies.show", regime_id=obligation.regime_id))
        status = tried.status
    html = render_template(
        "studies/confirm.html", form=form, obligation=obligation, report=report, left=_left(obligation)
    )
    return html, status


def _recorded(report: Report | None) -> str:
    """What became of a confirmation: counted at once, or waiting for the head of the unit."""
    if report is not None and report.state is reports.ReportState.PROPOSED:
        return gettext("Đã trình thủ trưởng duyệt. Xác nhận được tính khi thủ trưởng duyệt và nộp.")
    return gettext("Đã ghi nhận xác nhận của đơn vị.")


def _said(report: Report | None) -> dict[str, Any]:
    """What the unit said before, for the form to begin with."""
    if report is None:
        return {"studied_on": today()}
    figures = {code: int(value) for code, value in reports.figures_of(session(), report).items()}
    words = {code: text for code, text in report.narrative.items() if code != "studied_on"}
    return {**figures, **words, "studied_on": _day(str(report.narrative.get("studied_on", "")))}


def _day(text: str) -> Any:
    # The form kept it as it was checked: day/month/year.
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    return today().replace(int(year), int(month), int(day)) if year else today()
