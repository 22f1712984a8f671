"""Where on a finished PDF a signature's image belongs: between the signer's post and the printed name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from document_templates.check import pdf_reader
from document_templates.check.observed import Line
from document_templates.errors import DocumentError

POINTS_PER_MM = 72 / 25.4
LEAST_ROOM = 12.0
WIDEST = 50.0
LETTERS_HEIGHT = 4.5
GAP = 1.5
"""Millimetres: room that is kept for a signature, its widest image, letters of 14 points, white around."""


@dataclass(frozen=True)
class Place:
    """A free box on a page (from 0), in millimetres from the page's bottom left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    def around(self, proportion: float) -> tuple[int, int, int, int]:
        """The largest box of a width-to-height proportion in the middle of the place, in points."""
        wide, high = self.right - self.left, self.top - self.bottom
        width = min(wide, high * proportion)
        height = width / proportion
        left, bottom = (self.left + self.right - width) / 2, (self.bottom + self.top - height) / 2
        edges = (left, bottom, left + width, bottom + height)
        return tuple(round(edge * POINTS_PER_MM) for edge in edges)  # type: ignore[return-value]


def signing_place(pdf: bytes, name: str) -> Place | None:
    """The free place above a signer's name; None where the name or the room is missing."""
    try:
        paper = pdf_reader.read(pdf)
    except DocumentError:
        return None
    wanted = _plain(name)
    for line in reversed(paper.lines):
        if wanted and _plain(line.text) == wanted and not line.in_table:
            place = _above(line, paper.lines, paper.sheets[line.page].height)
            if place is not None:
                return place
    return None


def _above(name: Line, lines: Sequence[Line], height: float) -> Place | None:
    left, right, baseline = name.left or 0.0, name.right or 0.0, name.baseline or 0.0
    over = [
        line.baseline
        for line in lines
        if line.page == name.page
        and line.baseline is not None
        and line.baseline < baseline
        and (line.left or 0.0) < right
        and (line.right or 0.0) > left
    ]
    top = baseline - LETTERS_HEIGHT - GAP
    if not over or top - max(over) - GAP < LEAST_ROOM:
        return None
    middle = (left + right) / 2
    edges = (middle - WIDEST / 2, middle + WIDEST / 2)
    return Place(name.page, edges[0], height - top, edges[1], height - max(over) - GAP)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
