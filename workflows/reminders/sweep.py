"""The sweep: whoever should have been told by now and was not is told; a second run tells nobody anything.

It reads everything it needs in a few set-based questions and works out the rest in memory. That a notice
is made once is kept by the database (`uq_notice_once`), so that two sweeps at once do no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.calendar import WorkingCalendar, local_day
from workflows.office_days import working_calendar
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role, Substitution
from workflows.reminders import letters, rules
from workflows.reminders.models import Notice
from workflows.reminders.notices import insert_once
from workflows.reminders.queries import hours_in_force, ladders
from workflows.reminders.rules import Rung, Steps
from workflows.reminders.states import LetterManner, NoticeKind
from workflows.reminders.things import SOURCES, Due, Source

HORIZON = timedelta(days=400)
LOOK_AHEAD = timedelta(days=rules.MOST_DAYS * 2)
STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD)
K = TypeVar("K", str, int)


class Key(NamedTuple):
    """What makes a notice the same one: told once to a person, of a thing, for a step of its deadline."""

    subject_id: int
    deadline: date
    rung: str
    person_id: int


@dataclass(frozen=True)
class Staff:
    """Who is told for a unit."""

    workers: Mapping[str, frozenset[int]]
    heads: Mapping[str, frozenset[int]]
    leaders: Mapping[int, frozenset[int]]
    desks: Mapping[int, frozenset[int]]
    instead: Mapping[int, set[int]]

    def of(self, path: str) -> frozenset[int]:
        """Those who work for a unit, or for the nearest one above it where somebody does."""
        return next((self.workers[place] for place in _upwards(path) if place in self.workers), frozenset())

    def with_substitutes(self, person_id: int) -> frozenset[int]:
        """A person and whoever acts in their posts."""
        return frozenset({person_id, *self.instead.get(person_id, ())})

    def at_desk(self, office_id: int, person_id: int) -> frozenset[int]:
        """A person of an office with their substitutes; the whole desk once they have left it."""
        desk = self.desks.get(office_id, frozenset())
        return self.with_substitutes(person_id) if person_id in desk else desk

    def above(self, path: str) -> list[frozenset[int]]:
        """The heads of the units above, level by level; levels at which nobody sits are left out."""
        higher = list(_upwards(path))[1:]
        return [self.heads[place] for place in higher if place in self.heads]


@dataclass
class Plan:
    """One sweep: the day, the calendar, the ladders and the people, each read once."""

    today: date
    calendar: WorkingCalendar
    staff: Staff
    ladders: Mapping[tuple[str, int], Steps]
    _rungs: dict[tuple[Steps, date, date], tuple[Rung, ...]] = field(default_factory=dict)

    def steps(self, due: Due) -> Steps:
        """The ladder of a thing: its regime's, its directive's, its office's, the usual one."""
        for key in (("regime", due.regime_id), ("directive", due.directive_id), ("office", due.office_id)):
            if key[1] is not None and (steps := self.ladders.get((key[0], key[1]))):
                return steps
        return Steps()

    def reminder(self, due: Due) -> Rung | None:
        """The step that the units themselves have come to."""
        steps, deadline, late_after = self.steps(due), max(due.deadline, due.since), _late_after(due)
        key = (steps, deadline, late_after)
        if key not in self._rungs:
            self._rungs[key] = rules.reminders(steps, deadline, self.calendar, late_after=late_after)
        return rules.current(self._rungs[key], self.today, since=due.since)

    def told(self, due: Due, helpers: Iterable[str]) -> Iterator[tuple[Rung, frozenset[int]]]:
        """Every step reached, with those it tells."""
        if rung := self.reminder(due):
            paths = (due.unit_path, *helpers)
            yield rung, frozenset().union(*(self.staff.of(path) for path in paths))
        late_after = _late_after(due)
        if late_after >= self.today:
            return
        steps, above = self.steps(due), self.staff.above(due.unit_path)
        for rung in rules.escalations(steps, late_after, self.calendar, levels=len(above)):
            if rung.day <= self.today:
                yield rung, above[rung.number - 1]
        day = rules.day_after(late_after, steps.committee, self.calendar)
        if day and day <= self.today:
            leaders = self.staff.leaders.get(due.office_id, frozenset())
            yield Rung("committee", NoticeKind.COMMITTEE, day, 1), leaders

    def wants_letter(self, due: Due) -> bool:
        """Has the thing been late for so long that a letter is drafted?"""
        late_after = _late_after(due)
        if late_after >= self.today:
            return False
        day = rules.day_after(late_after, self.steps(due).letter, self.calendar)
        return day is not None and day <= self.today


@dataclass
class Outstanding:
    """What a sweep found: the notices to make, and what has been late long enough for a letter."""

    notices: list[dict[str, Any]] = field(default_factory=list)
    late: dict[str, list[tuple[Due, LetterManner]]] = field(default_factory=dict)


def _late_after(due: Due) -> date:
    """What was given only after its deadline is late from the day it was given."""
    return max(due.late_after, due.since)


def remind(session: Session, *, at: datetime) -> int:
    """Tell everybody whose turn it is, once; nothing outside working hours. How many were told."""
    return make(session, outstanding(session, at=at), at=at)


