"""Who may do what: one table of named predicates that reads aloud.

A permission is asked for a subject, anything that can say which units it concerns (`parties`).
*When* something may be done is no matter of this table but of each feature's table of moves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.sql import false

from workflows.errors import NotAllowed
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role


class Permission(StrEnum):
    """Everything a person can be allowed to do; the name says thing and act."""

    DIRECTIVE_VIEW = "directive:view"
    DIRECTIVE_REGISTER = "directive:register"
    DIRECTIVE_EDIT = "directive:edit"
    TASK_VIEW = "task:view"
    TASK_ASSIGN = "task:assign"
    TASK_CARRY_OUT = "task:carry-out"
    TASK_TAKE_PART = "task:take-part"
    TASK_DECIDE = "task:decide"
    TASK_RULES = "task:rules"
    DISCUSS = "discuss"
    OWN_WORK = "own:work"
    TARGET_VIEW = "target:view"
    TARGET_SET = "target:set"
    TARGET_RECORD = "target:record"
    TASK_NAME_CAUSE = "task:name-cause"
    REGIME_VIEW = "regime:view"
    REGIME_MANAGE = "regime:manage"
    REMINDERS_MANAGE = "reminders:manage"
    SCORE_VIEW = "score:view"
    SCORE_SETTLE = "score:settle"
    REPORT_VIEW = "report:view"
    REPORT_WRITE = "report:write"
    REPORT_SIGN_OFF = "report:sign-off"
    REPORT_ENDORSE = "report:endorse"
    REPORT_REVIEW = "report:review"
    STATISTICS_VIEW = "statistics:view"
    STATISTICS_PUBLISH = "statistics:publish"
    MEMBERS_VIEW = "members:view"
    MEMBERS_CONFIRM = "members:confirm"
    MEMBERS_MANAGE = "members:manage"
    MEMBERS_RECEIVE = "members:receive"
    ROUND_VIEW = "round:view"
    ROUND_MANAGE = "round:manage"
    DOCUMENT_VIEW = "document:view"
    DOCUMENT_DRAFT = "document:draft"
    DOCUMENT_SIGN_OFF = "document:sign-off"
    DOCUMENT_ISSUE = "document:issue"
    DOCUMENT_SIGN = "document:sign"
    FORM_EDIT = "form:edit"
    AUDIT_VIEW = "audit:view"
    PEOPLE_MANAGE = "people:manage"
    UNITS_MANAGE = "units:manage"
    CALENDAR_MANAGE = "calendar:manage"
    SYSTEM_VIEW = "system:view"
    TRUST_MANAGE = "trust:manage"
    UNIT_VIEW = "unit:view"
    OWN_ACCOUNT = "own:account"
    SUBSTITUTES_NAME = "substitutes:name"


@dataclass(frozen=True)
class Parties:
    """The units a thing concerns, by the part they play in it."""

    office: Unit | None = None
    responsible: tuple[Unit, ...] = ()
    taking_part: tuple[Unit, ...] = ()
    monitoring: tuple[Unit, ...] = ()
    informed: tuple[Unit, ...] = ()
    reviewing: tuple[Unit, ...] = ()
    owner_id: int | None = field(default=None)
    informed_people: frozenset[int] = frozenset()
    # Who looks after the thing itself, whatever else its unit has: the secretary of a branch.
    entrusted: frozenset[int] = frozenset()

    def all(self) -> Iterable[Unit]:
        """Every unit that has a part in it."""
        office = (self.office,) if self.office else ()
        others = (*self.taking_part, *self.monitoring, *self.informed, *self.reviewing)
        return (*office, *self.responsible, *others)


@runtime_checkable
class Concerning(Protocol):
    """A thing that can say which units it concerns."""

    def parties(self) -> Parties:
        """The units by the part they play."""


class Holder(Protocol):
    """Whoever holds posts: a person, or a person in their own posts alone."""

    @property
    def id(self) -> int:
        """The person."""

    @property
    def active(self) -> bool:
        """May they act at all?"""

    def appointments_on(self, day: date) -> list[Appointment]:
        """The roles they act in on a day."""


@dataclass(frozen=True)
class _InOwnPosts:
    """A person as if they stood in for nobody."""

    person: Person
    id: int
    active: bool = True

    def appointments_on(self, day: date) -> list[Appointment]:
        """Their own roles."""
        return self.person.own_appointments_on(day)


Subject = Concerning | Unit | Person | None
Predicate = Callable[[Holder, Parties | None, date], bool]


def _reads_along(*roles: Role) -> Predicate:
    """Holds one of the roles over some unit that the thing concerns (or, with no thing, anywhere)."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        posts = _posts(person, on, roles)
        if parties is None:
            return bool(posts)
        return any(unit.path.startswith(post.reach) for post in posts for unit in parties.all())

    return holds


