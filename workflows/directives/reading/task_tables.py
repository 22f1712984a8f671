"""Tables of tasks: a row is a task, its columns say who leads, with whom and by when.

Extraction leaves a table in one of three forms: cells apart by bars or tabs, columns apart by wide gaps, or
cells one per line. All three come down to numbered rows with the words of each column. Inside the body of a
document only tables with bars or tabs are told from running text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workflows.directives.reading.labels import Role, role_of
from workflows.directives.reading.model import Span
from workflows.directives.reading.table_cells import is_about_time, names_in_cell
from workflows.directives.reading.text import Line, LineKind, cells, lines

_BAR = re.compile(r"[|\t]")
_ROW_NUMBER = re.compile(r"(\d{1,3})\.?$")
_SUB_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?$")
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-E])\.?$")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)$")
_BREAK = re.compile(r"(?:PHỤ LỤC|Phụ lục|Nơi nhận|\[\d|Ghi chú\s*:)")
_ENDED = re.compile(r"[.;:!?][”\"’)]*$")
_MOST_HEADS = 12
_LINES_OF_HEAD = (0, -1, 1, 2)
_NAMING = (Role.LEAD, Role.COORDINATE, Role.MONITOR)


@dataclass
class Row:
    """A numbered row: its address, the words of its columns by role, and where it stands."""

    address: str
    columns: dict[Role, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    def add(self, role: Role, words: str, span: Span) -> None:
        """Add words to a column."""
        self.columns[role] = f"{self.columns[role]}\n{words}" if role in self.columns else words
        self.start = min(self.start, span[0]) if self.end else span[0]
        self.end = max(self.end, span[1])


@dataclass(frozen=True)
class Tables:
    """The rows that name a lead body, and the spans of the tables inside the body."""

    rows: tuple[Row, ...]
    spans: tuple[Span, ...]


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


class _Count:
    """Tells the numbers of rows: one after the other, beginning again in every section of the table."""

    def __init__(self, prefix: str) -> None:
        self._prefix, self._section, self._last, self._fresh = prefix, "", 0, True

    def address(self, words: str) -> str | None:
        """The address of the row that this cell numbers, or None where it numbers none."""
        if _SUB_NUMBER.match(words):
            return f"{self._prefix}/{words.rstrip('.')}"
        found = _ROW_NUMBER.match(words)
        if found is None or not self._goes_on(int(found[1])):
            return None
        self._last, self._fresh = int(found[1]), False
        return f"{self._prefix}/{self._section}{found[1]}"

    def _goes_on(self, number: int) -> bool:
        return number == self._last + 1 or (number == 1 and self._fresh)

    def opens_section(self, words: str) -> bool:
        """Whether this cell begins a section, "II": rows below may begin at one again."""
        if not _SECTION.match(words):
            return False
        self._section, self._fresh = f"{words.rstrip('.')}.", True
        return True


def read_tables(text: str, body: Span) -> Tables:
    """The rows of every table that has a column for the lead body and names one there, from the body on."""
    seen = [
        line
        for line in lines(text)
        if line.start >= body[0] and line.kind not in (LineKind.BLANK, LineKind.STAMP)
    ]
    rows: list[Row] = []
    spans: list[Span] = []
    place = 0
    while place < len(seen):
        inside = seen[place].start < body[1]
        read = _table_at(seen, place, inside)
        if read is None:
            place += 1
            continue
        if inside:
            spans.append((seen[place].start, seen[read[1] - 1].end))
        rows += [row for row in read[0] if names_in_cell(row.columns.get(Role.LEAD, ""))]
        place = read[1]
    return Tables(tuple(rows), tuple(spans))


def _table_at(seen: Sequence[Line], place: int, inside: bool) -> tuple[list[Row], int] | None:
    """The table whose head begins with a number column on this line, and the line after it."""
    pieces = _pieces(seen[place])
    if not pieces or role_of(pieces[0].words) is not Role.NUMBER:
        return None
    if _BAR.search(seen[place].text):
        stop = _end_of_bars(seen, place) if inside else _end(seen, place)
        return _barred(seen[place:stop], "B" if inside else "PL"), stop
    if inside or len(pieces) == 2:
        return None
    stop = _end(seen, place)
    read = _columned(seen, place, stop) if len(pieces) > 2 else _stacked(seen, place, stop)
    return read, stop


def _end(seen: Sequence[Line], place: int) -> int:
    return next((at for at in range(place + 1, len(seen)) if _BREAK.match(seen[at].words)), len(seen))


def _end_of_bars(seen: Sequence[Line], place: int) -> int:
    return next((at for at in range(place + 1, len(seen)) if not _BAR.search(seen[at].text)), len(seen))


def _pieces(line: Line) -> list[_Piece]:
    if not _BAR.search(line.text):
        return [_Piece(cell.text, line.start + cell.column, cell.column) for cell in cells(line.text)]
    found, at = [], 0
    for words in _BAR.split(line.text):
        inner = words.strip()
        begins = at + (words.index(inner) if inner else 0)
        found.append(_Piece(inner, line.start + begins, begins))
        at += len(words) + 1
    return found[1:] if line.words.startswith("|") else found


# ── cells apart by bars or tabs ──────────────────────────────────────────────────────────────────────────


def _barred(table: Sequence[Line], prefix: str) -> list[Row]:
    roles = [role_of(piece.words) for piece in _pieces(table[0])]
    count, rows = _Count(prefix), list[Row]()
    for line in table[1:]:
        pieces = _pieces(line)
        first = pieces[0].words if pieces else ""
        if count.opens_section(first):
            continue
        if address := count.address(first):
            rows.append(Row(address))
        elif not rows or first:
            continue
        for role, piece in zip(roles[1:], pieces[1:], strict=False):
            if role and piece.words:
                rows[-1].add(role, piece.words, piece.span)
    return rows


# ── columns apart by wide gaps ───────────────────────────────────────────────────────────────────────────


def _columned(seen: Sequence[Line], place: int, stop: int) -> list[Row]:
    """Rows whose cells interleave line by line: pieces go to the column whose head stands nearest above."""
    heads = _heads_of_columns(seen, place)
    table = [_pieces(line) for line in seen[place + 1 : stop] if line.kind is LineKind.TEXT]
    table = [line for line in table if line and role_of(line[0].words) is not Role.NUMBER]
    numbers = _number_lines(table)
    edges = [0, *(_edge(table, above, below) for (above, _), (below, _) in pairwise(numbers)), len(table)]
    rows = [Row(address) for _, address in numbers]
    for row, (first, last) in zip(rows, pairwise(edges), strict=False):
        for piece in (piece for line in table[first:last] for piece in line):
            role = min(heads, key=lambda head: abs(head[0] - piece.middle))[1]
            if role is not Role.NUMBER and not _SECTION.match(piece.words):
                row.add(role, piece.words, piece.span)
    return rows


def _heads_of_columns(seen: Sequence[Line], place: int) -> list[tuple[float, Role]]:
    """Where the columns stand and what they mean; a head may run over the lines around its number column."""
    stacks = [[piece] for piece in _pieces(seen[place])]
    for step in _LINES_OF_HEAD:
        if step and 0 <= place + step < len(seen):
            for piece in _pieces(seen[place + step]):
                nearest = min(stacks, key=lambda stack: abs(stack[0].middle - piece.middle))
                nearest.insert(0, piece) if step < 0 else nearest.append(piece)
        heads = [(stack[0].middle, role_of(" ".join(piece.words for piece in stack))) for stack in stacks]
        known = [(middle, role) for middle, role in heads if role is not None]
        if any(role is Role.LEAD for _, role in known):
            return known
    return [(piece.middle, role_of(piece.words) or Role.NOTE) for piece in _pieces(seen[place])]


def _number_lines(table: Sequence[Sequence[_Piece]]) -> list[tuple[int, str]]:
    count, found = _Count("PL"), list[tuple[int, str]]()
    for index, line in enumerate(table):
        if not count.opens_section(line[0].words) and (address := count.address(line[0].words)):
            found.append((index, address))
    return found


def _edge(table: Sequence[Sequence[_Piece]], above: int, below: int) -> int:
    """Where the row of the number line `below` begins: at a capital after a full stop, near the middle."""
    middle = (above + below + 1) / 2
    begins = [at for at in range(above + 1, below + 1) if _matter(table[at])[:1].isupper()]
    clean = [at for at in begins if _ENDED.search(_matter(table[at - 1]))]
    return min(clean or begins or [round(middle)], key=lambda at: abs(at - middle))


def _matter(line: Sequence[_Piece]) -> str:
    """The words of the first column after the number."""
    return next((piece.words for piece in line if not _ROW_NUMBER.match(piece.words)), "")


# ── cells one per line ───────────────────────────────────────────────────────────────────────────────────


def _stacked(seen: Sequence[Line], place: int, stop: int) -> list[Row]:
    """Rows whose cells stand one per line; names of bodies come in the order of the columns."""
    heads, first = _stacked_heads(seen, place + 1, stop)
    count, rows, order = _Count("PL"), list[Row](), list[Role]()
    in_section = False
    for line in seen[first:stop]:
        words = line.words
        if count.opens_section(words):
            in_section = True
        elif address := count.address(words):
            rows.append(Row(address))
            order, in_section = [role for role in heads if role in _NAMING], False
        elif rows and not in_section:
            start = line.start + line.text.index(words)
            rows[-1].add(_stacked_role(rows[-1], heads, order, words), words, (start, start + len(words)))
    return rows


def _stacked_heads(seen: Sequence[Line], place: int, stop: int) -> tuple[list[Role], int]:
    roles: list[Role] = []
    last = min(stop, place + _MOST_HEADS)
    while place < last and not _ROW_NUMBER.match(seen[place].words) and not _SECTION.match(seen[place].words):
        if role := role_of(seen[place].words):
            roles.append(role)
        place += 1
    while place < stop and _COLUMN_NUMBER.match(seen[place].words):
        place += 1
    return roles, place


def _stacked_role(row: Row, heads: Sequence[Role], order: list[Role], words: str) -> Role:
    """The column of a cell, by what stands in it and what stood before; names take the next naming column."""
    if order and row.columns.get(heads[0]) and names_in_cell(words, whole=True):
        return order.pop(0)
    if Role.LEAD not in row.columns:
        return Role.MATTER
    if Role.TIME in heads and Role.TIME not in row.columns and is_about_time(words):
        return Role.TIME
    if order and order[0] is Role.COORDINATE and names_in_cell(words):
        return order.pop(0)
    return Role.NOTE
