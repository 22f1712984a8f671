"""One act with many things: looked at first, then done bit by bit; what cannot be done is named and why.

The look is kept with the things it found, so that what is done is what was looked at. A few are done at once,
many by a worker in short transactions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ForeignKey, delete
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, relationship

from workflows import aftermath
from workflows.db import Versioned
from workflows.errors import Conflict, DomainError, Refused
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import Phrase

AT_ONCE = 200
IN_ONE_RUN = 50
SHOWN = 60
KEPT_UNSTARTED = timedelta(days=1)
OPEN = "open"

Thing = TypeVar("Thing")


class Batch(Versioned):
    """The columns of a table of such acts: what was looked at, and how far it has come."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    planned_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    tried: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[Any]] = mapped_column(default=list)

    @declared_attr
    def person(cls) -> Mapped[Person]:
        """Who looked and acts."""
        return relationship(Person)

    @property
    def chosen(self) -> list[Any]:
        """The keys of the things that were looked at."""
        raise NotImplementedError

    @property
    def done(self) -> int:
        """With how many things it was done."""
        return self.tried - len(self.left_out)

    def parties(self) -> Parties:
        """Whoever began it."""
        return Parties(owner_id=self.person_id)


@dataclass(frozen=True)
class Group:
    """Things that an act leaves as they are for one reason."""

    why: Phrase
    count: int


@dataclass(frozen=True)
class Outlook(Generic[Thing]):
    """What an act would do: with how many things, the first of them, and what it leaves out and why."""

    count: int
    first: Sequence[Thing]
    left_out: list[Group]


@dataclass(frozen=True)
class Way(Generic[Thing]):
    """How an act is done: the job that goes on with it, the things behind keys, the act, a thing's name."""

    job: str
    read: Callable[[Sequence[Any]], Iterable[Thing]]
    act: Callable[[Thing], object]
    name: Callable[[Thing], list[Any]]


def left_out(found: Mapping[str, int], why: Callable[[str], Phrase]) -> list[Group]:
    """The groups of a look that stay as they are, from verdict → count."""
    return [Group(why(verdict), count) for verdict, count in sorted(found.items()) if verdict != OPEN]


def refuse_idle(batch: Batch, nothing: str) -> None:
    """Refuse what was done already, and, with the sentence given, what there is nothing to do with."""
    if batch.started_at is not None:
        raise Conflict("Việc này đã được thực hiện rồi. Tải lại trang để xem kết quả.")
    if not batch.chosen:
        raise Refused(nothing)


def begin(session: Session, batch: Batch, way: Way[Any], *, at: datetime) -> None:
    """Do what was looked at: a few at once, many by a worker."""
    batch.started_at = at
    if len(batch.chosen) <= AT_ONCE:
        _act_on_next(session, batch, way, len(batch.chosen), at)
    else:
        session.flush()
        aftermath.hand_over(session, way.job, at=at, id=batch.id)


def go_on(session: Session, batch: Batch, way: Way[Any], *, at: datetime) -> None:
    """Do the next ones; asks for another turn until all were tried."""
    session.refresh(batch, with_for_update=True)
    if batch.ended_at is None:
        _act_on_next(session, batch, way, IN_ONE_RUN, at)
    if batch.ended_at is None:
        aftermath.hand_over(session, way.job, at=at, id=batch.id)


def _act_on_next(session: Session, batch: Batch, way: Way[Any], count: int, at: datetime) -> None:
    keys = batch.chosen[batch.tried : batch.tried + count]
    left = list(batch.left_out)
    for thing in way.read(keys):
        point = session.begin_nested()
        try:
            way.act(thing)
        except DomainError as refusal:
            point.rollback()
            left.append([*way.name(thing), str(refusal)])
        else:
            point.commit()
    batch.left_out, batch.tried = left, batch.tried + len(keys)
    if batch.tried >= len(batch.chosen):
        batch.ended_at = at
    session.flush()


def forget_old_looks(session: Session, kind: type[Batch], *, by: Person, at: datetime) -> None:
    """Drop what a person looked at and did not do."""
    old = (kind.started_at.is_(None), kind.planned_at < at - KEPT_UNSTARTED)
    session.execute(delete(kind).where(kind.person_id == by.id, *old))
