"""Putting the people of the sample into the database; first passwords are random and must be changed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person
from workflows.sample_office.scene import HashPassword
from workflows.sample_office.shapes import SampleOffice, SamplePerson

# Without letters and digits that look alike, since a first password is read off a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 3, 4


@dataclass(frozen=True)
class FirstAccount:
    """What somebody needs to sign in for the first time."""

    username: str
    password: str
    full_name: str
    unit: str
    roles: tuple[str, ...]


FirstAccounts = tuple[FirstAccount, ...]


def appoint_people(
    session: Session,
    office: SampleOffice,
    units: Mapping[str, Unit],
    *,
    since: date,
    hash_password: HashPassword,
) -> tuple[list[Person], FirstAccounts]:
    """The people with their roles, and the first passwords of those who have an account."""
    people, accounts = [], []
    for sample in office.people:
        person = _person(sample, units, since)
        if sample.has_account:
            account = _first_account(sample, units)
            person.account = Account(password_hash=hash_password(account.password), must_change=True)
            accounts.append(account)
        people.append(person)
    session.add_all(people)
    session.flush()
    return people, tuple(accounts)


def _person(sample: SamplePerson, units: Mapping[str, Unit], since: date) -> Person:
    return Person(
        username=sample.username,
        full_name=sample.full_name,
        post=sample.post,
        email=f"{sample.username}@tanhung.example",
        appointments=[
            Appointment(unit=units[code], role=role, valid_from=max(since, units[code].founded_on))
            for code, role in sample.roles
        ],
    )


def _first_account(sample: SamplePerson, units: Mapping[str, Unit]) -> FirstAccount:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return FirstAccount(
        username=sample.username,
        password="-".join(groups),
        full_name=sample.full_name,
        unit=units[sample.roles[0][0]].short_name,
        roles=tuple(role.label for _, role in sample.roles),
    )
