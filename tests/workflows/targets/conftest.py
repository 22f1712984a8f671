"""A target of the agency: from 40 % to 60 % in two hundred days."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import targets
from workflows.targets import Direction, FollowedTarget, Goal, Line

BEGAN = TODAY - timedelta(100)
ENDS = TODAY + timedelta(100)


def a_goal(office: Office, **changes: object) -> Goal:
    """Half of its time is over today."""
    line = Line(Decimal(40), BEGAN, Decimal(60), ENDS)
    said: dict[str, object] = {
        "name": "Tỷ lệ tập hợp",
        "measure": "%",
        "direction": Direction.AT_LEAST,
        "lead": office.agency,
        "line": line,
        **changes,
    }
    return Goal(**said)  # type: ignore[arg-type]


@pytest.fixture
def target(session: Session, office: Office) -> FollowedTarget:
    """Set by the office, without any value yet."""
    made = targets.set_(session, office.office, goal=a_goal(office), by=office.clerk, at=NOW)
    session.flush()
    return made
