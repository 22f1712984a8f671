"""Nhiệm vụ: lists by lateness, one task with its history, everything that may be done with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import listing, navigation
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.tasks import (
    AssignForm,
    DecideExtensionForm,
    ExtensionForm,
    MoveForm,
    ProgressForm,
    ReassignForm,
)
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import calendar, now, session, today
from webapp.unit_filter import Units
from webapp.words import in_words, words
from workflows import tasks
from workflows.calendar import days_left
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, holds_anywhere
from workflows.tasks import ExtensionState, Task, TaskMove, TaskState, Timeliness
from workflows.wording import N_

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")

TONES = {
    Timeliness.NO_DEADLINE: Tone.IDLE,
    Timeliness.IN_TIME: Tone.GOOD,
    Timeliness.DUE_SOON: Tone.SOON,
    Timeliness.OVERDUE: Tone.LATE,
    Timeliness.DONE_IN_TIME: Tone.GOOD,
    Timeliness.DONE_LATE: Tone.SOON,
    Timeliness.STOPPED: Tone.IDLE,
}
STATE_TONES = {
    TaskState.AWAITING_CONFIRMATION: Tone.WAITING,
    TaskState.DONE: Tone.GOOD,
    TaskState.REFUSED: Tone.LATE,
}
MAIN_MOVES = (TaskMove.RECEIVE, TaskMove.SUBMIT, TaskMove.CONFIRM, TaskMove.REASSIGN)
WAITING_STATES = {
    Permission.TASK_DECIDE: (TaskState.AWAITING_CONFIRMATION, TaskState.REFUSED),
    Permission.TASK_CARRY_OUT: (TaskState.ASSIGNED,),
}


def the_day() -> tasks.Today:
    """Today, and how far "soon" reaches."""
    return tasks.today_on(today(), calendar())


def timeliness_badge(task: Task) -> Badge:
    """How the task stands against its deadline, in colour and word."""
    kind = tasks.timeliness(task, the_day())
    return Badge(words(kind), TONES[kind])


def state_badge(task: Task) -> Badge:
    """How far the task has come, in colour and word."""
    return Badge(words(task.state), STATE_TONES.get(task.state, Tone.IDLE))


def time_left(task: Task) -> str:
    """The days left in words, or nothing when no deadline runs."""
    if task.deadline is None or task.done_on is not None or task.state in tasks.STOPPED:
        return ""
    return in_words(days_left(task.deadline, now(), calendar()))


def address(task: Task) -> str:
    """The page of a task."""
    return url_for("tasks.show", task_id=task.id)


def task_list() -> Listing[Task]:
    """The list of tasks as declared for today."""
    late = tasks.timeliness_sql(the_day())
    return Listing(
        name="nhiem-vu",
        title=N_("Nhiệm vụ"),
        columns=(
            Column(
                "title", N_("Nhiệm vụ"), lambda task: task.title, sort=Task.title, address=address, width=60
            ),
            Column("directive", N_("Văn bản"), _directive_number, unbroken=True, width=16),
            Column("lead", N_("Chủ trì"), lambda task: task.lead.short_name, sort=Task.lead_id, width=32),
            Column("deadline", N_("Thời hạn"), lambda task: task.deadline, sort=Task.deadline),
            Column("left", N_("Còn lại"), time_left),
            Column("timeliness", N_("Tiến độ hạn"), timeliness_badge),
            Column("state", N_("Trạng thái"), state_badge, sort=Task.state),
            Column(
                "progress",
                N_("Tiến độ"),
                lambda task: task.progress,
                sort=Task.progress,
                numeric=True,
                shown=False,
            ),
            Column(
                "assigned", N_("Ngày giao"), lambda task: task.assigned_at, sort=Task.assigned_at, shown=False
            ),
        ),
        filters=(
            Options.of("timeliness", N_("Tiến độ hạn"), Timeliness, late),
            Options.of("state", N_("Trạng thái"), TaskState, Task.state),
            Units("unit", N_("Đơn vị chủ trì"), Task.lead_id),
            Days("due", N_("Thời hạn"), Task.deadline),
            Words("words", N_("Nội dung"), (Task.title,)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("overdue", N_("Quá hạn"), {"timeliness": ["overdue"]}),
            View("soon", N_("Sắp đến hạn"), {"timeliness": ["due-soon"]}),
            View("waiting", N_("Chờ xác nhận"), {"state": ["awaiting-confirmation"]}),
            View("new", N_("Chưa tiếp nhận"), {"state": ["assigned"]}),
            View("done", N_("Hoàn thành"), {"state": ["done"]}),
        ),
        sort="deadline",
    )


def _directive_number(task: Task) -> str:
    return (task.directive.number or task.directive.type) if task.directive else ""


def _whole(ids: list[str]) -> list[int]:
    return [int(id_) for id_ in ids if id_.isdigit()]


@navigation.waiting("tasks.index")
def waiting(db: Session, person: Person, on: date) -> int:
    """How many tasks wait for this person: to be received, to be decided on."""
    states = {
        state
        for permission, found in WAITING_STATES.items()
        if holds_anywhere(person, permission, on=on)
        for state in found
    }
    wanted = (
        select(func.count()).select_from(Task).where(tasks.visible_to(person, on=on), Task.state.in_(states))
    )
    return db.scalar(wanted) or 0


@blueprint.get("/")
@guarded(Permission.TASK_VIEW)
def index() -> ResponseReturnValue:
    """All tasks the person may read."""
    return listing.answer(task_list(), tasks.all_visible(me(), on=today()), "tasks/index.html")


@blueprint.get("/<int:task_id>")
@guarded(Permission.TASK_VIEW)
def show(task_id: int) -> ResponseReturnValue:
    """One task."""
    return _page(fetch(Task, task_id, Permission.TASK_VIEW))


def _page(task: Task, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of a task; a form that was refused comes back filled, with status 422."""
    html = render_template(
        "tasks/show.html",
        task=task,
        moves=tasks.moves_open_to(me(), task, on=today()),
        main_moves=MAIN_MOVES,
        badges=[state_badge(task), timeliness_badge(task)],
        left=time_left(task),
        request_open=next((e for e in task.extensions if e.state is ExtensionState.REQUESTED), None),
        history=lines_of(task),
        progress_form=forms.get("progress") or ProgressForm(formdata=None, progress=task.progress),
        extension_form=forms.get("extension") or ExtensionForm(formdata=None),
        decision_form=forms.get("decision") or DecideExtensionForm(formdata=None),
        reassign_form=forms.get("reassign") or ReassignForm(formdata=None),
        refused=next((form for form in forms.values() if form), None),
    )
    return (html, 422) if forms else html


