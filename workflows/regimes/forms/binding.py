"""Formulas, conditions and rules of a form, bound to its cells. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import partial
from typing import Any

from workflows.errors import Refused
from workflows.regimes.forms.faults import Faults, listed_parts, words
from workflows.regimes.forms.order import in_order
from workflows.regimes.forms.parts import Condition, Field, Form, Grid, Rule
from workflows.regimes.formulas import Formula, parse

OPERATORS = ("=", "<=", ">=")


def bound(form: Form, definition: Mapping[str, Any], faults: Faults) -> Form:
    """The form with its formulas read and its conditions checked against its cells."""
    raws = {part["code"]: part for raw in definition.get("sections", ()) for part in listed_parts(raw)}
    cells = {cell.name for cell in form.number_cells()}
    typed = cells - {
        name for section in form.sections for part in section.parts for name in _calculated(part, raws)
    }

    def one(part: Field | Grid) -> Field | Grid:
        read_part = faults.of(
            f"part:{part.code}", part.label, lambda: _with_formulas(part, raws[part.code], cells, typed)
        )
        return read_part or part

    sections = tuple(
        replace(section, parts=tuple(one(part) for part in section.parts)) for section in form.sections
    )
    form = replace(form, sections=sections)
    for section in sections:
        place, title = f"section:{section.code}", section.title
        faults.of(place, title, partial(_check_when, title, section.when, form))
        for part in section.parts:
            faults.of(f"part:{part.code}", part.label, partial(_check_when, part.label, part.when, form))
    order = None if faults.found else faults.of("", "", lambda: in_order(form))
    return replace(form, order=order or ())


def _calculated(part: Field | Grid, raws: Mapping[str, Any]) -> Iterator[str]:
    """The cells of a part that have a formula: a sum over a whole row or column leaves them out."""
    raw = raws[part.code]
    if isinstance(part, Field):
        yield from part.names() if "formula" in raw else ()
        return
    heads = {head["code"] for head in (*raw["rows"], *raw["columns"]) if head.get("formula")}
    own = raw.get("cell_formulas") or {}
    yield from (name for name in part.names() if name in own or heads & set(name.split(".")[1:]))


def _with_formulas(
    part: Field | Grid, raw: Mapping[str, Any], cells: Set[str], typed: Set[str]
) -> Field | Grid:
    if isinstance(part, Field):
        text = str(raw.get("formula") or "").strip()
        if not text and "formula" not in raw:
            return part
        if part.kind != "number" or not text:
            raise Refused("Mục %(label)s: chưa có công thức tính.", label=part.label)
        return replace(part, formula=formula_of(text, cells, typed, part.label), required=False)
    return replace(part, formulas=dict(_grid_formulas(part, raw, cells, typed)))


def _grid_formulas(
    grid: Grid, raw: Mapping[str, Any], cells: Set[str], typed: Set[str]
) -> Iterator[tuple[str, Formula]]:
    """The formulas of the calculated cells: their own before that of the column, that before the row."""
    own = {name: str(text) for name, text in (raw.get("cell_formulas") or {}).items()}
    by_row = {head["code"]: str(head["formula"]) for head in raw["rows"] if head.get("formula")}
    by_column = {head["code"]: str(head["formula"]) for head in raw["columns"] if head.get("formula")}
    for row in grid.rows:
        for column in grid.columns:
            name = grid.cell(row, column)
            text = own.get(name) or by_column.get(column.code) or by_row.get(row.code)
            if not text or name in grid.greyed:
                continue
            text = text.replace("{row}", row.code).replace("{column}", column.code)
            yield name, formula_of(text, cells, typed, f"{grid.label}: {row.label} – {column.label}")


def formula_of(text: str, cells: Set[str], typed: Set[str], label: str) -> Formula:
    """A formula all of whose cells are in the form."""
    formula, unknown = _parsed(text, typed, cells)
    if formula is None:
        raise Refused(
            "Công thức của “%(label)s” nhắc tới ô không có trong biểu: %(cells)s. Chọn lại ô trong danh"
            " sách.",
            label=label,
            cells=", ".join(unknown[:10]),
        )
    return formula


def _parsed(text: str, typed: Set[str], known: Set[str]) -> tuple[Formula | None, list[str]]:
    """The formula, or the cells in it that the form does not have; words in brackets are such cells."""
    if "[" in text:
        return None, re.findall(r"\[([^\]]*)\]?", text)
    formula = parse(text, typed, known - typed)
    unknown = sorted(cell for cell in formula.cells | formula.earlier if cell not in known)
    return (None if unknown else formula), unknown


def _check_when(label: str, when: tuple[Condition, ...], form: Form) -> None:
    for condition in when:
        if condition.cell not in form.labels:
            raise Refused(
                "Điều kiện hiện của “%(label)s” nhắc tới ô không có trong biểu: %(cell)s. Chọn lại ô.",
                label=label,
                cell=condition.cell[:60],
            )


def rules_of(raw: Iterable[Any], form: Form, faults: Faults) -> tuple[Rule, ...]:
    if isinstance(raw, (str, Mapping)):
        raise TypeError
    known = {cell.name for cell in form.number_cells()}
    typed = known - form.formulas.keys()
    found: list[Rule] = []
    for number, rule in enumerate(raw, 1):
        place = str(rule.get("code") or number) if isinstance(rule, Mapping) else str(number)
        read_rules = faults.of(
            f"rule:{place}",
            f"quy tắc {number}",
            lambda rule=rule: list(_rules(rule, form, known, typed)),  # type: ignore[misc]
        )
        found += read_rules or []
    return tuple(found)


def _rules(raw: Mapping[str, Any], form: Form, known: Set[str], typed: Set[str]) -> Iterator[Rule]:
    """One rule, or one for each row of the grid where `{row}` stands in it."""
    if raw["operator"] not in OPERATORS:
        raise Refused(
            "Quy tắc dùng dấu không có: %(operator)s. Dùng =, <= hoặc >=.", operator=str(raw["operator"])[:20]
        )
    both, sentence = f"{raw['left']} {raw['right']}", words(raw, "sentence")
    rows = [row.code for grid in form.grids() if f"{grid.code}.{{row}}." in both for row in grid.rows]
    for row in rows or [""]:
        texts = [str(raw[side]).replace("{row}", row) for side in ("left", "right")]
        if rows and any(cell in text for text in texts for cell in _not_there(form, row)):
            continue
        left, right = (_side(text, known, typed) for text in texts)
        yield Rule(left, raw["operator"], right, raw.get("importance") == "error", sentence)


def _not_there(form: Form, row: str) -> list[str]:
    """The greyed cells of a row: a rule over all rows passes them by."""
    return [cell for grid in form.grids() for cell in grid.greyed if cell.split(".")[1] == row]


def _side(text: str, known: Set[str], typed: Set[str]) -> Formula:
    if not text.strip():
        raise Refused("Quy tắc còn thiếu một vế. Chọn ô hoặc nhập công thức cho cả hai vế.")
    formula, unknown = _parsed(text, typed, known)
    if formula is None:
        raise Refused(
            "Quy tắc nhắc tới ô không có trong biểu: %(cells)s. Sửa lại quy tắc.",
            cells=", ".join(unknown[:10]),
        )
    return formula
