"""What a form asks: sections of fields and grids, and rules between their cells. Pure data.

A cell is named by its field (`documents_issued`) or by grid, row and column (`tasks.standing.assigned`).
"""

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workflows.errors import Refused
from workflows.regimes.formulas import Formula, parse

FieldKind = Literal["narrative", "number", "choice", "date"]
Operator = Literal["=", "<=", ">="]
KINDS = ("narrative", "number", "choice", "date")
OPERATORS = ("=", "<=", ">=")
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CELLS = 2_000


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

    def names(self) -> list[str]:
        """The names of the cells that are asked for."""
        return [name for name, _ in self.cells()]

    def along(self, row: Head) -> list[str]:
        """The names of the cells of a row."""
        return [self.cell(row, column) for column in self.columns]

    def down(self, column: Head) -> list[str]:
        """The names of the cells of a column."""
        return [self.cell(row, column) for row in self.rows]

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
    try:
        return _form(definition)
    except KeyError as missing:
        raise Refused(
            "Biểu thiếu thông tin bắt buộc: %(key)s. Bổ sung rồi ban hành lại.", key=str(missing.args[0])
        ) from None
    except (TypeError, AttributeError, ValueError):
        raise Refused(
            "Biểu không đúng cấu trúc: phần, mục, bảng, quy tắc phải là danh sách; mỗi mục có mã, tên, kiểu."
        ) from None


def _form(definition: Mapping[str, Any]) -> Form:
    sections = tuple(_section(section) for section in definition.get("sections", ()))
    form = Form(_words(definition, "title"), sections, ())
    names = [name for section in sections for part in section.parts for name in part.names()]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise Refused("Mã ô bị trùng trong biểu: %(cells)s. Đặt mã khác nhau.", cells=", ".join(doubled))
    if not names:
        raise Refused("Biểu chưa có ô nào. Thêm ít nhất một mục để đơn vị điền.")
    if len(names) > MOST_CELLS:
        raise Refused(
            "Biểu có %(count)s ô, nhiều hơn mức %(most)s ô. Chia thành nhiều biểu.",
            count=len(names),
            most=MOST_CELLS,
        )
    known = {cell.name for cell in form.number_cells()}
    rules = tuple(rule for raw in definition.get("rules", ()) for rule in _rules(raw, form, known))
    return Form(form.title, sections, rules)


def _words(raw: Mapping[str, Any], key: str) -> str:
    """Words that must be there."""
    words = raw[key]
    if not isinstance(words, str) or not words.strip():
        raise KeyError(key)
    return words.strip()


def _code(raw: Mapping[str, Any]) -> str:
    """A code that formulas can name."""
    code = _words(raw, "code")
    if not CODE.fullmatch(code) or keyword.iskeyword(code) or code == "previous":
        raise Refused(
            "Mã “%(code)s” không dùng được. Mã gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ.",
            code=code[:60],
        )
    return code


def _section(raw: Mapping[str, Any]) -> Section:
    """Parts in their order; where fields and grids are listed apart, figures come before words on them."""
    listed = [*raw.get("grids", ()), *raw.get("fields", ())]
    parts = tuple(_grid(part) if "rows" in part else _field(part) for part in raw.get("parts", listed))
    return Section(_words(raw, "title"), parts)


def _field(raw: Mapping[str, Any]) -> Field:
    label, kind = _words(raw, "label"), raw["kind"]
    if kind not in KINDS:
        raise Refused("Mục %(label)s có kiểu không dùng được: %(kind)s.", label=label, kind=kind)
    choices = tuple(str(choice) for choice in raw.get("choices", ()))
    if kind == "choice" and not choices:
        raise Refused("Mục %(label)s chưa có lựa chọn nào. Thêm các lựa chọn.", label=label)
    return Field(
        code=_code(raw),
        label=label,
        kind=kind,
        required=bool(raw.get("required")),
        unit=str(raw.get("unit", "")),
        help=str(raw.get("help", "")),
        choices=choices,
    )


def _grid(raw: Mapping[str, Any]) -> Grid:
    grid = Grid(
        code=_code(raw),
        label=_words(raw, "label"),
        rows=tuple(Head(_code(head), _words(head, "label")) for head in raw["rows"]),
        columns=tuple(Head(_code(head), _words(head, "label")) for head in raw["columns"]),
        required=bool(raw.get("required")),
        greyed=frozenset(raw.get("greyed", ())),
        total_row=str(raw.get("total_row", "")),
        total_column=str(raw.get("total_column", "")),
    )
    if unknown := sorted(
        grid.greyed - {grid.cell(row, column) for row in grid.rows for column in grid.columns}
    ):
        raise Refused(
            "Bảng %(label)s để xám ô không có trong bảng: %(cells)s. Sửa lại tên ô.",
            label=grid.label,
            cells=", ".join(unknown),
        )
    return grid


def _rules(raw: Mapping[str, Any], form: Form, known: set[str]) -> Iterator[Rule]:
    """One rule, or one for each row of the grid where `{row}` stands in it."""
    if raw["operator"] not in OPERATORS:
        raise Refused(
            "Quy tắc dùng dấu không có: %(operator)s. Dùng =, <= hoặc >=.", operator=raw["operator"]
        )
    left, sentence = str(raw["left"]), _words(raw, "sentence")
    rows = [row.code for grid in form.grids() if f"{grid.code}.{{row}}." in left for row in grid.rows]
    for row in rows or [""]:
        sides = [parse(str(raw[side]).replace("{row}", row)) for side in ("left", "right")]
        unknown = sorted({cell for side in sides for cell in side.cells | side.earlier} - known)
        if unknown:
            raise Refused(
                "Quy tắc nhắc tới ô không có trong biểu: %(cells)s. Sửa lại quy tắc.",
                cells=", ".join(unknown),
            )
        yield Rule(sides[0], raw["operator"], sides[1], raw.get("importance") == "error", sentence)
