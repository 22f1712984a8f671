"""How wide a text is in Times, so that both draughtsmen break names and draw lines at the same places."""

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files

UNITS_PER_EM = 2048
MM_PER_POINT = 25.4 / 72
_HORN = "\u031b"


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Width in millimetres of one line of `text` set at `size` points."""
    face = _faces()[("bold-italic" if italic else "bold") if bold else ("italic" if italic else "regular")]
    units = sum(face.get(letter, face["n"]) for letter in _letters(text))
    return units / UNITS_PER_EM * size * MM_PER_POINT


def break_lines(
    text: str, limit: float, size: float, *, bold: bool = False, italic: bool = False
) -> list[str]:
    """Break `text` between words into as few lines as fit `limit` millimetres, as even as can be."""

    def measure(line: str) -> float:
        return width(line, size, bold=bold, italic=italic)

    lines = _fill(text, limit, measure)
    if len(lines) < 2:
        return lines
    narrow, wide = max(measure(word) for word in text.split()), limit
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_fill(text, middle, measure)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _fill(text, wide, measure)


def _fill(text: str, limit: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _letters(text: str) -> list[str]:
    """The letters with their tone marks taken off: a mark adds no width."""
    letters: list[str] = []
    for mark in unicodedata.normalize("NFD", text):
        if mark == _HORN:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        elif not unicodedata.combining(mark):
            letters.append(mark)
    return letters


@cache
def _faces() -> dict[str, dict[str, int]]:
    written = (files("document_templates") / "times-widths.json").read_text(encoding="utf-8")
    faces: dict[str, dict[str, int]] = json.loads(written)
    return faces
