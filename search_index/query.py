"""What a page asks for, and the tree into which the words of the search box are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from search_index.engine import Order
from search_index.notes import Note
from search_index.tokens import Token


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The office's own words: abbreviation → full name; label → code of kinds, types and states."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions by exact value, from the page or from field words; an empty set restricts nothing."""

    kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    states: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search as a page sends it; `typing`: its last word may be unfinished; `today` says what is late.

    `new_since` keeps, of what the words find, only the things that arrived after that instant.
    """

    text: str = ""
    filters: Filters = Filters()
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: bool = True
    typing: bool = False
    today: date | None = None
    new_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side."""

    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A read query; `restrictions` came from field words and add to the filters of the page."""

    words: tuple[Token, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    numbers: tuple[str, ...] = ()
    agencies: tuple[Phrase, ...] = ()
    restrictions: Filters = Filters()
    unfinished: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def searched(self) -> tuple[Token, ...]:
        """All the words that hits are ranked and marked by."""
        return (*self.words, *(word for phrase in self.phrases for word in phrase.words))
