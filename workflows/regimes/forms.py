"""What a form asks: sections of fields and grids, and rules between their cells. Pure data.

A cell is named by its field (`documents_issued`) or by grid, row and column (`tasks.standing.assigned`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workflows.errors import Refused
from workflows.regimes.formulas import Formula, parse

FieldKind = Literal["narrative", "number", "choice", "date"]
Operator = Literal["=", "<=", ">="]
KINDS = ("narrative", "number", "choice", "date")
OPERATORS = ("=", "<=", ">=")


@dataclass(frozen=True)
class Field:
    """One question with one answer."""

    code: str
    label: str
    kind: FieldKind
    required: bool = False
    unit: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """A row or a column of a grid."""

    code: str
    label: str


@dataclass(frozen=True)
class Grid:
    """Numbers by row and column; greyed cells are not asked for."""

    code: str
    label: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    required: bool = False
    greyed: frozenset[str] = frozenset()
    total_row: str = ""
    total_column: str = ""

    def cell(self, row: Head, column: Head) -> str:
        """The name of a cell."""
        return f"{self.code}.{row.code}.{column.code}"

    def cells(self) -> Iterator[tuple[str, str]]:
        """Name and label of every cell that is asked for."""
        for row in self.rows:
            for column in self.columns:
                name = self.cell(row, column)
                if name not in self.greyed:
                    yield name, f"{row.label} – {column.label}"


@dataclass(frozen=True)
class Section:
    """A titled part of a form."""

    title: str
    parts: tuple[Field | Grid, ...]


@dataclass(frozen=True)
class Rule:
    """What must hold between cells; an error refuses, a warning asks for a comment."""

    left: Formula
    operator: Operator
    right: Formula
    refuses: bool
    sentence: str


@dataclass(frozen=True)
class NumberCell:
    """A cell that holds a number."""

    name: str
    label: str
    unit: str
    required: bool


@dataclass(frozen=True)
class Form:
    """A whole form, ready to be filled in and checked."""

    title: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]

    def fields(self) -> Iterator[Field]:
        """Every field outside grids."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Field))

    def grids(self) -> Iterator[Grid]:
        """Every grid."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Grid))

    def number_cells(self) -> Iterator[NumberCell]:
        """Every cell that holds a number, in the order of the form."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Grid):
                    for name, label in part.cells():
                        yield NumberCell(name, f"{part.label}: {label}", "", part.required)
                elif part.kind == "number":
                    yield NumberCell(part.code, part.label, part.unit, part.required)


def read(definition: Mapping[str, Any]) -> Form:
    """The form a definition describes; a refusal names what is wrong in it."""
    sections = tuple(_section(section) for section in definition.get("sections", ()))
    form = Form(str(definition.get("title", "")), sections, ())
    names = [name for section in sections for part in section.parts for name in _names(part)]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise Refused("Mã ô bị trùng trong biểu: %(cells)s. Đặt mã khác nhau.", cells=", ".join(doubled))
    if not names:
        raise Refused("Biểu chưa có ô nào. Thêm ít nhất một mục để đơn vị điền.")
    known = {cell.name for cell in form.number_cells()}
    rules = tuple(rule for raw in definition.get("rules", ()) for rule in _rules(raw, form, known))
    return Form(form.title, sections, rules)


def _names(part: Field | Grid) -> list[str]:
    return [part.code] if isinstance(part, Field) else [name for name, _ in part.cells()]


def _section(raw: Mapping[str, Any]) -> Section:
    fields = tuple(_field(field) for field in raw.get("fields", ()))
    grids = tuple(_grid(grid) for grid in raw.get("grids", ()))
    return Section(str(raw["title"]), (*fields, *grids))


def _field(raw: Mapping[str, Any]) -> Field:
    if raw["kind"] not in KINDS:
        raise Refused(
            "Mục %(label)s có kiểu không dùng được: %(kind)s.", label=raw["label"], kind=raw["kind"]
        )
    return Field(
        code=raw["code"],
        label=raw["label"],
        kind=raw["kind"],
        required=bool(raw.get("required")),
        unit=raw.get("unit", ""),
        help=raw.get("help", ""),
        choices=tuple(raw.get("choices", ())),
    )


def _grid(raw: Mapping[str, Any]) -> Grid:
    return Grid(
        code=raw["code"],
        label=raw["label"],
        rows=tuple(Head(head["code"], head["label"]) for head in raw["rows"]),
        columns=tuple(Head(head["code"], head["label"]) for head in raw["columns"]),
        required=bool(raw.get("required")),
        greyed=frozenset(raw.get("greyed", ())),
        total_row=raw.get("total_row", ""),
        total_column=raw.get("total_column", ""),
    )


def _rules(raw: Mapping[str, Any], form: Form, known: set[str]) -> Iterator[Rule]:
    """One rule, or one for each row of the grid where `{row}` stands in it."""
    if raw["operator"] not in OPERATORS:
        raise Refused(
            "Quy tắc dùng dấu không có: %(operator)s. Dùng =, <= hoặc >=.", operator=raw["operator"]
        )
    rows = [row.code for grid in form.grids() if f"{grid.code}.{{row}}." in raw["left"] for row in grid.rows]
    for row in rows or [""]:
        sides = [parse(str(raw[side]).replace("{row}", row)) for side in ("left", "right")]
        unknown = sorted({cell for side in sides for cell in side.cells} - known)
        if unknown:
            raise Refused(
                "Quy tắc nhắc tới ô không có trong biểu: %(cells)s. Sửa lại quy tắc.",
                cells=", ".join(unknown),
            )
        yield Rule(sides[0], raw["operator"], sides[1], raw.get("importance") == "error", raw["sentence"])
