"""A file handed in by any door is kept, read, and waits; a bad one leaves nothing behind."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.directives.paper import PAPER
from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from webapp.file_store import FolderOrBucket
from workflows import directives, intake
from workflows.directives import ImportDraft
from workflows.errors import DomainError, NotAllowed, Refused, TooLarge, Unreadable
from workflows.people import Appointment, Role

LIMIT = 1024 * 1024


def receive(
    session: Session, office: Office, folder: Path, content: bytes, name: str = "tep.txt"
) -> ImportDraft:
    """Hand a file in as the clerk."""
    paper = intake.read_paper(content, name=name, size_limit=LIMIT)
    own, store = intake.office_of(office.clerk, on=TODAY), FolderOrBucket(str(folder))
    return intake.receive(session, own, paper, store=store, by=office.clerk, at=NOW)


def test_a_file_is_kept_and_read(session: Session, office: Office, tmp_path: Path):
    draft = receive(session, office, tmp_path, PAPER.encode())
    assert directives.sheet_of(draft).registration.number == "15-CT/TU"
    assert FolderOrBucket(str(tmp_path)).read(draft.sha256) == PAPER.encode()


def test_a_file_that_waits_already_leads_to_its_draft(session: Session, office: Office, tmp_path: Path):
    first = receive(session, office, tmp_path, PAPER.encode())
    assert receive(session, office, tmp_path, PAPER.encode(), "bản sao.txt") is first


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Unreadable),
        (b"MZ\x90\x00" + bytes(200), Unreadable),
        (b"x" * (LIMIT + 1), TooLarge),
        (f"MẬT\n{PAPER}".encode(), Refused),
    ],
)
def test_a_bad_file_is_refused(
    session: Session, office: Office, tmp_path: Path, content: bytes, refusal: type[DomainError]
):
    with pytest.raises(refusal):
        receive(session, office, tmp_path, content, "van-ban.docx")
    assert session.scalars(select(ImportDraft)).all() == []
    assert not FolderOrBucket(str(tmp_path)).holds(sha256(content).hexdigest())


def test_who_serves_no_office_registers_nothing(office: Office):
    with pytest.raises(NotAllowed):
        intake.office_of(office.commune_clerk, on=TODAY)


def test_whoever_also_inspects_registers_in_the_office_where_they_are_clerk(session: Session, office: Office):
    office.inspector.appointments.append(
        Appointment(unit=office.agency, role=Role.ADMINISTRATOR, valid_from=FOUNDED)
    )
    office.inspector.appointments.append(
        Appointment(unit=office.office, role=Role.OFFICE_CLERK, valid_from=FOUNDED)
    )
    office.inspector.appointments[0].unit = office.agency
    assert intake.office_of(office.inspector, on=TODAY) is office.office
