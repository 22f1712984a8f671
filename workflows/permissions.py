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
    REGIME_VIEW = "regime:view"
    REGIME_MANAGE = "regime:manage"
    REPORT_VIEW = "report:view"
    REPORT_WRITE = "report:write"
    REPORT_SIGN_OFF = "report:sign-off"
    REPORT_REVIEW = "report:review"
    STATISTICS_VIEW = "statistics:view"
    STATISTICS_PUBLISH = "statistics:publish"
    MEMBERS_VIEW = "members:view"
    MEMBERS_MANAGE = "members:manage"
    DOCUMENT_VIEW = "document:view"
    DOCUMENT_DRAFT = "document:draft"
    DOCUMENT_SIGN_OFF = "document:sign-off"
    DOCUMENT_ISSUE = "document:issue"
    FORM_EDIT = "form:edit"
    AUDIT_VIEW = "audit:view"
    PEOPLE_MANAGE = "people:manage"
    UNITS_MANAGE = "units:manage"
    CALENDAR_MANAGE = "calendar:manage"
    SYSTEM_VIEW = "system:view"
    UNIT_VIEW = "unit:view"
    OWN_ACCOUNT = "own:account"


@dataclass(frozen=True)
class Parties:
    """The units a thing concerns, by the part they play in it."""

    office: Unit | None = None
    responsible: tuple[Unit, ...] = ()
    taking_part: tuple[Unit, ...] = ()
    monitoring: tuple[Unit, ...] = ()
    informed: tuple[Unit, ...] = ()
    owner_id: int | None = field(default=None)

    def all(self) -> Iterable[Unit]:
        """Every unit that has a part in it."""
        office = (self.office,) if self.office else ()
        return (*office, *self.responsible, *self.taking_part, *self.monitoring, *self.informed)


@runtime_checkable
class Concerning(Protocol):
    """A thing that can say which units it concerns."""

    def parties(self) -> Parties:
        """The units by the part they play."""


Subject = Concerning | Unit | Person | None
Predicate = Callable[[Person, Parties | None, date], bool]


def _reads_along(*roles: Role) -> Predicate:
    """Holds one of the roles over some unit that the thing concerns (or, with no thing, anywhere)."""

    def holds(person: Person, parties: Parties | None, on: date) -> bool:
        posts = _posts(person, on, roles)
        if parties is None:
            return bool(posts)
        return any(unit.path.startswith(post.reach) for post in posts for unit in parties.all())

    return holds


def _looks_after(*roles: Role) -> Predicate:
    """Holds one of the roles over the office the thing belongs to, or over every unit if it has none.

    Having a part in a thing gives no say over it: the office of a lead unit must not confirm its own task.
    """

    def holds(person: Person, parties: Parties | None, on: date) -> bool:
        reaches_ = [post.reach for post in _posts(person, on, roles)]
        if parties is None:
            return bool(reaches_)
        owners = [parties.office] if parties.office else list(parties.all())
        return bool(owners) and all(any(unit.path.startswith(path) for path in reaches_) for unit in owners)

    return holds


def _heads_all(*roles: Role) -> Predicate:
    """Holds one of the roles over everybody: for what the whole installation shares."""

    def holds(person: Person, parties: Parties | None, on: date) -> bool:
        return any(_is_root(post.reach) for post in _posts(person, on, roles))

    return holds


def _works_in(part: str, *roles: Role) -> Predicate:
    """Holds one of the roles in a unit that plays this part, or in a unit above it."""

    def holds(person: Person, parties: Parties | None, on: date) -> bool:
        if parties is None:
            return False
        units = parties.all() if part == "any" else getattr(parties, part)
        posts = _posts(person, on, roles)
        return any(unit.path.startswith(post.unit.path) for post in posts for unit in units)

    return holds


def _posts(person: Person, on: date, roles: tuple[Role, ...]) -> list[Appointment]:
    return [post for post in person.appointments_on(on) if post.role in roles]


def oneself(person: Person, parties: Parties | None, on: date) -> bool:
    """Only the person the thing belongs to."""
    return parties is None or parties.owner_id == person.id


_STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.MONITOR)

