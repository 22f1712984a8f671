"""Tasks that come again: a task of its own for every period of a cadence, opened when the period begins.

Each turn has its own progress, deadline, extensions and timeliness, so that a quarter that was late stays
late however well the next one goes. A turn outside every cadence ("khi cần thiết") is opened by the office.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from workflows import aftermath, audit
from workflows.calendar import FROM_RECEIPT, Cadence, Period, WorkingCalendar, containing, local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.office_days import working_calendar
from workflows.organisations import Unit, successors
from workflows.people import Person
from workflows.permissions import Permission
from workflows.tasks.due import REGULAR, Due
from workflows.tasks.models import Task, TaskTarget
from workflows.tasks.rules import STOPPED, day_fault
from workflows.tasks.states import TaskState
from workflows.tasks.verbs import let_read, other_than
from workflows.verb import verb
from workflows.wording import N_

ENDED = (TaskState.DONE, *STOPPED)


@verb("task.set-recurrence", Permission.TASK_DECIDE)
def set_recurrence(
    session: Session, task: Task, *, cadences: Sequence[Cadence], due: Due, by: Person, at: datetime
) -> None:
    """Have a turn come for every period, due as the rule counts by its end; without cadences none."""
    if task.deadline is not None or task.series_id is not None:
        raise Refused(
            "Nhiệm vụ này có thời hạn riêng nên không mở theo kỳ được. Giao một nhiệm vụ thường xuyên"
            " (không có thời hạn) rồi đặt kỳ cho nhiệm vụ đó."
        )
    if cadences and not REGULAR.intersection(cadences):
        raise InvalidFields({"cadences": N_("Chọn ít nhất một kỳ: tuần, tháng, quý, 6 tháng, năm.")})
    if due.is_from_receipt:
        raise InvalidFields({"due_kind": N_("Chọn cách tính hạn theo kỳ: mỗi kỳ có hạn của kỳ đó.")})
    task.cadences = [cadence.value for cadence in cadences]
    task.due_kind, task.due_number = (due.kind, due.number) if cadences else (None, None)
    session.flush()
    _open_missing(session, task, at, working_calendar(session))


@verb("task.open-turn", Permission.TASK_DECIDE)
def open_turn(
    session: Session,
    task: Task,
    *,
    deadline: date,
    reason: str,
    by: Person,
    at: datetime,
    keeps_day: bool = True,
) -> Task:
    """Ask for the task once outside every cadence, by a day."""
    if task.series_id is not None or task.state in ENDED:
        raise Refused(
            "Chỉ mở kỳ đột xuất được từ nhiệm vụ thường xuyên đang chạy. Mở nhiệm vụ gốc rồi thử lại."
        )
    today = local_day(at)
    meant = keeps_day and deadline >= today
    if fault := day_fault(deadline, today, working_calendar(session), keeps_day=meant):
        raise InvalidFields({"deadline": fault})
    period = Period.ad_hoc(today)
    if period.code in _known(session, task):
        raise Conflict("Hôm nay đã mở một kỳ đột xuất của nhiệm vụ này. Mở kỳ đó để bổ sung yêu cầu.")
    turn = _turn(session, task, period, deadline, at=at, by=by)
    session.add(turn)
    return turn


def open_due_turns(session: Session, *, at: datetime) -> int:
    """Open the turns of all periods that have begun; how many came. Running it again opens none."""
    recurring = select(Task).where(
        Task.due_kind.not_in(FROM_RECEIPT), Task.series_id.is_(None), Task.period.is_(None)
    )
    running = recurring.where(Task.state.not_in(ENDED)).order_by(Task.id)
    calendar = working_calendar(session)
    options = (selectinload(Task.coordinators), selectinload(Task.targets), selectinload(Task.watchers))
    return sum(
        _open_missing(session, task, at, calendar) for task in session.scalars(running.options(*options))
    )


def newest_turns(session: Session, task: Task, *, limit: int) -> Sequence[Task]:
    """The newest turns of a task, newest first."""
    wanted = select(Task).where(Task.series_id == task.id).order_by(Task.id.desc())
    return session.scalars(wanted.limit(limit)).all()


def _open_missing(session: Session, task: Task, at: datetime, calendar: WorkingCalendar) -> int:
    known, count = _known(session, task), 0
    for period in _begun(task, local_day(at)):
        due = task.due.day(calendar, period=period) if task.due else None
        # Nobody is late with a turn that nobody could see before its due day was over.
        if period.code in known or due is None or due < local_day(at):
            continue
        turn = _turn(session, task, period, due, at=at, by=task.assigned_by)
        session.add(turn)
        session.flush()
        entry = audit.record(session, action="task.open-turn", subject=turn, by=None, at=at)
        session.flush()
        aftermath.hand_over(session, "tell", at=at, entry=entry.id)
        aftermath.hand_over(session, "index", at=at, kind=audit.kind_of(turn), id=turn.id)
        count += 1
    return count


def _begun(task: Task, today: date) -> Iterator[Period]:
    for cadence in task.regular_cadences if task.recurs and task.state not in ENDED else ():
        if (period := containing(today, cadence)) is not None:
            yield period


def _known(session: Session, task: Task) -> set[str | None]:
    return set(session.scalars(select(Task.period).where(Task.series_id == task.id)))


def _lead(session: Session, task: Task, on: date) -> Unit:
    """Who leads a turn: the unit as which a dissolved lead went on, where it is a single one."""
    if task.lead.existed_on(on):
        return task.lead
    heirs = successors(session, task.lead, on=on)
    return heirs[0] if len(heirs) == 1 else task.lead


def _turn(session: Session, task: Task, period: Period, deadline: date, *, at: datetime, by: Person) -> Task:
    counted, lead = period.cadence in REGULAR, _lead(session, task, local_day(at))
    turn = Task(
        office=task.office,
        directive=task.directive,
        clause=task.clause,
        series=task,
        period=period.code,
        title=task.title,
        quote=task.quote,
        span_start=task.span_start,
        span_end=task.span_end,
        lead=lead,
        coordinators=[unit for unit in task.coordinators if unit is not lead],
        monitoring=other_than(lead, task.monitoring),
        watchers=list(task.watchers),
        watching_people=list(task.watching_people),
        in_charge=task.in_charge,
        deadline=deadline,
        original_deadline=deadline,
        due_kind=task.due_kind if counted else None,
        due_number=task.due_number if counted else None,
        cadences=[],
        product=task.product,
        report_to=task.report_to,
        assigned_by=by,
        assigned_at=at,
        targets=[TaskTarget(value=t.value, unit=t.unit, words=t.words) for t in task.targets],
    )
    if task.directive is not None:
        let_read(task.directive, turn)
    return turn
