"""Nobody hands out more than they hold: roles beyond one's own branch are refused."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, NOW, Office
from workflows import administration
from workflows.errors import InvalidFields, NotAllowed
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role

BEYOND = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.ADMINISTRATOR, Role.INSPECTOR)


@pytest.fixture
def keeper(session: Session, office: Office) -> Person:
    """Somebody who administers one agency of the province and nothing else."""
    person = Person(username="quantribtg", full_name="Cao Văn Mẫn")
    person.appointments = [Appointment(unit=branch_of(office), role=Role.ADMINISTRATOR, valid_from=FOUNDED)]
    session.add(person)
    session.flush()
    return person


def branch_of(office: Office) -> Unit:
    """A commune, in whose committee a role covers the commune alone."""
    return office.communes[0]


@pytest.mark.parametrize("role", BEYOND)
def test_a_role_that_covers_the_body_above_is_refused(
    session: Session, office: Office, keeper: Person, role: Role
):
    below = administration.add_unit(
        session,
        branch_of(office),
        code="HND-AB",
        name="Hội Nông dân xã An Bình",
        short_name="",
        kind=office.agency.kind,
        level=branch_of(office).level,
        founded_on=FOUNDED,
        by=keeper,
        at=NOW,
    )
    made = add(session, below, role, keeper)
    assert made.appointments[0].reach == branch_of(office).path, "the commune is theirs to give"
    with pytest.raises(NotAllowed):
        add(session, office.agency, role, keeper)
    administration.appoint(session, made, unit=branch_of(office), role=role, by=keeper, at=NOW)
    with pytest.raises(InvalidFields) as refusal:
        administration.appoint(session, made, unit=office.agency, role=role, by=keeper, at=NOW)
    assert set(refusal.value.fields) == {"role"}


def test_the_administrator_of_the_province_gives_any_role(session: Session, office: Office):
    for role in Role:
        administration.appoint(
            session, office.other_clerk, unit=office.agency, role=role, by=office.administrator, at=NOW
        )
    assert len(office.other_clerk.appointments) == 1 + len(Role)


def add(session: Session, unit: Unit, role: Role, by: Person) -> Person:
    return administration.add_person(
        session,
        unit,
        username=f"nguoi.{role.value}",
        full_name="Lý Thị Nga",
        role=role,
        password_hash="!",
        by=by,
        at=NOW,
    )
