"""A filled workbook read back: only what its person changed, every odd cell named by page, row and column."""

import unicodedata
import warnings
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from workflows.errors import Refused, Unreadable
from workflows.regimes.forms import Form
from workflows.regimes.forms.reckoning import day_of
from workflows.reports.content import LARGEST, Content, number
from workflows.reports.sheets.layout import NIL, NOTE, STAMP, Layout, Place, Slot, lay_out
from workflows.reports.sheets.package import DAMAGED, check_package
from workflows.reports.sheets.stamp import ALTERED, Stamp, likeness
from workflows.wording import N_, Phrase

BEYOND_ROWS, BEYOND_COLUMNS = 200, 30
"""How far beyond the form stray values are looked for."""
MOST_STRAYS = 20
_TROUBLE = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, OSError, EOFError),
    *(SyntaxError, BadZipFile, zlib.error),
)
Cells = dict[tuple[int, int], tuple[Any, str]]


@dataclass(frozen=True)
class SheetFault:
    """A cell that could not be taken: where it is, what it is called, what is wrong."""

    name: str
    sheet: str
    address: str
    label: str
    sentence: Phrase


@dataclass
class Filled:
    """What a workbook says: the cells its person changed, those that cannot be taken, what lies beside."""

    stamp: Stamp
    values: dict[str, Decimal | str | None] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def read_workbook(content: bytes, form: Form, expected: Stamp, *, key: bytes) -> Filled:
    """Read a filled workbook against the answer it is sent for; a refusal says why it cannot be taken."""
    check_package(content)
    plan = lay_out(form)
    try:
        pages = _pages(content, plan)
    except _TROUBLE:
        raise Unreadable(DAMAGED) from None
    stamp = Stamp.read(_pairs(pages.get(STAMP, {})), key)
    _refuse_other(stamp, expected)
    _refuse_moved(plan, pages)
    filled = Filled(stamp)
    for slot in plan.slots:
        if slot.name in stamp.cells:
            _take(
                filled, slot, *pages[slot.place.sheet].get((slot.place.row, slot.place.column), (None, "n"))
            )
    filled.strays = _strays(plan, pages)
    return filled


def merged(content: Content, filled: Filled) -> Content:
    """The answer with what was changed in the workbook; every other cell stays as it is."""
    figures, words = dict(content.figures), dict(content.narrative)
    notes, nil = dict(content.notes), content.nil
    for name, value in filled.values.items():
        if name == NIL:
            nil = value is not None
        elif name.startswith(NOTE):
            _put(notes, name.removeprefix(NOTE), value)
        elif isinstance(value, Decimal) or name in figures:
            _put(figures, name, value)
        else:
            _put(words, name, value)
    return replace(content, nil=nil, figures=figures, narrative=words, notes=notes)


def _put(cells: dict[str, Any], name: str, value: Decimal | str | None) -> None:
    if value is None:
        cells.pop(name, None)
    else:
        cells[name] = value


def _pages(content: bytes, plan: Layout) -> dict[str, Cells]:
    """Page → the cells that hold something, as far as the form reaches and a little beyond."""
    # openpyxl is loaded only where a workbook is read.
    from openpyxl import load_workbook  # noqa: PLC0415

    with warnings.catch_warnings():
        # Excel writes extensions that openpyxl passes over with a warning.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return {
                name: _cells(book[name], *_reach(plan, name))
                for name in (*plan.pages, STAMP)
                if name in book.sheetnames
            }
        finally:
            book.close()


def _reach(plan: Layout, page: str) -> tuple[int, int]:
    if page == STAMP:
        return len(plan.slots) + 20, 2
    places = [slot.place for slot in plan.slots] + [words.place for words in plan.words]
    here = [place for place in (*places, *plan.before.values()) if place.sheet == page]
    rows, columns = max(p.row for p in here) + 1, max(p.column for p in here) + 1
    return rows + BEYOND_ROWS, columns + BEYOND_COLUMNS


def _cells(page: Any, rows: int, columns: int) -> Cells:
    page.reset_dimensions()
    return {
        (cell.row - 1, cell.column - 1): (cell.value, cell.data_type)
        for row in page.iter_rows(max_row=rows, max_col=columns)
        for cell in row
        if cell.value is not None
    }


def _pairs(cells: Cells) -> Iterable[tuple[Any, Any]]:
    rows = sorted({row for row, _ in cells})
    return [(cells.get((row, 0), ("",))[0], cells.get((row, 1), ("",))[0]) for row in rows]


