"""An office with a small tree of units and one person who may do everything at the desk."""

from datetime import UTC, date, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from webapp.auth import session_times
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role

NAMES = ("An Bình", "Ba Đồn", "Đông Hoà", "Ea Súp", "Hoà Bình", "Ích Hậu", "Ô Lâm", "Ơ Đu")
CLERK = 1
ROLES = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.ADMINISTRATOR, Role.INSPECTOR)


def furnish(session: Session) -> None:
    """Put a committee, 60 units below it and the person CLERK into an empty database."""
    committee = Unit(
        id=1,
        code="TU",
        name="Tỉnh uỷ Hà Bình",
        short_name="Tỉnh uỷ",
        kind=UnitKind.PARTY_COMMITTEE,
        level=Level.PROVINCE,
        path="/1/",
        founded_on=date(1950, 1, 1),
    )
    session.add(committee)
    session.flush()
    session.add_all(_unit(number) for number in range(2, 62))
    employ(session, CLERK, "lan", "Trần Thị Lan", *ROLES, unit_id=1)


def employ(
    session: Session,
    id_: int,
    username: str,
    full_name: str,
    *roles: Role,
    unit_id: int,
    password_hash: str = "-",
) -> None:
    """Somebody with an account and these roles in a unit."""
    person = Person(id=id_, username=username, full_name=full_name)
    person.account = Account(password_hash=password_hash, must_change=False)
    person.appointments = [
        Appointment(unit_id=unit_id, role=role, valid_from=date(2020, 1, 1)) for role in roles
    ]
    session.add(person)
    session.flush()


def sign_in(app: Flask, person_id: int = CLERK) -> FlaskClient:
    """A browser in which this person has signed in."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(session_times(datetime.now(UTC)), _user_id=f"{person_id}:0", _fresh=True)
    return client


def _unit(number: int) -> Unit:
    return Unit(
        id=number,
        code=f"DU-{number}",
        name=f"Đảng uỷ xã {NAMES[number % len(NAMES)]} {number}",
        short_name=f"Đảng uỷ {number}",
        kind=UnitKind.PARTY_COMMITTEE if number % 2 else UnitKind.FRONT,
        level=Level.COMMUNE,
        parent_id=1,
        path=f"/1/{number}/",
        founded_on=date(2000 + number % 20, 1, 1),
    )
