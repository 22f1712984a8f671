"""Tables of tasks in the annexes: a row is a task, its columns say who leads, with whom and by when.

Extraction leaves a table in one of three forms: cells apart by bars or tabs, columns apart by wide gaps, or
cells one per line. All three come down to numbered rows with the words of each column.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workflows.directives.reading.bodies import read_list
from workflows.directives.reading.body_grammar import read_name
from workflows.directives.reading.cadences import find_cadences
from workflows.directives.reading.deadlines import find_deadlines
from workflows.directives.reading.labels import Role, role_of
from workflows.directives.reading.model import Span
from workflows.directives.reading.text import Line, LineKind, cells, fold, lines
from workflows.directives.reading.tokens import Token, squeeze, tokenise

_BAR = re.compile(r"[|\t]")
_ROW_NUMBER = re.compile(r"\d{1,3}\.?$")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)$")
_BREAK = re.compile(r"(?:PHỤ LỤC|Phụ lục|Nơi nhận|\[\d|Ghi chú\s*:)")
_ITEM = re.compile(r"^\s*[-+•]\s*")
_ENDED = re.compile(r"[.;:!?][”\"’)]*$")
_SPLIT = re.compile(r";|\n\s*[-+•]\s")
_MOST_HEADS = 12


@dataclass
class Row:
    """A numbered row: the words of its columns by role, and where it stands."""

    number: str
    columns: dict[Role, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    def add(self, role: Role, words: str, span: Span) -> None:
        """Add words to a column."""
        self.columns[role] = f"{self.columns[role]}\n{words}" if role in self.columns else words
        self.start = min(self.start, span[0]) if self.end else span[0]
        self.end = max(self.end, span[1])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line that belongs to one cell."""

    words: str
    start: int
    column: int

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.words)

    @property
    def middle(self) -> float:
        return self.column + len(self.words) / 2


def read_annexes(text: str, start: int) -> list[Row]:
    """The rows after `start` of every table that has a column for the lead body and names one there."""
    after = [
        line
        for line in lines(text)
        if line.start >= start and line.kind not in (LineKind.BLANK, LineKind.STAMP)
    ]
    rows: list[Row] = []
    place = 0
    while place < len(after):
        read = _table_at(after, place)
        if read is None:
            place += 1
            continue
        found, place = read
        rows += [row for row in found if names_in_cell(row.columns.get(Role.LEAD, ""))]
    return rows


def _table_at(after: Sequence[Line], place: int) -> tuple[list[Row], int] | None:
    """The table whose head begins with a number column on this line, and the line after it."""
    pieces = _pieces(after[place])
    if not pieces or role_of(pieces[0].words) is not Role.NUMBER:
        return None
    stop = next((at for at in range(place + 1, len(after)) if _BREAK.match(after[at].words)), len(after))
    if _BAR.search(after[place].text):
        return _barred(after, place, stop), stop
    if len(pieces) >= 3:
        return _columned(after, place, stop), stop
    if len(pieces) == 1:
        return _stacked(after, place, stop), stop
    return None


def _pieces(line: Line) -> list[_Piece]:
    if _BAR.search(line.text):
        found, at = [], 0
        for words in _BAR.split(line.text):
            inner = words.strip()
            begins = at + (words.index(inner) if inner else 0)
            found.append(_Piece(inner, line.start + begins, begins))
            at += len(words) + 1
        return found[1:] if found and not found[0].words and line.words.startswith("|") else found
    return [_Piece(cell.text, line.start + cell.column, cell.column) for cell in cells(line.text)]


def _is_number(words: str, expected: int) -> bool:
    return bool(_ROW_NUMBER.match(words)) and int(words.rstrip(".")) == expected


# ── cells apart by bars or tabs ──────────────────────────────────────────────────────────────────────────


def _barred(after: Sequence[Line], place: int, stop: int) -> list[Row]:
    roles = [role_of(piece.words) for piece in _pieces(after[place])]
    rows: list[Row] = []
    for line in after[place + 1 : stop]:
        pieces = _pieces(line)
        if pieces and _is_number(pieces[0].words, len(rows) + 1):
            rows.append(Row(pieces[0].words.rstrip(".")))
        elif not rows or (pieces and pieces[0].words and len(pieces) > 1):
            continue
        for role, piece in zip(roles[1:], pieces[1:], strict=False):
            if role and piece.words:
                rows[-1].add(role, piece.words, piece.span)
    return rows


# ── columns apart by wide gaps ───────────────────────────────────────────────────────────────────────────


