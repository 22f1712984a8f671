"""A row of the office's own calendar comes or goes: which deadlines it shifts, shown first, then shifted.

Only deadlines counted in working days or kept off days off move, only as long as they lie ahead and nobody
has answered, and never one that was extended by decision: that day was chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, joinedload

from workflows import aftermath, audit, office_days
from workflows.calendar import DayChange, WorkingCalendar, local_day, parse
from workflows.errors import InvalidFields
from workflows.office_days import OfficeDay
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Regime
from workflows.reports import Report
from workflows.tasks import REGULAR, STOPPED, Task, TaskState
from workflows.wording import N_


@dataclass(frozen=True)
class TaskShift:
    """The deadline of a task, before and after."""

    task: Task
    before: date
    after: date


@dataclass(frozen=True)
class ObligationShift:
    """The due day of all units that still owe a period of a regime, before and after."""

    regime: Regime
    period: str
    units: int
    before: date
    after: date
    timely_until: date
    locked_after: date | None


@dataclass(frozen=True)
class Shifts:
    """Everything a row would shift, and what falls on a day off because of it and stays."""

    tasks: Sequence[TaskShift]
    obligations: Sequence[ObligationShift]
    on_day_off: int = 0

    @property
    def count(self) -> int:
        """How many deadlines move."""
        return len(self.tasks) + sum(shift.units for shift in self.obligations)


def shifts_of_adding(session: Session, change: DayChange, *, on: date) -> Shifts:
    """What a new row would shift; refuses one that contradicts another."""
    known = office_days.changes(session)
    if any((row.day, row.effective_from) == (change.day, change.effective_from) for row in known):
        WorkingCalendar([*known, change])
        raise InvalidFields(
            {"day": N_("Ngày này đã có trong lịch với cùng ngày hiệu lực. Bỏ dòng cũ trước nếu cần ghi lại.")}
        )
    before, after = WorkingCalendar(known), WorkingCalendar([*known, change])
    return _shifts(session, before, after, max(on, change.effective_from), change)


def shifts_of_dropping(session: Session, row: OfficeDay, *, on: date) -> Shifts:
    """What dropping a row would shift."""
    known = office_days.changes(session)
    dropped = DayChange(row.day, row.working, row.source, row.effective_from)
    rest = [change for change in known if change != dropped]
    return _shifts(session, WorkingCalendar(known), WorkingCalendar(rest), on, None)


def change_day(
    session: Session, office: Unit, *, change: DayChange, by: Person, at: datetime
) -> tuple[OfficeDay, Shifts]:
    """Write a row into the calendar and shift what follows from it, in one act."""
    shifts = shifts_of_adding(session, change, on=local_day(at))
    row = office_days.change_day(
        session,
        office,
        day=change.day,
        working=change.working,
        source=change.source,
        effective_from=change.effective_from,
        by=by,
        at=at,
    )
    _apply(session, shifts, source=change.source, by=by, at=at)
    return row, shifts


def drop_day(session: Session, row: OfficeDay, *, by: Person, at: datetime) -> Shifts:
    """Take a row out of the calendar and shift what follows from it, in one act."""
    shifts, source = shifts_of_dropping(session, row, on=local_day(at)), row.source
    office_days.drop_day(session, row, by=by, at=at)
    _apply(session, shifts, source=source, by=by, at=at)
    return shifts


def _shifts(
    session: Session, before: WorkingCalendar, after: WorkingCalendar, since: date, change: DayChange | None
) -> Shifts:
    tasks_ = list(_task_shifts(session, before, after, since))
    staying = _on_day_off(session, change.day) if change and not change.working else 0
    moving = sum(shift.before == change.day for shift in tasks_) if change else 0
    return Shifts(tasks_, list(_obligation_shifts(session, before, after, since)), max(staying - moving, 0))


def _task_shifts(
    session: Session, before: WorkingCalendar, after: WorkingCalendar, since: date
) -> Iterator[TaskShift]:
    counted = (
        select(Task)
        .where(Task.due_kind.is_not(None), Task.deadline.is_not(None), _running())
        .where(Task.deadline == Task.original_deadline)
        .options(joinedload(Task.lead))
        .order_by(Task.deadline, Task.id)
    )
    for task in session.scalars(counted):
        old, new = _counted(task, before), _counted(task, after)
        if old is None or new is None or old == new or old != task.deadline:
            continue
        if max(old, new) >= since:
            yield TaskShift(task, old, new)


def _counted(task: Task, calendar: WorkingCalendar) -> date | None:
    received = local_day(task.received_at) if task.received_at else None
    return task.due.day(calendar, received=received, period=task.span) if task.due else None


def _obligation_shifts(
    session: Session, before: WorkingCalendar, after: WorkingCalendar, since: date
) -> Iterator[ObligationShift]:
    owed = (
        select(Regime, Obligation.period, Obligation.due_on, func.count())
        .select_from(Obligation)
        .join(Obligation.regime)
        .where(_unanswered())
        .group_by(Regime.id, Obligation.period, Obligation.due_on)
        .order_by(Obligation.due_on, Regime.id)
    )
    for regime, period, due_on, units in session.execute(owed):
        span = parse(period)
        if span.cadence not in REGULAR:
            continue
        old, new = regime.timetable.dates_of(span, before), regime.timetable.dates_of(span, after)
        if old.due == due_on and new.due != old.due and max(old.due, new.due) >= since:
            yield ObligationShift(regime, period, units, old.due, new.due, new.timely_until, new.locked_after)


def _running() -> ColumnElement[bool]:
    return Task.state.not_in((TaskState.DONE, TaskState.AWAITING_CONFIRMATION, *STOPPED))


def _unanswered() -> ColumnElement[bool]:
    answered = select(Report.obligation_id).where(Report.submitted_on.is_not(None))
    return ~Obligation.waived & Obligation.id.not_in(answered)


def _on_day_off(session: Session, day: date) -> int:
    wanted = select(func.count()).select_from(Task).where(Task.deadline == day, _running())
    return session.scalar(wanted) or 0


def _apply(session: Session, shifts: Shifts, *, source: str, by: Person, at: datetime) -> None:
    for shift in shifts.tasks:
        before = audit.snapshot(shift.task)
        shift.task.deadline = shift.task.original_deadline = shift.after
        changes = audit.differences(before, audit.snapshot(shift.task))
        audit.record(
            session,
            action="task.shift-deadline",
            subject=shift.task,
            note=source,
            changes=changes,
            by=by,
            at=at,
        )
        aftermath.hand_over(session, "index", at=at, kind=audit.kind_of(shift.task), id=shift.task.id)
    for owed in shifts.obligations:
        here = (Obligation.regime_id == owed.regime.id, Obligation.period == owed.period)
        days = {"due_on": owed.after, "timely_until": owed.timely_until, "locked_after": owed.locked_after}
        session.execute(update(Obligation).where(*here, _unanswered()).values(days))
        changes = {"due_on": [owed.before.isoformat(), owed.after.isoformat()]}
        note = f"{owed.period}: {source}"
        audit.record(
            session, action="regime.shift-due", subject=owed.regime, note=note, changes=changes, by=by, at=at
        )
    session.flush()
