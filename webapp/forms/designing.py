"""The desk of somebody who designs a form: the draft, the card that lies open, what was typed into it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from webapp.errors import said
from webapp.forms.base import OfficeForm
from workflows import reports
from workflows.errors import Refused
from workflows.regimes.forms import Fault, examined
from workflows.regimes.forms.designing import PART_KINDS, Card, Design
from workflows.regimes.forms.naming import Vocabulary, for_rules, spoken, stored, vocabulary
from workflows.wording import N_

KIND_NAMES = {
    "number": N_("Số liệu"),
    "calculated": N_("Số tính ra"),
    "grid": N_("Bảng số liệu"),
    "narrative": N_("Lời văn"),
    "choice": N_("Lựa chọn"),
    "date": N_("Ngày"),
    "file": N_("Tệp"),
}
SIGN_NAMES = {
    "=": N_("bằng"),
    "!=": N_("khác"),
    ">=": N_("từ … trở lên"),
    "<=": N_("đến … trở xuống"),
    "filled": N_("đã điền"),
    "blank": N_("còn trống"),
}
OPERATOR_NAMES = {"=": N_("phải bằng"), "<=": N_("không lớn hơn"), ">=": N_("không nhỏ hơn")}
LINES = re.compile(r"[\r\n]+")
CELLS = re.compile(r"[\r\n\t]+")


class BeginForm(OfficeForm):
    """A new form: its name, and a form to begin with."""

    title = StringField(
        lazy_gettext("Tên biểu"), [InputRequired(lazy_gettext("Nhập tên biểu.")), Length(max=300)]
    )
    of = SelectField(lazy_gettext("Bắt đầu từ"), coerce=int)

    def offer(self, versions: list[SelectChoice]) -> None:
        """The forms a new one may begin with."""
        self.of.choices = [SelectChoice(0, gettext("Biểu trắng")), *versions]


def kind_of(card: Card) -> str:
    """What sort of part a card is."""
    if "rows" in card:
        return "grid"
    return "calculated" if "formula" in card else str(card.get("kind", ""))


@dataclass
class Desk:
    """A draft on the desk; `place` names the open card, `faults` what is wrong where."""

    design: Design
    place: str = ""
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, definition: Mapping[str, Any], place: str) -> "Desk":
        """A draft as it is kept."""
        design = Design(definition)
        return cls(design, place, examined(design.data)[1])

    @classmethod
    def sent(cls, definition: Mapping[str, Any], place: str, typed: MultiDict[str, str]) -> "Desk":
        """A draft with what was just typed into its open card."""
        desk = cls(Design(definition), place)
        desk.design.data["title"] = typed.get("form-title", desk.design.data.get("title", "")).strip()
        if "outliers-far" in typed:
            desk.design.data["outliers"] = _outliers(typed)
        if (card := desk.design.card(place)) is not None and "card" in typed:
            desk.design.change(place, READERS[place.partition(":")[0]](desk, card, typed))
        desk.faults = examined(desk.design.data)[1]
        return desk

    @property
    def card(self) -> Card | None:
        """The open card."""
        return self.design.card(self.place)

    def faults_at(self, place: str) -> list[str]:
        """What is wrong with a card."""
        return [said(fault.refusal) for fault in self.faults if fault.place == place]

    @cached_property
    def cells(self) -> Vocabulary:
        """What formulas may speak of."""
        return vocabulary(self.design.data)

    @cached_property
    def rule_cells(self) -> Vocabulary:
        """What rules may speak of."""
        return for_rules(self.design.data)

    def spoken(self, formula: str, grid: str = "", along: str = "") -> str:
        """A formula with the names of its cells; of a calculated column or row where a grid is named."""
        words = vocabulary(self.design.data, grid, along) if grid else self.cells
        return spoken(formula, words)

    def spoken_rule(self, formula: str) -> str:
        """A side of a rule with the names of its cells."""
        return spoken(formula, self.rule_cells)

    def cells_of(self, grid: Card) -> list[tuple[str, str]]:
        """The cells of a grid that are asked for, and what they are called."""
        greyed = set(grid.get("greyed", ()))
        return [
            (name, f"{row['label']} – {column['label']}")
            for row in grid["rows"]
            for column in grid["columns"]
            if (name := f"{grid['code']}.{row['code']}.{column['code']}") not in greyed
        ]

    def own_cells(self, grid: Card, along: str) -> list[str]:
        """What a calculated column or row may speak of first: the cells beside it."""
        return [str(head["label"]) for head in grid["columns" if along == "row" else "rows"]]

    def conditions(self) -> dict[str, str]:
        """The cells on which a part may depend: code → what it is called."""
        found = {}
        for place, card in self.design.cards():
            if place.startswith("part:") and "rows" not in card and card.get("kind") != "file":
                found[str(card["code"])] = str(card.get("label", ""))
        return found

    def choices(self) -> list[str]:
        """Every choice that a condition may ask about."""
        cards = [card for _, card in self.design.cards()]
        return sorted({str(choice) for card in cards for choice in card.get("choices", ())})

    def told_when(self, card: Card) -> str:
        """On what a part depends, in words."""
        asked = card.get("when")
        if not asked:
            return ""
        one = asked if isinstance(asked, Mapping) else asked[0]
        label = self.conditions().get(one["cell"], one["cell"])
        return f"{label} {gettext(SIGN_NAMES[one['sign']])} {one.get('value', '')}".strip()

    def act(self, wish: str) -> str:
        """Add, move, copy or take away a card; the place that lies open afterwards."""
        act, _, rest = wish.partition(" ")
        if act in ACTS:
            self.place = ACTS[act](self.design, rest) or self.place
            self.faults = examined(self.design.data)[1]
        return self.place


def _added(design: Design, rest: str) -> str:
    section, _, kind = rest.partition(" ")
    if kind not in PART_KINDS:
        raise Refused("Không có loại mục này. Chọn lại loại mục.")
    return design.add_part(section, kind)


def _put(design: Design, rest: str) -> str:
    place, _, target = rest.partition(" ")
    design.put_before(place, target)
    return ""


def _stepped(by: int) -> Callable[[Design, str], str]:
    def step(design: Design, place: str) -> str:
        design.step(place, by)
        return place

    return step


def _removed(design: Design, place: str) -> str:
    design.remove(place)
    return "form"


ACTS: dict[str, Callable[[Design, str], str]] = {
    "open": lambda design, place: place,
    "add-section": lambda design, _: design.add_section(),
    "add-part": _added,
    "add-rule": lambda design, _: design.add_rule(),
    "up": _stepped(-1),
    "down": _stepped(1),
    "copy": lambda design, place: design.duplicate(place),
    "put": _put,
    "remove": _removed,
}


def _section(desk: Desk, card: Card, typed: MultiDict[str, str]) -> dict[str, Any]:
    return {"title": typed.get("title", "").strip(), "help": _text(typed, "help"), "when": _when(card, typed)}


def _part(desk: Desk, card: Card, typed: MultiDict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "label": typed.get("label", "").strip(),
        "help": _text(typed, "help"),
        "required": "required" in typed,
        "when": _when(card, typed),
    }
    kind = kind_of(card)
    if kind in ("number", "calculated", "grid"):
        found |= {"unit": _text(typed, "unit"), "decimals": _whole(typed.get("decimals", ""))}
        found |= {key: _limit(typed.get(key, "")) for key in ("minimum", "maximum")}
    if kind == "calculated":
        # A calculated number without formula stays one, so that its lack is named.
        card["formula"] = stored(typed.get("formula", ""), desk.cells)
    if kind == "choice":
        found["choices"] = _lines(typed.get("choices", ""), LINES)
    if kind == "grid":
        found |= _grid(desk, card, typed)
    return found


def _grid(desk: Desk, card: Card, typed: MultiDict[str, str]) -> dict[str, Any]:
    """Rows and columns by their names; their formulas and units by their codes, before any is renamed."""
    code = str(card["code"])
    for key, along in (("columns", "row"), ("rows", "column")):
        words = vocabulary(desk.design.data, code, along)
        for head in card[key]:
            head["formula"] = stored(typed.get(f"formula-{key}:{head['code']}", ""), words)
            head["unit"] = typed.get(f"unit-{key}:{head['code']}", head.get("unit", "")).strip()
            for name in [name for name in ("formula", "unit") if not head[name]]:
                del head[name]
    return {
        "rows": _lines(typed.get("rows", ""), LINES, first_cell=True),
        "columns": _lines(typed.get("columns", ""), CELLS),
        "total_row": _text(typed, "total_row"),
        "total_column": _text(typed, "total_column"),
        "cell_formulas": _cell_formulas(desk, card, typed),
        "greyed": typed.getlist("grey"),
        "required_cells": typed.getlist("need"),
    }


def _cell_formulas(desk: Desk, card: Card, typed: MultiDict[str, str]) -> dict[str, str]:
    """The cells with a formula of their own, and the one that is to get one; what was not shown stays."""
    known = dict(card.get("cell_formulas", {}))
    said = {name: typed[key] for name in known if (key := f"formula-cells:{name}") in typed}
    if cell := typed.get("new-cell", ""):
        said[cell] = typed.get("formula-new-cell", "")
    known |= {name: stored(text, desk.cells) for name, text in said.items()}
    return {name: text for name, text in known.items() if text}


def _rule(desk: Desk, card: Card, typed: MultiDict[str, str]) -> dict[str, Any]:
    return {
        "left": stored(typed.get("left", ""), desk.rule_cells),
        "operator": typed.get("operator", "="),
        "right": stored(typed.get("right", ""), desk.rule_cells),
        "importance": "error" if typed.get("importance") == "error" else "warning",
        "sentence": typed.get("sentence", "").strip(),
    }


READERS: dict[str, Callable[[Desk, Card, MultiDict[str, str]], dict[str, Any]]] = {
    "section": _section,
    "part": _part,
    "rule": _rule,
}


def _text(typed: MultiDict[str, str], key: str) -> str:
    return typed.get(key, "").strip()


def _lines(text: str, parted_by: re.Pattern[str], *, first_cell: bool = False) -> list[str]:
    """One name a line, as typed or pasted from a sheet; of several columns the first counts."""
    lines = [line.split("\t")[0] if first_cell else line for line in parted_by.split(text)]
    return [line.strip() for line in lines if line.strip()]


def _whole(typed: str) -> int | None:
    return int(typed) if typed.strip().isdigit() else None


def _limit(typed: str) -> str | None:
    """A limit as stored; what is no number is kept as typed, to be named as a fault."""
    try:
        value = reports.number(typed)
    except Refused:
        return typed.strip()
    return None if value is None else format(value.normalize(), "f")


def _when(card: Card, typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """The condition that was chosen; further ones, from a file, stay."""
    known = card.get("when") or []
    further = [] if isinstance(known, Mapping) else known[1:]
    if not typed.get("when-cell"):
        return []
    value = typed.get("when-value", "").strip()
    return [{"cell": typed["when-cell"], "sign": typed.get("when-sign", "="), "value": value}, *further]


def _outliers(typed: MultiDict[str, str]) -> dict[str, Any]:
    return {
        "asked": "outliers-asked" in typed,
        "middle": "mean" if typed.get("outliers-middle") == "mean" else "median",
        "far": _limit(typed.get("outliers-far", "")),
        "least": _whole(typed.get("outliers-least", "")),
        "periods": _whole(typed.get("outliers-periods", "")),
    }
