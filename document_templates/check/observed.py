"""What a checker sees of a file, whichever kind it is: pages and lines with the letters they are set in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Side = Literal["left", "right", "middle", ""]


@dataclass(frozen=True)
class Letters:
    """How a stretch of text is set."""

    text: str
    size: float
    bold: bool
    italic: bool
    underline: bool
    font: str
    color: str = "000000"


@dataclass(frozen=True)
class Line:
    """A paragraph of a Word file or a line of a PDF, in millimetres and points; None where unknown.

    `rule` is the length of a line drawn under the text, `length` that of the text; in Word `left` is the
    indent and `source` the paragraph itself.
    """

    letters: tuple[Letters, ...]
    page: int
    side: Side = ""
    in_table: bool = False
    align: str | None = None
    indent: float | None = None
    pitch: float | None = None
    exact: bool | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    baseline: float | None = None
    rule: float | None = None
    length: float | None = None
    framed: bool = False
    source: Any = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join("".join(part.text for part in self.letters).split())

    def most(self, name: str) -> object:
        """The value that most of the letters have."""
        weights: dict[object, int] = {}
        for part in self.letters:
            value = getattr(part, name)
            weights[value] = weights.get(value, 0) + len(part.text.strip())
        return max(weights, key=lambda value: weights[value])


@dataclass(frozen=True)
class Sheet:
    """A page of a PDF or a section of a Word file: its size and margins in millimetres."""

    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    number_from_top: float | None = None
    number: Letters | None = None
    number_on_first: bool = False
    number_centred: bool = True
    number_middle: float | None = None


@dataclass(frozen=True)
class Paper:
    """A whole file as seen."""

    kind: Literal["word", "pdf"]
    sheets: tuple[Sheet, ...]
    lines: tuple[Line, ...]
    empty_paragraphs: int = 0

    def matter(self) -> Iterable[Line]:
        """The lines that stand in no table."""
        return (line for line in self.lines if not line.in_table)
