"""The sample's directives as Word files, the way an office would hand them in."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_COLUMN = " | "
_CENTRED = re.compile(r"[A-ZÀ-ỸĐ][^a-zà-ỹ]*|về .*|-----")


def as_docx(text: str) -> bytes:
    """A Word file with the text: head in two columns, lines with bars as a table, the rest as paragraphs."""
    # Loaded where a file is written: every command knows the sample office, few write its papers.
    from docx import Document  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)
    left, right, body = _head_and_body(text)
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = left, right
    _write_body(document, body)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _head_and_body(text: str) -> tuple[str, str, list[str]]:
    """Left column, right column and the paragraphs after; a head ends with place and date."""
    blocks = text.strip().split("\n\n")
    dated = next(
        i for i, block in enumerate(blocks) if re.search(r"^[^\n]*, ngày \d\d tháng", block, re.MULTILINE)
    )
    right = next(i for i, block in enumerate(blocks) if block.startswith(("ĐẢNG CỘNG SẢN", "CỘNG HOÀ")))
    body = "\n\n".join(blocks[dated + 1 :]).split("\n")
    return "\n".join(blocks[:right]), "\n".join(blocks[right : dated + 1]), body


def _write_body(document: "WordDocument", lines: list[str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 (as above)

    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if _COLUMN in line:
            rows.append(line.split(_COLUMN))
            continue
        if rows:
            _write_table(document, rows)
            rows = []
        if line.strip():
            paragraph = document.add_paragraph(line)
            if _CENTRED.fullmatch(line):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write_table(document: "WordDocument", rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
