"""Acts that others should hear of: a table from the verb to whom it is told, and why.

The verbs of tasks and reports know nothing of notices. `verb.follow` makes the recorder of acts hand over
the audit entry after the commit (job "tell"). Whoever did it is not told, nor who may not see the thing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.audit import AuditEntry
from workflows.calendar import local_day
from workflows.db import Base
from workflows.discussion import Comment
from workflows.documents import OfficialDocument
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Concerning
from workflows.regimes import Reopening
from workflows.reminders.notices import tell_people
from workflows.reminders.states import NoticeKind
from workflows.reminders.sweep import Staff, staff_on
from workflows.reminders.things import THINGS
from workflows.reports import Report
from workflows.tasks import Extension, Task, people_told
from workflows.verb import follow

STALE = timedelta(days=3)


@dataclass(frozen=True)
class Event:
    """Why people are told, and who: the units that play these parts, units the act names, or persons.

    `once_of` names the day of a thing that is told of once, however often the act comes back to it.
    """

    kind: NoticeKind
    parts: tuple[str, ...] = ()
    people: Callable[[Any, Staff, date], Iterable[int]] | None = None
    named: Callable[[Any], Sequence[Unit]] | None = None
    once_of: Callable[[Any], date] | None = None


def _assigner(task: Task, staff: Staff, on: date) -> Iterable[int]:
    """Whoever assigned it; a part was given by the unit that watches over it, not by the office."""
    by = task.assigned_by_id
    return staff.with_substitutes(by) if task.parent_id else staff.at_desk(task.office_id, by)


def _drafter(document: OfficialDocument, staff: Staff, on: date) -> Iterable[int]:
    return staff.with_substitutes(document.drafted_by_id)


def _watching(task: Task, staff: Staff, on: date) -> Iterable[int]:
    return [person.id for person in people_told(task, on=on)]


def _assigned_on(task: Task) -> date:
    return local_day(task.assigned_at)


def _mentioned(comment: Comment) -> Sequence[Unit]:
    return comment.mentioned if comment.withdrawn_at is None else ()


LEAD, EVERYBODY = ("responsible",), ("responsible", "taking_part")
TO_DECIDE = Event(NoticeKind.ASKED, ("monitoring",), _assigner)
GIVEN = (Event(NoticeKind.ASSIGNED, LEAD), Event(NoticeKind.TAKING_PART, ("taking_part",)))
FOR_INFORMATION = Event(NoticeKind.INFORMED, ("informed",), _watching, once_of=_assigned_on)

EVENTS: dict[str, tuple[Event, ...]] = {
    "task.assign": (*GIVEN, FOR_INFORMATION),
    "task.forward": (*GIVEN, FOR_INFORMATION),
    "task.open-turn": GIVEN,
    "task.inform": (FOR_INFORMATION,),
    "task.reassign": (Event(NoticeKind.ASSIGNED, LEAD),),
    "task.return": (Event(NoticeKind.RETURNED, LEAD),),
    "task.confirm": (Event(NoticeKind.DECIDED, LEAD),),
    "task.suspend": (Event(NoticeKind.CHANGED, EVERYBODY),),
    "task.resume": (Event(NoticeKind.CHANGED, EVERYBODY),),
    "task.cancel": (Event(NoticeKind.CHANGED, EVERYBODY),),
    "task.reopen": (Event(NoticeKind.CHANGED, EVERYBODY),),
    "task.submit": (TO_DECIDE,),
    "task.refuse": (TO_DECIDE,),
    "task.request-extension": (TO_DECIDE,),
    "task.grant-extension": (Event(NoticeKind.DECIDED, LEAD),),
    "task.refuse-extension": (Event(NoticeKind.DECIDED, LEAD),),
    "comment.say": (Event(NoticeKind.MENTIONED, named=_mentioned),),
    "report.return": (Event(NoticeKind.RETURNED, LEAD),),
    "report.reopen": (Event(NoticeKind.RETURNED, LEAD),),
    "obligation.reopen": (Event(NoticeKind.DECIDED, LEAD),),
    "obligation.refuse-reopening": (Event(NoticeKind.DECIDED, LEAD),),
    "document.return": (Event(NoticeKind.RETURNED, (), _drafter),),
}

follow(*EVENTS)


def _tell(session: Session, entry: AuditEntry, staff: Staff) -> None:
    """Tell everybody concerned of one act on record; twice tells nobody again."""
    acted_on = _acted_on(session, entry)
    subject = _leading_to(session, acted_on)
    if not isinstance(subject, Base) or not isinstance(subject, Concerning):
        return
    by = session.get(Person, entry.person_id) if entry.person_id else None
    day = local_day(entry.at)
    for event in EVENTS.get(entry.action, ()):
        tell_people(
            session,
            subject,
            _audience(staff, subject, acted_on, event, day),
            kind=event.kind,
            key=event.kind.value if event.once_of else f"event-{entry.id}",
            at=entry.at,
            by=by,
            words=entry.note,
            day=event.once_of(subject) if event.once_of else day,
        )


def tell_some(session: Session, ids: Iterable[int], *, at: datetime) -> None:
    """Tell of the acts with these audit entries; of those days back nobody, a list shows them better."""
    wanted = select(AuditEntry).where(AuditEntry.id.in_(list(ids)), AuditEntry.at >= at - STALE)
    entries = session.scalars(wanted.order_by(AuditEntry.id)).all()
    staff = {day: staff_on(session, day) for day in {local_day(entry.at) for entry in entries}}
    for entry in entries:
        _tell(session, entry, staff[local_day(entry.at)])


def tell_units(
    session: Session,
    subject: Base,
    units: Sequence[Unit],
    *,
    kind: NoticeKind,
    key: str,
    at: datetime,
    by: Person | None = None,
    words: str = "",
) -> None:
    """Tell those who work for some units once of a thing: for callers above reminders."""
    staff = staff_on(session, local_day(at))
    people = frozenset().union(*(staff.of(unit.path) for unit in units))
    tell_people(session, subject, people, kind=kind, key=key, at=at, by=by, words=words)


_FOUND_WITH: dict[type[Base], Callable[[Any], Base]] = {
    Extension: lambda extension: extension.task,
    Report: lambda report: report.obligation,
    Reopening: lambda reopening: reopening.obligation,
}
_BESIDES: tuple[type[Base], ...] = (*_FOUND_WITH, Comment)


def _acted_on(session: Session, entry: AuditEntry) -> Base | None:
    known = {kind: thing.model for kind, thing in THINGS.items()}
    known |= {kind.__tablename__: kind for kind in _BESIDES}
    model = known.get(entry.subject_kind)
    return session.get(model, entry.subject_id) if model is not None else None


def _leading_to(session: Session, acted_on: Base | None) -> Base | None:
    """The thing a notice leads to: an extension is found with its task, a comment with what it is about."""
    if isinstance(acted_on, Comment):
        thing = THINGS.get(acted_on.subject_kind)
        return session.get(thing.model, acted_on.subject_id) if thing else None
    found_with = _FOUND_WITH.get(type(acted_on)) if acted_on is not None else None
    return found_with(acted_on) if found_with else acted_on


def _audience(staff: Staff, subject: Concerning, acted_on: Base | None, event: Event, on: date) -> set[int]:
    parties = subject.parties()
    units = [unit for part in event.parts for unit in getattr(parties, part)]
    units += event.named(acted_on) if event.named else ()
    people = set[int]().union(*(staff.of(unit.path) for unit in units))
    return people.union(event.people(subject, staff, on)) if event.people else people
