"""The small office, founded anew for each test."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import Office, found_office


@pytest.fixture
def office(session: Session) -> Office:
    """One province, its office, an agency, three communes, one person a role."""
    return found_office(session)