def _looks_after(*roles: Role) -> Predicate:
    """Holds one of the roles over the office the thing belongs to, or over every unit if it has none.

    Having a part in a thing gives no say over it: the office of a lead unit must not confirm its own task.
    """

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        reaches_ = [post.reach for post in _posts(person, on, roles)]
        if parties is None:
            return bool(reaches_)
        owners = [parties.office] if parties.office else list(parties.all())
        return bool(owners) and all(any(unit.path.startswith(path) for path in reaches_) for unit in owners)

    return holds


def _heads_all(*roles: Role) -> Predicate:
    """Holds one of the roles over everybody: for what the whole installation shares."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        return any(_is_root(post.reach) for post in _posts(person, on, roles))

    return holds


def _works_in(part: str, *roles: Role) -> Predicate:
    """Holds one of the roles in a unit that plays this part, or in a unit above it."""

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        if parties is None:
            return False
        units = parties.all() if part == "any" else getattr(parties, part)
        posts = _posts(person, on, roles)
        return any(unit.path.startswith(post.unit.path) for post in posts for unit in units)

    return holds


def _keeps_register(part: str) -> Predicate:
    """Works in a unit of the same organisation that plays this part, or in one above it.

    The body above the organisations reads none of their lists, though it stands above them in the tree.
    """

    def holds(person: Holder, parties: Parties | None, on: date) -> bool:
        if parties is None:
            return False
        units = parties.all() if part == "any" else getattr(parties, part)
        posts = _posts(person, on, REGISTER_STAFF)
        return any(_keeps(post.unit, unit) for post in posts for unit in units)

    return holds


def _keeps(above: Unit, unit: Unit) -> bool:
    return bool(unit.organisation) and above.organisation == unit.organisation and unit.is_within(above)


def branch_secretary(person: Holder, parties: Parties | None, on: date) -> bool:
    """Is entrusted with the thing, and still secretary in the unit it belongs to."""
    if parties is None or person.id not in parties.entrusted:
        return False
    posts = _posts(person, on, (Role.BRANCH_SECRETARY,))
    return any(post.unit.id == unit.id for post in posts for unit in parties.responsible)


def _posts(person: Holder, on: date, roles: tuple[Role, ...]) -> list[Appointment]:
    return [post for post in person.appointments_on(on) if post.role in roles]


def oneself(person: Holder, parties: Parties | None, on: date) -> bool:
    """Only the person the thing belongs to."""
    return parties is None or parties.owner_id == person.id


def told_by_name(person: Holder, parties: Parties | None, on: date) -> bool:
    """A person who was named among those to be told."""
    return parties is not None and person.id in parties.informed_people


_STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.MONITOR)
REGISTER_STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD)

office_clerk = _looks_after(Role.OFFICE_CLERK)
office_leader = _looks_after(Role.OFFICE_LEADER)
administrator = _looks_after(Role.ADMINISTRATOR)
chief_administrator = _heads_all(Role.ADMINISTRATOR)
chief_leader = _heads_all(Role.OFFICE_LEADER)
reading_office = _reads_along(Role.OFFICE_CLERK, Role.OFFICE_LEADER)
inspector = _reads_along(Role.INSPECTOR)
responsible_staff = _works_in("responsible", Role.UNIT_CLERK, Role.UNIT_HEAD)
responsible_head = _works_in("responsible", Role.UNIT_HEAD)
reviewing_staff = _works_in("reviewing", Role.UNIT_CLERK, Role.UNIT_HEAD)
overseeing_staff = _works_in("informed", Role.UNIT_CLERK, Role.UNIT_HEAD)
coordinating_staff = _works_in("taking_part", Role.UNIT_CLERK, Role.UNIT_HEAD)
monitoring_staff = _works_in("monitoring", *_STAFF)
answering_staff = _works_in("responsible", *_STAFF)
concerned_staff = _works_in("any", *_STAFF)
register_readers = _keeps_register("any")
register_keepers = _keeps_register("responsible")
register_receivers = _keeps_register("taking_part")

_OFFICE = (office_clerk, office_leader)

# Keeping the house, or a branch's list, is no reason to read what goes on in a unit.
_READING_NO_AFFAIRS = (Role.ADMINISTRATOR, Role.BRANCH_SECRETARY)

GRANTS: dict[Permission, tuple[Predicate, ...]] = {
    Permission.DIRECTIVE_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DIRECTIVE_REGISTER: (office_clerk,),
    Permission.DIRECTIVE_EDIT: _OFFICE,
    Permission.TASK_VIEW: (reading_office, inspector, concerned_staff, told_by_name),
    Permission.TASK_ASSIGN: _OFFICE,
    Permission.TASK_CARRY_OUT: (responsible_staff,),
    Permission.TASK_TAKE_PART: (responsible_staff, coordinating_staff),
    Permission.TASK_DECIDE: (*_OFFICE, monitoring_staff),
    Permission.TARGET_VIEW: (reading_office, inspector, concerned_staff),
    Permission.TARGET_SET: _OFFICE,
    Permission.TARGET_RECORD: (*_OFFICE, responsible_staff),
    Permission.TASK_RULES: (office_leader, administrator),
    Permission.DISCUSS: (reading_office, concerned_staff, told_by_name),
    Permission.OWN_WORK: (oneself,),
    Permission.TASK_NAME_CAUSE: (*_OFFICE, responsible_staff),
    Permission.REGIME_VIEW: (reading_office, inspector, concerned_staff),
    Permission.REGIME_MANAGE: _OFFICE,
    Permission.REMINDERS_MANAGE: (*_OFFICE, administrator),
    Permission.SCORE_VIEW: (reading_office, inspector, concerned_staff),
    Permission.SCORE_SETTLE: (office_leader,),
    Permission.REPORT_VIEW: (reading_office, inspector, answering_staff, overseeing_staff),
    Permission.REPORT_WRITE: (responsible_staff,),
    Permission.REPORT_SIGN_OFF: (responsible_head,),
    Permission.REPORT_ENDORSE: (reviewing_staff,),
    Permission.REPORT_REVIEW: _OFFICE,
    Permission.STATISTICS_VIEW: (reading_office, inspector, concerned_staff),
    Permission.STATISTICS_PUBLISH: (office_leader,),
    Permission.MEMBERS_VIEW: (register_readers, branch_secretary),
    Permission.MEMBERS_CONFIRM: (register_keepers, branch_secretary),
    Permission.MEMBERS_MANAGE: (register_keepers,),
    Permission.MEMBERS_RECEIVE: (register_receivers,),
    Permission.ROUND_VIEW: (reading_office, inspector, register_receivers),
    Permission.ROUND_MANAGE: _OFFICE,
    Permission.DOCUMENT_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DOCUMENT_DRAFT: _OFFICE,
    Permission.DOCUMENT_SIGN_OFF: (office_leader,),
    Permission.DOCUMENT_ISSUE: _OFFICE,
    Permission.DOCUMENT_SIGN: (office_leader, responsible_head),
    Permission.FORM_EDIT: _OFFICE,
    Permission.AUDIT_VIEW: (inspector,),
    Permission.PEOPLE_MANAGE: (administrator,),
    Permission.UNITS_MANAGE: (administrator,),
    Permission.CALENDAR_MANAGE: (chief_administrator, chief_leader),
    Permission.SYSTEM_VIEW: (chief_administrator,),
    Permission.TRUST_MANAGE: (chief_administrator,),
    Permission.UNIT_VIEW: (reading_office, inspector, administrator, concerned_staff),
    Permission.OWN_ACCOUNT: (oneself,),
    Permission.SUBSTITUTES_NAME: (oneself, administrator),
}


def allows(person: Holder, permission: Permission, subject: Subject = None, *, on: date) -> bool:
    """May the person do this to the subject (or, without one, at all)?"""
    parties = _parties(subject, on)
    return person.active and any(holds(person, parties, on) for holds in GRANTS[permission])


def acting_for(person: Person, permission: Permission, subject: Subject = None, *, on: date) -> Person | None:
    """The absent person in whose posts this is done; none where the person's own posts allow it."""
    absent = person.stands_in_for(on)
    if not absent or allows(_InOwnPosts(person, person.id), permission, subject, on=on):
        return None
    lent = (one for one in absent if allows(_InOwnPosts(one, person.id), permission, subject, on=on))
    return next(lent, None)


