"""Where everything of a form stands in its workbook; drawing and reading both go by it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from workflows.regimes.forms import Field, Form, Grid, Measure, Section

Kind = Literal["number", "narrative", "choice", "date", "note", "nil"]
COVER, NOTES, STAMP = "Hướng dẫn", "Ghi chú", "_dondoc"
NIL = "nil"
NOTE = "note:"
FORBIDDEN = "[]:*?/\\'"
LONGEST_NAME = 31
WORDS_WIDE = 6
"""How many columns a narrative takes."""
FIRST_FACT = 3
MOST_RANGES = 200
"""Excel takes 255 in one sum."""
NO_MEASURE = Measure()


@dataclass(frozen=True)
class Place:
    """A cell of the workbook; row and column count from 0."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """As Excel names it: C7."""
        letters, rest = "", self.column + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row + 1}"


@dataclass(frozen=True)
class Slot:
    """A cell to be filled in, by the name the form gives it."""

    name: str
    label: str
    kind: Kind
    place: Place
    measure: Measure = NO_MEASURE
    lowest_is_zero: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """Something printed; the style says how."""

    place: Place
    text: str
    style: str = "label"


@dataclass(frozen=True)
class Total:
    """A sum over some cells that the workbook works out by itself."""

    place: Place
    cells: dict[str, Place]

    @property
    def formula(self) -> str:
        """The sum as a workbook writes it; cells side by side are one range."""
        runs: list[list[Place]] = []
        for place in self.cells.values():
            if runs and (runs[-1][-1].row, runs[-1][-1].column + 1) == (place.row, place.column):
                runs[-1].append(place)
            else:
                runs.append([place])
        ranges = [f"{run[0].address}:{run[-1].address}" for run in runs]
        parts = [ranges[at : at + MOST_RANGES] for at in range(0, len(ranges), MOST_RANGES)]
        return "=" + "+".join(f"SUM({','.join(part)})" for part in parts)


@dataclass
class Layout:
    """A whole workbook as a plan."""

    pages: list[str] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    shown: dict[str, Place] = field(default_factory=dict)
    before: dict[str, Place] = field(default_factory=dict)

    def printed(self, page: str) -> tuple[int, int]:
        """The last row and column that go on paper; tables of the period before stay beside it."""
        told = [slot.place for slot in self.slots] + [total.place for total in self.totals]
        told += self.shown.values()
        beside = [words.place for words in self.words] + list(self.before.values())
        rows = [place.row for place in (*told, *beside) if place.sheet == page]
        return max(rows), max(
            place.column for place in (*told, Place(page, 0, WORDS_WIDE)) if place.sheet == page
        )

    @cached_property
    def by_name(self) -> dict[str, Slot]:
        """The slots by the names of their cells."""
        return {slot.name: slot for slot in self.slots}


def lay_out(form: Form) -> Layout:
    """The plan of a form's workbook: a cover, a page for each section, the comments."""
    plan = Layout()
    _cover(plan)
    for number, section in enumerate(form.sections, start=1):
        page = _page_name(f"{number}. {section.title}")
        plan.pages.append(page)
        _section(plan, page, section)
    _notes(plan, form)
    return plan


def _cover(plan: Layout) -> None:
    plan.pages.append(COVER)
    place = Place(COVER, FIRST_FACT - 2, 0)
    plan.words.append(Words(place, "Không phát sinh trong kỳ (gõ x nếu đúng)"))
    plan.slots.append(Slot(NIL, "Không phát sinh", "nil", Place(COVER, place.row, 1)))


def _section(plan: Layout, page: str, section: Section) -> None:
    plan.words.append(Words(Place(page, 0, 0), section.title, "title"))
    row = 2
    for part in section.parts:
        row = _grid(plan, page, row, part) if isinstance(part, Grid) else _field(plan, page, row, part)


