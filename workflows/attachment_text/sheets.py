"""Spreadsheets → text: the cells of every sheet, read in a process apart with bounded memory and time."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from workflows.attachment_text import sheet_cells
from workflows.directives.reading.extraction import guard, process
from workflows.directives.reading.extraction.models import MEGABYTE, Limits
from workflows.errors import TooLarge, Unreadable
from workflows.wording import N_

BROKEN = N_("Bảng tính bị hỏng, có mật khẩu hoặc quá phức tạp nên không đọc được; chỉ tìm được theo tên tệp.")
SLIDES = N_("Chưa đọc được nội dung tệp trình chiếu; chỉ tìm được theo tên tệp.")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK, _LOCKED = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_OUTPUT_BYTES = 16 * MEGABYTE


def extract(content: bytes, limits: Limits) -> str | None:
    """The cells of a spreadsheet, one row a line; None when the file is none.

    Raises Unreadable or TooLarge for what is hostile, broken or locked.
    """
    if not _is_spreadsheet(content, limits):
        return None
    with TemporaryDirectory(prefix="dondoc-sheet-") as name:
        file = Path(name) / "file"
        file.write_bytes(content)
        return _cells(file, limits)


def _is_spreadsheet(content: bytes, limits: Limits) -> bool:
    if content.startswith(_OLE):
        return _WORKBOOK in content and _LOCKED not in content
    if not content.startswith(_ZIP) or len(content) > limits.file_bytes:
        return False
    archive = guard.Archive(content, limits)
    if any(part.startswith("ppt/") for part in archive.names):
        raise Unreadable(SLIDES)
    return "xl/workbook.xml" in archive.names or b"opendocument.spreadsheet" in archive.read("mimetype")


def _cells(file: Path, limits: Limits) -> str:
    command = [sys.executable, "-P", sheet_cells.__file__, str(file)]
    try:
        code, printed = process.run(
            command, file.parent, seconds=limits.seconds, memory=limits.memory_bytes, output=_OUTPUT_BYTES
        )
    except process.OverTime as error:
        raise TooLarge(BROKEN) from error
    if code:
        raise Unreadable(BROKEN)
    return printed.read_text("utf-8", errors="replace")
