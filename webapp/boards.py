"""Boards: a table whose cells are states, each a letter, a colour and a pattern, and always its word."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from flask_babel import gettext
from markupsafe import Markup

from webapp.badges import Tone
from webapp.sheets import SheetColumn, xlsx

URGENCY = (Tone.LATE, Tone.SOON, Tone.WAITING, Tone.IDLE, Tone.GOOD)
EMPTY = Markup('<td class="cell cell-none"><span class="visually-hidden">%s</span></td>')
FULL = Markup(
    '<td class="cell cell-%s" title="%s"><span class="cell-letter" aria-hidden="true">%s</span>'
    '<span class="visually-hidden">%s</span></td>'
)
# Parted by the address, the one thing that differs from cell to cell.
OPENING = (
    Markup('<td class="cell cell-%s" title="%s"><a href="'),
    Markup('"><span aria-hidden="true">%s</span><span class="visually-hidden">%s</span></a></td>'),
)


@dataclass(frozen=True)
class State:
    """What a cell can say: one or two letters for the eye, the word for the legend and for reading out."""

    letter: str
    word: str
    tone: Tone


@lru_cache(maxsize=1_000)
def _around_address(state: State, words: str) -> tuple[Markup, Markup]:
    begin, end = OPENING
    return begin % (state.tone, words), end % (state.letter, words)


@dataclass(frozen=True)
class Cell:
    """One state of one row under one head; `note` is said after the word, `address` opens what is behind."""

    state: State | None = None
    address: str | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """What is read out: the word of the state, then the note."""
        word = self.state.word if self.state else ""
        return f"{word}, {self.note}" if word and self.note else word or self.note

    @property
    def drawn(self) -> Markup:
        """The cell as HTML."""
        if not self.state:
            return EMPTY % (self.note or gettext("không phải báo cáo"))
        if not self.address:
            return FULL % (self.state.tone, self.words, self.state.letter, self.words)
        begin, end = _around_address(self.state, self.words)
        return begin + self.address + end


@dataclass(frozen=True)
class Head:
    """A head of a column or of a row; `under` stands small below it."""

    label: str
    address: str | None = None
    under: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a board."""

    head: Head
    cells: Sequence[Cell]

    @property
    def drawn(self) -> Markup:
        """All its cells as HTML: not by a template, since a board has thousands of them."""
        return Markup("").join(cell.drawn for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """The whole: `corner` names what the rows are."""

    caption: str
    corner: str
    heads: Sequence[Head]
    lines: Sequence[Line]

    @property
    def legend(self) -> list[tuple[State, int]]:
        """The states that occur, the most urgent first, with how often."""
        counted = Counter(cell.state for line in self.lines for cell in line.cells if cell.state)
        return sorted(counted.items(), key=lambda one: URGENCY.index(one[0].tone))

    def sheet(self, name: str) -> IO[bytes]:
        """The board to take away: the words of every cell where the letters stood."""
        columns = [SheetColumn(self.corner, 44), *(SheetColumn(head.label) for head in self.heads)]
        rows = ([line.head.label, *(cell.words for cell in line.cells)] for line in self.lines)
        return xlsx(name, columns, rows)