def require(person: Person, permission: Permission, subject: Subject = None, *, on: date) -> None:
    """Refuse what the person may not do."""
    if not allows(person, permission, subject, on=on):
        raise NotAllowed(
            "Không thực hiện được: tài khoản của bạn không có quyền này với nội dung đang mở."
            " Liên hệ quản trị hệ thống nếu nhiệm vụ của bạn đã thay đổi."
        )


def holds_anywhere(person: Person, permission: Permission, *, on: date) -> bool:
    """Could the person do this to some subject? Decides which places of the menu are shown."""
    if allows(person, permission, on=on):
        return True
    return any(
        allows(person, permission, _any_part(post.unit, person.id), on=on)
        for post in person.appointments_on(on)
    )


def reaches(person: Person, *, on: date) -> list[str]:
    """The branches of the tree, as paths, whose affairs the person may read."""
    return _branches(post for post in person.appointments_on(on) if post.role not in _READING_NO_AFFAIRS)


def _branches(posts: Iterable[Appointment]) -> list[str]:
    paths = sorted({post.reach for post in posts}, key=len)
    return [path for i, path in enumerate(paths) if not any(path.startswith(p) for p in paths[:i])]


def readable_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch whose affairs the person may read."""
    return _within(reaches(person, on=on))


def kept_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch the person administers."""
    return _within(_kept_branches(person, on))


