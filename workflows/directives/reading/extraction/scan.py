"""Pictures of pages → words with places, through Tesseract with Vietnamese, where it is installed."""

import shutil
import subprocess
import sys
from functools import cache
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from workflows.directives.reading.extraction import pdfium_pages, process
from workflows.directives.reading.extraction.models import MEGABYTE, Limits, Page, Word
from workflows.errors import Unreadable
from workflows.wording import N_

NOT_INSTALLED = N_(
    "Tệp là bản quét không có lớp chữ, mà máy chủ chưa cài bộ nhận dạng chữ tiếng Việt. "
    "Hãy đề nghị quản trị cài gói tesseract-ocr-vie, hoặc tải lên bản .docx hay PDF có chữ."
)
UNREADABLE = N_(
    "Không nhận dạng được chữ trên bản quét: ảnh quá mờ, quá nặng hoặc bị hỏng. "
    "Hãy quét lại ở độ phân giải 300 dpi, đặt trang thẳng rồi tải lên."
)

DPI = 300
OUTPUT_BYTES = 256 * MEGABYTE
# Tesseract gives the height of letters, most of which are lower than the font is high.
FONT_TO_LETTERS = 1.15
DOUBTFUL = 40.0


@cache
def is_installed() -> bool:
    """Is Tesseract here, and does it know Vietnamese?"""
    program = shutil.which("tesseract")
    if not program:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return "vie" in listed.stdout.split()


def read_page(path: Path, number: int, page: Page, limits: Limits) -> Page:
    """The same page with words found by OCR. Raises Unreadable."""
    draw = [sys.executable, "-P", pdfium_pages.__file__, "pictures", str(path), str(DPI), str(number)]
    _run(draw, path.parent, limits)
    picture = path.parent / f"page-{number}.pgm"
    words = _recognise(picture, path.parent, limits)
    scale = page.width / _pgm_width(picture)
    picture.unlink()
    placed = tuple(_scaled(word, scale) for word in words)
    return Page(page.width, page.height, placed)


def read_picture(data: bytes, limits: Limits) -> Page:
    """The words on a picture (PNG, JPEG, TIFF), in points as if scanned at 300 dpi. Raises Unreadable."""
    if not is_installed():
        raise Unreadable(NOT_INSTALLED)
    with TemporaryDirectory(prefix="dondoc-scan-") as name:
        picture = Path(name) / "picture"
        picture.write_bytes(data)
        words = [_scaled(word, 72 / DPI) for word in _recognise(picture, Path(name), limits)]
    right = max((word.x1 for word in words), default=0.0)
    foot = max((word.bottom for word in words), default=0.0)
    return Page(right, foot, tuple(words))


def _run(command: list[str], folder: Path, limits: Limits) -> Path:
    bounds = {"memory": 2 * limits.memory_bytes, "output": OUTPUT_BYTES}
    try:
        code, printed = process.run(command, folder, seconds=limits.seconds_per_scanned_page, **bounds)
    except process.OverTime as error:
        raise Unreadable(UNREADABLE) from error
    if code:
        raise Unreadable(UNREADABLE)
    return printed


def _recognise(picture: Path, folder: Path, limits: Limits) -> list[Word]:
    program = shutil.which("tesseract") or "tesseract"
    command = [program, str(picture), "stdout", "-l", "vie", "--dpi", str(DPI), "tsv"]
    return words_from_tsv(_run(command, folder, limits).read_text(encoding="utf-8", errors="replace"))


def words_from_tsv(tsv: str) -> list[Word]:
    """Tesseract's table of words, in pixels; words of one line share a baseline even on a crooked page."""
    rows = [line.split("\t", 11) for line in tsv.splitlines()[1:]]
    words: list[Word] = []
    for _, line in groupby(filter(_is_word, rows), key=lambda row: row[1:5]):
        words += _words_of_line(list(line))
    return words


def _words_of_line(rows: list[list[str]]) -> list[Word]:
    texts = [row[11].strip() for row in rows]
    boxes = [(int(row[6]), int(row[7]), int(row[8]), int(row[9])) for row in rows]
    baseline = median(top + height for _, top, _, height in boxes)
    size = FONT_TO_LETTERS * median(height for *_, height in boxes)
    return [
        Word(text, left, top, left + width, top + height, baseline, size)
        for text, (left, top, width, height) in zip(texts, boxes, strict=True)
    ]


def _is_word(row: list[str]) -> bool:
    """Specks and seals are read as doubtful signs."""
    if len(row) < 12 or row[0] != "5" or not row[11].strip():
        return False
    return any(map(str.isalnum, row[11])) or float(row[10]) >= DOUBTFUL


def _scaled(word: Word, scale: float) -> Word:
    x0, top, x1, bottom, baseline, size = (scale * value for value in word[1:7])
    return Word(word.text, x0, top, x1, bottom, baseline, size)


def _pgm_width(picture: Path) -> int:
    with picture.open("rb") as start:
        return int(start.readline().split()[1])
