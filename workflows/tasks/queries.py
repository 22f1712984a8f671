"""Reading tasks: what a person may see, how they stand against time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.calendar import WorkingCalendar
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import readable_units
from workflows.tasks.models import Extension, Task, task_coordinator, task_watcher, task_watching_person
from workflows.tasks.rules import Today, timeliness_sql
from workflows.tasks.settings import DUE_SOON_WORKING_DAYS
from workflows.tasks.states import ExtensionState, TaskState, Timeliness

OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)
CARRYING_OUT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
MONITORING = (*CARRYING_OUT, Role.MONITOR)
UNDECIDED = (TaskState.AWAITING_CONFIRMATION, TaskState.REFUSED)


def today_on(day: date, calendar: WorkingCalendar, *, soon: int = DUE_SOON_WORKING_DAYS) -> Today:
    """The day, and how far "soon" reaches from it in working days."""
    return Today(day=day, soon_until=calendar.add_working_days(day, soon))


def visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks a person may read: a unit of theirs has any part, or they are told by name."""
    units = select(Unit.id).where(readable_units(person, on=on))
    coordinated = select(task_coordinator.c.task_id).where(task_coordinator.c.unit_id.in_(units))
    return or_(
        Task.office_id.in_(units),
        Task.lead_id.in_(units),
        Task.monitoring_id.in_(units),
        Task.id.in_(coordinated),
        Task.id.in_(_watched_by(units, person)),
    )


def told(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks the person, or a unit in which they work, is only told of."""
    own = select(Unit.id).where(Unit.id.in_([post.unit_id for post in person.appointments_on(on)]))
    return Task.id.in_(_watched_by(own, person))


def _watched_by(units: Select[int], person: Person) -> CompoundSelect[int]:
    return union_all(
        select(task_watcher.c.task_id).where(task_watcher.c.unit_id.in_(units)),
        select(task_watching_person.c.task_id).where(task_watching_person.c.person_id == person.id),
    )


def decidable_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks a person may decide on; the SQL twin of Permission.TASK_DECIDE."""
    posts = person.appointments_on(on)
    served = _units_in(post.reach for post in posts if post.role in OFFICE)
    watched = _units_in(post.unit.path for post in posts if post.role in MONITORING)
    return or_(Task.office_id.in_(served), Task.monitoring_id.in_(watched))


def may_be_carried_out_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks a person may act in for the lead; the SQL twin of Permission.TASK_CARRY_OUT."""
    posts = [post.unit.path for post in person.appointments_on(on) if post.role in CARRYING_OUT]
    return Task.lead_id.in_(_units_in(posts))


def carried_out_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks that the person's own units lead, without those of the units below them."""
    own = [post.unit_id for post in person.appointments_on(on) if post.role in CARRYING_OUT]
    return Task.lead_id.in_(own)


def waiting_for(person: Person, *, on: date) -> ColumnElement[bool]:
    """The tasks whose next step is this person's: to receive, to confirm, to decide on."""
    return Task.id.in_(_waiting_for(person, on))


def count_waiting_for(person: Person, *, on: date) -> Select[int]:
    """How many tasks wait for this person; what waits for somebody is theirs to read."""
    return select(func.count()).select_from(_waiting_for(person, on).subquery())


def _waiting_for(person: Person, on: date) -> CompoundSelect[int]:
    decidable = decidable_by(person, on=on)
    asked = select(Extension.task_id).where(Extension.state == ExtensionState.REQUESTED)
    undecided = Task.state.in_(UNDECIDED)
    to_receive = and_(Task.state == TaskState.ASSIGNED, carried_out_by(person, on=on))
    kinds = (
        to_receive,
        and_(undecided, decidable),
        and_(Task.id.in_(asked), not_(or_(undecided, to_receive)), decidable),
    )
    # Each is found by its own index, where one OR of them would look through all tasks; none is told twice.
    return union_all(*(select(Task.id).where(kind).correlate(None) for kind in kinds))


def alike(task: Task) -> ColumnElement[bool]:
    """The tasks with the same words, directive and deadline: one sentence said to many units."""
    return and_(
        Task.title == task.title,
        Task.directive_id.is_not_distinct_from(task.directive_id),
        Task.deadline.is_not_distinct_from(task.deadline),
    )


def _units_in(paths: Iterable[str]) -> Select[int]:
    return select(Unit.id).where(or_(false(), *(Unit.path.startswith(path) for path in paths)))


def all_visible(person: Person, *, on: date) -> Select[Task]:
    """The tasks a person may read, with what a list shows of them, to be narrowed and sorted."""
    shown = (joinedload(Task.lead), joinedload(Task.directive).load_only(Directive.number, Directive.type))
    return select(Task).where(visible_to(person, on=on)).options(*shown)


def counts_by_timeliness(session: Session, person: Person, today: Today) -> dict[Timeliness, int]:
    """How many tasks the person may read, by timeliness; every kind has its figure."""
    kind = timeliness_sql(today)
    rows = session.execute(
        select(kind, func.count()).select_from(Task).where(visible_to(person, on=today.day)).group_by(kind)
    )
    found = {Timeliness(value): count for value, count in rows}
    return {kind: found.get(kind, 0) for kind in Timeliness}


def of_directive(session: Session, directive: Directive, person: Person, *, on: date) -> Sequence[Task]:
    """The tasks of a directive that the person may read, in the order of its clauses."""
    wanted = (
        all_visible(person, on=on)
        .where(Task.directive_id == directive.id)
        .options(selectinload(Task.coordinators), joinedload(Task.clause))
        .order_by(Task.id)
    )
    return session.scalars(wanted).all()


def tally_sql(person: Person, today: Today) -> dict[str, ColumnElement[int]]:
    """For a query on directives: how many tasks of each the person may read are live, done, overdue."""
    mine = (
        select(func.count())
        .select_from(Task)
        .where(Task.directive_id == Directive.id, Task.state != TaskState.CANCELLED)
        .where(visible_to(person, on=today.day))
    )
    overdue = timeliness_sql(today) == Timeliness.OVERDUE.value
    wanted = {"live": mine, "done": mine.where(Task.state == TaskState.DONE), "overdue": mine.where(overdue)}
    return {name: count.correlate(Directive).scalar_subquery() for name, count in wanted.items()}


def days_overdue(task: Task, today: date) -> int:
    """Calendar days since the deadline in force went by, 0 if it has not."""
    ended = task.done_on or task.reported_on or today
    return max((ended - task.deadline) // timedelta(days=1), 0) if task.deadline else 0
