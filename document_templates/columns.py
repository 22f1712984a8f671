"""How wide the columns of a table are, and how their cells stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from document_templates.blocks import Alignment, Column, Row, plain
from document_templates.errors import DocumentError
from document_templates.widths import width

MOST_COLUMNS = 40
_DENSITIES = ((8, "table"), (14, "table_small"), (MOST_COLUMNS, "table_tiny"))
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_FIGURE = re.compile(r"[-+]?[\d.]+(,\d+)?%?")
_NO_FIGURE = "–"


def density(columns: int) -> str:
    """The style key for the cells of a table with so many columns."""
    return next(key for most, key in _DENSITIES if columns <= most)


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head, which may stand over several columns or rows."""

    title: str
    column: int
    columns: int
    rows: int


def head_rows(columns: Sequence[Column]) -> list[list[HeadCell]]:
    """The head of a table from the top down: titles with the same beginning stand under one cell."""
    depth = max(len(column.titles) for column in columns)
    rows: list[list[HeadCell]] = []
    for level in range(depth):
        row: list[HeadCell] = []
        for at, column in enumerate(columns):
            if level >= len(column.titles):
                continue
            path = column.titles[: level + 1]
            last = level == len(column.titles) - 1
            if (
                row
                and not last
                and row[-1].column + row[-1].columns == at
                and columns[at - 1].titles[: level + 1] == path
            ):
                row[-1] = replace(row[-1], columns=row[-1].columns + 1)
            else:
                row.append(HeadCell(path[-1], at, 1, depth - level if last else 1))
        rows.append(row)
    return rows


def columns_of(
    titles: Sequence[tuple[str, ...]], rows: Sequence[Row], widths: Sequence[int]
) -> tuple[Column, ...]:
    """The columns with whole-percent widths that sum to 100, as asked for or else after their contents."""
    if len(titles) > MOST_COLUMNS:
        raise DocumentError(
            "Bảng có %(columns)d cột, nhiều hơn %(most)d nên không vừa trang. Tách thành nhiều bảng.",
            columns=len(titles),
            most=MOST_COLUMNS,
        )
    if widths and len(widths) != len(titles):
        raise DocumentError(
            "@bảng nêu %(widths)d bề rộng cho %(columns)d cột. Nêu đủ mỗi cột một số.",
            widths=len(widths),
            columns=len(titles),
        )
    contents = [[plain(row.cells[at]) for row in rows if row.kind != "group"] for at in range(len(titles))]
    if sum(widths) == 100:
        shares = list(widths)
    else:
        shares = _whole_percents([max(need, 0.01) for need in widths or _needs(titles, contents)])
    return tuple(
        Column(title, share, _alignment(title, cells))
        for title, share, cells in zip(titles, shares, contents, strict=True)
    )


def _needs(titles: Sequence[tuple[str, ...]], contents: list[list[str]]) -> list[float]:
    return [_need(title, cells) for title, cells in zip(titles, contents, strict=True)]


def _need(title: tuple[str, ...], cells: list[str]) -> float:
    """Room a column asks for: its longest word fits, short texts count whole, long ones less."""
    longest_word = max(
        (width(word, 10, bold=True) for text in (title[-1], *cells) for word in text.split()), default=0
    )
    longest_text = max((width(text, 10) for text in cells), default=0)
    return max(min(longest_word, 40), min(longest_text, 30) + 2 * sqrt(max(longest_text - 30, 0))) + 3


def _whole_percents(needs: Sequence[float]) -> list[int]:
    """Whole percents in proportion to the needs, at least 1 each, summing to 100."""
    exact = [need / sum(needs) * (100 - len(needs)) for need in needs]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(needs)), key=lambda at: shares[at] - exact[at])
    for at in by_remainder[: 100 - len(needs) - sum(shares)]:
        shares[at] += 1
    return [share + 1 for share in shares]


def _alignment(title: tuple[str, ...], cells: list[str]) -> Alignment:
    filled = [cell for cell in cells if cell not in ("", _NO_FIGURE)]
    if title[-1] in ("TT", "STT") or (filled and all(_DAY.fullmatch(cell) for cell in filled)):
        return "center"
    return "right" if filled and all(_FIGURE.fullmatch(cell) for cell in filled) else "left"
