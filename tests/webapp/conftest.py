"""An office with a small tree of units and one person who may do everything at the desk."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.apps import opened_app
from tests.support.databases import Databases
from webapp.runtime import runtime
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role

NAMES = ("An Bình", "Ba Đồn", "Đông Hoà", "Ea Súp", "Hoà Bình", "Ích Hậu", "Ô Lâm", "Ơ Đu")


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application with people and units in it; tests of one module share it and only read."""
    folder = tmp_path_factory.mktemp("office")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        with app.app_context():
            _furnish()
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which the office's clerk has signed in."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = "1:0", True
    return client


def _furnish() -> None:
    with runtime().unit_of_work() as session:
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
        session.add_all(_commune(number) for number in range(2, 62))
        clerk = Person(id=1, username="lan", full_name="Trần Thị Lan")
        clerk.account = Account(password_hash="-", must_change=False)
        session.add(clerk)
        session.flush()
        for role in (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.ADMINISTRATOR, Role.INSPECTOR):
            session.add(Appointment(person_id=1, unit_id=1, role=role, valid_from=date(2020, 1, 1)))


def _commune(number: int) -> Unit:
    return Unit(
        id=number,
        code=f"DU-{number}",
        name=f"Đảng uỷ xã {NAMES[number % len(NAMES)]} {number}",
        short_name=f"Đảng uỷ {number}",
        kind=UnitKind.PARTY_COMMITTEE if number % 2 else UnitKind.FRONT,
        level=Level.COMMUNE,
        parent_id=1,
        path=f"/1/{number}/",
        founded_on=date(2000, 1, 1).replace(year=2000 + number % 20),
    )
