"""A small register: one province's youth organisation with two communes, and a women's union beside it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, Office
from workflows import members
from workflows.members import Branch, Details, Entry, Membership, MovementKind, Sex
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role

SECRET = b"a secret of the tests"
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@dataclass
class Register:
    """The units of two organisations, their staff, and branches."""

    youth: Unit
    youth_here: Unit
    youth_there: Unit
    women: Unit
    women_here: Unit
    head: Person
    clerk: Person
    clerk_there: Person
    women_clerk: Person
    secretary: Person
    branch: Branch
    branch_beside: Branch
    branch_there: Branch
    branch_of_women: Branch
    office: Office = field(repr=False)


def found_register(session: Session, office: Office) -> Register:
    """Found both organisations with their first branches."""
    youth = _unit(session, "DTN", "Tỉnh đoàn", "youth", office.province)
    here = _unit(session, "DTN-AB", "Đoàn xã An Bình", "youth", youth, Level.COMMUNE)
    there = _unit(session, "DTN-BT", "Đoàn xã Bình Thạnh", "youth", youth, Level.COMMUNE)
    women = _unit(session, "PN", "Hội Phụ nữ tỉnh", "women", office.province)
    women_here = _unit(session, "PN-AB", "Hội Phụ nữ xã An Bình", "women", women, Level.COMMUNE)
    head = _person(session, "tinhdoan", "Tạ Thị Lam", youth, Role.UNIT_HEAD)
    clerk = _person(session, "doanab", "Cao Văn Mạnh", here, Role.UNIT_CLERK)
    clerk_there = _person(session, "doanbt", "Kiều Thị Nga", there, Role.UNIT_CLERK)
    women_clerk = _person(session, "pnab", "Lương Thị Oanh", women_here, Role.UNIT_CLERK)
    secretary = _person(session, "bithudong", "Phùng Văn Quý", here, Role.BRANCH_SECRETARY)
    branch = branch_in(session, here, "Chi đoàn thôn Đông", clerk)
    beside = branch_in(session, here, "Chi đoàn thôn Tây", clerk)
    far = branch_in(session, there, "Chi đoàn khu phố 1", clerk_there)
    of_women = branch_in(session, women_here, "Chi hội thôn Đông", women_clerk)
    members.branches.entrust(session, branch, person=secretary, by=clerk, at=NOW)
    return Register(
        youth, here, there, women, women_here, head, clerk, clerk_there, women_clerk, secretary, branch,
        beside, far, of_women, office,
    )  # fmt: skip


def branch_in(session: Session, unit: Unit, name: str, by: Person) -> Branch:
    """A branch founded long ago."""
    return members.branches.found_branch(session, unit, name=name, founded_on=FOUNDED, by=by, at=NOW)


def admitted(
    session: Session,
    branch: Branch,
    name: str,
    by: Person,
    *,
    on: date = date(2026, 1, 5),
    identity: str = "",
    kind: MovementKind = MovementKind.ADMITTED,
    card_number: str = "",
    secret: bytes = SECRET,
) -> Membership:
    """Somebody put on the list of a branch."""
    details = Details(name, born_on=date(2001, 2, 3), sex=Sex.FEMALE, identity=identity, ethnicity="Tày")
    entry = Entry(kind, on, card_number=card_number)
    return members.admit(
        session, branch, details=details, entry=entry, secret=secret, by=by, at=NOW, is_no_namesake=True
    )


def _unit(
    session: Session, code: str, name: str, organisation: str, parent: Unit, level: Level = Level.PROVINCE
) -> Unit:
    unit = Unit(
        code=code,
        name=name,
        short_name=name,
        kind=UnitKind.ORGANISATION,
        level=level,
        organisation=organisation,
        parent=parent,
        path="",
        founded_on=FOUNDED,
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path}{unit.id}/"
    return unit


def _person(session: Session, username: str, name: str, unit: Unit, role: Role) -> Person:
    person = Person(
        username=username,
        full_name=name,
        appointments=[Appointment(unit=unit, role=role, valid_from=FOUNDED)],
        account=Account(password_hash="!", must_change=False),
    )
    session.add(person)
    session.flush()
    return person
