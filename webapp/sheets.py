"""Sheets to take away: tables written as xlsx, with typed figures and dates and no cell that could run."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from workflows.calendar import LOCAL_ZONE
from workflows.errors import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9  # the number Excel gives the paper
LONGEST_TEXT = 32_767  # the longest text a cell takes
MOST_ROWS = 1_048_575  # below the heads
RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its head, its width in characters, the places its figures show."""

    label: str
    width: int = 18
    places: int = 0


def xlsx(name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """An open temporary file with one sheet; rows are written as they come and not kept in memory."""
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(TemporaryFile())
        with closing(Workbook(file, {"constant_memory": True})) as book:
            sheet = book.add_worksheet(_sheet_name(name))
            formats = _Formats(book, columns)
            _lay_out(sheet, columns, formats)
            last = 0
            for last, row in enumerate(rows, start=1):
                refuse_too_long(last)
                for place, value in enumerate(row):
                    _write(sheet, last, place, value, formats)
            sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
        file.seek(0)
        unless_whole.pop_all()
    return file


def refuse_too_long(rows: int) -> None:
    """Refuse what a sheet cannot hold: the rows beyond would be missing without a word."""
    if rows > MOST_ROWS:
        raise Refused("Bảng Excel chứa nhiều nhất 1.048.575 dòng. Thêm điều kiện lọc rồi tải lại.")


def _lay_out(sheet: Worksheet, columns: Sequence[SheetColumn], formats: "_Formats") -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.label, formats.head)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, even after it was saved as CSV."""
    return f"'{text}" if text.startswith(RUNS) else text


class _Formats:
    def __init__(self, book: Workbook, columns: Sequence[SheetColumn]) -> None:
        plain = {"valign": "top"}
        self.head = book.add_format(
            {**plain, "bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F2F0EB"}
        )
        self.text = book.add_format({**plain, "text_wrap": True})
        self.day = book.add_format({**plain, "num_format": "dd/mm/yyyy"})
        self.moment = book.add_format({**plain, "num_format": "hh:mm dd/mm/yyyy"})
        pictures = ["#,##0" + ("." + "0" * column.places if column.places else "") for column in columns]
        self.numbers = [book.add_format({**plain, "num_format": picture}) for picture in pictures]


def _write(sheet: Worksheet, row: int, place: int, value: Any, formats: _Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, place, float(value), formats.numbers[place])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(LOCAL_ZONE).replace(tzinfo=None), formats.moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats.day)
    else:
        sheet.write_string(row, place, harmless(str(value))[:LONGEST_TEXT], formats.text)


def _sheet_name(name: str) -> str:
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)
    # Excel counts the halves of letters beyond the basic plane.
    return plain.encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip() or "1"
