"""Reading a roster's file as rows of cells: .xlsx, .xlsm, .xls, .ods, CSV. Macros, formulas never run."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from workflows.errors import TooLarge, Unreadable
from workflows.members.rosters.encodings import SAMPLE_ROWS, Turn, composed, decode, turn_for

LARGEST_UNPACKED = 2_000_000_000
MOST_COLUMNS = 200
Row = list[Any]


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet, numbered from 1 as the sheet numbers them; text is Unicode, composed."""

    content: bytes
    name: str

    def sample(self) -> list[tuple[int, Row]]:
        """The first rows that hold anything."""
        return list(islice(self, SAMPLE_ROWS))

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        turn: Turn | None = None
        waiting: list[tuple[int, Row]] = []
        for numbered in self._filled():
            if turn is not None:
                yield _turned(numbered, turn)
                continue
            waiting.append(numbered)
            if len(waiting) == SAMPLE_ROWS:
                turn = _turn_of(waiting)
                yield from (_turned(each, turn) for each in waiting)
        if turn is None:
            turn = _turn_of(waiting)
            yield from (_turned(each, turn) for each in waiting)

    def _filled(self) -> Iterator[tuple[int, Row]]:
        """Rows with something in them; empty ones, however many, cost nothing more than being passed over."""
        for number, row in self._raw():
            if any(cell not in ("", None) for cell in row):
                yield number, list(row[:MOST_COLUMNS])

    def _raw(self) -> Iterator[tuple[int, Sequence[Any]]]:
        if self.name.lower().endswith((".csv", ".txt", ".tsv")):
            return _csv_rows(self.content)
        return _sheet_rows(self.content)


def _csv_rows(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    text = decode(content)
    head = text[:20_000]
    delimiter = max(",;\t|", key=head.count)
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise Unreadable(
            "Không đọc được tệp từ dòng %(row)s. Lưu lại dạng Excel hoặc CSV (UTF-8) rồi tải lên lại.",
            row=reader.line_num,
        ) from None


def _sheet_rows(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    # Rust and heavy: only who reads a roster pays for it.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    _refuse_bombs(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_index(_fullest(book))
        first, left = sheet.start or (0, 0)
        # Empty columns at the left are not given; columns are named as the sheet names them all the same.
        margin = [""] * left
        for number, row in enumerate(sheet.iter_rows(), start=1):
            # Rows above the first filled one are given too, so that numbers agree with the sheet's own.
            yield number + (0 if sheet.total_height != sheet.height else first), [*margin, *row]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable(
            "Không đọc được tệp: không phải bảng tính, hoặc tệp hỏng, có mật khẩu. Mở bằng Excel, lưu lại"
            " dạng .xlsx rồi tải lên lại."
        ) from None


def _fullest(book: Any) -> int:
    """The sheet with the most rows: cover sheets and lists of choices are short."""
    heights = [(book.get_sheet_by_index(place).height, -place) for place in range(len(book.sheet_names))]
    return -max(heights)[1] if heights else 0


def _refuse_bombs(content: bytes) -> None:
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        return
    if size > LARGEST_UNPACKED:
        raise TooLarge("Tệp giải nén ra quá lớn. Chia danh sách thành nhiều tệp rồi nhập từng tệp.")


def _turn_of(rows: list[tuple[int, Row]]) -> Turn:
    return turn_for(cell for _, row in rows for cell in row if isinstance(cell, str))


def _turned(numbered: tuple[int, Row], turn: Turn) -> tuple[int, Row]:
    number, row = numbered
    return number, [composed(turn(cell)).strip() if isinstance(cell, str) else cell for cell in row]
