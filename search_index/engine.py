"""What an engine is asked and what it answers: the whole of what a new engine has to know.

An engine is one module of `search_index.engines`, named as its addresses begin, with `connect(url) → Store`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Protocol

from search_index.entry import Entry
from search_index.record import Record


@dataclass(frozen=True, slots=True)
class Term:
    """Things filed under this text in this field; with `prefix`, under any text that begins with it."""

    field: str
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Things that satisfy every part; without parts, everything."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Things that satisfy at least one part; without parts, nothing."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AllButOne:
    """Things that satisfy every part save at most one."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Things that do not satisfy the part; stands only inside `All`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Span:
    """Things whose number lies in the span; only in the outermost `All`.

    `day` and `deadline` are ordinals of days, `arrived` is in seconds since 1970; 0 stands for none.
    """

    field: str
    first: int
    last: int


Node = Term | All | Either | AllButOne | Not | Span


class Order(Enum):
    """How hits are sorted; ties and hits without a date come last, then by key."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Request:
    """What to find: `match` decides; `boosts` rank: a hit scores the weights of the terms it carries."""

    match: Node
    boosts: tuple[tuple[Term, float], ...] = ()
    order: Order = Order.RELEVANCE
    limit: int = 20
    offset: int = 0
    facets: bool = False

    def narrowed(self, *parts: Node) -> "Request":
        """The same request for those of its hits that satisfy these parts too."""
        before = self.match.parts if isinstance(self.match, All) else (self.match,)
        return replace(self, match=All((*parts, *before)))


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry as it was stored, with its score."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The asked-for stretch of hits; the total and the facets (field → value → entries) are of all hits."""

    hits: Sequence[Scored]
    total: int
    total_is_exact: bool
    facets: Mapping[str, Mapping[str, int]]


class Generation(Protocol):
    """One complete set of filed records: the live one, or the one a rebuild is filling."""

    def write(self, records: Iterable[Record], gone: Collection[str]) -> None:
        """File the records in place of those of the same keys, and remove `gone`: all or nothing.

        A key occurs once; records are analysed as they are taken, so that no batch of them is held.
        """

    def find(self, request: Request) -> Found:
        """The hits of a request."""

    def find_keys(self, request: Request) -> list[str]:
        """The keys of the hits of a request, in order."""

    def known(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many entries carry each term, only about when over 50; terms without any are left out."""

    def read(self, keys: Collection[str]) -> list[Entry]:
        """The stored entries of these keys, in any order; unknown keys are left out."""

    def versions(self) -> dict[str, str]:
        """Key → version of everything filed."""

    def count(self) -> int:
        """How many entries are filed."""

    def finish(self) -> None:
        """Make a filled generation quick to search, before it becomes the live one."""

    def close(self) -> None:
        """Let go of files and connections."""


class Store(Protocol):
    """Where the generations of one index live."""

    def reading(self) -> AbstractContextManager[Any]:
        """Everything that is read inside comes over one connection, where there are connections."""

    def live(self) -> Generation | None:
        """The generation that answers now, or nothing when there is none yet."""

    def live_format(self) -> str | None:
        """The record format the live generation was written in."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the right to write or to switch; raises Busy when another holds it too long."""

    def rebuilding(self) -> AbstractContextManager[None]:
        """Hold the right to rebuild; raises Busy at once when another holds it."""

    def ensure_live(self, format_: str) -> Generation:
        """The live generation, begun in this format when there is none; only while writing."""

    def touch(self, keys: Collection[str]) -> None:
        """Remember changed keys for a rebuild in progress; only while writing."""

    def touched(self) -> set[str]:
        """The keys changed since the rebuild began."""

    def building(self, format_: str) -> Generation | None:
        """The generation of an unfinished rebuild, if it is of this format."""

    def start_building(self, format_: str) -> Generation:
        """An empty generation beside the live one, in place of any unfinished one; only while writing."""

    def switch(self) -> None:
        """Make the built generation the live one, at once for every reader; only while writing."""

    def close(self) -> None:
        """Let go of everything."""
