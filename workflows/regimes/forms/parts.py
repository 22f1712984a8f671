"""The parts of a form. Pure data.

A cell is named by its field (`documents_issued`) or by grid, row and column (`tasks.standing.assigned`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from workflows.regimes.formulas import Formula

FieldKind = Literal["narrative", "number", "choice", "date", "file"]
SHARES = ("%", "‰", "phần trăm", "phần nghìn")
Operator = Literal["=", "<=", ">="]
Sign = Literal["=", "!=", ">=", "<=", "filled", "blank"]


def is_share(unit: str) -> bool:
    """Does a unit count in hundredths or thousandths, so that two figures make no sum?"""
    return any(share in unit.casefold() for share in SHARES)


@dataclass(frozen=True)
class Condition:
    """What another cell must say for a part to be asked for."""

    cell: str
    sign: Sign
    value: str = ""


@dataclass(frozen=True)
class Measure:
    """How a number is counted and what it may be; nothing said means: from 0 on, any decimals."""

    unit: str = ""
    decimals: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Field:
    """One question with one answer; a number with a formula is reckoned, not asked for."""

    code: str
    label: str
    kind: FieldKind
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    measure: Measure = Measure()
    formula: Formula | None = None
    when: tuple[Condition, ...] = ()

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.measure.unit

    def names(self) -> list[str]:
        """The name of its one cell."""
        return [self.code]


@dataclass(frozen=True)
class Head:
    """A row or a column of a grid."""

    code: str
    label: str


@dataclass(frozen=True)
class Grid:
    """Numbers by row and column; greyed cells are not asked for, calculated ones are reckoned."""

    code: str
    label: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    required: bool = False
    required_cells: frozenset[str] = frozenset()
    greyed: frozenset[str] = frozenset()
    total_row: str = ""
    total_column: str = ""
    help: str = ""
    measure: Measure = Measure()
    units: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()

    def cell(self, row: Head, column: Head) -> str:
        """The name of a cell."""
        return f"{self.code}.{row.code}.{column.code}"

    def names(self) -> list[str]:
        """The names of the cells that are not greyed."""
        return [name for name, _ in self.cells()]

    def along(self, row: Head) -> list[str]:
        """The names of the cells that make the total of a row."""
        return self._summed(self.cell(row, column) for column in self.columns)

    def down(self, column: Head) -> list[str]:
        """The names of the cells that make the total of a column."""
        return self._summed(self.cell(row, column) for row in self.rows)

    def whole(self) -> list[str]:
        """The names of the cells that make the total of all."""
        return self._summed(self.names())

    def _summed(self, names: Iterable[str]) -> list[str]:
        """What was typed, or what is calculated where nothing is; shares make no sum."""
        counts = [name for name in names if not is_share(self.unit_of(name.rsplit(".", 1)[1]))]
        return [name for name in counts if name not in self.formulas] or counts

    def cells(self) -> Iterator[tuple[str, str]]:
        """Name and label of every cell that is not greyed."""
        for row in self.rows:
            for column in self.columns:
                name = self.cell(row, column)
                if name not in self.greyed:
                    yield name, f"{row.label} – {column.label}"

    @property
    def unit(self) -> str:
        """What is counted in the columns that name nothing of their own."""
        return self.measure.unit

    def unit_of(self, column: str) -> str:
        """What is counted in a column (by its code)."""
        return self.units.get(column) or self.measure.unit


@dataclass(frozen=True)
class Section:
    """A titled part of a form."""

    title: str
    parts: tuple[Field | Grid, ...]
    code: str = ""
    help: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What must hold between cells; an error refuses, a warning asks for a comment."""

    left: Formula
    operator: Operator
    right: Formula
    refuses: bool
    sentence: str


@dataclass(frozen=True)
class Outliers:
    """Which figures are asked about: those far from what the unit said in earlier periods.

    Far is `far` times the usual distance from the middle, over up to `periods` earlier ones, `least` at the
    least; the middle is the median, which one slip of the pen does not move, or the mean.
    """

    asked: bool = True
    middle: Literal["median", "mean"] = "median"
    far: Decimal = Decimal("3.5")
    least: int = 4
    periods: int = 12


@dataclass(frozen=True)
class NumberCell:
    """A cell that holds a number."""

    name: str
    label: str
    unit: str
    required: bool
    measure: Measure = Measure()
    formula: Formula | None = None

    @property
    def is_share(self) -> bool:
        """Is it a share, so that the figures of two units make no sum?"""
        return is_share(self.unit)

    @property
    def lowest(self) -> Decimal | None:
        """The least it may be: nothing below zero is counted unless the form says so."""
        return Decimal(0) if self.measure.minimum is None and self.formula is None else self.measure.minimum


@dataclass(frozen=True)
class Form:
    """A whole form, ready to be filled in and checked."""

    title: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    outliers: Outliers = Outliers()
    order: tuple[str, ...] = ()

    def fields(self) -> Iterator[Field]:
        """Every field outside grids."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Field))

    def grids(self) -> Iterator[Grid]:
        """Every grid."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Grid))

    def number_cells(self) -> tuple[NumberCell, ...]:
        """Every cell that holds a number, in the order of the form."""
        return self._numbers

    @cached_property
    def _numbers(self) -> tuple[NumberCell, ...]:
        return tuple(cell for section in self.sections for part in section.parts for cell in numbers_of(part))

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        """Cell → how it is reckoned, for those that are."""
        return {cell.name: cell.formula for cell in self._numbers if cell.formula is not None}

    @cached_property
    def conditions(self) -> dict[str, tuple[Condition, ...]]:
        """Cell → what must hold for it to be asked for, where something must."""
        return {
            name: section.when + part.when
            for section in self.sections
            for part in section.parts
            if section.when or part.when
            for name in part.names()
        }

    @cached_property
    def labels(self) -> dict[str, str]:
        """Cell → what people call it, in the order of the form."""
        numbers = {cell.name: cell.label for cell in self._numbers}
        fields = {asked.code: asked.label for asked in self.fields()}
        names = [name for section in self.sections for part in section.parts for name in part.names()]
        return {name: numbers.get(name) or fields[name] for name in names}


def numbers_of(part: Field | Grid) -> Iterator[NumberCell]:
    """The cells of a part that hold numbers."""
    if isinstance(part, Field):
        if part.kind == "number":
            yield NumberCell(part.code, part.label, part.unit, part.required, part.measure, part.formula)
        return
    for name, label in part.cells():
        formula = part.formulas.get(name)
        required = formula is None and (part.required or name in part.required_cells)
        unit = part.unit_of(name.rsplit(".", 1)[1])
        yield NumberCell(name, f"{part.label}: {label}", unit, required, part.measure, formula)
