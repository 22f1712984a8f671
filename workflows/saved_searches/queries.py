"""Which saved searches a person may use, and since when what they find is new to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.db import in_vietnamese_order
from workflows.people import Person
from workflows.saved_searches.models import SavedSearch, SavedSearchVisit


@dataclass(frozen=True)
class Kept:
    """A saved search as one person sees it."""

    search: SavedSearch
    new_since: datetime


def shelf(session: Session, person: Person, *, on: date, limit: int, offset: int = 0) -> Sequence[Kept]:
    """The person's own saved searches by name, then those shared with a unit of theirs. One query."""
    named = (SavedSearch.owner_id != person.id, in_vietnamese_order(SavedSearch.name), SavedSearch.id)
    return _kept(session, _usable(person, on).order_by(*named).limit(limit).offset(offset))


def at_hand(session: Session, person: Person, *, on: date, limit: int) -> Sequence[Kept]:
    """The saved searches the person opened or was given last, their own or shared ones. One query."""
    lately = func.coalesce(SavedSearchVisit.opened_at, SavedSearch.saved_at).desc()
    return _kept(session, _usable(person, on).order_by(lately, SavedSearch.id.desc()).limit(limit))


def reachable(session: Session, id_: int, person: Person, *, on: date) -> Kept | None:
    """The saved search, if the person may use it."""
    search = session.scalar(select(SavedSearch).where(SavedSearch.id == id_, _usable_by(person, on)))
    if search is None:
        return None
    visit = session.get(SavedSearchVisit, (search.id, person.id))
    return Kept(search, visit.opened_at if visit else search.saved_at)


def names_of(session: Session, person_id: int) -> Sequence[str]:
    """What the person's own saved searches are called."""
    return session.scalars(select(SavedSearch.name).where(SavedSearch.owner_id == person_id)).all()


def _usable(person: Person, on: date) -> Select[SavedSearch, datetime | None]:
    """The saved searches the person may use, each with when they opened it last."""
    opened = and_(SavedSearchVisit.saved_search_id == SavedSearch.id, SavedSearchVisit.person_id == person.id)
    return (
        select(SavedSearch, SavedSearchVisit.opened_at)
        .outerjoin(SavedSearchVisit, opened)
        .where(_usable_by(person, on))
        .options(joinedload(SavedSearch.owner), joinedload(SavedSearch.unit))
    )


def _kept(session: Session, wanted: Select[SavedSearch, datetime | None]) -> Sequence[Kept]:
    return [Kept(search, opened_at or search.saved_at) for search, opened_at in session.execute(wanted)]


def _usable_by(person: Person, on: date) -> ColumnElement[bool]:
    units = [post.unit_id for post in person.appointments_on(on)]
    return or_(SavedSearch.owner_id == person.id, SavedSearch.unit_id.in_(units))
