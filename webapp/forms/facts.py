"""The editor of a paper's facts: one control for each declared field, lists that grow and shrink.

Names of controls are paths into the facts: `facts.units.0.tasks.1.title`. A list of single values is one
box with a line for each; a list of plain records is a table; records with lists inside are blocks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from flask_babel import gettext

from document_templates import Field
from webapp.errors import said
from workflows import documents, reports
from workflows.calendar import LOCAL_ZONE
from workflows.errors import Refused

PREFIX = "facts"
LONGEST_TABLE = 120
PAGE_WIDE, CELL_WIDE = 60, 24
ControlKind = Literal["text", "long", "lines", "number", "date"]
_STEP = re.compile(r"[^.\[\]]+|\[\]")


@dataclass
class Control:
    """One box to type into."""

    name: str
    label: str
    kind: ControlKind
    value: str
    required: bool
    fault: str = ""
    wide: int = PAGE_WIDE
    part: str = "control"

    @property
    def id(self) -> str:
        """The id of the box, which faults jump to."""
        return self.name.replace(".", "-")

    @property
    def rows(self) -> int:
        """How high a box of several lines is."""
        lines = sum(1 + len(line) // self.wide for line in self.value.splitlines())
        return min(max(lines, 2), 16)


@dataclass
class Table:
    """Records with one box for each value; a very long one comes from the register and is not typed over."""

    name: str
    label: str
    heads: list[str]
    rows: list[list[Control]]
    total: int
    part: str = "table"

    @property
    def is_typed(self) -> bool:
        """May its cells be edited here?"""
        return self.total <= LONGEST_TABLE


@dataclass
class Block:
    """One record with lists inside."""

    name: str
    title: str
    parts: list["Part"]


@dataclass
class Blocks:
    """Several of them."""

    name: str
    label: str
    blocks: list[Block]
    part: str = "blocks"


Part = Control | Table | Blocks


@dataclass
class _Node:
    """A step of the declared paths."""

    leaf: Field | None = None
    inner: dict[str, "_Node"] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        return "[]" in self.inner

    @property
    def label(self) -> str:
        """The words for a list: those of its first field."""
        first = self
        while first.leaf is None:
            first = next(iter(first.inner.values()))
        return first.leaf.label


@dataclass
class FactsSheet:
    """The facts of one paper as typed, and what is wrong with them, control by control."""

    fields: tuple[Field, ...]
    facts: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(
        cls, fields: tuple[Field, ...], values: Mapping[str, str], before: Mapping[str, Any]
    ) -> "FactsSheet":
        """The facts as just sent; tables too long to be typed stay as they were."""
        sheet = cls(fields, {})
        sheet.facts = sheet._read(_tree(fields), _nested(values).get(PREFIX, {}), dict(before), PREFIX)
        return sheet

    def grow(self, name: str) -> None:
        """Add an empty record to the list of this name."""
        self._list(name).append({})

    def shrink(self, name: str) -> None:
        """Take a record out."""
        above, _, place = name.rpartition(".")
        records = self._list(above)
        if place.isdigit() and int(place) < len(records):
            del records[int(place)]

    def mark_gaps(self) -> list[str]:
        """Mark every required control that is empty; their labels."""
        missing = documents.gaps(self.fields, self.facts)
        for gap in missing:
            name = f"{PREFIX}.{gap.path}"
            self.faults.setdefault(name, gettext("Chưa có nội dung, cần điền trước khi trình."))
        return list(dict.fromkeys(gap.label for gap in missing))

    def parts(self) -> list[Part]:
        """Everything to be drawn, in the order of the form."""
        return list(self._parts(_tree(self.fields), self.facts, PREFIX))

    def controls(self) -> Iterator[Control]:
        """Every control, for the summary of faults."""
        waiting: list[Part] = self.parts()
        while waiting:
            part = waiting.pop(0)
            if isinstance(part, Control):
                yield part
            elif isinstance(part, Table):
                yield from (control for row in part.rows for control in row)
            else:
                waiting = [inner for block in part.blocks for inner in block.parts] + waiting

    def _parts(self, node: _Node, facts: Any, name: str) -> Iterator[Part]:
        known = facts if isinstance(facts, Mapping) else {}
        for step, inner in node.inner.items():
            here = f"{name}.{step}"
            value = known.get(step)
            if inner.leaf is not None:
                yield self._control(inner.leaf, value, here)
            elif not inner.is_list:
                yield from self._parts(inner, value, here)
            else:
                yield self._several(inner, value if isinstance(value, list) else [], here)

    def _several(self, node: _Node, values: list[Any], name: str) -> Part:
        item = node.inner["[]"]
        if item.leaf is not None:
            return self._control(item.leaf, "\n".join(map(str, values)), name, kind="lines")
        plain = all(inner.leaf is not None for inner in item.inner.values())
        if plain:
            heads = [inner.leaf.label for inner in item.inner.values() if inner.leaf]
            shown = values if len(values) <= LONGEST_TABLE else []
            rows = [self._row(item, value, f"{name}.{place}") for place, value in enumerate(shown)]
            return Table(name, item.label, heads, rows, len(values))
        blocks = [
            Block(f"{name}.{place}", _title(item, value), list(self._parts(item, value, f"{name}.{place}")))
            for place, value in enumerate(values)
        ]
        return Blocks(name, item.label, blocks)

    def _row(self, item: _Node, value: Any, name: str) -> list[Control]:
        row = [part for part in self._parts(item, value, name) if isinstance(part, Control)]
        for control in row:
            control.wide = CELL_WIDE
            if control.kind == "text" and len(control.value) > CELL_WIDE:
                control.kind = "long"
        return row

    def _control(self, declared: Field, value: Any, name: str, *, kind: ControlKind | None = None) -> Control:
        text = _typed(declared, value)
        return Control(
            name,
            declared.label,
            kind or _kind(declared, text),
            text,
            not declared.optional,
            self.faults.get(name, ""),
        )

    def _read(self, node: _Node, sent: Any, before: Any, name: str) -> dict[str, Any]:
        sent = sent if isinstance(sent, Mapping) else {}
        before = before if isinstance(before, Mapping) else {}
        return {
            step: self._value(inner, sent.get(step), before.get(step), f"{name}.{step}")
            for step, inner in node.inner.items()
        }

    def _value(self, node: _Node, sent: Any, before: Any, name: str) -> Any:
        if node.leaf is not None:
            return self._single(node.leaf, sent if isinstance(sent, str) else "", name)
        if not node.is_list:
            return self._read(node, sent, before, name)
        item = node.inner["[]"]
        if item.leaf is not None:
            lines = sent.splitlines() if isinstance(sent, str) else []
            return [line.strip() for line in lines if line.strip()]
        if isinstance(before, list) and len(before) > LONGEST_TABLE:
            return before
        records = sent if isinstance(sent, Mapping) else {}
        places = sorted((key for key in records if key.isdigit()), key=int)
        return [self._read(item, records[key], None, f"{name}.{place}") for place, key in enumerate(places)]

    def _single(self, declared: Field, typed: str, name: str) -> Any:
        text = typed.replace("\r\n", "\n").strip()
        try:
            return _understood(declared, text)
        except Refused as refusal:
            self.faults[name] = said(refusal)
            return text

    def _list(self, name: str) -> list[Any]:
        """The list of this name in the facts; a list of its own for a name that means none."""
        facts: Any = self.facts
        node = _tree(self.fields)
        for step in name.split(".")[1:]:
            if isinstance(facts, list) and step.isdigit() and int(step) < len(facts):
                facts, node = facts[int(step)], node.inner["[]"]
            elif isinstance(facts, dict) and step in node.inner:
                node = node.inner[step]
                facts = facts.setdefault(step, [] if node.is_list else {})
            else:
                return []
        return facts if isinstance(facts, list) else []


def _tree(fields: tuple[Field, ...]) -> _Node:
    root = _Node()
    for declared in fields:
        node = root
        for step in _STEP.findall(declared.path):
            node = node.inner.setdefault(step, _Node())
        node.leaf = declared
    return root


def _nested(values: Mapping[str, str]) -> dict[str, Any]:
    """Names with dots as records inside records."""
    nested: dict[str, Any] = {}
    for name, value in values.items():
        if not name.startswith(f"{PREFIX}."):
            continue
        *steps, last = name.split(".")
        place = nested
        for step in steps:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = value
    return nested


def _title(item: _Node, value: Any) -> str:
    first = next(iter(item.inner))
    return str(value.get(first) or "") if isinstance(value, Mapping) else ""


def _kind(declared: Field, text: str) -> ControlKind:
    if declared.kind in ("number", "date"):
        return "number" if declared.kind == "number" else "date"
    is_long = documents.takes_paragraphs(declared) or len(text) > PAGE_WIDE or "\n" in text
    return "long" if is_long else "text"


def _typed(declared: Field, value: Any) -> str:
    """A value as it stands in its box."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return reports.written(Decimal(str(value)))
    if declared.kind == "date":
        try:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        except ValueError:
            return str(value)
    return str(value)


def _understood(declared: Field, text: str) -> Any:
    """What was typed, as the facts hold it."""
    if declared.kind == "number":
        value = reports.number(text)
        if value is None:
            return None
        return int(value) if value == value.to_integral_value() else float(value)
    if declared.kind == "date" and text:
        return _day(text).isoformat()
    return text


def _day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=LOCAL_ZONE).date()
        except ValueError:
            continue
    raise Refused(
        "Không có ngày %(typed)s. Nhập theo dạng ngày/tháng/năm, ví dụ 15/12/2026.", typed=text[:40]
    )
