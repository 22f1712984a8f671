"""Reading reviews: those of the offices a person works for or inspects."""

from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.reviews.models import Review


def seen_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The reviews a person may read."""
    return Review.office_id.in_(select(Unit.id).where(readable_units(person, on=on)))


def all_visible(person: Person, *, on: date) -> Select[Review]:
    """The reviews a person may read, to be narrowed and sorted."""
    directive = joinedload(Review.directive).load_only(Directive.number, Directive.type, Directive.subject)
    return select(Review).where(seen_by(person, on=on)).options(directive)
