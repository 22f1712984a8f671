"""What a list is: columns, filters, saved views; and what one address asks of it."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import Select, inspect
from werkzeug.datastructures import MultiDict

from webapp.cells import drawn
from webapp.filters import Arguments, Chip, Filter
from workflows.wording import LabelledEnum

Row = TypeVar("Row")
PAGE_SIZES = (25, 50, 100, 200)
LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Column(Generic[Row]):
    """What a list shows of a row: text, figure, day, instant, enumeration or Badge.

    `sort` is an SQL expression, `total` an aggregate over all rows that meet the conditions
    (`func.sum(Report.members)`), `places` the decimals of figures, `width` the characters of the sheet's
    column; an `unbroken` one (numbers of documents) stays on one line; one not `shown` has to be chosen.
    """

    key: str
    label: str
    value: Callable[[Row], Any]
    sort: Any = None
    address: Callable[[Row], str | None] | None = None
    numeric: bool = False
    unbroken: bool = False
    places: int = 0
    shown: bool = True
    width: int = 18
    total: Any = None

    def sheet_value(self, row: Row) -> Any:
        """The value for a sheet: figures and days typed, everything else in words."""
        value = self.value(row)
        return gettext(value.label) if isinstance(value, LabelledEnum) else value

    @property
    def manner(self) -> Markup:
        """How its cells are set, as the class of an element."""
        kind = "figure" if self.numeric else "unbroken" if self.unbroken else ""
        return Markup(' class="%s"') % kind if kind else Markup("")

    def drawn(self, row: Row) -> Markup:
        """The cell as HTML, leading to the row's address if it has one."""
        return drawn(self.value(row), self.places, self.address(row) if self.address else None)

    def drawn_value(self, value: Any) -> Markup:
        """A value of its own kind, such as its total, as HTML."""
        return drawn(value, self.places)


@dataclass(frozen=True)
class View:
    """A saved view: a tab that stands for some arguments of the address."""

    key: str
    label: str
    arguments: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """The declaration of a list; `sort` is a column's key, with a minus for descending.

    Of a list that may hold a million rows no more than `counted_to` are counted; its pages end there.
    """

    name: str
    title: str
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter, ...] = ()
    views: tuple[View, ...] = ()
    sort: str = ""
    size: int = 50
    counted_to: int | None = None

    def asked(self, arguments: Arguments) -> "Asked[Row]":
        """What an address asks of this list; whatever makes no sense is left out and said."""
        return Asked(self, MultiDict((key, _clean(typed)) for key, typed in arguments.items(multi=True)))


@dataclass
class Asked(Generic[Row]):
    """A list as one address asks for it."""

    listing: Listing[Row]
    arguments: Arguments
    problems: list[str] = field(init=False, default_factory=list)
    applied: list[tuple[Filter, Any]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for each in self.listing.filters:
            try:
                value = each.read(self.arguments)
            except ValueError as problem:
                self.problems.append(str(problem))
                continue
            if value is not None:
                self.applied.append((each, value))

    @cached_property
    def columns(self) -> list[Column[Row]]:
        """The columns to show, in the wanted order; the usual ones if none is named."""
        by_key = {column.key: column for column in self.listing.columns}
        wanted = dict.fromkeys(",".join(self.arguments.getlist("columns")).split(","))
        return [by_key[key] for key in wanted if key in by_key] or [
            column for column in self.listing.columns if column.shown
        ]

    @cached_property
    def sort(self) -> str:
        """The key to sort by, with a minus for descending."""
        wanted = self.arguments.get("sort", "")
        sortable = {column.key for column in self.listing.columns if column.sort is not None}
        return wanted if wanted.removeprefix("-") in sortable else self.listing.sort

    @property
    def number(self) -> int:
        """The wanted page, from 1; none beyond the rows that are counted."""
        most = self.listing.counted_to
        return min(_whole(self.arguments.get("page", ""), 1), self.last_of(most) if most else LARGEST_NUMBER)

    @property
    def size(self) -> int:
        """The wanted number of rows a page."""
        wanted = _whole(self.arguments.get("size", ""), self.listing.size)
        return wanted if wanted in PAGE_SIZES else self.listing.size

    @property
    def chips(self) -> list[Chip]:
        """The conditions in force, in words."""
        return [chip for each, value in self.applied for chip in each.chips(value)]

    def narrow(self, statement: Select[Any]) -> Select[Any]:
        """The rows that meet all conditions, in no order."""
        return statement.where(*(each.condition(value) for each, value in self.applied))

    def order(self, statement: Select[Any]) -> Select[Any]:
        """The rows in the wanted order; the key of the row decides between equals."""
        key = key_of(statement)
        column = next((c for c in self.listing.columns if c.key == self.sort.removeprefix("-")), None)
        if column is None or column.sort is None:
            return statement.order_by(key)
        descending = self.sort.startswith("-")
        first = column.sort.desc() if descending else column.sort.asc()
        if not _is_always_filled(column.sort, statement):
            first = first.nulls_last()
        return statement.order_by(None).order_by(first, key.desc() if descending else key)

    def at(self, number: int, statement: Select[Any]) -> Select[Any]:
        """The rows of one page, in the wanted order."""
        return self.order(statement).limit(self.size).offset((number - 1) * self.size)

    def last_of(self, total: int) -> int:
        """The number of the last page of so many rows, at least 1."""
        return max(1, -(-total // self.size))

    def chosen(self, statement: Select[Any], form: Arguments) -> Select[Any]:
        """The rows a bulk act is for: everything the filter finds (`all=1`), or the ticked `ids`."""
        narrowed = self.order(self.narrow(statement))
        if form.get("all") == "1":
            return narrowed
        ids = [int(value) for value in form.getlist("ids") if _whole(value, 0)]
        return narrowed.where(key_of(statement).in_(ids))


def _is_always_filled(sort: Any, statement: Select[Any]) -> bool:
    """Has every row a value to sort by? To ask for the empty ones last keeps an index from giving the order.

    A column of another table is not to be trusted: it may be joined to rows that have none.
    """
    entity = statement.column_descriptions[0]["entity"]
    return getattr(sort, "parent", None) is inspect(entity) and not sort.nullable


def key_of(statement: Select[Any]) -> Any:
    """The column that tells the rows of a statement apart."""
    entity = statement.column_descriptions[0]["entity"]
    return inspect(entity).primary_key[0] if not hasattr(entity, "id") else entity.id


def _clean(typed: str) -> str:
    # PostgreSQL takes no NUL in a text, and what is stored is composed.
    return unicodedata.normalize("NFC", typed.replace("\0", ""))


def _whole(typed: str, otherwise: int) -> int:
    """A whole number above zero, or the other."""
    return (int(typed) or otherwise) if typed.isascii() and typed.isdigit() and len(typed) < 10 else otherwise
