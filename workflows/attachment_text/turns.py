"""One file's turn to be read: noted before, because a file can kill its reader, and kept afterwards."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workflows.attachment_text.models import FileText
from workflows.attachment_text.queries import MOST_ATTEMPTS
from workflows.attachment_text.reading import FAILED, ReadText


def begin(session: Session, sha256: str, *, at: datetime) -> None:
    """Note that a file is being read; until it is, the reason stands there that will be true if it fails."""
    known = session.get(FileText, sha256)
    if known is None:
        known = FileText(sha256=sha256, attempts=0, begun_at=at)
        session.add(known)
    known.attempts, known.begun_at = known.attempts + 1, at
    known.reason = FAILED if known.attempts >= MOST_ATTEMPTS else ""


def keep(session: Session, sha256: str, found: ReadText, *, at: datetime) -> None:
    """Keep what was read."""
    known = session.get_one(FileText, sha256)
    known.text, known.reason, known.read_at = found.text, found.reason, at


def forget_unreadable(session: Session) -> int:
    """Have the files read again that could not be read, and say how many: a reader may have been added."""
    forgotten = session.execute(delete(FileText).where(FileText.reason != "").returning(FileText.sha256))
    return len(forgotten.all())
