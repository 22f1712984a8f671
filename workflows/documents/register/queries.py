"""Reading the register."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflows.documents.register.models import NumberSeries, NumberState, RegisterEntry, SharedSeries, Term
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import kept_units, readable_units


def visible_series(person: Person, *, on: date) -> ColumnElement[bool]:
    """The sequences of the bodies in the person's branches."""
    return NumberSeries.issuer_id.in_(select(Unit.id).where(readable_units(person, on=on)))


def entries(person: Person, *, on: date) -> Select[RegisterEntry]:
    """The numbers the person may read, with sequence, issuer and document, to be narrowed and sorted."""
    return (
        select(RegisterEntry)
        .join(RegisterEntry.series)
        .join(NumberSeries.issuer)
        .where(visible_series(person, on=on))
        .options(
            contains_eager(RegisterEntry.series).contains_eager(NumberSeries.issuer),
            joinedload(RegisterEntry.document),
            joinedload(RegisterEntry.taken_by),
        )
    )


def all_series(session: Session, person: Person, *, on: date) -> Sequence[NumberSeries]:
    """The sequences the person may read, by issuer, term and type."""
    wanted = (
        select(NumberSeries)
        .join(NumberSeries.issuer)
        .where(visible_series(person, on=on))
        .options(contains_eager(NumberSeries.issuer))
        .order_by(Unit.path, NumberSeries.term.desc(), NumberSeries.type)
    )
    return session.scalars(wanted).all()


def reserved(session: Session, issuer: Unit, type_: str) -> Sequence[RegisterEntry]:
    """The numbers an issuer keeps for papers of a type, oldest first."""
    wanted = (
        select(RegisterEntry)
        .join(RegisterEntry.series)
        .where(NumberSeries.issuer_id == issuer.id, RegisterEntry.type == type_)
        .where(RegisterEntry.state == NumberState.RESERVED)
        .order_by(RegisterEntry.id)
    )
    return session.scalars(wanted).all()


def terms(session: Session, person: Person, *, on: date) -> Sequence[Term]:
    """The terms of the committees in the branches the person reads or keeps, newest first."""
    wanted = (
        select(Term)
        .join(Term.unit)
        .where(or_(readable_units(person, on=on), kept_units(person, on=on)))
        .options(contains_eager(Term.unit))
        .order_by(Unit.path, Term.starts_on.desc())
    )
    return session.scalars(wanted).all()


def sharings(session: Session, person: Person, *, on: date) -> Sequence[SharedSeries]:
    """Which types share sequences, in the person's branches."""
    wanted = (
        select(SharedSeries)
        .join(SharedSeries.issuer)
        .where(readable_units(person, on=on))
        .options(contains_eager(SharedSeries.issuer))
        .order_by(Unit.path, SharedSeries.type)
    )
    return session.scalars(wanted).all()
