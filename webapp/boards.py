"""Boards: a table whose cells are states, each a letter, a colour and a pattern, and always its word."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.badges import Tone


@dataclass(frozen=True)
class State:
    """What a cell can say: one or two letters for the eye, the word for the legend and for reading out."""

    letter: str
    word: str
    tone: Tone


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


@dataclass(frozen=True)
class Board:
    """The whole: `corner` names what the rows are."""

    caption: str
    corner: str
    heads: Sequence[Head]
    lines: Sequence[Line]

    @property
    def legend(self) -> list[tuple[State, int]]:
        """The states that occur, in the order of their first cell, with how often."""
        states = [cell.state for line in self.lines for cell in line.cells if cell.state]
        return [(state, states.count(state)) for state in dict.fromkeys(states)]
