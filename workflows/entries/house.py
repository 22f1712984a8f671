"""Units, and people for those who keep the house."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from search_index import Entry
from workflows.entries.source import Source, each, key
from workflows.organisations import Unit
from workflows.people import Appointment, Person
from workflows.permissions import (
    Parties,
    keeping_tokens,
    kept_people,
    kept_units,
    readable_units,
    visibility_tokens,
)


def _unit(unit: Unit) -> Entry:
    itself = Parties(responsible=(unit,))
    return Entry(
        key=key("unit", unit.id),
        kind="unit",
        title=unit.name,
        body="\n".join([unit.short_name, unit.code, *sorted(alias.name for alias in unit.aliases)]),
        unit_ids=(unit.id,),
        units=(unit.name,),
        state="",
        tokens=visibility_tokens(itself) | keeping_tokens([unit]),
        url=f"/units/{unit.id}",
    )


def _person(person: Person) -> Entry:
    posts = person.appointments
    lasting = [post for post in posts if post.valid_to is None]
    units = tuple(dict.fromkeys(post.unit for post in posts))
    said = [person.username, person.post, *(f"{post.role.label}, {post.unit.name}" for post in posts)]
    return Entry(
        key=key("person", person.id),
        kind="person",
        title=person.full_name,
        body="\n".join(filter(None, said)),
        unit_ids=tuple(unit.id for unit in units),
        units=tuple(unit.name for unit in units),
        tokens=keeping_tokens(post.unit for post in lasting or posts),
        url=f"/administration/people/{person.id}",
    )


def _units_visible(person: Person, on: date) -> ColumnElement[bool]:
    return or_(readable_units(person, on=on), kept_units(person, on=on))


UNIT = Source(Unit.id, select(Unit).options(selectinload(Unit.aliases)), _units_visible, each(_unit))

PERSON = Source(
    Person.id,
    select(Person).options(selectinload(Person.appointments).joinedload(Appointment.unit)),
    lambda person, on: kept_people(person, on=on),
    each(_person),
)
