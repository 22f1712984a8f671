"""A person's saved searches with what is new in each, counted with their own rights: a cheap search each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from search_index import Query, Unavailable
from webapp.access import me
from webapp.runtime import runtime, session, today
from webapp.search_address import query_of
from workflows import saved_searches, search_words
from workflows.permissions import tokens_of
from workflows.saved_searches import Kept, SavedSearch

# Every saved search that is shown is searched for, so that few are shown at once.
ON_THE_DESK, ON_A_PAGE = 5, 10


@dataclass(frozen=True)
class Counted:
    """A saved search with the number of things that are new to the reader; None while the index is away."""

    kept: Kept
    new: int | None

    @property
    def search(self) -> SavedSearch:
        """The search itself."""
        return self.kept.search


def at_hand() -> list[Counted]:
    """The few saved searches the signed-in person used last. Two queries, and a search for each."""
    return _counted(saved_searches.at_hand(session(), me(), on=today(), limit=ON_THE_DESK))


def page_of(number: int) -> tuple[list[Counted], bool]:
    """A page of all the saved searches the signed-in person may use; whether more follow."""
    start = (number - 1) * ON_A_PAGE
    kept = saved_searches.shelf(session(), me(), on=today(), limit=ON_A_PAGE + 1, offset=start)
    return _counted(kept[:ON_A_PAGE]), len(kept) > ON_A_PAGE


def _counted(shelf: Sequence[Kept]) -> list[Counted]:
    if not shelf:
        return []
    shown, words = tokens_of(me(), on=today()), search_words.vocabulary(session())
    try:
        return [
            Counted(kept, runtime().index.search(_asking(kept), visible_to=shown, vocabulary=words).total)
            for kept in shelf
        ]
    except Unavailable:
        return [Counted(kept, None) for kept in shelf]


def _asking(kept: Kept) -> Query:
    """The kept search for what came since; only its total counts."""
    arguments = MultiDict(parse_qsl(kept.search.address))
    return replace(query_of(arguments), new_since=kept.new_since, limit=1, facets=False)
