"""Telling people: a notice in the application at once, a mail if they want one, each once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.db import Base
from workflows.people import Person
from workflows.reminders.models import Notice
from workflows.reminders.states import NoticeKind

BATCH = 5_000


def tell_people(
    session: Session,
    subject: Base,
    people: Iterable[int],
    *,
    kind: NoticeKind,
    key: str,
    at: datetime,
    by: Person | None = None,
    words: str = "",
    day: date | None = None,
) -> None:
    """Tell people (by id) once of a thing; `key` names the occasion, whoever caused it is left out.

    What they are told of must be of a kind that `things.lead_to` or `things.follow` made known.
    """
    about = {
        "subject_kind": subject.__tablename__,
        "subject_id": inspect(subject).identity[0],  # type: ignore[index]
        "deadline": day or local_day(at),
        "rung": key,
        "kind": kind,
        "by_id": by.id if by else None,
        "words": words,
        "made_at": at,
    }
    others = sorted(set(people) - {by.id if by else None})
    insert_once(session, [{**about, "person_id": person_id} for person_id in others])


def insert_once(session: Session, rows: list[dict[str, Any]]) -> None:
    """Make notices, each to be mailed if its person wants that; those there already stay as they are."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    usual = {"words": "", "number": 0, "by_id": None, "to_mail": True}
    for start in range(0, len(rows), BATCH):
        some = [{**usual, **row} for row in rows[start : start + BATCH]]
        session.execute(dialect.insert(Notice).on_conflict_do_nothing(), some)


def mark_read(session: Session, person: Person, ids: Iterable[int] | None, *, at: datetime) -> None:
    """The person has seen these of their notices, or all of them."""
    unread = update(Notice).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    if ids is not None:
        unread = unread.where(Notice.id.in_(list(ids)))
    session.execute(unread.values(read_at=at))
