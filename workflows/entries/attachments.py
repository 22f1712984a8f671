"""Files that hang on things: found by name and text, seen by whoever sees the thing, leading to it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from search_index import Entry
from workflows import attachment_text
from workflows.attachment_text import FileText
from workflows.calendar import local_day
from workflows.entries import holders
from workflows.entries.source import Source, key, part_of
from workflows.files import Attachment


def entries(session: Session, rows: Sequence[Attachment]) -> Iterator[Entry]:
    """Attachments with the text of their files, as far as it was read."""
    texts = attachment_text.texts(session, [row.sha256 for row in rows])
    wholes = holders.wholes(session, rows)
    for row in rows:
        if (whole := wholes.get((row.subject_kind, row.subject_id))) is not None:
            yield _entry(row, whole, texts.get(row.sha256))


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


ATTACHMENT = Source(
    Attachment.id,
    select(Attachment),
    lambda person, on: holders.seen(Attachment, person, on),
    entries,
    there=holders.held(Attachment),
)
