"""Tables of tasks in the annexes: a row is a task, its columns say who leads, with whom and by when.

Extraction leaves a table as cells one per line, as cells apart by bars or tabs, or as columns apart by wide gaps.
All three come down to rows that begin with their number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflows.directives.reading.bodies import Body, read_list
from workflows.directives.reading.deadlines import find_cadences, find_deadlines
from workflows.directives.reading.labels import Role, role_of
from workflows.directives.reading.model import Span
from workflows.directives.reading.text import Line, LineKind, fold, lines
from workflows.directives.reading.tokens import tokenise

_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|PHU LUC|BIỂU|Biểu|DANH MỤC|BẢNG PHÂN CÔNG|Bảng phân công)\b")
_BARS = re.compile(r"\s*[|\t]\s*")
_ROW_NUMBER = re.compile(r"\d{1,3}\.?$")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)$")
_MOST_HEADS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the text."""

    words: str
    span: Span


@dataclass
class Row:
    """A numbered row and its cells after the number."""

    number: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first to the last cell."""
        return self.cells[0].span[0], self.cells[-1].span[1]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """What a row says: its matter with span, the bodies by role, the words about time."""

    number: str
    span: Span
    matter: Span
    lead: tuple[Body, ...]
    coordinate: tuple[Body, ...]
    monitor: tuple[Body, ...]
    time: Span | None
    product: str | None


def read_annexes(text: str, seen: str, start: int) -> list[AnnexRow]:
    """The rows of the task tables after `start` that name a lead body; `seen` is the readable text."""
    found: list[AnnexRow] = []
    for heads, rows in _tables(text, start):
        found += [read for row in rows if row.cells and (read := _read_row(seen, heads, row)).lead]
    return found


def _tables(text: str, start: int) -> Iterator[tuple[list[Role], list[Row]]]:
    """Tables whose heads name a lead column: roles of the columns after the number, and the rows."""
    cells = [cell for line in lines(text) if line.start >= start for cell in _cells(line)]
    place = 0
    while place < len(cells):
        if role_of(cells[place].words) is not Role.NUMBER:
            place += 1
            continue
        heads, place = _heads(cells, place + 1)
        rows, place = _rows(cells, place)
        if Role.LEAD in heads:
            yield heads, rows


def _cells(line: Line) -> Iterator[Cell]:
    if line.kind is LineKind.BLANK or line.kind is LineKind.STAMP:
        return
    place = 0
    for gap in [*_BARS.finditer(line.text), None]:
        stop = gap.start() if gap else len(line.text)
        words = line.text[place:stop].strip()
        if words:
            begins = line.start + line.text.index(words, place)
            yield Cell(words, (begins, begins + len(words)))
        place = gap.end() if gap else stop


def _heads(cells: Sequence[Cell], place: int) -> tuple[list[Role], int]:
    """The roles of the columns and the place of the first row."""
    roles: list[Role] = []
    while place < len(cells) and not _ROW_NUMBER.match(cells[place].words) and len(roles) < _MOST_HEADS:
        if not _COLUMN_NUMBER.match(cells[place].words) and (role := role_of(cells[place].words)):
            roles.append(role)
        place += 1
    return roles, place


def _rows(cells: Sequence[Cell], place: int) -> tuple[list[Row], int]:
    """Rows numbered 1, 2, 3 … from `place` on, and the place after the last."""
    rows: list[Row] = []
    while place < len(cells) and role_of(cells[place].words) is not Role.NUMBER:
        words = cells[place].words
        if _ROW_NUMBER.match(words) and int(words.rstrip(".")) == len(rows) + 1:
            rows.append(Row(words.rstrip(".")))
        elif _ANNEX.match(words) or (rows and words.startswith(("[", "Ghi chú:"))):
            break
        elif rows:
            rows[-1].cells.append(cells[place])
        place += 1
    return rows, place


def _read_row(seen: str, heads: Sequence[Role], row: Row) -> AnnexRow:
    """Bodies by the order of the columns: cells that are nothing but names of bodies come as lead, then coordinating."""
    order = [role for role in heads if role in (Role.LEAD, Role.COORDINATE, Role.MONITOR)]
    bodies: dict[Role, tuple[Body, ...]] = {}
    time: Span | None = None
    matter = row.cells[0].span
    for cell in row.cells[1:] if heads and heads[0] is Role.MATTER else row.cells:
        named = _only_bodies(seen, cell)
        if named and order:
            bodies[order.pop(0)] = named
        elif Role.TIME in heads and time is None and _is_time(seen, cell):
            time = cell.span
        elif not bodies and cell.span[0] >= matter[1] and time is None:
            matter = (matter[0], cell.span[1])
    return AnnexRow(
        row.number, row.span, matter, bodies.get(Role.LEAD, ()), bodies.get(Role.COORDINATE, ()),
        bodies.get(Role.MONITOR, ()), time, None,
    )  # fmt: skip


def _only_bodies(seen: str, cell: Cell) -> tuple[Body, ...]:
    tokens = tokenise(seen, *cell.span)
    bodies, end = read_list(seen, tokens, 0, across_semicolons=True)
    rest = tokens[end:]
    return tuple(bodies) if bodies and len(rest) <= 1 else ()


def _is_time(seen: str, cell: Cell) -> bool:
    words = fold(cell.words)
    if find_deadlines(seen, *cell.span) or find_cadences(seen, *cell.span):
        return True
    return len(words) < 60 and bool(re.search(r"thuong xuyen|\bnam\b|\bquy\b|thang|hang nam|\d{4}", words))
