"""A directive as it comes in: its file kept, its text read."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.directives.paper import PAPER
from tests.workflows.office import NOW, Office
from workflows import directives
from workflows.directives import ImportDraft, Sheet
from workflows.directives.reading import read_text
from workflows.directives.reading.model import Reading
from workflows.files import StoredFile


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The paper as the reader reads it."""
    return read_text(PAPER)


@pytest.fixture
def sheet(reading: Reading) -> Sheet:
    """What the reader proposes."""
    return directives.propose(reading)


@pytest.fixture
def file(session: Session) -> StoredFile:
    """The kept file of the paper."""
    stored = StoredFile(sha256="a" * 64, size=len(PAPER), media_type="text/plain", stored_at=NOW)
    session.add(stored)
    session.flush()
    return stored


@pytest.fixture
def draft(session: Session, office: Office, file: StoredFile, reading: Reading, sheet: Sheet) -> ImportDraft:
    """The paper taken in by the clerk, not yet confirmed."""
    return directives.take_in(
        session,
        office.office,
        file=file,
        file_name="15-CT-TU.txt",
        text=reading.text,
        sheet=sheet,
        by=office.clerk,
        at=NOW,
    )
