"""The table of jobs (name → function, ids in) and the table of times: all that workers do stands here."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from search_index import Unavailable
from webapp import reminding, roster_jobs, sheet_writing
from webapp.runtime import Runtime
from workflows import (
    aftermath,
    attachment_text,
    audit,
    db,
    documents,
    entries,
    files,
    plans,
    reconciliation,
    regimes,
    reports,
    signatures,
    tasks,
)
from workflows.calendar import local_day
from workflows.documents import DocumentBatch, OfficialDocument
from workflows.errors import DomainError
from workflows.office_days import working_calendar
from workflows.reports import ReportBatch
from workflows.tasks import TaskBatch

Arguments = list[dict[str, Any]]
BATCH = 200
Job = Callable[[Runtime, Session, Arguments, datetime], None]


@dataclass(frozen=True)
class Timed:
    """Something the clock has done again and again."""

    name: str
    every: timedelta
    run: Callable[[Runtime, Session, datetime], None]


def index(office: Runtime, session: Session, changed: Arguments, at: datetime) -> None:
    """Renew the search entries of things that changed, and of their parts; what is gone is taken out."""
    touched = {entries.key(change["kind"], change["id"]) for change in changed}
    known = {key for key in touched if entries.split_key(key)[0] in entries.SOURCES}
    keys = entries.with_parts(session, known)
    file_anew(office, session, keys)
    if any(entries.split_key(key)[0] == "attachment" for key in keys):
        with office.unit_of_work() as after:
            ask_for_reading(office, after, at)


def look_through_tables(_: Runtime, session: Session, __: datetime) -> None:
    """Keep the planner's picture of the tables true as they fill."""
    db.look_through_tables(session.connection())


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


def read_attachment(office: Runtime, session: Session, _: Arguments, at: datetime) -> None:
    """Read one attachment that nobody has read yet, and ask for the next: other work comes in between."""
    waiting = attachment_text.next_unread(session, kinds=entries.HOLDERS, at=at)
    if waiting is None:
        return
    sha256 = waiting.sha256
    with office.unit_of_work() as before:
        attachment_text.begin(before, sha256, at=at)
    try:
        found = attachment_text.read(office.files.read(sha256), name=waiting.name)
    except FileNotFoundError:
        found = attachment_text.ReadText(reason=attachment_text.GONE)
    with office.unit_of_work() as after:
        attachment_text.keep(after, sha256, found, at=at)
        for id_ in attachment_text.attachments_with(after, sha256):
            aftermath.hand_over(after, "index", at=at, kind="attachment", id=id_)
        ask_for_reading(office, after, at)


def ask_for_reading(_: Runtime, session: Session, at: datetime) -> None:
    """Have an attachment read if one waits to be."""
    if attachment_text.next_unread(session, kinds=entries.HOLDERS, at=at):
        aftermath.hand_over(session, "read-attachment", at=at)


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
            bundle = documents.draw_together(session, batch, office.files, on=local_day(at))
            with office.unit_of_work() as after:
                kept = after.get_one(DocumentBatch, id_)
                documents.keep_together(after, kept, bundle, office.files, at=at)


