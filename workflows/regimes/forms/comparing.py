"""What one version of a form asks differently from another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.regimes.forms.designing import Card, Design
from workflows.regimes.forms.naming import for_rules, spoken, vocabulary
from workflows.wording import N_, LabelledEnum


class Turn(LabelledEnum):
    """What happened to a part of a form."""

    ADDED = "added", N_("thêm")
    REMOVED = "removed", N_("bỏ")
    CHANGED = "changed", N_("sửa")


@dataclass(frozen=True)
class Alteration:
    """One part that differs: what it is called, and aspect by aspect what it said and says."""

    turn: Turn
    label: str
    aspects: tuple[tuple[str, str, str], ...] = ()


ASPECTS = {
    "title": N_("Tên"),
    "label": N_("Tên"),
    "kind": N_("Kiểu"),
    "required": N_("Bắt buộc"),
    "unit": N_("Đơn vị tính"),
    "decimals": N_("Chữ số thập phân"),
    "minimum": N_("Nhỏ nhất"),
    "maximum": N_("Lớn nhất"),
    "help": N_("Hướng dẫn"),
    "choices": N_("Các lựa chọn"),
    "formula": N_("Công thức"),
    "when": N_("Hiện khi"),
    "rows": N_("Các hàng"),
    "columns": N_("Các cột"),
    "greyed": N_("Ô để xám"),
    "required_cells": N_("Ô bắt buộc"),
    "cell_formulas": N_("Công thức của ô"),
    "total_row": N_("Hàng tổng"),
    "total_column": N_("Cột tổng"),
    "left": N_("Vế trái"),
    "operator": N_("Dấu so sánh"),
    "right": N_("Vế phải"),
    "importance": N_("Mức"),
    "sentence": N_("Câu nhắc"),
}


def alterations(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Alteration]:
    """What differs between two versions, in the order of the later one; then what was taken away."""
    old, new = (_cards(definition) for definition in (before, after))
    found = []
    if before.get("title") != after.get("title"):
        told = (ASPECTS["title"], str(before.get("title", "")), str(after.get("title", "")))
        found.append(Alteration(Turn.CHANGED, str(after.get("title", "")), (told,)))
    for place, said in new.items():
        if place not in old:
            found.append(Alteration(Turn.ADDED, _called(said)))
        elif aspects := _aspects(old[place], said):
            found.append(Alteration(Turn.CHANGED, _called(said), aspects))
    found += [Alteration(Turn.REMOVED, _called(old[place])) for place in old if place not in new]
    return found


def _cards(definition: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Place → what the card says, aspect by aspect, as people read it."""
    design = Design(definition)
    cells, rules = vocabulary(design.data), for_rules(design.data)
    names = {name: word for word, name in reversed(cells.items())}
    names |= {card["code"]: card["label"] for _, card in design.cards() if "label" in card}
    return {
        place: {
            key: _said(key, card, rules if place.startswith("rule:") else cells, names) for key in ASPECTS
        }
        for place, card in design.cards()
    }


def _called(said: Mapping[str, str]) -> str:
    return said["label"] or said["title"] or said["sentence"]


def _aspects(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((ASPECTS[key], old[key], new[key]) for key in ASPECTS if old[key] != new[key])


def _said(key: str, card: Card, words: dict[str, str], names: Mapping[str, str]) -> str:
    value = card.get(key)
    if value in (None, "", [], {}, False):
        return ""
    if value is True:
        return "có"
    if key in ("formula", "left", "right"):
        return spoken(str(value), words)
    if key in ("rows", "columns"):
        return "; ".join(_head(head, words) for head in card[key])
    if key == "cell_formulas":
        told = (f"{names.get(name, name)} = {spoken(str(text), words)}" for name, text in value.items())
        return "; ".join(told)
    if key in ("greyed", "required_cells"):
        return "; ".join(names.get(name, name) for name in sorted(card[key]))
    if key == "when":
        asked = [value] if isinstance(value, Mapping) else value
        told = (
            f"{names.get(one['cell'], one['cell'])} {one['sign']} {one.get('value', '')}" for one in asked
        )
        return "; ".join(said.strip() for said in told)
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _head(head: Card, words: dict[str, str]) -> str:
    formula = head.get("formula")
    return f"{head['label']} = {spoken(str(formula), words)}" if formula else str(head["label"])