def outstanding(session: Session, *, at: datetime) -> Outstanding:
    """What should have been told by now and was not; changes nothing, so that it holds up nobody."""
    calendar, found = working_calendar(session), Outstanding()
    if not rules.may_leave(at, hours_in_force(session), calendar):
        return found
    today = local_day(at)
    plan = Plan(today, calendar, staff_on(session, today), ladders(session))
    for kind, source in SOURCES.items():
        open_ = list(_open(session, source, today))
        found.notices += _notices(session, plan, source, open_, at)
        found.late[kind] = [(due, plan.steps(due).letter_manner) for due in open_ if plan.wants_letter(due)]
    return found


def make(session: Session, found: Outstanding, *, at: datetime) -> int:
    """Tell it, and have the letters drafted; what somebody else told meanwhile is not told again."""
    insert_once(session, found.notices)
    for kind, late in found.late.items():
        letters.ask(session, kind, late, at=at)
    return len(found.notices)


def _open(session: Session, source: Source, today: date) -> Iterator[Due]:
    for row in session.execute(source.open_between(today - HORIZON, today + LOOK_AHEAD)):
        *facts, since = row
        yield Due._make((*facts, local_day(since) if isinstance(since, datetime) else since))


def _notices(
    session: Session, plan: Plan, source: Source, found: list[Due], at: datetime
) -> list[dict[str, Any]]:
    helpers = _helpers(session, source)
    kind = source.thing.kind
    wanted: dict[Key, Rung] = {}
    for due in found:
        for rung, people in plan.told(due, helpers.get(due.id, ())):
            wanted.update({Key(due.id, due.deadline, rung.key, person): rung for person in people})
    missing = sorted(wanted.keys() - _known(session, kind, wanted))
    return [_row(kind, key, wanted[key], at) for key in missing]


def _row(kind: str, key: Key, rung: Rung, at: datetime) -> dict[str, Any]:
    return {"subject_kind": kind, **key._asdict(), "kind": rung.kind, "number": rung.number, "made_at": at}


def _known(session: Session, kind: str, wanted: Iterable[Key]) -> set[Key]:
    """Those of the notices that are there already."""
    rungs, days = {key.rung for key in wanted}, {key.deadline for key in wanted}
    if not rungs:
        return set()
    columns = Notice.subject_id, Notice.deadline, Notice.rung, Notice.person_id
    there = select(*columns).where(Notice.subject_kind == kind, Notice.rung.in_(rungs))
    return {Key(*row) for row in session.execute(there.where(Notice.deadline.between(min(days), max(days))))}


def staff_on(session: Session, day: date) -> Staff:
    """Who is told for every unit on a day."""
    workers: dict[str, set[int]] = defaultdict(set)
    heads: dict[str, set[int]] = defaultdict(set)
    leaders: dict[int, set[int]] = defaultdict(set)
    desks: dict[int, set[int]] = defaultdict(set)
    for post in session.scalars(_posts(day)):
        if post.role in STAFF:
            workers[post.unit.path].add(post.person_id)
        if post.role is Role.UNIT_HEAD:
            heads[post.unit.path].add(post.person_id)
        if post.role is Role.OFFICE_LEADER:
            heads[post.reach].add(post.person_id)
            leaders[post.unit_id].add(post.person_id)
        if post.role in letters.OFFICE:
            desks[post.unit_id].add(post.person_id)
    instead = _substitutes(session, day)
    return Staff(
        _frozen(workers, instead),
        _frozen(heads, instead),
        _frozen(leaders, instead),
        _frozen(desks, instead),
        instead,
    )


def _substitutes(session: Session, day: date) -> dict[int, set[int]]:
    """Who is absent → who acts in their posts, and is told with them."""
    lasting = Substitution.first_day <= day, Substitution.last_day >= day, Substitution.ended_at.is_(None)
    active = select(Person.id).where(Person.active)
    found: dict[int, set[int]] = defaultdict(set)
    wanted = select(Substitution.absent_id, Substitution.substitute_id).where(*lasting)
    for absent, substitute in session.execute(wanted.where(Substitution.substitute_id.in_(active))):
        found[absent].add(substitute)
    return found


def _posts(day: date) -> Select[Appointment]:
    lasting = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day)
    return (
        select(Appointment)
        .join(Appointment.person)
        .where(Person.active, Appointment.valid_from <= day, lasting)
        .where(Appointment.role.in_((*STAFF, *letters.OFFICE)))
        .options(joinedload(Appointment.unit))
    )


def _frozen(sets: Mapping[K, set[int]], instead: Mapping[int, set[int]]) -> dict[K, frozenset[int]]:
    return {
        key: frozenset(people).union(*(instead[person] for person in people if person in instead))
        for key, people in sets.items()
    }


def _helpers(session: Session, source: Source) -> dict[int, list[str]]:
    """Id → the branches of the units that take part."""
    found: dict[int, list[str]] = defaultdict(list)
    if source.taking_part is not None:
        parts = source.taking_part.subquery()
        id_, unit_id = parts.c
        rows = session.execute(select(id_, Unit.path).join(Unit, Unit.id == unit_id))
        for subject_id, path in rows:
            found[subject_id].append(path)
    return found


def _upwards(path: str) -> Iterator[str]:
    """The path itself and those of the units above it."""
    parts = path.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        yield "/" + "/".join(parts[:length]) + "/"
