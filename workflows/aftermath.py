"""What must follow a commit: noted in the same transaction, done by workers, kept until it is done.

The row is the truth; the queue only wakes a worker. So a lost Redis, a killed worker or a rolled-back
savepoint loses nothing and invents nothing.
"""

from collections.abc import Iterator
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


def due(session: Session, *, at: datetime, limit: int = 200) -> list[PendingJob]:
    """The next jobs to run, oldest first; rows another worker holds are skipped."""
    wanted = (
        select(PendingJob)
        .where(PendingJob.due_at <= at)
        .order_by(PendingJob.due_at, PendingJob.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(wanted))


def together(jobs: list[PendingJob]) -> Iterator[tuple[str, list[PendingJob]]]:
    """The jobs by name, so that a worker can do a batch of the same kind at once."""
    for name in dict.fromkeys(job.job for job in jobs):
        yield name, [job for job in jobs if job.job == name]


def finish(session: Session, jobs: list[PendingJob]) -> None:
    """Forget jobs that are done."""
    session.execute(delete(PendingJob).where(PendingJob.id.in_([job.id for job in jobs])))


def postpone(jobs: list[PendingJob], *, error: str, at: datetime) -> None:
    """Keep jobs that failed, to be tried again after a growing pause."""
    for job in jobs:
        job.attempts += 1
        job.last_error = error[:1000]
        job.due_at = at + min(FIRST_RETRY * 2 ** min(job.attempts - 1, 12), LONGEST_RETRY)


def waiting(session: Session) -> int:
    """How many jobs are still to be done."""
    return session.scalar(select(func.count()).select_from(PendingJob)) or 0
