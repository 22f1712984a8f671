"""The table of jobs (name → function, ids in) and the table of times: all that workers do stands here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from webapp.runtime import Runtime
from workflows import aftermath, audit, entries

Arguments = list[dict[str, Any]]
Job = Callable[[Runtime, Session, Arguments, datetime], None]


@dataclass(frozen=True)
class Timed:
    """Something the clock has done again and again."""

    name: str
    every: timedelta
    run: Callable[[Runtime, Session, datetime], None]


def index(office: Runtime, session: Session, changed: Arguments, _: datetime) -> None:
    """Renew the search entries of things that changed; what is gone is taken out."""
    for kind in {change["kind"] for change in changed} & entries.SOURCES.keys():
        ids = {change["id"] for change in changed if change["kind"] == kind}
        renewed = entries.of(session, kind, ids)
        office.index.put(renewed)
        office.index.delete({entries.key(kind, id_) for id_ in ids} - {entry.key for entry in renewed})


def rebuild_index(office: Runtime, session: Session, _: Arguments, __: datetime) -> None:
    """File everything there is beside the live index, then switch to it."""
    # What waits to be filed is part of everything there is.
    aftermath.forget(session, "index")
    office.index.rebuild(entries.everything(session))


def seal_trail(_: Runtime, session: Session, __: datetime) -> None:
    """Chain the newest audit entries."""
    audit.seal_entries(session)


def sweep_waiting(office: Runtime, session: Session, at: datetime) -> None:
    """Wake a worker when rows wait that no wake-up has reached."""
    if aftermath.due(session, at=at, limit=1):
        office.wake_worker()


# Every job takes all its waiting arguments at once, reads the truth by id, and may run twice.
JOBS: dict[str, Job] = {"index": index, "rebuild-index": rebuild_index}

TIMES: tuple[Timed, ...] = (
    Timed("sweep-waiting", timedelta(seconds=10), sweep_waiting),
    Timed("seal-trail", timedelta(minutes=1), seal_trail),
)
