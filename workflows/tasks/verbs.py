"""What is done with tasks: assign, move along the table, note progress, extend."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.directives import Clause, Directive
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.files import StoredFile, attach
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, allows
from workflows.tasks.models import Extension, ProgressNote, Task, TaskTarget
from workflows.tasks.rules import Assignment, check, check_lead, check_part
from workflows.tasks.states import MOVES, ExtensionState, TaskMove, TaskState
from workflows.verb import verb
from workflows.wording import N_


@verb("task.assign", Permission.TASK_ASSIGN)
def assign(
    session: Session,
    office: Unit,
    *,
    assignment: Assignment,
    by: Person,
    at: datetime,
    directive: Directive | None = None,
    clause: Clause | None = None,
) -> Task:
    """Give a task to its lead unit; everybody named may read the directive from then on."""
    today = local_day(at)
    check(assignment, on=today, issued_on=directive.issued_on if directive else None, units_on=today)
    check_lead(assignment.lead, office)
    task = _task_of(assignment, office=office, directive=directive, clause=clause, by=by, at=at)
    session.add(task)
    if directive is not None:
        _let_read(directive, task)
    return task


@verb("task.forward", Permission.TASK_CARRY_OUT)
def forward(session: Session, task: Task, *, assignment: Assignment, by: Person, at: datetime) -> Task:
    """The lead unit gives a part of its task to a unit below it, watches over it and decides on it."""
    if task.state not in (TaskState.RECEIVED, TaskState.IN_PROGRESS):
        raise Conflict(
            "Chưa giao tiếp được: nhiệm vụ đang ở trạng thái %(state)s. Tiếp nhận nhiệm vụ trước.",
            state=task.state.label,
        )
    today = local_day(at)
    check(assignment, on=today, issued_on=None, units_on=today)
    check_part(assignment, task)
    own = replace(assignment, monitoring=task.lead)
    part = _task_of(own, office=task.office, directive=task.directive, clause=task.clause, by=by, at=at)
    task.children.append(part)
    if task.directive is not None:
        _let_read(task.directive, part)
    return part


def _task_of(
    assignment: Assignment,
    *,
    office: Unit,
    directive: Directive | None,
    clause: Clause | None,
    by: Person,
    at: datetime,
) -> Task:
    return Task(
        office=office,
        directive=directive,
        clause=clause,
        title=assignment.title.strip(),
        quote=assignment.quote,
        span_start=assignment.span[0] if assignment.span else None,
        span_end=assignment.span[1] if assignment.span else None,
        lead=assignment.lead,
        coordinators=list(dict.fromkeys(assignment.coordinators)),
        monitoring=_other_than(assignment.lead, assignment.monitoring),
        deadline=assignment.deadline,
        original_deadline=assignment.deadline,
        cadences=[cadence.value for cadence in assignment.cadences],
        product=assignment.product,
        report_to=assignment.report_to,
        assigned_by=by,
        assigned_at=at,
        targets=[
            TaskTarget(value=target.value, unit=target.unit, words=target.text)
            for target in assignment.targets
        ],
    )


def _other_than(lead: Unit, monitoring: Unit | None) -> Unit | None:
    # Whoever watches over a task decides on it; nobody decides on their own.
    return None if monitoring is lead else monitoring


@verb("task.receive", MOVES[TaskMove.RECEIVE].permission)
def receive(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """The lead unit takes note of the task."""
    _move(task, TaskMove.RECEIVE)
    task.received_at = at


@verb("task.refuse", MOVES[TaskMove.REFUSE].permission)
def refuse(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """The lead unit hands the task back and says why."""
    _move(task, TaskMove.REFUSE, reason)


@verb("task.start", MOVES[TaskMove.START].permission)
def start(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """The lead unit begins."""
    _move(task, TaskMove.START)


@verb("task.note-progress", Permission.TASK_TAKE_PART)
def note_progress(
    session: Session,
    task: Task,
    *,
    unit: Unit,
    progress: int,
    text: str,
    by: Person,
    at: datetime,
    files: Sequence[tuple[str, StoredFile]] = (),
) -> ProgressNote:
    """A unit says how far it is and shows it by files; only the lead's figure counts for the task."""
    if task.state not in (TaskState.RECEIVED, TaskState.IN_PROGRESS):
        raise Conflict(
            "Chưa ghi được tiến độ: nhiệm vụ đang ở trạng thái %(state)s. Tiếp nhận nhiệm vụ trước.",
            state=task.state.label,
        )
    wrong: dict[str, str] = {}
    if not 0 <= progress <= 100:
        wrong["progress"] = N_("Tiến độ là số từ 0 đến 100.")
    if not text.strip():
        wrong["text"] = N_("Ghi kết quả đã làm được.")
    if wrong:
        raise InvalidFields(wrong)
    note = ProgressNote(unit=unit, by=by, at=at, progress=progress, words=text.strip())
    task.notes.insert(0, note)
    if unit.id == task.lead_id:
        task.progress = progress
        task.state = TaskState.IN_PROGRESS
    session.flush()
    for name, file in files:
        attach(session, note, file, name=name, by_id=by.id, at=at)
    return note


