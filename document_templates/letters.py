"""The letters of a chart's words as one shape a line: drawn several times as quickly as single ones."""

from __future__ import annotations

import re

GLYPH_UNITS = 64
"""Letters are drawn 64 times as large as the places where they stand."""
_LINE = re.compile(
    r'<g (transform="[^"]*")>\s*(?:<defs>.*?</defs>\s*)?((?:<use xlink:href="#[^"]*"[^>]*/>\s*)+)</g>',
    re.DOTALL,
)
_GLYPH = re.compile(r'<path id="([^"]*)"(?: d="([^"]*)")? transform="scale\(0\.015625\)"/>')
_USE = re.compile(r'<use xlink:href="#([^"]*)"(?: transform="translate\(([-\d.]+) ([-\d.]+)\)")?/>')
_STEP = re.compile(r"([A-Za-z])|(-?[\d.]+) (-?[\d.]+)")


def joined(svg: str) -> str:
    """The same drawing with the letters of each line in one path."""
    shapes = {glyph[1]: glyph[2] or "" for glyph in _GLYPH.finditer(svg)}

    def line(found: re.Match[str]) -> str:
        letters = list(_USE.finditer(found[2]))
        if len(letters) != found[2].count("<use ") or any(letter[1] not in shapes for letter in letters):
            return found[0]
        outline = " ".join(
            _moved(
                shapes[letter[1]], float(letter[2] or 0) * GLYPH_UNITS, float(letter[3] or 0) * GLYPH_UNITS
            )
            for letter in letters
        )
        return f'<path d="{outline}" {found[1][:-1]} scale(0.015625)"/>'

    return _LINE.sub(line, svg)


def _moved(outline: str, right: float, up: float) -> str:
    def step(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        return f"{float(found[2]) + right:g} {float(found[3]) + up:g}"

    return _STEP.sub(step, " ".join(outline.split()))
