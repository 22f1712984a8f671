"""A person's saved searches with what is new in each, counted with their own rights: a cheap search each."""

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

ON_THE_DESK = 5


@dataclass(frozen=True)
class Counted:
    """A saved search with the number of things that are new to the reader; None while the index is away."""

    kept: Kept
    new: int | None

    @property
    def search(self) -> SavedSearch:
        """The search itself."""
        return self.kept.search


def counted(limit: int | None = None) -> list[Counted]:
    """The saved searches the signed-in person may use. Two queries, and a search for each."""
    shelf = saved_searches.shelf(session(), me(), on=today(), limit=limit)
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
