"""The table of jobs (name → function, ids in) and the table of times: all that workers do stands here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from search_index import Unavailable
from webapp.runtime import Runtime
from workflows import aftermath, audit, documents, entries, regimes
from workflows.calendar import local_day
from workflows.documents import DocumentBatch, OfficialDocument
from workflows.office_days import working_calendar

Arguments = list[dict[str, Any]]
BATCH = 200
Job = Callable[[Runtime, Session, Arguments, datetime], None]


@dataclass(frozen=True)
class Timed:
    """Something the clock has done again and again."""

    name: str
    every: timedelta
    run: Callable[[Runtime, Session, datetime], None]


def index(office: Runtime, session: Session, changed: Arguments, _: datetime) -> None:
    """Renew the search entries of things that changed; what is gone is taken out."""
    keys = {entries.key(change["kind"], change["id"]) for change in changed}
    file_anew(office, session, {key for key in keys if entries.split_key(key)[0] in entries.SOURCES})


def check_index(office: Runtime, session: Session, _: Arguments, __: datetime) -> None:
    """Compare every entry with the database and mend what differs."""
    file_anew(office, session, entries.faults(session, office.index.versions()).keys())


def rebuild_index(office: Runtime, session: Session, _: Arguments, __: datetime) -> None:
    """File everything there is beside the live index, then switch to it."""
    newest = aftermath.newest(session, "index")
    office.index.rebuild(entries.everything(session))
    with office.unit_of_work() as after:
        # What waited to be filed before was part of everything there is.
        aftermath.forget(after, "index", until=newest)


def sweep_index(office: Runtime, session: Session, at: datetime) -> None:
    """Ask for whatever the index lacks or has too much; for all of it when it cannot be used."""
    try:
        usable = not office.index.status().needs_rebuild
        # Asked before the database, whose write lock is held from the first question on.
        filed = office.index.keys() if usable else set()
    except Unavailable:
        usable, filed = False, set()
    differing = filed ^ entries.keys(session) if usable else set()
    if not usable and not aftermath.newest(session, "rebuild-index"):
        aftermath.hand_over(session, "rebuild-index", at=at)
    for kind, id_ in map(entries.split_key, differing):
        if kind in entries.SOURCES:
            aftermath.hand_over(session, "index", at=at, kind=kind, id=id_)


def ask_for_check(_: Runtime, session: Session, at: datetime) -> None:
    """Have the whole index compared with the database."""
    aftermath.hand_over(session, "check-index", at=at)


def generate_obligations(_: Runtime, session: Session, at: datetime) -> None:
    """Make what units owe by today and is not there yet."""
    regimes.generate(session, on=local_day(at), calendar=working_calendar(session))


def draw_documents(office: Runtime, session: Session, issued: Arguments, at: datetime) -> None:
    """Draw the files of issued documents and keep them."""
    for id_ in {wanted["id"] for wanted in issued}:
        if (document := session.get(OfficialDocument, id_)) is not None:
            drawn = documents.draw_missing(session, document, on=local_day(at))
            with office.unit_of_work() as after:
                documents.keep_drawn(after, document, drawn, office.files, at=at)


def draft_batches(_: Runtime, session: Session, started: Arguments, at: datetime) -> None:
    """Draft the next letters of every batch that is under way."""
    for id_ in {wanted["id"] for wanted in started}:
        if (batch := session.get(DocumentBatch, id_)) is not None:
            documents.draft_some(session, batch, at=at)


def draw_batches(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Draw the letters of batches together, for printing and keeping."""
    for id_ in {batch["id"] for batch in wanted}:
        if (batch := session.get(DocumentBatch, id_)) is not None:
            bundle = documents.draw_together(session, batch, on=local_day(at))
            with office.unit_of_work() as after:
                kept = after.get_one(DocumentBatch, id_)
                documents.keep_together(after, kept, bundle, office.files, at=at)


def seal_trail(_: Runtime, session: Session, __: datetime) -> None:
    """Chain the newest audit entries."""
    audit.seal_entries(session)


def sweep_waiting(office: Runtime, session: Session, at: datetime) -> None:
    """Wake a worker when rows wait that no wake-up has reached."""
    if aftermath.due(session, at=at, limit=1):
        office.wake_worker()


def file_anew(office: Runtime, session: Session, keys: Iterable[str]) -> None:
    """Put the things behind the keys as they are now; take out those that are no more."""
    for some in _in_batches(keys):
        present = entries.of_keys(session, some)
        office.index.put(present.values())
        office.index.delete(set(some) - present.keys())


def _in_batches(keys: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(keys)
    return (every[start : start + BATCH] for start in range(0, len(every), BATCH))


# Every job takes all its waiting arguments at once, reads the truth by id, and may run twice.
JOBS: dict[str, Job] = {
    "draft-batch": draft_batches,
}

# Slow jobs: no lock is held while they read, file and draw, so that registering never waits. What they have
# to write they write at the end, in a short transaction of its own.
# They come first, in this order: whoever files everything anew need not file the single things.
READERS: dict[str, Job] = {
    "rebuild-index": rebuild_index,
    "check-index": check_index,
    "index": index,
    "draw-document": draw_documents,
    "draw-batch": draw_batches,
}

TIMES: tuple[Timed, ...] = (
    Timed("sweep-waiting", timedelta(seconds=10), sweep_waiting),
    Timed("seal-trail", timedelta(minutes=1), seal_trail),
    Timed("sweep-index", timedelta(minutes=10), sweep_index),
    Timed("generate-obligations", timedelta(hours=1), generate_obligations),
    Timed("check-index", timedelta(days=1), ask_for_check),
)
