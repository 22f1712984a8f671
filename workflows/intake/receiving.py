"""A file handed in, by whatever door → the draft that waits to be confirmed."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows import directives
from workflows.directives import ImportDraft
from workflows.directives.reading import read_text
from workflows.directives.reading.extraction import Limits, extract
from workflows.errors import NotAllowed
from workflows.files import FileStore, keep
from workflows.organisations import Unit
from workflows.people import Person


def receive(
    session: Session,
    office: Unit,
    *,
    name: str,
    content: bytes,
    store: FileStore,
    size_limit: int,
    by: Person,
    at: datetime,
) -> ImportDraft:
    """Keep and read a file; one that already waits gives the draft in which it waits.

    Raises Unreadable, TooLarge, Refused or AlreadyRegistered.
    """
    extracted = extract(content, filename=name, limits=Limits(file_bytes=size_limit))
    reading = read_text(extracted.text)
    # Before the file is kept: a secret paper must leave no bytes behind.
    directives.refuse_secret(reading.text)
    file = keep(session, store, content, media_type=extracted.media_type, at=at)
    if waiting := directives.draft_of_file(session, office, file.sha256):
        return waiting
    return directives.take_in(
        session,
        office,
        file=file,
        file_name=name,
        text=reading.text,
        sheet=directives.propose(reading, extracted.header_hint),
        notes=extracted.notes,
        by=by,
        at=at,
    )


def office_of(person: Person, *, on: date) -> Unit:
    """The office in which a person registers papers; a refusal for those who serve none."""
    posts = [post for post in person.appointments_on(on) if post.role.serves_whole_committee]
    if not posts:
        raise NotAllowed(
            "Chưa đăng ký được: tài khoản này không thuộc văn phòng nào. Dùng tài khoản của văn thư."
        )
    return posts[0].unit