def _refuse_other(stamp: Stamp, expected: Stamp) -> None:
    """Refuse a workbook that was made for another answer, and say for which."""
    if stamp.unit != expected.unit:
        raise Refused(
            "Đây là bảng Excel của đơn vị khác (mã %(unit)s). Tải bảng của đơn vị mình từ trang này, chép số"
            " liệu sang rồi gửi lại.",
            unit=stamp.unit,
        )
    if (stamp.form, stamp.period) != (expected.form, expected.period):
        raise Refused(
            "Đây là bảng Excel của kỳ hoặc chế độ báo cáo khác (kỳ %(period)s). Mở đúng báo cáo đó, hoặc tải"
            " bảng của kỳ này rồi điền.",
            period=stamp.period,
        )
    if stamp.number != expected.number:
        raise Refused(
            "Bảng Excel theo bản %(old)s của biểu, nay biểu dùng bản %(new)s. Tải bảng mới từ trang này, chép"
            " số liệu sang rồi gửi lại.",
            old=stamp.number,
            new=expected.number,
        )
    if stamp.obligation != expected.obligation:
        raise Refused(ALTERED)


def _refuse_moved(plan: Layout, pages: Mapping[str, Cells]) -> None:
    """Refuse a workbook whose rows, columns or headings are no longer where the form has them."""
    for words in plan.words:
        found = pages.get(words.place.sheet, {}).get((words.place.row, words.place.column), ("", ""))[0]
        if _plain(found) != _plain(words.text):
            raise Refused(
                "Bố cục của bảng đã bị thay đổi: ô %(address)s, trang “%(sheet)s” đáng lẽ ghi “%(words)s”."
                " Không thêm, bớt hay dời dòng, cột; tải bảng mới rồi chép số liệu sang.",
                address=words.place.address,
                sheet=words.place.sheet,
                words=words.text[:80],
            )


def _take(filled: Filled, slot: Slot, value: Any, kind: str) -> None:
    """Take over a cell that says something else than when the workbook went out."""
    try:
        said = _said(slot, value, kind)
    except Refused as refusal:
        sentence = Phrase(refusal.message, **refusal.params)
        place = slot.place
        filled.faults.append(SheetFault(slot.name, place.sheet, place.address, slot.label, sentence))
        return
    if likeness(said) != filled.stamp.cells[slot.name]:
        filled.values[slot.name] = said


def _said(slot: Slot, value: Any, kind: str) -> Decimal | str | None:
    if kind == "f":
        raise Refused(N_("Ô chứa công thức, không phải giá trị. Chép rồi dán giá trị vào ô."))
    if kind == "e":
        raise Refused(N_("Ô báo lỗi của Excel. Sửa lại số liệu."))
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match slot.kind:
        case "number":
            return _number(value)
        case "date":
            return _day(value)
        case "choice":
            return _choice(slot, value)
        case "nil":
            return "x"
    return _plain(value)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool | date | datetime):
        raise Refused(N_("Ô này nhận số, nhưng trong tệp là ngày hoặc giá trị đúng/sai. Nhập lại số."))
    if isinstance(value, int | float):
        # repr keeps what the person sees: 0.1, not 0.1000000000000000055.
        exact = Decimal(repr(value))
        if not exact.is_finite() or abs(exact) >= LARGEST:
            raise Refused(N_("“%(typed)s” quá lớn. Kiểm tra lại số liệu."), typed=repr(value)[:40])
        return round(exact, 4)
    return number(str(value))


def _day(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if (day := day_of(str(value).strip())) is not None:
        return f"{day:%d/%m/%Y}"
    raise Refused(N_("Ô này nhận ngày. Nhập theo dạng ngày/tháng/năm."))


def _choice(slot: Slot, value: Any) -> str:
    if (said := _plain(value)) in slot.choices:
        return said
    raise Refused(N_("“%(said)s” không có trong danh sách. Chọn một mục có sẵn."), said=said[:60])


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        value = f"{value:%d/%m/%Y}"
    text = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("_x000D_", ""))
    return text.strip()


def _strays(plan: Layout, pages: Mapping[str, Cells]) -> list[str]:
    """Where something stands outside the form: a block pasted too far."""
    known = {(s.place.sheet, s.place.row, s.place.column) for s in plan.slots}
    printed = [words.place for words in plan.words] + [total.place for total in plan.totals]
    known |= {(p.sheet, p.row, p.column) for p in (*printed, *plan.before.values(), *plan.shown.values())}
    found = [
        f"{page}!{Place(page, row, column).address}"
        for page in plan.pages[1:]
        for row, column in sorted(pages.get(page, {}))
        if (page, row, column) not in known
    ]
    return found[:MOST_STRAYS]
