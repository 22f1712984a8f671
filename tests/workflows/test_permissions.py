"""Who may do what: having a part in a thing lets one read it, only its own office may act on it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, TODAY, Office
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Appointment, Person, Role
from workflows.permissions import Parties, Permission, allows, holds_anywhere, keeps, kept_people, reaches

ACTS_OF_AN_OFFICE = [
    Permission.DIRECTIVE_EDIT,
    Permission.TASK_DECIDE,
    Permission.REGIME_MANAGE,
    Permission.REPORT_REVIEW,
    Permission.DOCUMENT_DRAFT,
    Permission.DOCUMENT_SIGN_OFF,
    Permission.DOCUMENT_ISSUE,
]
OF_THE_INSTALLATION = [Permission.SYSTEM_VIEW, Permission.CALENDAR_MANAGE]


@dataclass
class CommuneOffice:
    """A commune with an office of its own, whose people hold the same roles as the province's."""

    commune: Unit
    office: Unit
    staff: Person


@pytest.fixture
def local(session: Session, office: Office) -> CommuneOffice:
    """An office in the first commune, and one person who holds every role that serves it whole."""
    commune = office.communes[0]
    own = Unit(
        code="VP-AB",
        name="Văn phòng Đảng uỷ xã An Bình",
        short_name="Văn phòng Đảng uỷ An Bình",
        kind=UnitKind.PARTY_OFFICE,
        level=Level.COMMUNE,
        parent=commune,
        path="",
        founded_on=FOUNDED,
    )
    session.add(own)
    session.flush()
    own.path = f"{commune.path}{own.id}/"
    staff = Person(username="vanphongxa", full_name="Tạ Văn Lực")
    staff.appointments = [Appointment(unit=own, role=role, valid_from=FOUNDED) for role in SERVING]
    session.add(staff)
    session.flush()
    return CommuneOffice(commune, own, staff)


SERVING = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.ADMINISTRATOR, Role.INSPECTOR)


@dataclass
class Thing:
    """Anything that says whom it concerns."""

    concerned: Parties

    def parties(self) -> Parties:
        return self.concerned


def moved(session: Session, person: Person, unit: Unit, *, last_day: date) -> None:
    """The person held a role in another unit until a day."""
    person.appointments.append(
        Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=FOUNDED, valid_to=last_day)
    )
    session.flush()


@pytest.mark.parametrize("act", ACTS_OF_AN_OFFICE)
def test_the_office_of_a_lead_unit_has_no_say_over_what_the_province_assigned(
    office: Office, local: CommuneOffice, act: Permission
):
    assigned = Thing(Parties(office=office.office, responsible=(local.commune,), informed=(local.commune,)))
    assert not allows(local.staff, act, assigned, on=TODAY)
    assert any(allows(person, act, assigned, on=TODAY) for person in (office.clerk, office.leader))


@pytest.mark.parametrize("act", ACTS_OF_AN_OFFICE)
def test_an_office_acts_on_what_is_its_own(office: Office, local: CommuneOffice, act: Permission):
    own = Thing(Parties(office=local.office, responsible=(local.commune,)))
    assert allows(local.staff, act, own, on=TODAY)
    assert any(allows(person, act, own, on=TODAY) for person in (office.clerk, office.leader))


@pytest.mark.parametrize(
    "view",
    [Permission.TASK_VIEW, Permission.DIRECTIVE_VIEW, Permission.DOCUMENT_VIEW, Permission.REPORT_VIEW],
)
def test_whoever_has_a_part_may_read(office: Office, local: CommuneOffice, view: Permission):
    theirs = Thing(Parties(office=office.office, responsible=(local.commune,)))
    others = Thing(Parties(office=office.office, responsible=(office.communes[1],)))
    assert allows(local.staff, view, theirs, on=TODAY)
    assert allows(office.commune_clerk, view, theirs, on=TODAY)
    assert not allows(local.staff, view, others, on=TODAY)
    assert not allows(office.commune_clerk, view, others, on=TODAY)


@pytest.mark.parametrize("permission", OF_THE_INSTALLATION)
def test_what_all_share_is_kept_at_the_top(office: Office, local: CommuneOffice, permission: Permission):
    assert not holds_anywhere(local.staff, permission, on=TODAY)
    assert holds_anywhere(office.administrator, permission, on=TODAY)


def test_a_role_in_a_committee_itself_covers_that_committee_alone(office: Office):
    commune = office.communes[0]
    post = Appointment(unit=commune, role=Role.ADMINISTRATOR, valid_from=FOUNDED)
    assert post.reach == commune.path
    assert (
        Appointment(unit=office.office, role=Role.INSPECTOR, valid_from=FOUNDED).reach == office.province.path
    )


def test_nobody_hands_out_more_than_their_own_branch(office: Office, local: CommuneOffice):
    assert keeps(local.staff, local.commune.path, on=TODAY)
    assert not keeps(local.staff, office.province.path, on=TODAY)
    assert keeps(office.administrator, office.province.path, on=TODAY)


def test_an_administrator_keeps_only_people_who_work_nowhere_else(
    session: Session, office: Office, local: CommuneOffice
):
    manage, yesterday = Permission.PEOPLE_MANAGE, TODAY - timedelta(days=1)
    assert allows(local.staff, manage, office.commune_clerk, on=TODAY)
    moved(session, office.leader, local.commune, last_day=yesterday)
    assert not allows(local.staff, manage, office.leader, on=TODAY), "left the commune, now leads an office"
    moved(session, office.clerk, local.commune, last_day=TODAY)
    assert not allows(local.staff, manage, office.clerk, on=TODAY), "works in both"
    moved(session, office.commune_clerk, office.agency, last_day=yesterday)
    assert allows(local.staff, manage, office.commune_clerk, on=TODAY), "came from elsewhere"


def test_the_list_of_people_kept_agrees_with_the_permission(
    session: Session, office: Office, local: CommuneOffice
):
    yesterday = TODAY - timedelta(days=1)
    moved(session, office.leader, local.commune, last_day=yesterday)
    moved(session, office.commune_clerk, office.agency, last_day=yesterday)
    for post in office.other_clerk.appointments:
        post.valid_to = yesterday
    moved(session, office.other_clerk, local.commune, last_day=yesterday)
    for keeper in (local.staff, office.administrator, office.clerk):
        listed = set(session.scalars(select(Person).where(kept_people(keeper, on=TODAY))))
        allowed = {
            person
            for person in session.scalars(select(Person))
            if allows(keeper, Permission.PEOPLE_MANAGE, person, on=TODAY)
        }
        assert listed == allowed


def test_keeping_the_house_is_no_reason_to_read_what_goes_on_in_it(office: Office):
    assert reaches(office.administrator, on=TODAY) == []
    assert not allows(
        office.administrator, Permission.TASK_VIEW, Thing(Parties(office=office.office)), on=TODAY
    )


def test_a_closed_account_may_do_nothing(office: Office):
    office.clerk.active = False
    assert not any(holds_anywhere(office.clerk, permission, on=TODAY) for permission in Permission)
