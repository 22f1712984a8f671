"""Kế hoạch: who was asked for a plan and has not handed one in; one plan with its milestones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing, uploads
from webapp.access import fetch, guarded, may, me, own_office
from webapp.asking import asked
from webapp.filters import Days, Flag, Options, Words
from webapp.forms.asking import PlanRequestForm
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import ReasonForm
from webapp.forms.plans import BLANK_LINES, Line, PlanForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.pages.reports import OPEN, standing_badge
from webapp.pages.tasks import state_badge, timeliness_badge
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words
from workflows import plans, regimes, reports
from workflows.calendar import days_left
from workflows.directives import Directive
from workflows.files import attached
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.plans import CODE, CONTENT, TITLE
from workflows.regimes import Obligation, Regime
from workflows.regimes.forms import read
from workflows.reports import Report, ReportMove, Standing
from workflows.wording import N_

blueprint = Blueprint("plans", __name__, url_prefix="/plans")


def address(obligation: Obligation) -> str:
    """The page of a unit's plan."""
    return url_for("plans.show", obligation_id=obligation.id)


def plan_list() -> Listing[Any]:
    """The plans that are owed; rows are (obligation, report, standing, milestones)."""
    return Listing(
        name="ke-hoach",
        title=N_("Kế hoạch của các đơn vị"),
        columns=(
            Column(
                "unit",
                N_("Đơn vị"),
                lambda r: r[0].unit.short_name,
                sort=Unit.path,
                address=lambda r: address(r[0]),
                width=36,
            ),
            Column("regime", N_("Yêu cầu"), lambda r: r[0].regime.name, sort=Regime.name, width=48),
            Column("directive", N_("Văn bản"), _directive_number, sort=Directive.number, unbroken=True),
            Column("due", N_("Hạn nộp"), lambda r: r[0].due_on, sort=Obligation.due_on),
            Column("title", N_("Kế hoạch"), _title, width=40),
            Column("milestones", N_("Số mốc"), lambda r: r[3] or None, numeric=True),
            Column(
                "submitted", N_("Ngày nộp"), lambda r: r[1] and r[1].submitted_on, sort=Report.submitted_on
            ),
            Column("standing", N_("Trạng thái"), lambda r: standing_badge(r[2])),
        ),
        filters=(
            Options.of("standing", N_("Trạng thái"), Standing, reports.standing_sql(today())),
            Options("regime", N_("Yêu cầu"), _requests, _of_requests),
            Days("due", N_("Hạn nộp"), Obligation.due_on),
            Words("words", N_("Đơn vị, văn bản"), (Unit.name, Unit.short_name, Directive.number)),
            Flag("mine", N_("Chờ tôi xử lý"), lambda: reports.waiting_for(me(), on=today())),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("mine", N_("Chờ tôi xử lý"), {"mine": "1", "sort": "due"}),
            View("open", N_("Chưa nộp"), {"standing": list(OPEN), "sort": "due"}),
            View("received", N_("Chờ tiếp nhận"), {"standing": ["submitted", "submitted-late"]}),
            View("accepted", N_("Đã tiếp nhận"), {"standing": ["accepted", "accepted-late"]}),
        ),
        sort="-due",
    )


def _directive_number(row: Any) -> str:
    directive = row[0].regime.directive
    return directive.number or directive.type


def _title(row: Any) -> str:
    return str(row[1].narrative.get(TITLE, "")) if row[1] and row[2] not in OPEN else ""


def _requests() -> list[tuple[str, str]]:
    wanted = plans.requests(me(), on=today()).with_only_columns(Regime.id, Regime.name).order_by(Regime.name)
    return [(str(id_), name) for id_, name in session().execute(wanted)]


def _of_requests(ids: list[str]) -> Any:
    return Obligation.regime_id.in_([int(id_) for id_ in ids if id_.isdigit()])


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """All plans that the person's branches owe."""
    return listing.answer(plan_list(), plans.plans(me(), on=today()), "plans/index.html")


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def ask() -> ResponseReturnValue:
    """Ask units for their own plans."""
    directive = fetch(Directive, request.args.get("directive", type=int), Permission.DIRECTIVE_EDIT)
    name = gettext("Kế hoạch thực hiện %(directive)s", directive=directive.number or directive.subject[:80])
    form = PlanRequestForm(name=name)
    outcome = asked(
        form,
        lambda: plans.ask(
            session(),
            own_office(),
            request=form.request(directive),
            guidance=form.guidance.data or "",
            by=me(),
            at=now(),
        ),
    )
    if outcome.made:
        flash(gettext("Đã gửi yêu cầu tới các đơn vị."), "success")
        return redirect(url_for("plans.index", regime=outcome.made.id))
    html = render_template("plans/ask.html", form=form, directive=directive, reached=outcome.reached)
    return html, outcome.status


@dataclass
class Open:
    """A plan that is owed, with what was written so far."""

    obligation: Obligation
    report: Report | None

    @classmethod
    def fetched(cls, obligation_id: int, permission: Permission) -> "Open":
        """The plan, if the person may do this to it; 404 otherwise."""
        obligation = fetch(Obligation, obligation_id, permission)
        if obligation.form_version.code != CODE:
            abort(404)
        return cls(obligation, reports.of_obligation(session(), obligation))

    @property
    def guidance(self) -> str:
        """What the office asks the units to mind."""
        fields = read(self.obligation.form_version.definition).fields()
        return next((field.help for field in fields if field.code == CONTENT), "")


