"""Which files wait to be read, and what was read of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from workflows.attachment_text.models import FileText
from workflows.files import Attachment

# a reader that has not come back by then was killed
LONGEST_READING = timedelta(minutes=30)
MOST_ATTEMPTS = 2


def next_unread(session: Session, *, kinds: Iterable[str], at: datetime) -> Attachment | None:
    """The oldest attachment of these kinds of things whose file was not read yet.

    A file that killed two readers is left alone; what hangs on other things is none of the search's affairs.
    """
    abandoned = and_(
        FileText.read_at.is_(None),
        FileText.attempts < MOST_ATTEMPTS,
        FileText.begun_at < at - LONGEST_READING,
    )
    waiting = (
        select(Attachment)
        .outerjoin(FileText, FileText.sha256 == Attachment.sha256)
        .where(Attachment.subject_kind.in_(kinds), or_(FileText.sha256.is_(None), abandoned))
    )
    return session.scalar(waiting.order_by(Attachment.id).limit(1))


def texts(session: Session, digests: Iterable[str]) -> dict[str, FileText]:
    """SHA-256 → what was read of the file."""
    wanted = select(FileText).where(FileText.sha256.in_(set(digests)))
    return {text.sha256: text for text in session.scalars(wanted)}


def tally(session: Session) -> tuple[int, int]:
    """How many files were read, and how many could not be."""
    readable = select(func.count()).select_from(FileText).where(FileText.reason == "")
    every = select(func.count()).select_from(FileText)
    read = session.scalar(readable) or 0
    return read, (session.scalar(every) or 0) - read


def attachments_with(session: Session, sha256: str) -> Sequence[int]:
    """The ids of all attachments with this content."""
    return session.scalars(select(Attachment.id).where(Attachment.sha256 == sha256)).all()