def _field(plan: Layout, page: str, row: int, asked: Field) -> int:
    """One question; the row after it."""
    if asked.kind == "file":
        return row
    label = f"{asked.label} ({asked.unit})" if asked.unit else asked.label
    plan.words.append(Words(Place(page, row, 0), label + (" *" if asked.required else "")))
    place = Place(page, row, 1)
    if asked.formula is not None:
        plan.shown[asked.code] = place
    else:
        zero = asked.measure.minimum is None
        plan.slots.append(
            Slot(asked.code, asked.label, asked.kind, place, asked.measure, zero, asked.choices)
        )
    is_long = asked.kind == "narrative"
    plan.before[asked.code] = Place(page, row + 1, 1) if is_long else Place(page, row, 3)
    if not is_long:
        plan.words.append(Words(Place(page, row, 2), "Kỳ trước:", "faint"))
        return row + 1
    plan.words.append(Words(Place(page, row + 1, 0), "Kỳ trước đã viết", "faint"))
    return row + 3


def _grid(plan: Layout, page: str, row: int, grid: Grid) -> int:
    """One table with last period's beside it; the row after it."""
    plan.words.append(Words(Place(page, row + 1, 0), grid.label, "caption"))
    head, width = row + 2, len(grid.columns)
    beside = 1 + width + bool(grid.total_column) + 1
    for at, column in enumerate(grid.columns):
        unit = grid.unit_of(column.code)
        label = f"{column.label} ({unit})" if unit else column.label
        plan.words.append(Words(Place(page, head, 1 + at), label, "head"))
        plan.words.append(Words(Place(page, head, beside + at), f"Kỳ trước: {column.label}", "faint-head"))
    if grid.total_column:
        plan.words.append(Words(Place(page, head, 1 + width), grid.total_column, "head"))
    labels = dict(grid.cells())
    for down, line in enumerate(grid.rows, start=head + 1):
        plan.words.append(Words(Place(page, down, 0), line.label))
        for at, column in enumerate(grid.columns):
            name = grid.cell(line, column)
            if name in labels:
                _grid_cell(plan, grid, name, labels[name], Place(page, down, 1 + at))
                plan.before[name] = Place(page, down, beside + at)
    _totals(plan, page, head + 1, grid)
    return head + 1 + len(grid.rows) + bool(grid.total_row) + 1


def _grid_cell(plan: Layout, grid: Grid, name: str, label: str, place: Place) -> None:
    if name in grid.formulas:
        plan.shown[name] = place
        return
    zero = grid.measure.minimum is None
    plan.slots.append(Slot(name, f"{grid.label}: {label}", "number", place, grid.measure, zero))


def _totals(plan: Layout, page: str, first: int, grid: Grid) -> None:
    below, right = first + len(grid.rows), 1 + len(grid.columns)
    places = {
        grid.cell(line, column): Place(page, down, at)
        for down, line in enumerate(grid.rows, start=first)
        for at, column in enumerate(grid.columns, start=1)
    }

    def add(row: int, column: int, names: list[str]) -> None:
        if names:
            plan.totals.append(Total(Place(page, row, column), {name: places[name] for name in names}))

    if grid.total_column:
        for down, line in enumerate(grid.rows, start=first):
            add(down, right, grid.along(line))
    if grid.total_row:
        plan.words.append(Words(Place(page, below, 0), grid.total_row, "caption"))
        for at, column in enumerate(grid.columns, start=1):
            add(below, at, grid.down(column))
        if grid.total_column:
            add(below, right, grid.whole())


def _notes(plan: Layout, form: Form) -> None:
    """A line for each number, where a comment can be written."""
    plan.pages.append(NOTES)
    plan.words.append(Words(Place(NOTES, 0, 0), "Ghi chú cho từng ô (để trống nếu không có)", "title"))
    for row, (name, label) in enumerate(_commented(form), start=2):
        plan.words.append(Words(Place(NOTES, row, 0), label))
        plan.slots.append(Slot(NOTE + name, label, "note", Place(NOTES, row, 1)))


def _commented(form: Form) -> Iterator[tuple[str, str]]:
    for cell in form.number_cells():
        yield cell.name, cell.label


def _page_name(title: str) -> str:
    """A name Excel takes: at most 31 letters, none of them forbidden."""
    plain = "".join(" " if letter in FORBIDDEN else letter for letter in title)
    # Excel counts the halves of letters beyond the basic plane.
    return plain.encode("utf-16-le")[: 2 * LONGEST_NAME].decode("utf-16-le", "ignore").strip()
