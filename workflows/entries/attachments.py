"""Files that hang on things: found by name and text, seen by whoever sees the thing, leading to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from search_index import Entry
from workflows import attachment_text
from workflows.attachment_text import FileText
from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.entries.directives import DIRECTIVE
from workflows.entries.documents import DOCUMENT
from workflows.entries.reports import REPORT
from workflows.entries.source import Source, key, part_of
from workflows.entries.tasks import TASK
from workflows.files import Attachment
from workflows.people import Person
from workflows.reports import Report
from workflows.tasks import ProgressNote, Task


@dataclass(frozen=True)
class Holder:
    """On what attachments of one sort hang: rows, by `row_id`, of the thing that is seen, by `thing_id`."""

    source: Source[Any]
    row_id: Any
    thing_id: Any

    def things(self, session: Session, ids: Sequence[int]) -> dict[int, int]:
        """Row on which the file hangs → the thing that is seen."""
        wanted = select(self.row_id, self.thing_id).where(self.row_id.in_(ids))
        return dict(session.execute(wanted).all())

    def there(self) -> ColumnElement[bool]:
        """Holds for the attachments on what there is."""
        return Attachment.subject_id.in_(select(self.row_id))

    def visible_to(self, person: Person, on: date) -> ColumnElement[bool]:
        """Holds for the attachments on what the person may see."""
        seen = select(self.source.key).where(self.source.visible_to(person, on))
        return Attachment.subject_id.in_(select(self.row_id).where(self.thing_id.in_(seen)))


HOLDERS = {
    "directive": Holder(DIRECTIVE, Directive.id, Directive.id),
    "task": Holder(TASK, Task.id, Task.id),
    "progress_note": Holder(TASK, ProgressNote.id, ProgressNote.task_id),
    "report": Holder(REPORT, Report.id, Report.id),
    "official_document": Holder(DOCUMENT, OfficialDocument.id, OfficialDocument.id),
}


def entries(session: Session, rows: Sequence[Attachment]) -> Iterator[Entry]:
    """Attachments with the text of their files, as far as it was read. Few queries for each sort."""
    texts = attachment_text.texts(session, [row.sha256 for row in rows])
    for sort, holder in HOLDERS.items():
        hanging = [row for row in rows if row.subject_kind == sort]
        wholes = _wholes(session, holder, [row.subject_id for row in hanging]) if hanging else {}
        for row in hanging:
            if (whole := wholes.get(row.subject_id)) is not None:
                yield _entry(row, whole, texts.get(row.sha256))


def _wholes(session: Session, holder: Holder, ids: Sequence[int]) -> dict[int, Entry]:
    """Row on which a file hangs → the entry of the thing that is seen."""
    things = holder.things(session, ids)
    source = holder.source
    found = session.scalars(source.statement.where(source.key.in_(set(things.values())))).unique().all()
    wholes = {entry.key: entry for entry in source.entries(session, found)}
    by_id = {int(filed.rpartition(":")[2]): entry for filed, entry in wholes.items()}
    return {row: by_id[thing] for row, thing in things.items() if thing in by_id}


def _entry(attachment: Attachment, whole: Entry, read: FileText | None) -> Entry:
    day = local_day(attachment.added_at)
    return part_of(
        whole,
        key=key("attachment", attachment.id),
        kind="attachment",
        title=attachment.name,
        body=(read.text or read.reason) if read else "",
        year=day.year,
        date=day,
        arrived=attachment.added_at,
    )


def _visible_to(person: Person, on: date) -> ColumnElement[bool]:
    return or_(
        *(
            and_(Attachment.subject_kind == sort, holder.visible_to(person, on))
            for sort, holder in HOLDERS.items()
        )
    )


def _hangs_on_something() -> ColumnElement[bool]:
    """Holds for attachments of the sorts above whose things are there."""
    return or_(*(and_(Attachment.subject_kind == sort, holder.there()) for sort, holder in HOLDERS.items()))


ATTACHMENT = Source(Attachment.id, select(Attachment), _visible_to, entries, there=_hangs_on_something())
