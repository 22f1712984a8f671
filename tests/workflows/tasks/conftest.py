"""A task of the agency, coordinated by a commune, due in ten days."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from workflows import tasks
from workflows.tasks import Assignment, Task

DEADLINE = date(2026, 11, 26)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """Assigned by the office, not yet received."""
    assignment = Assignment(
        title="Tổng hợp kết quả thực hiện quý IV",
        lead=office.agency,
        coordinators=(office.communes[0],),
        deadline=DEADLINE,
    )
    made = tasks.assign(session, office.office, assignment=assignment, by=office.clerk, at=NOW)
    session.flush()
    return made
