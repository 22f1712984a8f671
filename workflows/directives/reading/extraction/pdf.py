"""PDF → text by geometry; pages without a text layer are given to the OCR where that is installed."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from workflows.directives.reading.extraction import guard, pdfium_pages, process, scan
from workflows.directives.reading.extraction.furniture import Sheet, relieve
from workflows.directives.reading.extraction.layout import text_lines
from workflows.directives.reading.extraction.lines import lines_of
from workflows.directives.reading.extraction.models import MEGABYTE, Extracted, Kind, Limits, Page, Rule, Word
from workflows.directives.reading.extraction.tables import Table, joined_over_pages, tables_of
from workflows.errors import TooLarge, Unreadable
from workflows.wording import N_

BROKEN = N_(
    "Tệp PDF bị hỏng hoặc không đúng chuẩn nên không mở được. "
    "Hãy mở bằng trình đọc PDF, in lại thành PDF rồi tải lên."
)
NO_PAGES = N_("Tệp PDF không có trang nào. Hãy kiểm tra tệp gốc rồi xuất lại thành PDF.")
TOO_MANY_PAGES = N_(
    "Tệp PDF có %(pages)s trang, vượt giới hạn %(limit)s trang. "
    "Hãy tách phụ lục thành tệp riêng rồi tải lên phần chính."
)
TOO_SLOW = N_(
    "Tệp PDF quá phức tạp: đọc quá thời gian cho phép. Hãy in lại thành PDF bằng phần mềm khác rồi tải lên."
)
NO_TEXT = N_(
    "Tệp PDF không có chữ nào đọc được: các trang trống hoặc chỉ có hình vẽ. "
    "Hãy quét lại rõ hơn hoặc tải lên bản có chữ."
)
SCANS_SKIPPED = N_("Có trang quét chưa được đọc: máy chủ chưa cài nhận dạng chữ (gói tesseract-ocr-vie).")
SCANS_LEFT = N_(
    "Có trang quét chưa được đọc vì quá nhiều trang hoặc ảnh không rõ: hãy kiểm tra trên bản gốc."
)
SCANS_READ = N_("Có trang quét được nhận dạng chữ tự động: hãy đối chiếu kỹ với bản gốc.")

OUTPUT_BYTES = 512 * MEGABYTE
DEPENDABLE_TEXT = 200
ENDED_EARLY = 0.75


@dataclass
class Block:
    """Lines of text, or the rows of one table."""

    lines: list[str]
    is_table: bool = False


def extract(data: bytes, limits: Limits) -> Extracted:
    """The text of a PDF in reading order. Raises Unreadable, TooLarge."""
    with TemporaryDirectory(prefix="dondoc-pdf-") as name:
        path = Path(name) / "file.pdf"
        path.write_bytes(data)
        pages = list(_pages(path, limits))
        if not pages:
            raise Unreadable(NO_PAGES)
        notes = _recognise_scans(path, pages, limits)
    text, left_out = text_of(pages)
    if not text.strip():
        raise Unreadable(NO_TEXT)
    return Extracted(text, Kind.PDF, len(pages), (*notes, *left_out))


def text_of(pages: list[Page]) -> tuple[str, tuple[str, ...]]:
    """The text of pages given as geometry, footnotes last, and notes about what was left out."""
    tables = [tables_of(page.rules) for page in pages]
    sheets = []
    for page, grids in zip(pages, tables, strict=True):
        free = [word for word in page.words if not any(grid.holds(word) for grid in grids)]
        sheets.append(Sheet(page.height, lines_of(free)))
    notes = relieve(sheets)
    blocks: list[Block] = []
    for number, (page, grids, sheet) in enumerate(zip(pages, tables, sheets, strict=True)):
        for block in _blocks(page, grids, sheet, first_page=number == 0):
            _add(blocks, block)
        if _foot(grids, sheet) < ENDED_EARLY * page.height:
            _add(blocks, Block([""]))
    footnotes = [note for sheet in sheets for note in sheet.footnotes]
    lines = [line for block in blocks for line in block.lines]
    return "\n".join([*lines, *([""] if footnotes else []), *footnotes]), notes


def _blocks(page: Page, grids: list[Table], sheet: Sheet, *, first_page: bool) -> Iterator[Block]:
    """The tables of a page and the text between them."""
    lines = sheet.lines
    for grid in grids:
        above = [line for line in lines if line.baseline < grid.ys[0]]
        yield Block(text_lines(above, page.height, first_page=first_page))
        yield Block(grid.rows(word for word in page.words if grid.holds(word)), is_table=True)
        lines = [line for line in lines if line.baseline >= grid.ys[0]]
    yield Block(text_lines(lines, page.height, first_page=first_page))


def _foot(grids: list[Table], sheet: Sheet) -> float:
    """How far down a page is filled."""
    return max([*(line.baseline for line in sheet.lines), *(grid.ys[-1] for grid in grids)], default=0.0)


def _add(blocks: list[Block], block: Block) -> None:
    """Add what is not empty; a table that follows a table on the page before is the same one, continued."""
    if not block.lines:
        return
    last = blocks[-1] if blocks else None
    if last and last.is_table and block.is_table:
        last.lines = joined_over_pages(last.lines, block.lines)
        return
    if last and (last.is_table or block.is_table):
        last.lines.append("")
    blocks.append(block)


def _pages(path: Path, limits: Limits) -> Iterator[Page]:
    """Read the pages in a process apart, which a hostile file may crash or stall."""
    command = [sys.executable, "-P", pdfium_pages.__file__, "words", str(path), str(limits.pages)]
    try:
        code, printed = process.run(
            command, path.parent, seconds=limits.seconds, memory=limits.memory_bytes, output=OUTPUT_BYTES
        )
    except process.OverTime as error:
        raise Unreadable(TOO_SLOW) from error
    if code:
        raise Unreadable(guard.PASSWORD if code == pdfium_pages.EXIT_LOCKED else BROKEN)
    with printed.open(encoding="ascii") as lines:
        count = int(next(lines))
        if count > limits.pages:
            raise TooLarge(TOO_MANY_PAGES, pages=count, limit=limits.pages)
        for line in lines:
            yield _page(json.loads(line))


def _page(read: dict[str, Any]) -> Page:
    return Page(
        read["width"],
        read["height"],
        tuple(Word(*word) for word in read["words"]),
        tuple(Rule(*rule) for rule in read["rules"]),
        read["pictured"],
    )


def _recognise_scans(path: Path, pages: list[Page], limits: Limits) -> list[str]:
    """Replace pages that are pictures by what the OCR reads on them; say what was and was not read."""
    scanned = [number for number, page in enumerate(pages) if _is_scan(page)]
    if not scanned:
        return []
    if not scan.is_installed():
        if len(scanned) == len(pages):
            raise Unreadable(scan.NOT_INSTALLED)
        return [SCANS_SKIPPED]
    end = monotonic() + limits.scan_seconds
    left = set(scanned)
    for number in scanned[: limits.scanned_pages]:
        with suppress(Unreadable):
            pages[number] = scan.read_page(path, number, pages[number], limits)
            left.remove(number)
        if monotonic() > end:
            break
    return [SCANS_READ, SCANS_LEFT] if left else [SCANS_READ]


def _is_scan(page: Page) -> bool:
    """A picture with at most a stamp of text upon it."""
    return page.pictured and sum(len(word.text) for word in page.words) < DEPENDABLE_TEXT
