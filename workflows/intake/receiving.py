"""A file handed in, by whatever door → the draft that waits to be confirmed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows import aftermath, directives, signatures
from workflows.directives import ImportDraft
from workflows.directives.reading import read_text
from workflows.directives.reading.extraction import Extracted, Limits, extract
from workflows.directives.reading.model import Reading
from workflows.errors import NotAllowed
from workflows.files import FileStore, keep
from workflows.organisations import Unit
from workflows.people import Person


@dataclass(frozen=True)
class LegiblePaper:
    """A file that was read and may be taken in."""

    name: str
    content: bytes
    extracted: Extracted
    reading: Reading


def read_paper(content: bytes, *, name: str, size_limit: int) -> LegiblePaper:
    """Read a file; slow, so it needs no session and is done before one writes.

    Raises Unreadable, TooLarge, or Refused for a secret paper, which must leave no bytes behind.
    """
    extracted = extract(content, filename=name, limits=Limits(file_bytes=size_limit))
    reading = read_text(extracted.text)
    directives.refuse_secret(reading.text)
    return LegiblePaper(name, content, extracted, reading)


def receive(
    session: Session, office: Unit, paper: LegiblePaper, *, store: FileStore, by: Person, at: datetime
) -> ImportDraft:
    """Keep a file that was read; one that already waits gives the draft in which it waits.

    Raises AlreadyRegistered.
    """
    extracted, reading = paper.extracted, paper.reading
    file = keep(session, store, paper.content, media_type=extracted.media_type, at=at)
    if extracted.media_type == signatures.PDF:
        aftermath.hand_over(session, "verify-signatures", at=at, sha256=file.sha256)
    if waiting := directives.draft_of_file(session, office, file.sha256):
        return waiting
    return directives.take_in(
        session,
        office,
        file=file,
        file_name=paper.name,
        text=reading.text,
        sheet=directives.propose(reading, extracted.header_hint),
        notes=extracted.notes,
        by=by,
        at=at,
    )


def office_of(person: Person, *, on: date) -> Unit:
    """The office in which a person registers papers; a refusal for those who serve none."""
    posts = [post for post in person.appointments_on(on) if post.role.runs_an_office]
    if not posts:
        raise NotAllowed(
            "Chưa đăng ký được: tài khoản này không thuộc văn phòng nào. Dùng tài khoản của văn thư."
        )
    return posts[0].unit
