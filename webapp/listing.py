"""House rule 13: every list is paged, sorted and filtered by its address, and can be taken away as xlsx.

A list is declared once:

    LIST = Listing(
        name="nhiem-vu", title=N_("Nhiệm vụ"),
        columns=(
            Column("task", N_("Nhiệm vụ"), lambda task: task.title, sort=Task.title, address=task_address),
            Column("due", N_("Hạn"), lambda task: task.due_on, sort=Task.due_on),
        ),
        filters=(Options.of("state", N_("Trạng thái"), TaskState, Task.state),),
        views=(View("all", N_("Tất cả")), View("open", N_("Đang làm"), {"state": ["assigned"]})),
        sort="due",
    )

and answered in one line: `return answer(LIST, tasks.visible_to(me()), "tasks/index.html")`. The template
gets it as `page` (a `Page`) and draws it with the macros of components/lists.html. Arguments of the
address: `sort=key` or `sort=-key`, `page`, `size`, `columns`, `view`, `format=xlsx`, and one or two for
each filter. Nothing in them can make a page fail.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar

from flask import g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.cells import CELL, END_OF_CELL, drawn
from webapp.filters import Arguments, Chip, Filter
from webapp.runtime import session, today
from webapp.sheet_writing import being_written, followed
from webapp.sheets import XLSX, SheetColumn, refuse_too_long, xlsx
from workflows.wording import LabelledEnum

Row = TypeVar("Row")
PAGE_SIZES = (25, 50, 100, 200)
LARGEST_NUMBER = 1_000_000
ROWS_AT_ONCE = 2_000


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
        """The wanted page, from 1."""
        return min(_whole(self.arguments.get("page", ""), 1), LARGEST_NUMBER)

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
        key = _key_of(statement)
        column = next((c for c in self.listing.columns if c.key == self.sort.removeprefix("-")), None)
        if column is None or column.sort is None:
            return statement.order_by(key)
        descending = self.sort.startswith("-")
        first = column.sort.desc() if descending else column.sort.asc()
        # Said of a column that is never empty, it would keep an index from giving the order.
        first = first.nulls_last() if getattr(column.sort, "nullable", True) else first
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
        return narrowed.where(_key_of(statement).in_(ids))


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
        return self.total > ROWS_AT_ONCE

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


def read_page(
    session: Session, listing: Listing[Row], statement: Select[Any], arguments: Arguments
) -> Page[Row]:
    """The page an address asks for, with the total; past the end it is the last page.

    Two queries, and a third one where columns have totals.
    """
    asked = listing.asked(arguments)
    narrowed = asked.narrow(statement)
    read = _read_by_keys if _has_key(statement) else _read_rows
    page = read(session, asked, statement, narrowed)
    page.totals = _totals(session, asked, narrowed)
    return page


def _read_by_keys(
    session: Session, asked: Asked[Row], statement: Select[Any], narrowed: Select[Any]
) -> Page[Row]:
    """Count and find the page first; what a row shows is joined to its own rows alone, not to all."""
    key = _key_of(statement)
    found = narrowed.with_only_columns(key, _total(asked, narrowed), maintain_column_froms=True)
    number = asked.number
    keys = session.execute(asked.at(number, found)).all()
    if not keys and number > 1:
        number = asked.last_of(session.scalar(_counting(narrowed, asked.listing.counted_to)) or 0)
        keys = session.execute(asked.at(number, found)).all()
    if not keys:
        return Page(asked, [], 0, 1)
    rows = session.scalars(asked.order(statement.where(key.in_([id_ for id_, _ in keys])))).unique()
    return Page(asked, rows.all(), keys[0][1], number)


def _read_rows(
    session: Session, asked: Asked[Row], statement: Select[Any], narrowed: Select[Any]
) -> Page[Row]:
    """Rows of several values: counted, then read."""
    total = session.scalar(_counting(narrowed, asked.listing.counted_to)) or 0
    number = min(asked.number, asked.last_of(total))
    return Page(asked, session.execute(asked.at(number, narrowed)).unique().all(), total, number)


def _total(asked: Asked[Any], narrowed: Select[Any]) -> Any:
    """How many rows there are, told beside each.

    Conditions are asked of every row but once; without any, the rows are counted by themselves, so that an
    index can lead to the first ones.
    """
    if asked.applied and asked.listing.counted_to is None:
        return func.count().over()
    return _counting(narrowed, asked.listing.counted_to).scalar_subquery()


def read_all(session: Session, asked: Asked[Row], statement: Select[Any]) -> Iterator[Row]:
    """Every row that meets the conditions, in order, a thousand at a time."""
    rows = session.execute(asked.order(asked.narrow(statement)).execution_options(yield_per=1_000))
    yield from rows.scalars() if len(statement.column_descriptions) == 1 else rows


def answer(
    listing: Listing[Row], statement: Select[Any], template: str, **context: Any
) -> ResponseReturnValue:
    """The list as the address wants it: a page of the template (as `page`), or a sheet."""
    if request.args.get("format") == "xlsx":
        return sheet(listing, statement)
    page = read_page(session(), listing, statement, request.args)
    return render_template(template, page=page, **context)


def sheet(listing: Listing[Row], statement: Select[Any]) -> ResponseReturnValue:
    """All rows that meet the conditions of the address, with the shown columns, as xlsx.

    A few are written at once; for many there is a page that has a worker asked.
    """
    asked, title = listing.asked(request.args), gettext(listing.title)
    total = session().scalar(_counting(asked.narrow(statement))) or 0
    refuse_too_long(total)
    if total > ROWS_AT_ONCE and being_written() is None:
        g.sheet_only_offered = True
        return render_template("sheets/order.html", title=title, total=total)
    columns = [SheetColumn(gettext(c.label), c.width, c.places) for c in asked.columns]
    found = followed(title, total, read_all(session(), asked, statement))
    file = xlsx(title, columns, ([c.sheet_value(row) for c in asked.columns] for row in found))
    return send_file(file, XLSX, as_attachment=True, download_name=f"{listing.name}-{today()}.xlsx")


def only_offered() -> bool:
    """Does the answer only offer to have a long sheet written? No row of it is shown yet."""
    return "sheet_only_offered" in g


def _counting(statement: Select[Any], most: int | None = None) -> Select[Any]:
    keys = statement.with_only_columns(_key_of(statement), maintain_column_froms=True).order_by(None)
    return select(func.count()).select_from(keys.limit(most).subquery())


def _totals(session: Session, asked: Asked[Any], narrowed: Select[Any]) -> dict[str, Any]:
    wanted = {column.key: column.total for column in asked.columns if column.total is not None}
    if not wanted:
        return {}
    sums = narrowed.with_only_columns(*wanted.values(), maintain_column_froms=True).order_by(None)
    return dict(zip(wanted, session.execute(sums).one(), strict=True))


def _has_key(statement: Select[Any]) -> bool:
    """Is each row one thing that one column tells from all others?"""
    columns = statement.column_descriptions
    return len(columns) == 1 and len(inspect(columns[0]["entity"]).primary_key) == 1


def _key_of(statement: Select[Any]) -> Any:
    entity = statement.column_descriptions[0]["entity"]
    return inspect(entity).primary_key[0] if not hasattr(entity, "id") else entity.id


def _clean(typed: str) -> str:
    # PostgreSQL takes no NUL in a text, and what is stored is composed.
    return unicodedata.normalize("NFC", typed.replace("\0", ""))


def _whole(typed: str, otherwise: int) -> int:
    """A whole number above zero, or the other."""
    return (int(typed) or otherwise) if typed.isascii() and typed.isdigit() and len(typed) < 10 else otherwise
