"""The small register, founded anew for each test."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.members.register import Register, found_register
from tests.workflows.office import Office


@pytest.fixture
def register(session: Session, office: Office) -> Register:
    """Two organisations with branches and the people who keep them."""
    return found_register(session, office)
