"""One page of a list, ready to be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Generic

from flask import request, url_for
from flask_babel import gettext
from markupsafe import Markup

from webapp.cells import CELL, END_OF_CELL
from webapp.listing.declaring import PAGE_SIZES, Asked, Column, Listing, Row, View

ROWS_AT_ONCE = 2_000


def is_long(rows: int) -> bool:
    """Does a sheet of so many rows take a worker?"""
    return rows > ROWS_AT_ONCE


@dataclass
class Page(Generic[Row]):
    """One page of a list, ready to be drawn."""

    asked: Asked[Row]
    rows: Sequence[Row]
    total: int
    number: int
    totals: Mapping[str, Any] = field(default_factory=dict)

    @property
    def listing(self) -> Listing[Row]:
        """The declaration behind the page."""
        return self.asked.listing

    @property
    def is_long(self) -> bool:
        """Does a sheet of all its rows take a worker?"""
        return is_long(self.total)

    @property
    def is_longer(self) -> bool:
        """Are there more rows than were counted?"""
        return self.total == self.listing.counted_to

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return self.asked.last_of(self.total)

    @property
    def first(self) -> int:
        """The position of the first row shown, from 1; 0 on an empty list."""
        return (self.number - 1) * self.asked.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The position of the last row shown."""
        return max(self.first + len(self.rows) - 1, 0)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Key → head of each shown column, in the language of the page; narrow screens repeat it by cell."""
        return {column.key: gettext(column.label) for column in self.asked.columns}

    @cached_property
    def _cells(self) -> list[tuple[Markup, Column[Row]]]:
        return [(CELL % (column.manner, self.labels[column.key]), column) for column in self.asked.columns]

    def drawn(self, row: Row) -> Markup:
        """All cells of a row as HTML: not by a macro, since a page has hundreds of them."""
        parts = ((begin, column.drawn(row), END_OF_CELL) for begin, column in self._cells)
        # Each part is escaped; Markup's own join would look at every one again.
        return Markup("".join(chain.from_iterable(parts)))  # noqa: S704 - all of them are Markup

    @property
    def sizes(self) -> tuple[int, ...]:
        """The page sizes to choose from."""
        return PAGE_SIZES

    @property
    def near(self) -> list[int | None]:
        """The pages to link: first, last and those around this one; None stands for a gap."""
        around = range(self.number - 2, self.number + 3)
        numbers = sorted({1, self.pages, *(n for n in around if 1 <= n <= self.pages)})
        gaps = {n: [] if n == m + 1 else [None] for m, n in zip([0, *numbers], numbers, strict=False)}
        return [step for n in numbers for step in (*gaps[n], n)]

    @property
    def choices(self) -> list[tuple[Column[Row], bool]]:
        """Every column and whether it is shown: the shown ones in their order, then the others."""
        shown = self.asked.columns
        return [(c, True) for c in shown] + [(c, False) for c in self.listing.columns if c not in shown]

    def earlier(self, column: Column[Row]) -> str:
        """The shown columns with this one a place earlier, as the address names them."""
        keys = [shown.key for shown in self.asked.columns]
        place = keys.index(column.key)
        keys.insert(max(place - 1, 0), keys.pop(place))
        return ",".join(keys)

    @property
    def view(self) -> View | None:
        """The saved view being looked at."""
        views = self.listing.views
        return next((v for v in views if v.key == self.asked.arguments.get("view")), next(iter(views), None))

    def address_of(self, view: View) -> str:
        """The address of a saved view of this list."""
        return url_for(
            request.endpoint or "", **(request.view_args or {}), **{"view": view.key, **view.arguments}
        )
