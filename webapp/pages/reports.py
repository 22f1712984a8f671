"""Báo cáo: what is owed and by when, the form to fill in, handing in, returning, accepting."""

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select

from webapp import listing, navigation
from webapp.access import guarded, may, may_anywhere, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options, Words
from webapp.listing import Column, Listing, View
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words, words
from workflows import plans, regimes, reports, studies
from workflows.calendar import days_left, parse
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation, Regime
from workflows.reports import Report, Standing
from workflows.wording import N_

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

TONES = {
    Standing.AWAITED: Tone.IDLE,
    Standing.MISSING: Tone.LATE,
    Standing.RETURNED: Tone.SOON,
    Standing.SUBMITTED: Tone.WAITING,
    Standing.SUBMITTED_LATE: Tone.WAITING,
    Standing.ACCEPTED: Tone.GOOD,
    Standing.ACCEPTED_LATE: Tone.SOON,
}
# What is asked on these forms is answered on pages of their own.
OWN_PAGES = {studies.CODE: "studies.confirm", plans.CODE: "plans.show"}
OPEN = (Standing.AWAITED.value, Standing.MISSING.value, Standing.RETURNED.value)


def standing_badge(standing: str) -> Badge:
    """How an obligation stands, in colour and word."""
    kind = Standing(standing)
    return Badge(words(kind), TONES[kind])


def address(obligation: Obligation) -> str:
    """The page of an obligation and its answer."""
    return url_for("reports.show", period=obligation.period, obligation_id=obligation.id)


def report_list() -> Listing[Any]:
    """What is owed, as declared for today; rows are (obligation, report, standing)."""
    standing = reports.standing_sql(today())
    return Listing(
        name="bao-cao",
        title=N_("Báo cáo"),
        columns=(
            Column(
                "regime",
                N_("Báo cáo"),
                lambda r: r[0].regime.name,
                sort=Regime.name,
                address=lambda r: address(r[0]),
                width=48,
            ),
            Column("unit", N_("Đơn vị"), lambda r: r[0].unit.short_name, sort=Unit.path, width=36),
            Column("period", N_("Kỳ"), lambda r: in_words(r[0].span.label), sort=Obligation.last_day),
            Column("due", N_("Hạn nộp"), lambda r: r[0].due_on, sort=Obligation.due_on),
            Column("left", N_("Còn lại"), _left),
            Column(
                "submitted", N_("Ngày nộp"), lambda r: r[1] and r[1].submitted_on, sort=Report.submitted_on
            ),
            Column("standing", N_("Trạng thái"), lambda r: standing_badge(r[2])),
        ),
        filters=(
            Options.of("standing", N_("Trạng thái"), Standing, standing),
            Options(
                "regime",
                N_("Chế độ báo cáo"),
                regime_choices,
                lambda ids: Obligation.regime_id.in_(whole_numbers(ids)),
            ),
            Options("period", N_("Kỳ"), period_choices, lambda codes: Obligation.period.in_(codes)),
            Days("due", N_("Hạn nộp"), Obligation.due_on),
            Words("unit", N_("Đơn vị"), (Unit.name, Unit.short_name)),
            Flag("mine", N_("Chờ tôi xử lý"), lambda: reports.waiting_for(me(), on=today())),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("mine", N_("Chờ tôi xử lý"), {"mine": "1", "sort": "due"}),
            View("open", N_("Phải nộp"), {"standing": list(OPEN), "sort": "due"}),
            View("late", N_("Quá hạn chưa nộp"), {"standing": [Standing.MISSING.value], "sort": "-due"}),
            View("received", N_("Chờ tiếp nhận"), {"standing": ["submitted", "submitted-late"]}),
            View("returned", N_("Trả lại"), {"standing": [Standing.RETURNED.value]}),
            View("accepted", N_("Đã tiếp nhận"), {"standing": ["accepted", "accepted-late"]}),
        ),
        sort="-due",
    )


def _left(row: Any) -> str:
    obligation, _, standing = row
    return in_words(days_left(obligation.due_on, now(), calendar())) if standing in OPEN else ""


def regime_choices() -> list[tuple[str, str]]:
    """The regimes the person may see, for a filter."""
    found = session().execute(
        select(Regime.id, Regime.name).where(regimes.visible_to(me(), on=today())).order_by(Regime.name)
    )
    return [(str(id_), name) for id_, name in found]


def period_choices() -> list[tuple[str, str]]:
    """The periods the person may see, the newest first."""
    last_day = func.max(Obligation.last_day)
    wanted = select(Obligation.period).where(regimes.visible_obligations(me(), on=today()))
    codes = session().scalars(wanted.group_by(Obligation.period).order_by(last_day.desc()))
    return [(code, in_words(parse(code).label)) for code in codes]


def whole_numbers(ids: list[str]) -> list[int]:
    """Those of the ids that are numbers."""
    return [int(id_) for id_ in ids if id_.isdigit()]


def own_page(obligation: Obligation) -> str | None:
    """The address of the page that some forms have of their own, unless the full report is asked for."""
    code = obligation.form_version.code
    if request.args.get("full") or (code == studies.CODE and not may(Permission.REPORT_WRITE, obligation)):
        return None
    return url_for(OWN_PAGES[code], obligation_id=obligation.id) if code in OWN_PAGES else None


@navigation.waiting("reports.index")
def waiting(person: Person, on: date) -> Select[int]:
    """How many reports wait for this person: to be received, to be signed off, to be mended."""
    mine = reports.owed(person, on=on).where(reports.waiting_for(person, on=on))
    return mine.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """What the person's units owe, or what the office is owed."""
    return listing.answer(
        report_list(),
        reports.owed(me(), on=today()),
        "reports/index.html",
        accepts=may_anywhere(Permission.REPORT_REVIEW) or reports.accepts_below(session(), me(), on=today()),
    )