def compare_lists(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Compare the lists of rounds and keep what was found."""
    for id_ in {begun["id"] for begun in wanted}:
        round_ = session.get(reconciliation.Round, id_)
        if round_ is not None and round_.state is reconciliation.RoundState.COMPARING:
            found = reconciliation.compare(session, round_, engine=office.pair_weights)
            with office.unit_of_work() as after:
                reconciliation.keep(after, after.get_one(reconciliation.Round, id_), found, at=at)


def count_rounds(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Count the persons of rounds anew, because pairs were decided."""
    for id_ in {decided["id"] for decided in wanted}:
        if (round_ := session.get(reconciliation.Round, id_)) is not None and round_.compared_at:
            found = reconciliation.count(session, round_)
            with office.unit_of_work() as after:
                reconciliation.keep_count(after, after.get_one(reconciliation.Round, id_), found, at=at)


def verify_signatures(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Verify the signatures in files and remember what was found."""
    # Loaded where it is used: the library takes a tenth of a second that other processes need not spend.
    from workflows.signatures.verifying import verify  # noqa: PLC0415

    roots = signatures.root_certificates(session)
    for sha256 in dict.fromkeys(file["sha256"] for file in wanted):
        if office.files.holds(sha256):
            found = verify(office.files.read(sha256), roots, at=at)
            with office.unit_of_work() as after:
                signatures.keep_findings(after, sha256, found, at=at)


def verify_again(office: Runtime, session: Session, _: Arguments, at: datetime) -> None:
    """Verify every signed file anew, because the list of trusted roots changed."""
    files = [{"sha256": sha256} for sha256 in signatures.signed_files(session)]
    verify_signatures(office, session, files, at)


def sweep_signatures(_: Runtime, session: Session, at: datetime) -> None:
    """Have the signatures in received files verified where nobody has looked yet."""
    if not aftermath.newest(session, "verify-signatures"):
        for sha256 in signatures.unread(session):
            aftermath.hand_over(session, "verify-signatures", at=at, sha256=sha256)


def assign_milestones(_: Runtime, session: Session, at: datetime) -> None:
    """Make the milestones of plans tasks, of plans that were accepted among other reports."""
    for report in plans.accepted_without_tasks(session):
        if (acceptor := report.accepted_by) is not None:
            with suppress(DomainError), session.begin_nested():
                plans.assign_milestones(session, report, by=acceptor, at=at)


def seal_trail(_: Runtime, session: Session, at: datetime) -> None:
    """Chain the newest audit entries."""
    audit.seal_entries(session, at=at)


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


def act_on_tasks(_: Runtime, session: Session, started: Arguments, at: datetime) -> None:
    """Do the next tasks of every act with many tasks that is under way."""
    for id_ in {wanted["id"] for wanted in started}:
        if (batch := session.get(TaskBatch, id_)) is not None:
            tasks.act_on_some(session, batch, at=at)


def accept_reports(_: Runtime, session: Session, started: Arguments, at: datetime) -> None:
    """Accept the next reports of every batch that is under way."""
    for id_ in {wanted["id"] for wanted in started}:
        if (batch := session.get(ReportBatch, id_)) is not None:
            reports.accept_some(session, batch, at=at)


def open_task_turns(_: Runtime, session: Session, at: datetime) -> None:
    """Open the tasks of periods that have begun."""
    tasks.open_due_turns(session, at=at)


def forget_files(office: Runtime, session: Session, forgotten: Arguments, at: datetime) -> None:
    """Remove the bytes of files that were forgotten."""
    for sha256 in {file["sha256"] for file in forgotten}:
        files.forget_bytes(session, office.files, sha256, at=at)


# Every job takes all its waiting arguments at once, reads the truth by id, and may run twice.
JOBS: dict[str, Job] = {
    "accept-reports": accept_reports,
    "act-on-tasks": act_on_tasks,
    "draft-batch": draft_batches,
    "draft-reminder-letter": reminding.draft_letters,
    "forget-file": forget_files,
    "tell": reminding.tell_of_acts,
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
    "send-mail": reminding.send_mails,
    "compare-lists": compare_lists,
    "count-round": count_rounds,
    "check-roster": roster_jobs.check_rosters,
    "take-in-roster": roster_jobs.take_in_rosters,
    "undo-roster": roster_jobs.undo_rosters,
    "write-sheet": sheet_writing.write_sheets,
    "verify-signatures": verify_signatures,
    "verify-signatures-again": verify_again,
    "read-attachment": read_attachment,
}

# Each may take minutes: they are done one at a time, after all else that waits.
PATIENT = frozenset({"write-sheet"})

TIMES: tuple[Timed, ...] = (
    Timed("sweep-waiting", timedelta(seconds=10), sweep_waiting),
    Timed("seal-trail", timedelta(minutes=1), seal_trail),
    Timed("gather-mails", timedelta(minutes=1), reminding.gather_mails),
    Timed("sweep-index", timedelta(minutes=10), sweep_index),
    Timed("sweep-attachments", timedelta(minutes=10), ask_for_reading),
    Timed("sweep-signatures", timedelta(minutes=10), sweep_signatures),
    Timed("remind", timedelta(minutes=15), reminding.remind),
    Timed("forget-sheets", timedelta(hours=1), sheet_writing.forget_old),
    Timed("look-through-tables", timedelta(hours=1), look_through_tables),
    Timed("generate-obligations", timedelta(hours=1), generate_obligations),
    Timed("assign-milestones", timedelta(minutes=15), assign_milestones),
    Timed("open-task-turns", timedelta(minutes=15), open_task_turns),
    Timed("check-index", timedelta(days=1), ask_for_check),
)