@verb("task.submit", MOVES[TaskMove.SUBMIT].permission)
def submit(session: Session, task: Task, *, result: str, by: Person, at: datetime) -> None:
    """The lead unit reports the task as finished."""
    _refuse_open_children(task)
    _move(task, TaskMove.SUBMIT)
    task.progress = 100
    task.notes.insert(0, ProgressNote(unit=task.lead, by=by, at=at, progress=100, words=result.strip()))


@verb("task.confirm", MOVES[TaskMove.CONFIRM].permission)
def confirm(session: Session, task: Task, *, assessment: str, by: Person, at: datetime) -> None:
    """The assigner accepts the result; the day it was reported decides whether it was in time."""
    _refuse_open_children(task)
    reported_at = task.notes[0].at if task.notes else at
    _move(task, TaskMove.CONFIRM)
    task.done_on = local_day(reported_at)
    task.assessment = assessment.strip()


@verb("task.return", MOVES[TaskMove.RETURN].permission)
def return_(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """The assigner gives the result back and says what is missing."""
    _move(task, TaskMove.RETURN, reason)


@verb("task.suspend", MOVES[TaskMove.SUSPEND].permission)
def suspend(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Let the task rest."""
    _move(task, TaskMove.SUSPEND, reason)


@verb("task.resume", MOVES[TaskMove.RESUME].permission)
def resume(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """Take a resting task up again."""
    _move(task, TaskMove.RESUME)


@verb("task.cancel", MOVES[TaskMove.CANCEL].permission)
def cancel(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Call the task off."""
    _move(task, TaskMove.CANCEL, reason)


@verb("task.reopen", MOVES[TaskMove.REOPEN].permission)
def reopen(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Take back that the task was done."""
    _move(task, TaskMove.REOPEN, reason)
    task.done_on = None


@verb("task.reassign", MOVES[TaskMove.REASSIGN].permission)
def reassign(session: Session, task: Task, *, lead: Unit, reason: str, by: Person, at: datetime) -> None:
    """Give the task to another lead unit, which begins anew; what the former one did stays in the history."""
    if not lead.existed_on(local_day(at)):
        raise InvalidFields({"lead": N_("Đơn vị chủ trì không còn hoạt động. Chọn đơn vị kế thừa.")})
    if lead.id == task.lead_id and task.state is not TaskState.REFUSED:
        raise InvalidFields({"lead": N_("Đơn vị này đang chủ trì nhiệm vụ. Chọn đơn vị khác.")})
    check_lead(lead, task.office)
    _refuse_open_children(task)
    _move(task, TaskMove.REASSIGN, reason)
    task.lead, task.received_at, task.progress = lead, None, 0
    task.monitoring = _other_than(lead, task.monitoring)
    task.coordinators = [unit for unit in task.coordinators if unit.id != lead.id]
    if task.directive is not None:
        _let_read(task.directive, task)


@verb("task.request-extension", Permission.TASK_CARRY_OUT)
def request_extension(
    session: Session, task: Task, *, proposed: date, reason: str, by: Person, at: datetime
) -> Extension:
    """The lead unit asks for a later deadline and says why."""
    if task.deadline is None or task.state in (TaskState.DONE, TaskState.CANCELLED, TaskState.REFUSED):
        raise Refused("Nhiệm vụ này không có thời hạn đang chạy nên không cần gia hạn.")
    if any(known.state is ExtensionState.REQUESTED for known in task.extensions):
        raise Conflict("Đã có một đề nghị gia hạn đang chờ quyết định. Rút đề nghị đó trước khi gửi lại.")
    wrong: dict[str, str] = {}
    if proposed <= task.deadline or proposed <= local_day(at):
        wrong["proposed"] = N_("Thời hạn đề nghị phải sau thời hạn hiện tại và sau hôm nay.")
    if not reason.strip():
        wrong["reason"] = N_("Ghi lý do đề nghị gia hạn.")
    if wrong:
        raise InvalidFields(wrong)
    extension = Extension(
        deadline_before=task.deadline,
        proposed_deadline=proposed,
        reason=reason.strip(),
        requested_by=by,
        requested_at=at,
    )
    task.extensions.append(extension)
    return extension


@verb("task.grant-extension", Permission.TASK_DECIDE)
def grant_extension(
    session: Session, task: Task, *, deadline: date, decision: str, by: Person, at: datetime
) -> None:
    """Set a later deadline, the one proposed or another; the earlier ones stay on record."""
    extension = _open_request(task)
    if deadline <= extension.deadline_before:
        raise InvalidFields({"deadline": N_("Thời hạn mới phải sau thời hạn cũ.")})
    extension.state, extension.granted_deadline = ExtensionState.GRANTED, deadline
    extension.decided_by, extension.decided_at, extension.decision = by, at, decision.strip()
    task.deadline = deadline


@verb("task.refuse-extension", Permission.TASK_DECIDE)
def refuse_extension(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Keep the deadline and say why."""
    _insist_on_reason(reason)
    extension = _open_request(task)
    extension.state = ExtensionState.REFUSED
    extension.decided_by, extension.decided_at, extension.decision = by, at, reason.strip()


@verb("task.withdraw-extension", Permission.TASK_CARRY_OUT)
def withdraw_extension(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """The lead unit takes its request back."""
    _open_request(task).state = ExtensionState.WITHDRAWN


ACTS: dict[TaskMove, Callable[..., Any]] = {
    TaskMove.RECEIVE: receive,
    TaskMove.REFUSE: refuse,
    TaskMove.START: start,
    TaskMove.SUBMIT: submit,
    TaskMove.CONFIRM: confirm,
    TaskMove.RETURN: return_,
    TaskMove.SUSPEND: suspend,
    TaskMove.RESUME: resume,
    TaskMove.REASSIGN: reassign,
    TaskMove.CANCEL: cancel,
    TaskMove.REOPEN: reopen,
}


ENDS_REQUESTS = frozenset({TaskState.ASSIGNED, TaskState.DONE, TaskState.REFUSED, TaskState.CANCELLED})


def moves_open_to(person: Person, task: Task, *, on: date) -> list[TaskMove]:
    """What the person may do with the task now; draws the buttons."""
    return [
        move
        for move, step in MOVES.items()
        if task.state in step.sources and allows(person, step.permission, task, on=on)
    ]


def _move(task: Task, move: TaskMove, reason: str | None = None) -> None:
    step = MOVES[move]
    if task.state not in step.sources:
        raise Conflict(
            "Chưa thực hiện được “%(move)s”: nhiệm vụ đang ở trạng thái %(state)s, có thể người khác vừa xử"
            " lý. Tải lại trang để xem trạng thái mới.",
            move=move.label,
            state=task.state.label,
        )
    if step.needs_reason:
        _insist_on_reason(reason)
    if step.target in ENDS_REQUESTS:
        _drop_request(task)
    task.state = step.target


def _drop_request(task: Task) -> None:
    """Nobody decides any more on a later deadline of a task that is over or belongs to another."""
    for extension in task.extensions:
        if extension.state is ExtensionState.REQUESTED:
            extension.state = ExtensionState.WITHDRAWN


def _insist_on_reason(reason: str | None) -> None:
    if not (reason or "").strip():
        raise InvalidFields({"reason": N_("Ghi rõ lý do để đơn vị biết và thực hiện.")})


def _open_request(task: Task) -> Extension:
    for extension in task.extensions:
        if extension.state is ExtensionState.REQUESTED:
            return extension
    raise Conflict("Không còn đề nghị gia hạn nào đang chờ. Tải lại trang để xem quyết định.")


def _refuse_open_children(task: Task) -> None:
    closed = (TaskState.DONE, TaskState.CANCELLED)
    if waiting := [child for child in task.children if child.state not in closed]:
        raise Refused(
            "Chưa thực hiện được: còn %(count)s phần việc giao tiếp cho cấp dưới chưa xong. Kết thúc hoặc huỷ"
            " các phần việc đó trước.",
            count=len(waiting),
        )


def _let_read(directive: Directive, task: Task) -> None:
    known = {unit.id for unit in directive.audience}
    directive.audience.extend(
        unit
        for unit in dict.fromkeys(task.parties().all())
        if unit.id not in known and unit is not task.office
    )
