"""Formulas as officers write them, cells in brackets: [Hoàn thành] ÷ [Được giao] × 100. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

EARLIER = "kỳ trước"
NAME = r"[a-z][a-z0-9_]*(?:\.(?:[a-z_][a-z0-9_]*|\{row\}|\{column\}))*"
STORED = re.compile(rf"previous\(\s*({NAME})\s*\)|({NAME})|(\d+\.\d+)|([*/])")
SPOKEN = re.compile(
    rf"\[\s*(?:({EARLIER})\s*:)?([^\]]*)\]|(\d),(\d)|([×÷−–]|(?<=\s)[x:](?=\s))", re.IGNORECASE
)
SIGNS = {"*": "×", "/": "÷"}
WRITTEN_SIGNS = {"×": "*", "x": "*", "÷": "/", ":": "/", "−": "-", "–": "-"}

Vocabulary = dict[str, str]


def vocabulary(definition: Mapping[str, Any], grid: str = "", along: str = "") -> Vocabulary:
    """What people call a cell or a sum of cells → its name in formulas.

    For a calculated column (`along` "row") or row ("column") of a grid, its own heads come first: they mean
    the cell of the same row or column.
    """
    words: Vocabulary = {}
    for said, name in [*_own_heads(definition, grid, along), *_cells(definition)]:
        _add(words, said, name)
    return words


def for_rules(definition: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of rules, which may speak of each row of a grid at once."""
    words = vocabulary(definition)
    for part in _parts(definition):
        for column in part.get("columns", ()) if "rows" in part else ():
            name = f"{part['code']}.{{row}}.{column['code']}"
            _add(words, f"{part['label']}: mỗi hàng – {column['label']}", name)
    return words


def spoken(formula: str, words: Vocabulary) -> str:
    """A stored formula with the names of cells as people say them."""
    said = {name: word for word, name in reversed(words.items())}

    def one(found: re.Match[str]) -> str:
        earlier, cell, decimal, sign = found.groups()
        if earlier:
            return f"[{EARLIER}: {said.get(earlier, earlier)}]"
        if cell:
            return f"[{said.get(cell, cell)}]"
        return decimal.replace(".", ",") if decimal else SIGNS[sign]

    return formula if "[" in formula else STORED.sub(one, formula)


def stored(formula: str, words: Vocabulary) -> str:
    """A formula as it is stored; a cell nobody knows keeps its brackets, and is refused when it is read."""
    names = {_folded(word): name for word, name in words.items()}

    def one(found: re.Match[str]) -> str:
        earlier, word, before, after, sign = found.groups()
        if before:
            return f"{before}.{after}"
        if sign:
            return WRITTEN_SIGNS[sign.lower()]
        name = names.get(_folded(word)) or (word.strip() if word.strip() in names.values() else None)
        if name is None:
            return found.group(0)
        return f"previous({name})" if earlier else name

    return SPOKEN.sub(one, unicodedata.normalize("NFC", formula.strip()))


def _folded(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def _add(words: Vocabulary, said: str, name: str) -> None:
    """Two cells of one name are told apart by a number."""
    said = said.replace("[", "(").replace("]", ")").strip()
    if words.get(said) == name:
        return
    free, number = said, 2
    while free in words:
        free, number = f"{said} ({number})", number + 1
    words[free] = name


def _parts(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for section in definition.get("sections", ()):
        yield from section.get("parts", ())


def _own_heads(definition: Mapping[str, Any], grid: str, along: str) -> Iterator[tuple[str, str]]:
    for part in _parts(definition):
        if grid and part.get("code") == grid:
            for head in part["columns"] if along == "row" else part["rows"]:
                own = f"{{row}}.{head['code']}" if along == "row" else f"{head['code']}.{{column}}"
                yield head["label"], f"{grid}.{own}"


def _cells(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in _parts(definition):
        if "rows" in part:
            yield from _grid_cells(part)
        elif part.get("kind") == "number":
            yield part["label"], part["code"]


def _grid_cells(grid: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    code, label, greyed = grid["code"], grid["label"], set(grid.get("greyed", ()))
    for column in grid["columns"]:
        yield f"{label}: cộng cột {column['label']}", f"{code}._.{column['code']}"
    for row in grid["rows"]:
        yield f"{label}: cộng hàng {row['label']}", f"{code}.{row['code']}._"
    yield f"{label}: tổng cộng", f"{code}._._"
    for row in grid["rows"]:
        for column in grid["columns"]:
            name = f"{code}.{row['code']}.{column['code']}"
            if name not in greyed:
                yield f"{label}: {row['label']} – {column['label']}", name
