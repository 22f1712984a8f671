"""Changing a form card by card while it is a draft: sections, fields, grids, rules. Pure.

A card is named by its place: `section:CODE`, `part:CODE` or `rule:CODE`. Codes are given here once and stay,
so that a renamed field keeps its figures; nobody has to type one.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any, Literal

from workflows.errors import Refused
from workflows.regimes.forms.faults import listed_parts

Card = dict[str, Any]
PartKind = Literal["number", "calculated", "grid", "narrative", "choice", "date", "file"]
PART_KINDS = ("number", "calculated", "grid", "narrative", "choice", "date", "file")
PREFIXES = {
    "number": "so",
    "calculated": "tinh",
    "grid": "bang",
    "narrative": "loi_van",
    "choice": "lua_chon",
    "date": "ngay",
    "file": "tep",
}
MOST_CARDS, MOST_HEADS = 500, 500
# What a card must say; left blank it stays, to be named as lacking.
SAID = ("title", "label", "sentence", "left", "right")


def blank(title: str) -> dict[str, Any]:
    """A form with one empty section."""
    return {
        "title": title,
        "sections": [{"code": "phan_1", "title": "I. Nội dung", "parts": []}],
        "rules": [],
    }


class Design:
    """A draft of a form that is being changed; `data` is its definition, whole and well-shaped."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.data: dict[str, Any] = deepcopy(dict(definition))
        self.data["sections"] = [self._section(raw) for raw in self.data.get("sections", ())]
        self.data["rules"] = [self._coded(rule, "quy_tac") for rule in self.data.get("rules") or ()]

    def _section(self, raw: Card) -> Card:
        section = {key: value for key, value in raw.items() if key not in ("grids", "fields")}
        section["parts"] = listed_parts(raw)
        return self._coded(section, "phan")

    def _coded(self, card: Card, prefix: str) -> Card:
        return card if card.get("code") else {"code": self._free(prefix), **card}

    def _codes(self) -> set[str]:
        # A card that is being made has not come into the lists yet; it notes its code here.
        self._given: set[str] = getattr(self, "_given", set())
        return self._given | {card["code"] for _, card in self.cards() if card.get("code")}

    def _free(self, prefix: str) -> str:
        taken, number = self._codes(), 1
        while f"{prefix}_{number}" in taken:
            number += 1
        self._given.add(f"{prefix}_{number}")
        return f"{prefix}_{number}"

    def cards(self) -> Iterator[tuple[str, Card]]:
        """Place and data of every card."""
        for section in self.data.get("sections", ()):
            yield f"section:{section.get('code', '')}", section
            for part in section.get("parts", ()):
                yield f"part:{part.get('code', '')}", part
        for rule in self.data.get("rules", ()):
            yield f"rule:{rule.get('code', '')}", rule

    def card(self, place: str) -> Card | None:
        """The card at a place."""
        return next((card for known, card in self.cards() if known == place), None)

    def add_section(self) -> str:
        """A new section at the end; its place."""
        code = self._free("phan")
        self._make_room()
        self.data["sections"].append({"code": code, "title": "Phần mới", "parts": []})
        return f"section:{code}"

    def add_part(self, section: str, kind: str) -> str:
        """A new field or grid at the end of a section; its place."""
        self._make_room()
        part = {"code": self._free(PREFIXES[kind]), **_new_part(kind)}
        self._list_of(f"section:{section}")[1].append(part)
        return f"part:{part['code']}"

    def add_rule(self) -> str:
        """A new rule; its place."""
        self._make_room()
        rule = {
            "code": self._free("quy_tac"),
            "left": "",
            "operator": "=",
            "right": "",
            "importance": "error",
        }
        self.data["rules"].append({**rule, "sentence": ""})
        return f"rule:{rule['code']}"

    def duplicate(self, place: str) -> str:
        """A copy right behind a card, with codes of its own; its place."""
        self._make_room()
        cards, index = self._at(place)
        copy = deepcopy(cards[index])
        kind = place.partition(":")[0]
        for part in copy.get("parts", ()):
            _renamed(part, self._free(str(part["code"]).rstrip("0123456789_") or "muc"))
        _renamed(copy, self._free(str(copy["code"]).rstrip("0123456789_") or "muc"))
        cards.insert(index + 1, copy)
        return f"{kind}:{copy['code']}"

    def remove(self, place: str) -> None:
        """Take a card away; a section goes with everything in it."""
        cards, index = self._at(place)
        del cards[index]

    def step(self, place: str, by: int) -> None:
        """Move a card up (-1) or down (1); a part at the edge of its section goes into the next one."""
        cards, index = self._at(place)
        if 0 <= index + by < len(cards):
            cards[index], cards[index + by] = cards[index + by], cards[index]
        elif place.startswith("part:"):
            sections = self.data["sections"]
            home = next(i for i, section in enumerate(sections) if section["parts"] is cards)
            if 0 <= home + by < len(sections):
                part = cards.pop(index)
                sections[home + by]["parts"].insert(0 if by > 0 else len(sections[home + by]["parts"]), part)

    def put_before(self, place: str, target: str) -> None:
        """Move a card in front of another of its kind, or a part to the end of a section."""
        if place == target:
            return
        cards, index = self._at(place)
        if place.startswith("part:") and target.startswith("section:"):
            self._list_of(target)[1].append(cards.pop(index))
            return
        others, _ = self._at(target)
        if place.partition(":")[0] != target.partition(":")[0]:
            raise Refused("Không chuyển được mục này vào đây. Chuyển phần với phần, mục với mục.")
        moved = cards.pop(index)
        others.insert(self._at(target)[1], moved)

    def change(self, place: str, said: Mapping[str, Any]) -> None:
        """Let a card say something else; nothing said (none, empty) takes a setting away."""
        cards, index = self._at(place)
        card = cards[index]
        for key, value in said.items():
            if key in ("rows", "columns"):
                card[key] = heads(card.get(key, []), value, "h" if key == "rows" else "c")
            elif (value is None or value is False or value in ("", [], {})) and key not in SAID:
                card.pop(key, None)
            else:
                card[key] = value
        if "rows" in card:
            _forget_lost_cells(card)

    def _make_room(self) -> None:
        if sum(1 for _ in self.cards()) >= MOST_CARDS:
            raise Refused("Biểu đã có %(most)s mục. Chia thành nhiều biểu.", most=MOST_CARDS)

    def _list_of(self, place: str) -> tuple[Card, list[Card]]:
        section = self.card(place)
        if section is None:
            raise Refused("Phần này không còn trong biểu. Tải lại trang để xem bản mới.")
        return section, section["parts"]

    def _at(self, place: str) -> tuple[list[Card], int]:
        lists = [self.data["sections"], self.data["rules"], *(s["parts"] for s in self.data["sections"])]
        kind, _, code = place.partition(":")
        wanted = {"section": lists[:1], "rule": lists[1:2], "part": lists[2:]}.get(kind, [])
        for cards in wanted:
            for index, card in enumerate(cards):
                if card["code"] == code:
                    return cards, index
        raise Refused("Mục này không còn trong biểu. Tải lại trang để xem bản mới.")


