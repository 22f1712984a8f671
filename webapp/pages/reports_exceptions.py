"""Ngoại lệ: what was granted single units for single periods, what they ask for, and granting it."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options
from webapp.forms.base import attempt, refusal_of
from webapp.forms.reports import ExtendForm
from webapp.listing import Column, Listing, View
from webapp.pages.reports import address, period_choices, regime_choices, whole_numbers
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import after
from webapp.runtime import now, session, today
from webapp.unit_filter import Units
from webapp.words import in_words
from workflows import regimes
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import ExceptionKind, Obligation, Regime, Reopening, ReopeningRequest
from workflows.wording import N_


def _about(owed: Any) -> tuple[Column, ...]:
    """Regime, unit and period of a row's obligation."""
    return (
        Column(
            "regime",
            N_("Báo cáo"),
            lambda row: owed(row).regime.name,
            sort=Regime.name,
            address=lambda row: address(owed(row)),
            width=44,
        ),
        Column("unit", N_("Đơn vị"), lambda row: owed(row).unit.short_name, sort=Unit.path, width=34),
        Column("period", N_("Kỳ"), lambda row: in_words(owed(row).span.label), sort=Obligation.last_day),
    )


def _which() -> tuple[Any, ...]:
    """The filters both lists have."""
    return (
        Options(
            "regime",
            N_("Chế độ báo cáo"),
            regime_choices,
            lambda ids: Obligation.regime_id.in_(whole_numbers(ids)),
        ),
        Units("unit", N_("Đơn vị"), Obligation.unit_id),
        Options("period", N_("Kỳ"), period_choices, lambda codes: Obligation.period.in_(codes)),
    )


def exception_list() -> Listing[Reopening]:
    """What was granted, as declared for today: it ends by itself."""
    return Listing(
        name="ngoai-le-bao-cao",
        title=N_("Ngoại lệ đã cho"),
        columns=(
            *_about(lambda row: row.obligation),
            Column("kind", N_("Loại"), lambda row: row.kind, sort=Reopening.kind),
            Column(
                "before", N_("Hạn trước"), lambda row: row.due_before, sort=Reopening.due_before, shown=False
            ),
            Column("until", N_("Đến hết ngày"), lambda row: row.until, sort=Reopening.until),
            Column("standing", N_("Hiệu lực"), _in_force),
            Column("reason", N_("Lý do"), lambda row: row.reason, width=50),
            Column("by", N_("Người cho"), lambda row: row.granted_by.full_name, sort=Person.full_name),
            Column("at", N_("Lúc"), lambda row: row.granted_at, sort=Reopening.granted_at),
        ),
        filters=(
            *_which(),
            Options.of("kind", N_("Loại"), ExceptionKind, Reopening.kind),
            Days("until", N_("Đến hết ngày"), Reopening.until),
            Flag("live", N_("Đang có hiệu lực"), lambda: Reopening.until >= today()),
        ),
        views=(View("all", N_("Tất cả")), View("live", N_("Đang có hiệu lực"), {"live": "1"})),
        sort="-at",
    )


def request_list() -> Listing[ReopeningRequest]:
    """What units asked for."""
    return Listing(
        name="de-nghi-mo-lai",
        title=N_("Đề nghị mở lại"),
        columns=(
            *_about(lambda row: row.obligation),
            Column("reason", N_("Lý do"), lambda row: row.reason, width=50),
            Column("by", N_("Người đề nghị"), lambda row: row.asked_by.full_name, sort=Person.full_name),
            Column("at", N_("Lúc"), lambda row: row.asked_at, sort=ReopeningRequest.asked_at),
            Column("answer", N_("Trả lời"), _answered),
        ),
        filters=(*_which(), Flag("open", N_("Chờ trả lời"), lambda: ReopeningRequest.answered_at.is_(None))),
        views=(View("open", N_("Chờ trả lời"), {"open": "1"}), View("all", N_("Tất cả"))),
        sort="-at",
    )


def _in_force(row: Reopening) -> Badge:
    if row.until >= today():
        return Badge(gettext("đang có hiệu lực"), Tone.WAITING)
    return Badge(gettext("đã hết hạn"), Tone.IDLE)


def _answered(row: ReopeningRequest) -> Badge:
    if row.answered_at is None:
        return Badge(gettext("chờ trả lời"), Tone.WAITING)
    return Badge(gettext("không đồng ý"), Tone.LATE) if row.refusal else Badge(gettext("đã mở"), Tone.GOOD)


@report_pages.get("/exceptions")
@guarded(Permission.REPORT_VIEW)
def exceptions() -> ResponseReturnValue:
    """Every exception granted in the person's branches, with reason, author and end."""
    rows = regimes.exceptions(me(), on=today())
    return listing.answer(exception_list(), rows, "reports/exceptions.html", asked=False)


@report_pages.get("/exceptions/asked")
@guarded(Permission.REPORT_VIEW)
def exceptions_asked() -> ResponseReturnValue:
    """Every wish to have a form opened again."""
    rows = regimes.requests(me(), on=today())
    return listing.answer(request_list(), rows, "reports/exceptions.html", asked=True)


@report_pages.post("/exceptions/<int:exception_id>/end")
@guarded(Permission.REPORT_REVIEW)
def end_exception(exception_id: int) -> ResponseReturnValue:
    """Close a reopened form before its day."""
    exception = fetch(Reopening, exception_id, Permission.REPORT_REVIEW)
    return after(
        exception.obligation,
        refusal_of(
            lambda: regimes.end_exception(
                session(), exception, reason=request.form.get("reason", ""), by=me(), at=now()
            )
        ),
    )


@report_pages.route("/obligations/<int:obligation_id>/extend", methods=["GET", "POST"])
@guarded(Permission.REPORT_REVIEW)
def extend(obligation_id: int) -> ResponseReturnValue:
    """Give one unit a later due day for one period."""
    obligation = fetch(Obligation, obligation_id, Permission.REPORT_REVIEW)
    form = ExtendForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            regimes.extend(
                session(), obligation, until=form.until.data, reason=form.reason.data, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã lùi hạn nộp cho đơn vị."), "success")
            return redirect(address(obligation))
        status = tried.status
    return render_template("reports/extend.html", obligation=obligation, form=form), status
