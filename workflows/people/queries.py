"""Finding people: by the name they sign in with, by the role they hold."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.people.models import Appointment, Person, Role, SignInRules


def by_username(session: Session, username: str) -> Person | None:
    """The active person who signs in under this name, with appointments and units loaded."""
    wanted = (
        select(Person)
        .where(Person.username == username.strip().lower(), Person.active)
        .options(selectinload(Person.appointments).joinedload(Appointment.unit))
    )
    return session.scalar(wanted)


def colleagues(session: Session, person: Person, *, on: date) -> Sequence[Person]:
    """The active people who hold a role in a unit in which this person holds one."""
    own = [post.unit_id for post in person.own_appointments_on(on)]
    held = (Appointment.valid_from <= on) & (Appointment.valid_to.is_(None) | (Appointment.valid_to >= on))
    theirs = select(Appointment.person_id).where(Appointment.unit_id.in_(own), held)
    wanted = select(Person).where(Person.active, Person.id != person.id, Person.id.in_(theirs))
    return session.scalars(wanted.order_by(in_vietnamese_order(Person.full_name), Person.id)).all()


def holders(session: Session, unit: Unit, *roles: Role, on: date) -> Sequence[Person]:
    """The active people who hold one of the roles in a unit on a day."""
    serving = (Appointment.valid_from <= on) & (Appointment.valid_to.is_(None) | (Appointment.valid_to >= on))
    wanted = (
        select(Person)
        .join(Person.appointments)
        .where(Person.active, Appointment.unit_id == unit.id, Appointment.role.in_(roles), serving)
        .distinct()
    )
    return session.scalars(wanted).all()


def serving(session: Session, unit: Unit, *, on: date) -> Sequence[Appointment]:
    """The roles held in a unit on a day by active people, in the order of their names."""
    held = (Appointment.valid_from <= on) & (Appointment.valid_to.is_(None) | (Appointment.valid_to >= on))
    wanted = (
        select(Appointment)
        .join(Appointment.person)
        .where(Appointment.unit_id == unit.id, Person.active, held)
        .options(contains_eager(Appointment.person))
        .order_by(in_vietnamese_order(Person.full_name), Appointment.id)
    )
    return session.scalars(wanted).all()


def second_factor_roles(session: Session) -> frozenset[Role]:
    """The roles whose holders must have a second factor."""
    rules = session.scalar(select(SignInRules))
    return frozenset(map(Role, rules.second_factor_roles)) if rules else frozenset()


def demands_second_factor(session: Session, person: Person, *, on: date) -> bool:
    """Must the person have a second factor on that day?"""
    rules = session.scalar(select(SignInRules))
    return rules is not None and rules.demand_second_factor(person, on=on)
