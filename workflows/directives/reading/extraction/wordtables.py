"""Tables of Word: those that only place text (heading, signature) and those that hold data."""

import re
from xml.etree.ElementTree import Element

from workflows.directives.reading.extraction.wordxml import attribute, child, descend

Cells = list[list[list[str]]]

_BORDERS = ("tblBorders", "tcBorders")
_PLACED = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS|^\s*Nơi nhận|^\s*Kính (?:gửi|trình)",
    re.MULTILINE | re.IGNORECASE,
)


def is_layout(table: Element, cells: Cells) -> bool:
    """Does the table only put text into two columns? Known by what it holds, or by having no lines."""
    filled = {column for row in cells for column, lines in enumerate(row) if "".join(lines).strip()}
    if len(filled) > 2:
        return False
    text = "\n".join(line for row in cells for lines in row for line in lines)
    return len(filled) < 2 or bool(_PLACED.search(text)) or not _is_ruled(table)


def _is_ruled(table: Element) -> bool:
    style = attribute(child(child(table, "tblPr"), "tblStyle"), "val")
    if style and "grid" in style.lower():
        return True
    drawn = (edge for kind in _BORDERS for borders in descend(table, kind) for edge in borders)
    return any(attribute(edge, "val") not in (None, "nil", "none") for edge in drawn)


def table_lines(cells: Cells, *, layout: bool) -> list[str]:
    """The lines of a table: column after column, or each row as one line with tabs between its cells."""
    return _by_columns(cells) if layout else _by_rows(cells)


def _by_columns(cells: Cells) -> list[str]:
    lines: list[str] = []
    for column in range(max(map(len, cells), default=0)):
        texts = [line for row in cells if column < len(row) for line in row[column]]
        if any(text.strip() for text in texts):
            lines += [*([""] if lines else []), *texts]
    return lines


def _by_rows(cells: Cells) -> list[str]:
    rows = [[" ".join(" ".join(lines).split()) for lines in row] for row in cells]
    return ["\t".join(row) for row in rows if any(row)]
