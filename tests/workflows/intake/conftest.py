"""The draft of a paper in the small office, which has a group of communes."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.directives.conftest import draft, file, reading, sheet
from tests.workflows.office import TODAY, Office
from workflows import intake
from workflows.calendar import WorkingCalendar
from workflows.intake import Vocabulary
from workflows.organisations import UnitAlias, UnitGroup

__all__ = ["draft", "file", "reading", "sheet"]
CALENDAR = WorkingCalendar()


@pytest.fixture
def vocabulary(session: Session, office: Office) -> Vocabulary:
    """The names in use in the small office."""
    office.agency.aliases.append(UnitAlias(name="Ban Dân vận Tỉnh uỷ"))
    session.add(
        UnitGroup(name="Các đảng uỷ xã, phường", aliases=["các xã, phường"], members=list(office.communes))
    )
    session.flush()
    return intake.vocabulary_of(session, office.office, on=TODAY)