def _try(
    task: Task, form: OfficeForm, name: str, act: Callable[..., Any], **said: Any
) -> ResponseReturnValue:
    """Do an act of a valid form and go back to the task; otherwise show the form again."""
    if form.validate_on_submit():
        with attempt(form) as tried:
            act(session(), task, by=me(), at=now(), **said)
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(address(task))
    return _page(task, **{name: form})


@blueprint.post("/<int:task_id>/<move>")
@guarded(Permission.TASK_VIEW)
def act(task_id: int, move: str) -> ResponseReturnValue:
    """One of the moves of the table."""
    if move not in {known.value for known in TaskMove} - {TaskMove.REASSIGN.value}:
        abort(404)
    chosen = TaskMove(move)
    task = fetch(Task, task_id, Permission.TASK_VIEW)
    form = MoveForm()
    return _try(task, form, "move", tasks.ACTS[chosen], **_said(chosen, form.reason.data or ""))


def _said(move: TaskMove, words_: str) -> dict[str, str]:
    if move is TaskMove.SUBMIT:
        return {"result": words_}
    if move is TaskMove.CONFIRM:
        return {"assessment": words_}
    return {"reason": words_} if tasks.MOVES[move].needs_reason else {}


@blueprint.post("/<int:task_id>/reassign")
@guarded(Permission.TASK_DECIDE)
def reassign(task_id: int) -> ResponseReturnValue:
    """Give a refused task to another unit."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = ReassignForm()
    lead = session().get(Unit, form.lead.data or 0)
    return _try(task, form, "reassign", tasks.reassign, lead=lead, reason=form.reason.data)


@blueprint.post("/<int:task_id>/progress")
@guarded(Permission.TASK_TAKE_PART)
def progress(task_id: int) -> ResponseReturnValue:
    """A unit says how far it is."""
    task = fetch(Task, task_id, Permission.TASK_TAKE_PART)
    form = ProgressForm()
    unit = own_part(task)
    return _try(
        task,
        form,
        "progress",
        tasks.note_progress,
        unit=unit,
        progress=form.progress.data,
        text=form.text.data,
    )


def own_part(task: Task) -> Unit:
    """The unit for which the person speaks in this task: the lead where they may, else a coordinating one."""
    if may(Permission.TASK_CARRY_OUT, task):
        return task.lead
    mine = [post.unit for post in me().appointments_on(today())]
    return next(unit for unit in task.coordinators if any(unit.is_within(own) for own in mine))


@blueprint.post("/<int:task_id>/extension")
@guarded(Permission.TASK_CARRY_OUT)
def request_extension(task_id: int) -> ResponseReturnValue:
    """Ask for a later deadline."""
    task = fetch(Task, task_id, Permission.TASK_CARRY_OUT)
    form = ExtensionForm()
    return _try(
        task,
        form,
        "extension",
        tasks.request_extension,
        proposed=form.proposed.data,
        reason=form.reason.data,
    )


@blueprint.post("/<int:task_id>/extension/grant")
@guarded(Permission.TASK_DECIDE)
def grant_extension(task_id: int) -> ResponseReturnValue:
    """Set a later deadline."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = DecideExtensionForm()
    return _try(
        task,
        form,
        "decision",
        tasks.grant_extension,
        deadline=form.deadline.data,
        decision=form.reason.data or "",
    )


