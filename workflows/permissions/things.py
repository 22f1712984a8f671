"""What can be allowed, and what a thing must say of itself to be asked for: the units it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from workflows.organisations import Unit
from workflows.people import Appointment, Person


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
    SIGN_IN_RULES = "sign-in:rules"
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


Subject = Concerning | Unit | Person | None


def parties_of(subject: Subject, on: date) -> Parties | None:
    """The units a subject concerns; a unit concerns itself, a person where they work."""
    if subject is None:
        return None
    if isinstance(subject, Unit):
        return Parties(responsible=(subject,))
    if isinstance(subject, Person):
        posts = [post for post in subject.appointments if not post.ended_before(on)] or subject.appointments
        return Parties(informed=tuple(post.unit for post in posts), owner_id=subject.id)
    return subject.parties()
