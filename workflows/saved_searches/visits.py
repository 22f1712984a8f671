"""That somebody looked: no act of the office, so nothing of the trail."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflows.people import Person
from workflows.saved_searches.models import SavedSearch, SavedSearchVisit


def note_visit(session: Session, saved: SavedSearch, person: Person, *, at: datetime) -> None:
    """From now on only what comes later is new to this person."""
    visit = session.get(SavedSearchVisit, (saved.id, person.id))
    if visit is None:
        session.add(SavedSearchVisit(saved_search_id=saved.id, person_id=person.id, opened_at=at))
    else:
        visit.opened_at = at
