"""What must follow a commit: noted in the same transaction, done by workers, kept until it is done.

The row is the truth; the queue only wakes a worker. So a lost Redis, a killed worker or a rolled-back
savepoint loses nothing and invents nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.db import Base, short

HANDED_OVER = "aftermath.handed_over"
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)


class PendingJob(Base):
    """A piece of work that a committed transaction asked for and no worker has finished yet."""

    __tablename__ = "pending_job"
    __table_args__ = (Index("ix_pending_job_next_to_run", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(short(60))
    arguments: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]


def hand_over(session: Session, job: str, *, at: datetime, **arguments: Any) -> None:
    """Ask for a job once this transaction commits; arguments are ids, never objects or personal data."""
    wanted = session.info.setdefault(HANDED_OVER, set())
    wanted.add(job)
    session.add(PendingJob(job=job, arguments=arguments, due_at=at))


def take_wishes(session: Session) -> set[str]:
    """The names of jobs handed over in this session so far, forgotten after the call."""
    wishes: set[str] = session.info.pop(HANDED_OVER, set())
    return wishes


def due(session: Session, *, at: datetime, job: str | None = None, limit: int = 200) -> list[PendingJob]:
    """The next jobs to run (of one name, if given), oldest first; rows another worker holds are skipped."""
    wanted = (
        select(PendingJob)
        .where(PendingJob.due_at <= at)
        .order_by(PendingJob.due_at, PendingJob.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if job is not None:
        wanted = wanted.where(PendingJob.job == job)
    return list(session.scalars(wanted))


def held(session: Session, ids: Iterable[int]) -> list[PendingJob]:
    """Those of these jobs that still wait and no other worker holds, oldest first; held from now on."""
    wanted = select(PendingJob).where(PendingJob.id.in_(list(ids))).order_by(PendingJob.due_at, PendingJob.id)
    return list(session.scalars(wanted.with_for_update(skip_locked=True)))


def finish(session: Session, jobs: list[PendingJob]) -> None:
    """Forget jobs that are done."""
    session.execute(delete(PendingJob).where(PendingJob.id.in_([job.id for job in jobs])))


def postpone(jobs: list[PendingJob], *, error: str, at: datetime) -> None:
    """Keep jobs that failed, to be tried again after a growing pause."""
    for job in jobs:
        job.attempts += 1
        job.last_error = error[:1000]
        job.due_at = at + min(FIRST_RETRY * 2 ** min(job.attempts - 1, 12), LONGEST_RETRY)


def newest(session: Session, job: str) -> int:
    """The id of the newest waiting job of a name, 0 when none waits."""
    return session.scalar(select(func.max(PendingJob.id)).where(PendingJob.job == job)) or 0


def forget(session: Session, job: str, *, until: int) -> None:
    """Drop the waiting jobs of a name up to an id, because their work was done as a whole."""
    session.execute(delete(PendingJob).where(PendingJob.job == job, PendingJob.id <= until))


@dataclass(frozen=True)
class Backlog:
    """The waiting jobs of one name: how many, since when, how often tried, what went wrong last."""

    job: str
    count: int
    attempts: int
    last_error: str | None


def backlog(session: Session) -> list[Backlog]:
    """What waits, by name."""
    wanted = (
        select(PendingJob.job, func.count(), func.max(PendingJob.attempts), func.max(PendingJob.last_error))
        .group_by(PendingJob.job)
        .order_by(PendingJob.job)
    )
    return [Backlog(*row) for row in session.execute(wanted)]


def waiting(session: Session) -> int:
    """How many jobs are still to be done."""
    return session.scalar(select(func.count()).select_from(PendingJob)) or 0


class Heartbeat(Base):
    """The last sign of life of a process of the office."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(short(60), primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, name: str, *, at: datetime) -> None:
    """Note that the named process is alive."""
    known = session.get(Heartbeat, name)
    if known is None:
        session.add(Heartbeat(name=name, at=at))
    else:
        known.at = at


def heartbeats(session: Session) -> dict[str, datetime]:
    """Process → its last sign of life."""
    return {beat.name: beat.at for beat in session.scalars(select(Heartbeat).order_by(Heartbeat.name))}
