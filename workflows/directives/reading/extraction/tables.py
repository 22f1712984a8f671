"""Ruled tables on a page: the drawn lines make the cells, the cells take the words, a row becomes a line."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from workflows.directives.reading.extraction.lines import lines_of
from workflows.directives.reading.extraction.models import Rule, Word

# In points: how far apart two strokes may be and still be one, or touch.
NEAR = 3.0
MAX_STROKES = 600


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke at one place across, from begin to end along it."""

    at: float
    begin: float
    end: float

    def covers(self, position: float) -> bool:
        return self.begin - NEAR <= position <= self.end + NEAR


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of drawn lines: where columns and rows part, and the strokes that truly part them there."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[list[Stroke], ...]
    level: tuple[list[Stroke], ...]

    def holds(self, word: Word) -> bool:
        x, y = _middle(word)
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, words: Iterable[Word]) -> list[str]:
        """Each row as one line of text, its cells parted by tabs; empty rows are left out."""
        cells: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            cells.setdefault(self._cell(word), []).append(word)
        rows = []
        for row in range(len(self.ys) - 1):
            texts = [_flow(cells.get((row, column), [])) for column in self._columns(row)]
            if any(texts):
                rows.append("\t".join(texts))
        return rows

    def _cell(self, word: Word) -> tuple[int, int]:
        """The upper left cell of the merged cells in which a word stands."""
        x, y = _middle(word)
        column = min(bisect(self.xs, x), len(self.xs) - 1) - 1
        row = min(bisect(self.ys, y), len(self.ys) - 1) - 1
        while True:
            if column > 0 and not self._parted_before(row, column):
                column -= 1
            elif row > 0 and not self._parted_above(row, column):
                row -= 1
            else:
                return row, column

    def _columns(self, row: int) -> list[int]:
        columns = range(len(self.xs) - 1)
        return [column for column in columns if column == 0 or self._parted_before(row, column)]

    def _parted_before(self, row: int, column: int) -> bool:
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(stroke.covers(middle) for stroke in self.upright[column])

    def _parted_above(self, row: int, column: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(stroke.covers(middle) for stroke in self.level[row])


def tables_of(rules: Iterable[Rule]) -> list[Table]:
    """The ruled tables of a page, from top to bottom; a frame without columns is no table."""
    rules = list(rules)
    upright = _joined(Stroke(rule.x0, rule.top, rule.bottom) for rule in rules if _is_upright(rule))
    level = _joined(Stroke(rule.top, rule.x0, rule.x1) for rule in rules if not _is_upright(rule))
    if len(upright) + len(level) > MAX_STROKES:
        return []
    tables = [_table(*group) for group in _touching(upright, level)]
    return sorted((table for table in tables if table), key=lambda table: table.ys[0])


def joined_over_pages(earlier: list[str], later: list[str]) -> list[str]:
    """The rows of a table that goes on overleaf: no repeated head, a row cut by the page made whole."""
    if not earlier or earlier[0].count("\t") != later[0].count("\t"):
        return earlier + later
    rows, rest = list(earlier), later[1:] if later[0] == earlier[0] else later
    if rest and rest[0].startswith("\t") and len(rows) > 1:
        cells = zip_longest(rows[-1].split("\t"), rest[0].split("\t"), fillvalue="")
        rows[-1] = "\t".join(f"{upper} {lower}".strip() for upper, lower in cells)
        rest = rest[1:]
    return rows + rest


def _is_upright(rule: Rule) -> bool:
    return rule.bottom - rule.top > rule.x1 - rule.x0


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes drawn in pieces, or as the two edges of a thin bar, become one."""
    joined: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: (round(stroke.at / NEAR), stroke.begin)):
        last = joined[-1] if joined else None
        if last and abs(last.at - stroke.at) <= NEAR and stroke.begin <= last.end + NEAR:
            joined[-1] = Stroke(last.at, last.begin, max(last.end, stroke.end))
        else:
            joined.append(stroke)
    return joined


def _touching(upright: list[Stroke], level: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that hang together."""
    groups: list[tuple[list[Stroke], set[int]]] = []
    for line in upright:
        uprights = [line]
        met = {at for at, other in enumerate(level) if line.covers(other.at) and other.covers(line.at)}
        apart = []
        for group in groups:
            if met.isdisjoint(group[1]):
                apart.append(group)
            else:
                uprights, met = uprights + group[0], met | group[1]
        groups = [*apart, (uprights, met)]
    return [(uprights, [level[at] for at in met]) for uprights, met in groups]


def _table(upright: list[Stroke], level: list[Stroke]) -> Table | None:
    xs, ys = _places(upright), _places(level)
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Table(xs, ys, _at_places(upright, xs), _at_places(level, ys))


def _at_places(strokes: list[Stroke], places: tuple[float, ...]) -> tuple[list[Stroke], ...]:
    return tuple([stroke for stroke in strokes if abs(stroke.at - place) <= NEAR] for place in places)


def _places(strokes: list[Stroke]) -> tuple[float, ...]:
    places: list[float] = []
    for at in sorted(stroke.at for stroke in strokes):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    return tuple(places)


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.baseline - word.size / 3


def _flow(words: list[Word]) -> str:
    return " ".join(line.text for line in lines_of(words))
