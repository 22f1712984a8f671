"""Lines with places → text in reading order: a left column is read before the right one beside it."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from workflows.directives.reading.extraction.models import Line

# All in units of the font size, but the share of the page in which a heading stands.
SAME_ROW = 0.9
MIN_GUTTER = 0.25
CLEAR_GUTTER = 2.5
NEXT_LINE = 2.6
NEXT_LINE_OF_HEADING = 4.5
BLANK_LINE = 2.2
HEADING_SHARE = 0.4
MAX_INDENT = 30
MOST_BESIDE = 60

_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do", re.IGNORECASE)
_ADDRESS = re.compile(r"Kính (?:gửi|trình)", re.IGNORECASE)

Row = list[Line]


@dataclass
class Band:
    """Rows that stand in two columns, and the empty strip between these, which narrows as rows are added."""

    left_edge: float
    right_edge: float
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)
    pairs: int = 0
    widest: float = 0.0

    def take(self, row: Row) -> bool:
        """Add a row if all its lines keep clear of the strip."""
        sides = [self._side(line) for line in row]
        left = [line for line, side in zip(row, sides, strict=True) if side == "left"]
        right = [line for line, side in zip(row, sides, strict=True) if side == "right"]
        left_edge = max([self.left_edge, *(line.x1 for line in left)])
        right_edge = min([self.right_edge, *(line.x0 for line in right)])
        if None in sides or right_edge - left_edge < MIN_GUTTER * row[0].size:
            return False
        self.left_edge, self.right_edge = left_edge, right_edge
        if left:
            self.left.append(left)
        if right:
            self.right.append(right)
        if left and right:
            self.pairs += 1
            self.widest = max(self.widest, (right[0].x0 - left[-1].x1) / row[0].size)
        return True

    def _side(self, line: Line) -> str | None:
        fits_left, fits_right = line.x1 < self.right_edge, line.x0 > self.left_edge
        if fits_left and fits_right:
            to_left, to_right = line.x0 - self.left_edge, self.right_edge - line.x1
            if min(to_left, to_right) > 2 * line.size:
                return None
            return "left" if to_left <= to_right else "right"
        if fits_left or fits_right:
            return "left" if fits_left else "right"
        return None

    def is_certain(self) -> bool:
        """Two rows agree, or one gap is too wide for a space, or the national motto stands right."""
        motto = any(_MOTTO.search(line.text) for row in self.right for line in row)
        return self.pairs >= 2 or (self.pairs == 1 and (self.widest >= CLEAR_GUTTER or motto))


def text_lines(lines: list[Line], page_height: float, *, first_page: bool) -> list[str]:
    """The lines of a page as text: columns one after the other, indents kept, empty lines for wide gaps."""
    rows = _rows(lines)
    margin = min((line.x0 for line in lines), default=0.0)
    texts: list[str] = []
    before: Row | None = None
    at = 0
    while at < len(rows):
        heading = first_page and rows[at][0].baseline < HEADING_SHARE * page_height
        band, end = _band(rows, at, heading=heading)
        if band:
            texts += ["", *_column(band.left), "", *_column(band.right), ""]
            at, before = end, None
            continue
        if before and _pitch(before, rows[at]) > BLANK_LINE:
            texts.append("")
        texts.append(_indent(rows[at], margin) + _joined(rows[at]))
        before = rows[at]
        at += 1
    return texts


def _rows(lines: list[Line]) -> list[Row]:
    """Lines beside each other, even where two columns do not share their baselines."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        row = rows[-1] if rows else []
        beside = 0 < len(row) < MOST_BESIDE and line.baseline - row[0].baseline < SAME_ROW * min(
            line.size, row[0].size
        )
        if beside and all(line.x0 > other.x1 or line.x1 < other.x0 for other in row):
            row.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _band(rows: list[Row], start: int, *, heading: bool) -> tuple[Band | None, int]:
    """The two columns that begin in a row, and the row after their end; None where there is but one."""
    row = rows[start]
    if len(row) < 2:
        return None, start
    left, right = max(pairwise(row), key=lambda pair: pair[1].x0 - pair[0].x1)
    band = Band(left.x1, right.x0)
    limit = NEXT_LINE_OF_HEADING if heading else NEXT_LINE
    at = start
    while at < len(rows):
        far = at > start and _pitch(rows[at - 1], rows[at]) > limit
        address = at > start and _ADDRESS.match(rows[at][0].text)
        if far or address or not band.take(rows[at]):
            break
        at += 1
    return (band, at) if band.is_certain() else (None, start)


def _pitch(upper: Row, lower: Row) -> float:
    return (lower[0].baseline - upper[0].baseline) / max(upper[0].size, lower[0].size, 1.0)


def _column(rows: list[Row]) -> list[str]:
    texts = [_joined(rows[0])]
    for upper, lower in pairwise(rows):
        if _pitch(upper, lower) > BLANK_LINE:
            texts.append("")
        texts.append(_joined(lower))
    return texts


def _joined(row: Row) -> str:
    return " ".join(line.text for line in row)


def _indent(row: Row, margin: float) -> str:
    """Blanks that show how far a line is set in, since the first line of a paragraph is known by it."""
    return " " * min(MAX_INDENT, round((row[0].x0 - margin) / max(row[0].size / 2, 1.0)))