def heads(known: list[Card], labels: list[str], prefix: str) -> list[Card]:
    """Rows or columns by their labels; what only moved or was renamed keeps its code and its formula."""
    if len(labels) > MOST_HEADS:
        raise Refused(
            "Bảng có quá nhiều hàng hoặc cột (nhiều nhất %(most)s). Chia thành nhiều bảng.", most=MOST_HEADS
        )
    old = [str(head["label"]) for head in known]
    taken = {str(head["code"]) for head in known}
    found: list[Card | None] = [None] * len(labels)
    left = dict(zip(old, known, strict=True))
    for index, label in enumerate(labels):
        if label in left:
            found[index] = left.pop(label)
    for tag, first, last, begin, end in SequenceMatcher(None, old, labels, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == end - begin:
            for before, after in zip(range(first, last), range(begin, end), strict=True):
                if found[after] is None and old[before] in left:
                    found[after] = {**left.pop(old[before]), "label": labels[after]}
    number = 0
    for index, label in enumerate(labels):
        while found[index] is None:
            number += 1
            if f"{prefix}{number}" not in taken:
                found[index] = {"code": f"{prefix}{number}", "label": label}
    return [head for head in found if head is not None]


def _new_part(kind: str) -> Card:
    match kind:
        case "grid":
            rows = [{"code": "h1", "label": "Hàng 1"}, {"code": "h2", "label": "Hàng 2"}]
            columns = [{"code": "c1", "label": "Cột 1"}, {"code": "c2", "label": "Cột 2"}]
            return {"label": "Bảng số liệu", "rows": rows, "columns": columns, "decimals": 0}
        case "calculated":
            return {"label": "Số tính ra", "kind": "number", "formula": "", "decimals": 2}
        case "number":
            return {"label": "Số liệu", "kind": "number", "required": True, "decimals": 0}
        case "choice":
            return {"label": "Lựa chọn", "kind": "choice", "choices": ["Có", "Không"]}
        case "date":
            return {"label": "Ngày", "kind": "date"}
        case "file":
            return {"label": "Tệp kèm theo", "kind": "file"}
    return {"label": "Nội dung", "kind": "narrative"}


def _renamed(card: Card, code: str) -> None:
    """Give a copied card a code; what it says of its own cells follows."""
    old = f"{card['code']}."
    card["code"] = code
    for key in ("greyed", "required_cells"):
        if key in card:
            card[key] = [name.replace(old, f"{code}.", 1) for name in card[key]]
    if "cell_formulas" in card:
        card["cell_formulas"] = {
            name.replace(old, f"{code}.", 1): text.replace(old, f"{code}.")
            for name, text in card["cell_formulas"].items()
        }
    for head in [*card.get("rows", ()), *card.get("columns", ())]:
        if "formula" in head:
            head["formula"] = head["formula"].replace(old, f"{code}.")


def _forget_lost_cells(grid: Card) -> None:
    there = {
        f"{grid['code']}.{row['code']}.{column['code']}" for row in grid["rows"] for column in grid["columns"]
    }
    for key in ("greyed", "required_cells"):
        if key in grid:
            grid[key] = [name for name in grid[key] if name in there]
    if "cell_formulas" in grid:
        kept = {name: text for name, text in grid["cell_formulas"].items() if name in there}
        grid["cell_formulas"] = kept
