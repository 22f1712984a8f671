"""What is done with tasks: assign, forward, move along the table, note progress."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session, object_session

from workflows import aftermath
from workflows.calendar import WorkingCalendar, local_day
from workflows.directives import Clause, Directive
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.files import StoredFile, attach
from workflows.office_days import working_calendar
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, allows
from workflows.tasks.models import ProgressNote, Task, TaskTarget
from workflows.tasks.rules import Assignment, check, check_lead, check_part, check_part_lead
from workflows.tasks.settings import rules_of
from workflows.tasks.states import MOVES, ExtensionState, Grade, TaskMove, TaskState
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
    calendar = working_calendar(session)
    issued_on = directive.issued_on if directive else None
    check(assignment, on=today, issued_on=issued_on, calendar=calendar)
    check_lead(assignment.lead, office)
    task = _task_of(assignment, calendar, office=office, directive=directive, clause=clause, by=by, at=at)
    session.add(task)
    if directive is not None:
        let_read(directive, task)
    return task


@verb("task.forward", Permission.TASK_CARRY_OUT)
def forward(session: Session, task: Task, *, assignment: Assignment, by: Person, at: datetime) -> Task:
    """The lead unit gives a part of its task to a unit below it, watches over it and decides on it."""
    _insist_on_work(task, N_("giao tiếp"))
    today = local_day(at)
    calendar = working_calendar(session)
    check(assignment, on=today, issued_on=None, calendar=calendar)
    check_part(assignment, task)
    own = replace(assignment, monitoring=task.lead)
    part = _task_of(
        own, calendar, office=task.office, directive=task.directive, clause=task.clause, by=by, at=at
    )
    task.children.append(part)
    if task.directive is not None:
        let_read(task.directive, part)
    return part


def _task_of(
    assignment: Assignment,
    calendar: WorkingCalendar,
    *,
    office: Unit,
    directive: Directive | None,
    clause: Clause | None,
    by: Person,
    at: datetime,
) -> Task:
    due = assignment.due
    deadline = due.day(calendar, period=assignment.period) if due else assignment.deadline
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
        monitoring=other_than(assignment.lead, assignment.monitoring),
        deadline=deadline,
        original_deadline=deadline,
        due_kind=due.kind if due else None,
        due_number=due.number if due else None,
        period=assignment.period.code if assignment.period else None,
        cadences=[cadence.value for cadence in assignment.cadences],
        product=assignment.product,
        report_to=assignment.report_to,
        in_charge=assignment.in_charge.strip(),
        watchers=list(dict.fromkeys(assignment.watchers)),
        watching_people=list(dict.fromkeys(assignment.watching_people)),
        assigned_by=by,
        assigned_at=at,
        targets=[
            TaskTarget(value=target.value, unit=target.unit, words=target.text)
            for target in assignment.targets
        ],
    )


def other_than(lead: Unit, monitoring: Unit | None) -> Unit | None:
    """Who watches over the task of a lead and so decides on it: nobody decides on their own."""
    return None if monitoring is lead else monitoring


@verb("task.receive", MOVES[TaskMove.RECEIVE].permission)
def receive(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """The lead unit takes note of the task; a deadline counted from then is fixed."""
    _move(task, TaskMove.RECEIVE)
    task.received_at = at
    if task.due is not None and task.due.is_from_receipt:
        task.deadline = task.due.day(working_calendar(session), received=local_day(at))
        task.original_deadline = task.deadline


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
    _insist_on_work(task, N_("cập nhật tiến độ"))
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
    _hang_on(session, note, files, by, at)
    return note


@verb("task.submit", MOVES[TaskMove.SUBMIT].permission)
def submit(
    session: Session,
    task: Task,
    *,
    result: str,
    by: Person,
    at: datetime,
    product_number: str = "",
    files: Sequence[tuple[str, StoredFile]] = (),
) -> None:
    """The lead unit reports the task as finished, with the product that was asked for."""
    _refuse_open_children(task)
    _move(task, TaskMove.SUBMIT)
    task.product_number = product_number.strip() or task.product_number
    if _needs_product(session, task) and not (task.product_number or files):
        raise InvalidFields(
            {"product_number": N_("Nhiệm vụ yêu cầu sản phẩm. Ghi số, ký hiệu văn bản hoặc đính kèm tệp.")}
        )
    task.progress, task.product_checked = 100, False
    task.reported_on = local_day(at)
    note = ProgressNote(unit=task.lead, by=by, at=at, progress=100, words=result.strip())
    task.notes.insert(0, note)
    _hang_on(session, note, files, by, at)


@verb("task.confirm", MOVES[TaskMove.CONFIRM].permission)
def confirm(
    session: Session,
    task: Task,
    *,
    assessment: str,
    by: Person,
    at: datetime,
    grade: Grade | None = None,
    product_checked: bool = False,
) -> None:
    """The assigner accepts the result; the day it was reported decides whether it was in time."""
    _refuse_open_children(task)
    if _needs_product(session, task) and not product_checked:
        raise InvalidFields(
            {"product_checked": N_("Xem sản phẩm rồi đánh dấu “Đã kiểm tra sản phẩm”, hoặc trả lại.")}
        )
    _move(task, TaskMove.CONFIRM)
    task.done_on = task.reported_on or local_day(at)
    task.assessment, task.grade, task.product_checked = assessment.strip(), grade, product_checked


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
    """Call the task off; its parts are called off or finished before."""
    _refuse_open_children(task)
    _move(task, TaskMove.CANCEL, reason)


@verb("task.reopen", MOVES[TaskMove.REOPEN].permission)
def reopen(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Take back that the task was done."""
    if task.parent and task.parent.state in CLOSED:
        raise Refused(
            "Chưa mở lại được: nhiệm vụ được giao tiếp đã kết thúc. Mở lại nhiệm vụ đó trước, rồi mở lại phần"
            " việc này."
        )
    _move(task, TaskMove.REOPEN, reason)
    task.done_on, task.grade, task.product_checked = None, None, False