office_clerk = _looks_after(Role.OFFICE_CLERK)
office_leader = _looks_after(Role.OFFICE_LEADER)
administrator = _looks_after(Role.ADMINISTRATOR)
chief_administrator = _heads_all(Role.ADMINISTRATOR)
chief_leader = _heads_all(Role.OFFICE_LEADER)
reading_office = _reads_along(Role.OFFICE_CLERK, Role.OFFICE_LEADER)
inspector = _reads_along(Role.INSPECTOR)
responsible_staff = _works_in("responsible", Role.UNIT_CLERK, Role.UNIT_HEAD)
responsible_head = _works_in("responsible", Role.UNIT_HEAD)
coordinating_staff = _works_in("taking_part", Role.UNIT_CLERK, Role.UNIT_HEAD)
monitoring_staff = _works_in("monitoring", *_STAFF)
answering_staff = _works_in("responsible", *_STAFF)
concerned_staff = _works_in("any", *_STAFF)

_OFFICE = (office_clerk, office_leader)

GRANTS: dict[Permission, tuple[Predicate, ...]] = {
    Permission.DIRECTIVE_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DIRECTIVE_REGISTER: (office_clerk,),
    Permission.DIRECTIVE_EDIT: _OFFICE,
    Permission.TASK_VIEW: (reading_office, inspector, concerned_staff),
    Permission.TASK_ASSIGN: _OFFICE,
    Permission.TASK_CARRY_OUT: (responsible_staff,),
    Permission.TASK_TAKE_PART: (responsible_staff, coordinating_staff),
    Permission.TASK_DECIDE: (*_OFFICE, monitoring_staff),
    Permission.REGIME_VIEW: (reading_office, inspector, concerned_staff),
    Permission.REGIME_MANAGE: _OFFICE,
    Permission.REPORT_VIEW: (reading_office, inspector, answering_staff),
    Permission.REPORT_WRITE: (responsible_staff,),
    Permission.REPORT_SIGN_OFF: (responsible_head,),
    Permission.REPORT_REVIEW: _OFFICE,
    Permission.STATISTICS_VIEW: (reading_office, inspector, concerned_staff),
    Permission.STATISTICS_PUBLISH: (office_leader,),
    Permission.MEMBERS_VIEW: (concerned_staff,),
    Permission.MEMBERS_MANAGE: (responsible_staff,),
    Permission.DOCUMENT_VIEW: (reading_office, inspector, concerned_staff),
    Permission.DOCUMENT_DRAFT: _OFFICE,
    Permission.DOCUMENT_SIGN_OFF: (office_leader,),
    Permission.DOCUMENT_ISSUE: _OFFICE,
    Permission.FORM_EDIT: _OFFICE,
    Permission.AUDIT_VIEW: (inspector,),
    Permission.PEOPLE_MANAGE: (administrator,),
    Permission.UNITS_MANAGE: (administrator,),
    Permission.CALENDAR_MANAGE: (chief_administrator, chief_leader),
    Permission.SYSTEM_VIEW: (chief_administrator,),
    Permission.UNIT_VIEW: (reading_office, inspector, administrator, concerned_staff),
    Permission.OWN_ACCOUNT: (oneself,),
}


def allows(person: Person, permission: Permission, subject: Subject = None, *, on: date) -> bool:
    """May the person do this to the subject (or, without one, at all)?"""
    parties = _parties(subject, on)
    return person.active and any(holds(person, parties, on) for holds in GRANTS[permission])


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
    return any(allows(person, permission, _any_part(post.unit), on=on) for post in person.appointments_on(on))


def reaches(person: Person, *, on: date) -> list[str]:
    """The branches of the tree, as paths, whose affairs the person may read."""
    # Keeping the house is no reason to read what goes on in it.
    return _branches(post for post in person.appointments_on(on) if post.role is not Role.ADMINISTRATOR)


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
    """What a search entry carries: one token per branch from which the thing may be read."""
    return frozenset(f"branch:{unit_id}" for unit in parties.all() for unit_id in _lineage(unit))


def keeping_tokens(units: Iterable[Unit]) -> frozenset[str]:
    """What a search entry carries that those who administer every one of the units may find."""
    lineages = [_lineage(unit) for unit in units]
    return (
        frozenset(f"keeper:{unit_id}" for unit_id in set.intersection(*lineages)) if lineages else frozenset()
    )


def tokens_of(person: Person, *, on: date) -> frozenset[str]:
    """What a person shows at the search index: the branches they may read, and those they administer."""
    read = {f"branch:{_last(path)}" for path in reaches(person, on=on)}
    return frozenset(read | {f"keeper:{_last(path)}" for path in _kept_branches(person, on)})


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

    def parties(self) -> Parties:
        here = (self.unit,)
        return Parties(self.unit, here, here, here, here)
