"""The slow work on rosters: checking, taking in, taking back; others write between two chunks of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.runtime import Runtime
from workflows.errors import DomainError
from workflows.members import RosterImport, rosters
from workflows.members.rosters import ImportState

Arguments = list[dict[str, Any]]


def check_rosters(office: Runtime, session: Session, wanted: Arguments, _: datetime) -> None:
    """Go through rosters row by row; what is wrong is noted with them."""
    for roster, content in _waiting(office, session, wanted, ImportState.CHECKING):
        with _noting(office, roster.id):
            rosters.check(session, office.unit_of_work, roster.id, content, _secret(office))


def take_in_rosters(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Write the good rows of rosters that were decided on, then forget the files."""
    for roster, content in _waiting(office, session, wanted, ImportState.RUNNING):
        rosters.take_in(session, office.unit_of_work, roster.id, content, _secret(office), at)
        with office.unit_of_work() as own:
            rosters.forget_file(own, own.get_one(RosterImport, roster.id), at=at)


def undo_rosters(office: Runtime, session: Session, wanted: Arguments, at: datetime) -> None:
    """Take whole imports back."""
    for id_ in {one["id"] for one in wanted}:
        with office.unit_of_work() as own:
            roster = own.get(RosterImport, id_, with_for_update=True)
            if roster is not None and roster.state is ImportState.UNDOING:
                rosters.take_back(own, roster)
                roster.state, roster.finished_at = ImportState.UNDONE, at


def _waiting(
    office: Runtime, session: Session, wanted: Arguments, state: ImportState
) -> Iterable[tuple[RosterImport, bytes]]:
    """The rosters of the jobs that still wait for it, with their files."""
    for id_ in {one["id"] for one in wanted}:
        roster = session.get(RosterImport, id_)
        if roster is not None and roster.state is state and roster.file_sha256:
            yield roster, office.files.read(roster.file_sha256)


@contextmanager
def _noting(office: Runtime, id_: int) -> Iterator[None]:
    """A file that cannot be read is said to be so, and its columns can be settled anew."""
    try:
        yield
    except DomainError as trouble:
        with office.unit_of_work() as own:
            roster = own.get_one(RosterImport, id_)
            roster.state, roster.problem_count = ImportState.UPLOADED, 1
            roster.problems = [[0, "", trouble.message, trouble.params, True]]


def _secret(office: Runtime) -> bytes:
    return office.settings.members_secret.encode()