@blueprint.post("/<int:task_id>/extension/refuse")
@guarded(Permission.TASK_DECIDE)
def refuse_extension(task_id: int) -> ResponseReturnValue:
    """Keep the deadline."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = MoveForm()
    return _try(task, form, "decision", tasks.refuse_extension, reason=form.reason.data or "")


@blueprint.post("/<int:task_id>/extension/withdraw")
@guarded(Permission.TASK_CARRY_OUT)
def withdraw_extension(task_id: int) -> ResponseReturnValue:
    """Take a request back."""
    task = fetch(Task, task_id, Permission.TASK_CARRY_OUT)
    return _try(task, MoveForm(), "extension", tasks.withdraw_extension)


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.TASK_ASSIGN)
def assign() -> ResponseReturnValue:
    """Assign a task by hand, from a directive or on its own."""
    directive = None
    if directive_id := request.args.get("directive", type=int):
        directive = fetch(Directive, directive_id, Permission.DIRECTIVE_EDIT)
    form = AssignForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            task = tasks.assign(
                session(), own_office(), assignment=_assignment(form), directive=directive, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã giao nhiệm vụ."), "success")
            return redirect(address(task))
    return render_template("tasks/assign.html", form=form, directive=directive), 422 if form.errors else 200


def own_office() -> Unit:
    """The office in which the person assigns tasks."""
    posts = [post for post in me().appointments_on(today()) if post.role.serves_whole_committee]
    return posts[0].unit


def _assignment(form: AssignForm) -> tasks.Assignment:
    def unit(id_: int) -> Unit:
        return session().get_one(Unit, id_)

    return tasks.Assignment(
        title=form.title.data or "",
        lead=unit(form.lead.data),
        coordinators=tuple(unit(id_) for id_ in form.coordinators.data or ()),
        monitoring=unit(form.monitoring.data) if form.monitoring.data else None,
        deadline=form.deadline.data,
        product=form.product.data or "",
    )