@blueprint.get("/<int:obligation_id>")
@guarded(Permission.REPORT_VIEW)
def show(obligation_id: int) -> ResponseReturnValue:
    """One plan: to be written by the unit, to be read and decided on by the office."""
    return _page(Open.fetched(obligation_id, Permission.REPORT_VIEW))


def _page(
    plan: Open, status: int = 200, form: PlanForm | None = None, refused: OfficeForm | None = None
) -> ResponseReturnValue:
    obligation, report = plan.obligation, plan.report
    reopened = regimes.reopened_until(session(), obligation)
    lock = regimes.lock_reason(obligation, on=today(), reopened_until=reopened)
    editable = (report is None or report.state in reports.EDITABLE) and lock is None
    milestones = plans.milestones_of(session(), report) if report else []
    state, submitted_on = (report.state, report.submitted_on) if report else (None, None)
    standing = reports.standing(state, submitted_on, obligation.timely_until, today=today())
    html = render_template(
        "plans/show.html",
        obligation=obligation,
        report=report,
        guidance=plan.guidance,
        badges=[standing_badge(standing)],
        left="" if submitted_on else in_words(days_left(obligation.due_on, now(), calendar())),
        lock=in_words(lock) if lock else "",
        writing=editable and may(Permission.REPORT_WRITE, obligation),
        moves=[move.value for move in reports.moves_open_to(me(), report, on=today())] if report else [],
        milestones=[(one, _badges(one)) for one in milestones],
        form=form or _form(report, milestones),
        refused=refused,
        files=attached(session(), Report, [report.id]).get(report.id, []) if report else [],
        history=lines_of(report) if report else [],
    )
    return html, status


def _badges(milestone: plans.Milestone) -> list[Any]:
    task = milestone.task
    return [state_badge(task), timeliness_badge(task)] if task else []


def _form(report: Report | None, milestones: Any) -> PlanForm:
    """The form as the plan stands, with a few blank lines for milestones."""
    said = report.narrative if report else {}
    form = PlanForm(
        formdata=None,
        version=report.version if report else 0,
        title=said.get(TITLE, ""),
        content=said.get(CONTENT, ""),
    )
    open_ = [one for one in milestones if one.task_id is None]
    form.lines = [Line(one.what, one.who, f"{one.due_on:%d/%m/%Y}") for one in open_]
    form.lines += [Line() for _ in range(BLANK_LINES)]
    return form


@blueprint.post("/<int:obligation_id>")
@guarded(Permission.REPORT_WRITE)
def save(obligation_id: int) -> ResponseReturnValue:
    """Keep the plan as typed; on wish add lines or hand it in as well."""
    plan = Open.fetched(obligation_id, Permission.REPORT_WRITE)
    form = PlanForm()
    form.read_lines(request.form)
    status = 422
    if form.validate_on_submit() and (said := form.plan()) is not None:
        with attempt(form) as tried:
            _keep(plan, form, said)
        if tried.succeeded:
            flash(gettext("Đã nộp kế hoạch.") if _hands_in() else gettext("Đã lưu kế hoạch."), "success")
            return redirect(address(plan.obligation))
        status = tried.status
    plan.report = reports.of_obligation(session(), plan.obligation)
    return _page(plan, status, form)


def _keep(plan: Open, form: PlanForm, said: plans.Plan) -> None:
    version = request.form.get("version", type=int) if plan.report else None
    report = plans.write(session(), plan.obligation, plan=said, version=version, by=me(), at=now())
    for name, file in uploads.received("files"):
        reports.attach_file(session(), report, file=file, name=name, by=me(), at=now())
    session().flush()
    if _hands_in():
        plans.submit(session(), report, by=me(), at=now())


def _hands_in() -> bool:
    return request.form.get("act") == ReportMove.SUBMIT.value


def _return(report: Report, reason: str) -> None:
    reports.return_(session(), report, reason=reason, by=me(), at=now())


def _accept(report: Report, _: str) -> None:
    plans.accept(session(), report, by=me(), at=now())


def _reopen(report: Report, reason: str) -> None:
    reports.reopen(session(), report, reason=reason, by=me(), at=now())


ACTS: dict[str, Callable[[Report, str], None]] = {
    ReportMove.RETURN.value: _return,
    ReportMove.ACCEPT.value: _accept,
    ReportMove.REOPEN.value: _reopen,
}


@blueprint.post("/<int:obligation_id>/<any(return, accept, reopen):move>")
@guarded(Permission.REPORT_REVIEW)
def act(obligation_id: int, move: str) -> ResponseReturnValue:
    """What the office does with a plan."""
    plan = Open.fetched(obligation_id, Permission.REPORT_REVIEW)
    report = plan.report or abort(404)
    form = ReasonForm()
    with attempt(form) as tried:
        ACTS[move](report, form.reason.data or "")
    if not tried.succeeded:
        return _page(plan, tried.status, refused=form)
    flash(gettext("Đã ghi nhận."), "success")
    return redirect(address(plan.obligation))