@verb("task.reassign", MOVES[TaskMove.REASSIGN].permission)
def reassign(session: Session, task: Task, *, lead: Unit, reason: str, by: Person, at: datetime) -> None:
    """Give the task to another lead unit, which begins anew; what the former one did stays in the history."""
    if not lead.existed_on(local_day(at)):
        raise InvalidFields({"lead": N_("Đơn vị chủ trì không còn hoạt động. Chọn đơn vị kế thừa.")})
    if lead.id == task.lead_id and task.state is not TaskState.REFUSED:
        raise InvalidFields({"lead": N_("Đơn vị này đang chủ trì nhiệm vụ. Chọn đơn vị khác.")})
    check_lead(lead, task.office)
    if task.parent:
        check_part_lead(lead, task.parent)
    _refuse_open_children(task)
    _move(task, TaskMove.REASSIGN, reason)
    task.lead, task.received_at, task.progress = lead, None, 0
    if task.due is not None and task.due.is_from_receipt:
        # The new lead has as many days from its own receipt; the former days stand in the trail.
        task.deadline = task.original_deadline = None
    task.monitoring = other_than(lead, task.monitoring)
    task.coordinators = [unit for unit in task.coordinators if unit.id != lead.id]
    if task.directive is not None:
        let_read(task.directive, task)


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


CLOSED = (TaskState.DONE, TaskState.CANCELLED)
REPORTED = (TaskState.AWAITING_CONFIRMATION, TaskState.DONE)
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
        insist_on_reason(reason)
    if step.target in ENDS_REQUESTS:
        _drop_request(task)
    task.state = step.target
    if task.state not in REPORTED:
        task.reported_on = None


def _insist_on_work(task: Task, act: str) -> None:
    """Refuse what is only for a task that its lead has taken up and still has in hand."""
    if task.state is TaskState.ASSIGNED:
        raise Conflict(
            "Chưa thực hiện được “%(act)s”: nhiệm vụ chưa được tiếp nhận. Tiếp nhận nhiệm vụ trước.", act=act
        )
    if task.state not in (TaskState.RECEIVED, TaskState.IN_PROGRESS):
        raise Conflict(
            "Chưa thực hiện được “%(act)s”: nhiệm vụ đang ở trạng thái %(state)s nên không nhận thêm nội"
            " dung. Trao đổi với văn phòng nếu vẫn cần.",
            act=act,
            state=task.state.label,
        )


def _drop_request(task: Task) -> None:
    """Nobody decides any more on a later deadline of a task that is over or belongs to another."""
    for extension in task.extensions:
        if extension.state is ExtensionState.REQUESTED:
            extension.state = ExtensionState.WITHDRAWN


def insist_on_reason(reason: str | None) -> None:
    """Refuse an act whose reason the other side has to know."""
    if not (reason or "").strip():
        raise InvalidFields({"reason": N_("Ghi rõ lý do để đơn vị biết và thực hiện.")})


def _refuse_open_children(task: Task) -> None:
    if waiting := [child for child in task.children if child.state not in CLOSED]:
        raise Refused(
            "Chưa thực hiện được: còn %(count)s phần việc giao tiếp cho cấp dưới chưa xong. Kết thúc hoặc huỷ"
            " các phần việc đó trước.",
            count=len(waiting),
        )


def let_read(directive: Directive, task: Task) -> None:
    """Whoever has a part in a task may read the paper it comes from."""
    known = {unit.id for unit in directive.audience}
    parties = dict.fromkeys(task.parties().all())
    new = [unit for unit in parties if unit.id not in known and unit is not task.office]
    directive.audience.extend(new)
    if new and (session := object_session(directive)):
        # The search has to show it to them too.
        aftermath.hand_over(session, "index", at=task.assigned_at, kind="directive", id=directive.id)


def _needs_product(session: Session, task: Task) -> bool:
    return bool(task.product.strip()) and rules_of(session, task.office_id).product_needed


def _hang_on(
    session: Session,
    note: ProgressNote,
    files: Sequence[tuple[str, StoredFile]],
    by: Person,
    at: datetime,
) -> None:
    session.flush()
    for name, file in files:
        attach(session, note, file, name=name, by_id=by.id, at=at)
