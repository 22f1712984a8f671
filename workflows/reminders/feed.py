"""What stands in a person's calendar: the deadlines of their own units, as far as they may see them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from workflows.people import Appointment, Person, Role
from workflows.reminders.models import Channels
from workflows.reminders.things import SOURCES, Source
from workflows.reminders.verbs import feed_digest

BACK = timedelta(days=60)
AHEAD = timedelta(days=270)
MOST_ENTRIES = 500
OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)


@dataclass(frozen=True)
class Entry:
    """One day in the calendar."""

    kind: str
    id: int
    title: str
    day: date


def owner(session: Session, token: str) -> Person | None:
    """Whose calendar a private address is, while they work here."""
    wanted = (
        select(Person)
        .join(Channels, Channels.person_id == Person.id)
        .where(Channels.feed_digest == feed_digest(token), Person.active)
        .options(selectinload(Person.appointments).joinedload(Appointment.unit))
    )
    return session.scalar(wanted)


def entries(session: Session, person: Person, *, on: date) -> list[Entry]:
    """The deadlines from two months back to nine ahead, the nearest ones where there are too many."""
    found = [entry for source in SOURCES.values() for entry in _entries(session, source, person, on)]
    nearest = sorted(found, key=lambda entry: (abs((entry.day - on).days), entry.kind, entry.id))
    return sorted(nearest[:MOST_ENTRIES], key=lambda entry: (entry.day, entry.kind, entry.id))


def _entries(session: Session, source: Source, person: Person, on: date) -> list[Entry]:
    posts = person.appointments_on(on)
    units = {post.unit_id for post in posts}
    offices = {post.unit_id for post in posts if post.role in OFFICE}
    thing = source.thing
    open_ = source.open_between(on - BACK, on + AHEAD).subquery()
    id_, office_id, unit_id, deadline = open_.c[0], open_.c[1], open_.c[2], open_.c[7]
    mine = unit_id.in_(units) | office_id.in_(offices)
    if source.taking_part is not None:
        part = source.taking_part.subquery()
        mine |= id_.in_(select(part.c[0]).where(part.c[1].in_(units)))
    key = thing.model.id  # type: ignore[attr-defined]
    wanted = select(key, thing.title, deadline).join(open_, id_ == key).where(mine, thing.visible(person, on))
    nearest = wanted.order_by(deadline < on, deadline).limit(MOST_ENTRIES)
    return [
        Entry(thing.kind, row_id, thing.in_words(title), day)
        for row_id, title, day in session.execute(nearest)
    ]