def inspected_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch the person inspects."""
    return _within(_branches(_posts(person, on, (Role.INSPECTOR,))))


def kept_people(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a Person works in the branches the person administers, and nowhere else.

    The twin of PEOPLE_MANAGE: posts that ended count only for somebody who has no other.
    """
    lasting = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on)
    employed = select(Appointment.person_id).where(lasting)
    counting = select(Appointment.person_id).where(or_(lasting, Appointment.person_id.not_in(employed)))
    kept = select(Unit.id).where(kept_units(person, on=on))
    inside = counting.where(Appointment.unit_id.in_(kept))
    outside = counting.where(Appointment.unit_id.not_in(kept))
    return and_(Person.id.in_(inside), Person.id.not_in(outside))


def keeps(person: Person, reach: str, *, on: date) -> bool:
    """Does the person administer the whole branch that somebody's role would cover?"""
    return any(reach.startswith(path) for path in _kept_branches(person, on))


def inspects_all(person: Person, *, on: date) -> bool:
    """Does the person inspect everybody there is?"""
    return any(_is_root(post.reach) for post in _posts(person, on, (Role.INSPECTOR,)))


def _kept_branches(person: Person, on: date) -> list[str]:
    return _branches(_posts(person, on, (Role.ADMINISTRATOR,)))


def _within(paths: list[str]) -> ColumnElement[bool]:
    if any(path == "/" for path in paths):
        return true()
    return or_(false(), *(Unit.path.startswith(path) for path in paths))


def visibility_tokens(parties: Parties) -> frozenset[str]:
    """What a search entry carries: one token per branch and per person that may read the thing."""
    branches = {f"branch:{unit_id}" for unit in parties.all() for unit_id in _lineage(unit)}
    return frozenset(branches | {f"person:{id_}" for id_ in parties.informed_people})


def keeping_tokens(units: Iterable[Unit]) -> frozenset[str]:
    """What a search entry carries that those who administer every one of the units may find."""
    lineages = [_lineage(unit) for unit in units]
    return (
        frozenset(f"keeper:{unit_id}" for unit_id in set.intersection(*lineages)) if lineages else frozenset()
    )


def working_tokens(unit_ids: Iterable[int]) -> frozenset[str]:
    """What a search entry carries that those who work in one of the very units may find."""
    return frozenset(f"in:{unit_id}" for unit_id in unit_ids)


def tokens_of(person: Person, *, on: date) -> frozenset[str]:
    """What a person shows at the index: branches they read or keep, units they work in, themselves."""
    read = {f"branch:{_last(path)}" for path in reaches(person, on=on)}
    kept = {f"keeper:{_last(path)}" for path in _kept_branches(person, on)}
    work = working_tokens(post.unit_id for post in person.appointments_on(on))
    return frozenset(read | kept | work | {f"person:{person.id}"})


def _lineage(unit: Unit) -> set[str]:
    return set(unit.path.strip("/").split("/"))


def _is_root(path: str) -> bool:
    return path.strip("/").isdigit()


def _last(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1]


def _parties(subject: Subject, on: date) -> Parties | None:
    if subject is None:
        return None
    if isinstance(subject, Unit):
        return Parties(responsible=(subject,))
    if isinstance(subject, Person):
        posts = [post for post in subject.appointments if not post.ended_before(on)] or subject.appointments
        return Parties(informed=tuple(post.unit for post in posts), owner_id=subject.id)
    return subject.parties()


@dataclass(frozen=True)
class _any_part:
    """A thing in which the unit plays every part, for asking what might be allowed."""

    unit: Unit
    person_id: int

    def parties(self) -> Parties:
        here = (self.unit,)
        return Parties(self.unit, here, here, here, here, here, entrusted=frozenset({self.person_id}))