def _columned(after: Sequence[Line], place: int, stop: int) -> list[Row]:
    """Rows whose cells interleave line by line: pieces go to the column whose head stands nearest above."""
    heads = [(piece.middle, role) for piece in _pieces(after[place]) if (role := role_of(piece.words))]
    table = [_pieces(line) for line in after[place + 1 : stop] if line.kind is LineKind.TEXT]
    table = [line for line in table if line and role_of(line[0].words) is not Role.NUMBER]
    numbers = _number_lines(table)
    rows = []
    edges = [
        0,
        *(_edge(table, above, below) for above, below in pairwise(numbers)),
        len(table),
    ]
    for count, (first, last) in enumerate(pairwise(edges), 1):
        row = Row(str(count))
        for piece in (piece for line in table[first:last] for piece in line):
            role = min(heads, key=lambda head: abs(head[0] - piece.middle))[1]
            if role is not Role.NUMBER:
                row.add(role, piece.words, piece.span)
        rows.append(row)
    return rows if numbers else []


def _number_lines(table: Sequence[Sequence[_Piece]]) -> list[int]:
    found: list[int] = []
    for index, line in enumerate(table):
        if _is_number(line[0].words, len(found) + 1):
            found.append(index)
    return found


def _edge(table: Sequence[Sequence[_Piece]], above: int, below: int) -> int:
    """Where the row of the number line `below` begins: at a capital after a full stop, near the middle."""
    middle = (above + below + 1) / 2
    begins = [at for at in range(above + 1, below + 1) if _matter(table[at])[:1].isupper()]
    clean = [at for at in begins if _ENDED.search(_matter(table[at - 1]))]
    return min(clean or begins or [round(middle)], key=lambda at: abs(at - middle))


def _matter(line: Sequence[_Piece]) -> str:
    """The words of the first column after the number."""
    words = [piece.words for piece in line if not _ROW_NUMBER.match(piece.words)]
    return words[0] if words else ""


# ── cells one per line ───────────────────────────────────────────────────────────────────────────────────


def _stacked(after: Sequence[Line], place: int, stop: int) -> list[Row]:
    """Rows whose cells stand one per line; names of bodies come in the order of the columns."""
    heads, first = _stacked_heads(after, place + 1, stop)
    rows: list[Row] = []
    order: list[Role] = []
    for line in after[first:stop]:
        words = line.words
        if _is_number(words, len(rows) + 1):
            rows.append(Row(words.rstrip(".")))
            order = [role for role in heads if role in (Role.LEAD, Role.COORDINATE, Role.MONITOR)]
            continue
        if rows:
            start = line.start + line.text.index(words)
            rows[-1].add(_stacked_role(rows[-1], heads, order, words), words, (start, start + len(words)))
    return rows


def _stacked_heads(after: Sequence[Line], place: int, stop: int) -> tuple[list[Role], int]:
    roles: list[Role] = []
    last = min(stop, place + _MOST_HEADS)
    while place < last and not _is_number(after[place].words, 1):
        if role := role_of(after[place].words):
            roles.append(role)
        place += 1
    while place < stop and _COLUMN_NUMBER.match(after[place].words):
        place += 1
    return roles, place


def _stacked_role(row: Row, heads: Sequence[Role], order: list[Role], words: str) -> Role:
    if order and row.columns.get(heads[0]) and names_in_cell(words, whole=True):
        return order.pop(0)
    if (
        Role.TIME in heads
        and Role.TIME not in row.columns
        and Role.LEAD in row.columns
        and is_about_time(words)
    ):
        return Role.TIME
    if Role.LEAD not in row.columns:
        return Role.MATTER
    if order and order[0] is Role.COORDINATE and names_in_cell(words):
        return order.pop(0)
    return Role.NOTE


# ── words of a cell ──────────────────────────────────────────────────────────────────────────────────────


def names_in_cell(words: str, *, whole: bool = False) -> tuple[str, ...]:
    """The bodies named in a cell, or after a label, that holds nothing else.

    Words that only describe the last body belong to it. With `whole` there may be none such.
    """
    names: list[str] = []
    for part in _SPLIT.split(words):
        seen = squeeze(_ITEM.sub("", part)).rstrip(".,; ")
        found = _names_in_part(seen, whole) if seen else []
        if found is None:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def _names_in_part(seen: str, whole: bool) -> list[str] | None:
    """The names in a part without semicolons; None where it holds something else."""
    tokens = tokenise(seen)
    names: list[str] = []
    place = 0
    while place < len(tokens):
        bodies, end = read_list(seen, tokens, place)
        if not bodies or (whole and end < len(tokens)):
            return None
        stop = _next_name(tokens, end)
        names += [*(body.name for body in bodies[:-1]), seen[bodies[-1].span[0] : tokens[stop - 1].end]]
        place = stop + 1
    return names


def _next_name(tokens: Sequence[Token], place: int) -> int:
    """The comma before the next body, or the end where only description follows."""
    while place < len(tokens):
        if tokens[place].word == "," and read_name(tokens, place + 1) is not None:
            return place
        place += 1
    return len(tokens)


def is_about_time(words: str) -> bool:
    """Whether a cell says when or how often."""
    if find_deadlines(words, bare=True) or find_cadences(words):
        return True
    folded = fold(words)
    return len(folded) < 60 and bool(re.search(r"thuong xuyen|\bnam\b|\bquy\b|thang|sau khi|\d{4}", folded))
