"""How one kind of thing is read and becomes entries; what the kinds have in common."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from search_index import Entry
from workflows.db import Base
from workflows.people import Person
from workflows.permissions import Parties, visibility_tokens

Row = TypeVar("Row", bound=Base)
LONGEST_HEADING = 200


@dataclass(frozen=True)
class Source(Generic[Row]):
    """How one kind of thing is read, who may see it, and how it becomes entries; `key` is its identity.

    `there` holds for the rows that are filed at all; `parts` says which other things (kind → ids of these →
    their ids) are filed anew with it, because whoever sees it sees them.
    """

    key: Any
    statement: Select[Row]
    visible_to: Callable[[Person, date], ColumnElement[bool]]
    entries: Callable[[Session, Sequence[Row]], Iterable[Entry]]
    parts: Mapping[str, Callable[[Sequence[int]], Select[int]]] = field(default_factory=dict)
    there: ColumnElement[bool] = field(default_factory=true)

    def ids(self) -> Select[int]:
        """The ids of all there is to be filed."""
        return select(self.key).where(self.there)

    def rows(self, *conditions: ColumnElement[bool]) -> Select[Row]:
        """The rows to be filed that satisfy the conditions, with what their entries need."""
        return self.statement.where(self.there, *conditions)

    def filed(self, session: Session, rows: Sequence[Row]) -> list[Entry]:
        """The entries with versions that change whenever anything in them does."""
        return [_stamped(entry) for entry in self.entries(session, rows)]


def each(entry: Callable[[Row], Entry]) -> Callable[[Session, Sequence[Row]], Iterable[Entry]]:
    """Entries that need nothing but their rows."""
    return lambda _, rows: map(entry, rows)


def key(kind: str, id_: int) -> str:
    """The key under which a thing is filed."""
    return f"{kind}:{id_}"


def split_key(filed: str) -> tuple[str, int]:
    """The kind and id behind a key."""
    kind, _, id_ = filed.partition(":")
    return kind, int(id_)


def by_parties(parties: Parties) -> dict[str, Any]:
    """The units of an entry, and who may see it."""
    units = list(dict.fromkeys(parties.all()))
    return {
        "unit_ids": tuple(unit.id for unit in units),
        "units": tuple(unit.name for unit in units),
        "tokens": visibility_tokens(parties),
    }


def part_of(whole: Entry, **own: Any) -> Entry:
    """The entry of something that is part of another thing: seen by the same people, in words of its own."""
    nothing = {"body": "", "number": "", "type": "", "state": "", "deadline": None}
    return replace(whole, **(nothing | {"within": _named(whole)} | own))


def shortened(text: str) -> str:
    """The beginning of a text as a heading."""
    line = next(filter(None, map(str.strip, text.splitlines())), "")
    return line if len(line) <= LONGEST_HEADING else f"{line[:LONGEST_HEADING].rsplit(' ', 1)[0]}…"


def _named(entry: Entry) -> str:
    return " – ".join(filter(None, (entry.number if entry.kind == "directive" else "", entry.title)))


def _stamped(entry: Entry) -> Entry:
    return replace(entry, version=blake2b(entry.to_json().encode(), digest_size=12).hexdigest())
