"""Nhiệm vụ, continued: everything that may be done with one task."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import uploads
from webapp.access import fetch, guarded, may, me, own_office
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.tasks import (
    AssignForm,
    ConfirmForm,
    DecideExtensionForm,
    ExtensionForm,
    MoveForm,
    PartForm,
    ProgressForm,
    ReassignForm,
    SubmitForm,
)
from webapp.pages.tasks import address, page
from webapp.pages.tasks import blueprint as task_pages
from webapp.runtime import now, session, today
from webapp.seen import insist_unchanged
from workflows import tasks
from workflows.directives import Directive
from workflows.files import Attachment
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.tasks import ProgressNote, Task, TaskMove

FORMS: dict[TaskMove, tuple[str, type[MoveForm]]] = {
    TaskMove.SUBMIT: ("submit", SubmitForm),
    TaskMove.CONFIRM: ("confirm", ConfirmForm),
}


def try_act(
    task: Task, form: OfficeForm, name: str, act: Callable[[], Any], *, place: str = ""
) -> ResponseReturnValue:
    """Do an act of a valid form and go back to the task; otherwise show the form again.

    What somebody else did to the task since its page was opened is told before anything is done.
    """
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            insist_unchanged(task)
            act()
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(address(task) + place)
        status = tried.status
    return page(task, status, **{name: form})


@task_pages.post("/<int:task_id>/<move>")
@guarded(Permission.TASK_VIEW)
def act(task_id: int, move: str) -> ResponseReturnValue:
    """One of the moves of the table."""
    if move not in {known.value for known in TaskMove} - {TaskMove.REASSIGN.value}:
        abort(404)
    chosen = TaskMove(move)
    task = fetch(Task, task_id, Permission.TASK_VIEW)
    name, kind = FORMS.get(chosen, ("move", MoveForm))
    form = kind()

    def do() -> None:
        tasks.ACTS[chosen](session(), task, by=me(), at=now(), **_said_with(chosen, form))

    return try_act(task, form, name, do)


def _said_with(move: TaskMove, form: MoveForm) -> dict[str, Any]:
    """What a move is told beside the task."""
    said = form.reason.data or ""
    if isinstance(form, SubmitForm):
        number = form.product_number.data or ""
        return {"result": said, "product_number": number, "files": uploads.received("files")}
    if isinstance(form, ConfirmForm):
        checked = form.product_checked.data
        return {"assessment": said, "grade": form.chosen_grade, "product_checked": checked}
    return {"reason": said} if tasks.MOVES[move].needs_reason else {}


@task_pages.post("/<int:task_id>/reassign")
@guarded(Permission.TASK_DECIDE)
def reassign(task_id: int) -> ResponseReturnValue:
    """Give the task to another unit."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = ReassignForm()

    def do() -> None:
        tasks.reassign(session(), task, lead=form.lead.unit, reason=form.reason.data or "", by=me(), at=now())

    return try_act(task, form, "reassign", do)


@task_pages.post("/<int:task_id>/progress")
@guarded(Permission.TASK_TAKE_PART)
def progress(task_id: int) -> ResponseReturnValue:
    """A unit says how far it is."""
    task = fetch(Task, task_id, Permission.TASK_TAKE_PART)
    form = ProgressForm()

    def do() -> None:
        tasks.note_progress(
            session(),
            task,
            unit=own_part(task),
            progress=form.progress.data,
            text=form.text.data or "",
            files=uploads.received("files"),
            by=me(),
            at=now(),
        )

    return try_act(task, form, "progress", do)


def own_part(task: Task) -> Unit:
    """The unit for which the person speaks in this task: the lead where they may, else a coordinating one."""
    if may(Permission.TASK_CARRY_OUT, task):
        return task.lead
    mine = [post.unit for post in me().appointments_on(today())]
    return next(unit for unit in task.coordinators if any(unit.is_within(own) for own in mine))


@task_pages.get("/<int:task_id>/files/<int:attachment_id>")
@guarded(Permission.TASK_VIEW)
def evidence(task_id: int, attachment_id: int) -> Response:
    """A file that came with a note of progress."""
    task = fetch(Task, task_id, Permission.TASK_VIEW)
    attachment = session().get(Attachment, attachment_id)
    note = session().get(ProgressNote, attachment.subject_id) if attachment else None
    hangs_here = (
        attachment is not None
        and attachment.subject_kind == ProgressNote.__tablename__
        and note is not None
        and note.task_id == task.id
    )
    return uploads.saved(attachment if hangs_here else None)


@task_pages.post("/<int:task_id>/parts")
@guarded(Permission.TASK_CARRY_OUT)
def forward(task_id: int) -> ResponseReturnValue:
    """Give a part of the task to a unit below."""
    task = fetch(Task, task_id, Permission.TASK_CARRY_OUT)
    form = PartForm()
    return try_act(
        task,
        form,
        "part",
        lambda: tasks.forward(session(), task, assignment=form.assignment(), by=me(), at=now()),
    )


@task_pages.post("/<int:task_id>/extension")
@guarded(Permission.TASK_CARRY_OUT)
def request_extension(task_id: int) -> ResponseReturnValue:
    """Ask for a later deadline."""
    task = fetch(Task, task_id, Permission.TASK_CARRY_OUT)
    form = ExtensionForm()

    def do() -> None:
        tasks.request_extension(
            session(),
            task,
            proposed=form.proposed.data,
            keeps_day=form.keeps_day.data,
            reason=form.reason.data or "",
            by=me(),
            at=now(),
        )

    return try_act(task, form, "extension", do)


@task_pages.post("/<int:task_id>/extension/grant")
@guarded(Permission.TASK_DECIDE)
def grant_extension(task_id: int) -> ResponseReturnValue:
    """Set a later deadline."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = DecideExtensionForm()

    def do() -> None:
        tasks.grant_extension(
            session(),
            task,
            deadline=form.deadline.data,
            keeps_day=form.keeps_day.data,
            decision=form.reason.data or "",
            by=me(),
            at=now(),
        )

    return try_act(task, form, "decision", do)


@task_pages.post("/<int:task_id>/extension/refuse")
@guarded(Permission.TASK_DECIDE)
def refuse_extension(task_id: int) -> ResponseReturnValue:
    """Keep the deadline."""
    task = fetch(Task, task_id, Permission.TASK_DECIDE)
    form = MoveForm()
    return try_act(
        task,
        form,
        "move",
        lambda: tasks.refuse_extension(session(), task, reason=form.reason.data or "", by=me(), at=now()),
    )


@task_pages.post("/<int:task_id>/extension/withdraw")
@guarded(Permission.TASK_CARRY_OUT)
def withdraw_extension(task_id: int) -> ResponseReturnValue:
    """Take a request back."""
    task = fetch(Task, task_id, Permission.TASK_CARRY_OUT)
    return try_act(
        task, MoveForm(), "move", lambda: tasks.withdraw_extension(session(), task, by=me(), at=now())
    )


@task_pages.route("/new", methods=["GET", "POST"])
@guarded(Permission.TASK_ASSIGN)
def assign() -> ResponseReturnValue:
    """Assign a task by hand, from a directive or on its own."""
    directive = None
    if directive_id := request.args.get("directive", type=int):
        directive = fetch(Directive, directive_id, Permission.DIRECTIVE_EDIT)
    form = AssignForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            task = tasks.assign(
                session(), own_office(), assignment=form.assignment(), directive=directive, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã giao nhiệm vụ."), "success")
            return redirect(address(task))
        status = tried.status
    return render_template("tasks/assign.html", form=form, directive=directive), status
