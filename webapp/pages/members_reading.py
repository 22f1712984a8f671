"""Noting who reads in the register; a page that only looks writes its note in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from sqlalchemy.orm import Session

from webapp import listing
from webapp.access import me
from webapp.runtime import LOOKING, now, runtime, session
from workflows.members import Branch, Member, personal_data
from workflows.members.personal_data import Read
from workflows.organisations import Unit


def note_record(member: Member) -> None:
    """The signed-in person opens one record."""
    with _writing() as own:
        personal_data.note_record(own, member.id, by=me(), at=now())


def note_list(of: Branch | Unit | None, rows: int = 0, *, taken: bool = False) -> None:
    """The signed-in person sees the list of this answer, or takes it away as a sheet."""
    if listing.only_offered():
        return
    what = Read.EXPORT if taken or request.args.get("format") == "xlsx" else Read.LIST
    with _writing() as own:
        personal_data.note_list(own, of, rows, what=what, by=me(), at=now())


@contextmanager
def _writing() -> Iterator[Session]:
    if request.method in LOOKING:
        # The session of the page only looks: on SQLite it could not begin to write any more.
        with runtime().unit_of_work() as own:
            yield own
    else:
        yield session()
