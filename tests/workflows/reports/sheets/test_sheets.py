"""A form goes out as a workbook and comes back: what was changed is taken, what is odd is named by cell."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from workflows.errors import Refused, TooLarge, Unreadable
from workflows.regimes.forms import read
from workflows.reports import Content
from workflows.reports.sheets import Facts, Filled, Stamp, draw, lay_out, merged, read_workbook
from workflows.reports.sheets.layout import COVER, NIL, NOTES, Place

KEY = b"a secret of the office"
STAMP = Stamp(7, "DU-AB", "2026-Q4", "quarterly", 2, {})
FACTS = Facts("Báo cáo quý", [("Đơn vị", "Đảng uỷ xã An Bình")], ["Chỉ điền các ô màu vàng."])
FORM = read(
    {
        "title": "Báo cáo quý",
        "sections": [
            {
                "title": "I- Kết quả",
                "parts": [
                    {"code": "results", "label": "Kết quả nổi bật", "kind": "narrative"},
                    {"code": "given", "label": "Số nhiệm vụ được giao", "kind": "number"},
                    {"code": "grade", "label": "Xếp loại", "kind": "choice", "choices": ["Tốt", "Khá"]},
                    {"code": "met_on", "label": "Ngày họp", "kind": "date"},
                    {
                        "code": "held",
                        "label": "Các cuộc họp",
                        "rows": [
                            {"code": "one", "label": "Tháng đầu"},
                            {"code": "two", "label": "Tháng sau"},
                        ],
                        "columns": [
                            {"code": "plan", "label": "Dự kiến"},
                            {"code": "done", "label": "Đã họp"},
                        ],
                        "greyed": ["held.two.plan"],
                        "total_row": "Tổng cộng",
                        "total_column": "Cộng",
                    },
                ],
            }
        ],
    }
)
PLAN = lay_out(FORM)
FULL = Content(
    figures={"given": Decimal("12.5"), "held.one.plan": Decimal(0), "held.one.done": Decimal(4)},
    narrative={"results": "Đã quán triệt.\nĐến 12 chi bộ.", "grade": "Tốt", "met_on": "15/11/2026"},
    notes={"given": "Kể cả việc giao miệng."},
)
BEFORE = Content(figures={"given": Decimal(9)}, narrative={"results": "Kỳ trước: xong."})


def drawn(content: Content = FULL, stamp: Stamp = STAMP) -> bytes:
    return draw(FORM, content, BEFORE, FACTS, stamp, key=KEY)


def changed(change: Callable[[Any], None], content: Content = FULL) -> bytes:
    """The workbook after somebody worked on it in a spreadsheet."""
    book = load_workbook(BytesIO(drawn(content)))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def at(book: Any, name: str) -> Any:
    place = PLAN.by_name[name].place
    return book[place.sheet].cell(place.row + 1, place.column + 1)


def typed(**cells: Any) -> bytes:
    """The workbook with other values in some cells; `__` stands for the dot of a name."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            at(book, name.replace("__", ".")).value = value

    return changed(change)


def taken(content: bytes, expected: Stamp = STAMP) -> Filled:
    return read_workbook(content, FORM, expected, key=KEY)


def test_what_nobody_touched_changes_nothing():
    for content in (FULL, Content(), Content(nil=True)):
        filled = taken(drawn(content))
        assert (filled.values, filled.faults, filled.strays) == ({}, [], [])
        assert merged(content, filled) == content


def test_what_was_typed_is_taken_and_the_rest_stays():
    filled = taken(typed(given=20, held__two__done=3, grade="Khá", met_on="16/11/2026", results=None))
    meanwhile = Content(figures={"held.one.done": Decimal(6)}, narrative={"results": "Cũ."}, notes=FULL.notes)
    after = merged(meanwhile, filled)
    assert after.figures == {"given": Decimal(20), "held.two.done": Decimal(3), "held.one.done": Decimal(6)}
    assert after.narrative == {"grade": "Khá", "met_on": "16/11/2026"}
    assert after.notes == FULL.notes


def test_a_number_written_as_text_is_read_as_offices_write_it():
    assert taken(typed(given="1.234,5")).values == {"given": Decimal("1234.5")}
    assert taken(typed(given=1.234)).values == {"given": Decimal("1.234")}
    assert taken(typed(held__one__plan="0")).values == {}


def test_nothing_to_report_and_comments_come_back():
    def change(book: Any) -> None:
        at(book, NIL).value = "X"
        at(book, "note:held.one.done").value = "Hoãn một cuộc."

    after = merged(Content(), taken(changed(change)))
    assert after == Content(nil=True, notes={"held.one.done": "Hoãn một cuộc."})


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("given", "mười hai", "không phải là số"),
        ("given", "1e400", "quá lớn"),
        ("given", 1e300, "quá lớn"),
        ("given", "=1+1", "công thức"),
        ("given", "=SUM(B7:C7)", "công thức"),
        ("given", True, "nhận số"),
        ("given", "#N/A", "lỗi của Excel"),
        ("grade", "Xuất sắc", "không có trong danh sách"),
        ("met_on", "hôm qua", "ngày/tháng/năm"),
        ("held.one.done", "=B7", "công thức"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_the_others_are_taken(cell: str, value: Any, words: str):
    def change(book: Any) -> None:
        at(book, "held.two.done").value = 8
        at(book, cell).value = value

    filled = taken(changed(change))
    place = PLAN.by_name[cell].place
    (fault,) = filled.faults
    assert (fault.name, fault.sheet, fault.address) == (cell, "1. I- Kết quả", place.address)
    assert words in str(fault.sentence)
    assert filled.values == {"held.two.done": Decimal(8)}
    assert merged(FULL, filled).figures["given"] == Decimal("12.5")


def test_a_value_beyond_the_grid_is_pointed_at():
    filled = taken(changed(lambda book: book["1. I- Kết quả"].__setitem__("M30", 5)))
    assert filled.strays == ["1. I- Kết quả!M30"]


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        (Stamp(9, "DU-BT", "2026-Q4", "quarterly", 2, {}), "đơn vị khác"),
        (Stamp(9, "DU-AB", "2026-Q3", "quarterly", 2, {}), "kỳ hoặc chế độ báo cáo khác"),
        (Stamp(9, "DU-AB", "2026-Q4", "monthly", 2, {}), "kỳ hoặc chế độ báo cáo khác"),
        (Stamp(7, "DU-AB", "2026-Q4", "quarterly", 1, {}), "bản 1 của biểu, nay biểu dùng bản 2"),
        (Stamp(9, "DU-AB", "2026-Q4", "quarterly", 2, {}), "dấu của hệ thống"),
    ],
)
def test_a_workbook_of_something_else_is_refused_with_its_name(stamp: Stamp, words: str):
    with pytest.raises(Refused, match=words):
        taken(drawn(stamp=stamp))


def test_a_stamp_that_is_missing_or_was_changed_is_refused():
    def drop(book: Any) -> None:
        del book["_dondoc"]

    def forge(book: Any) -> None:
        book["_dondoc"]["B2"] = "DU-BT"

    for content in (changed(drop), changed(forge), draw(FORM, FULL, BEFORE, FACTS, STAMP, key=b"other")):
        with pytest.raises(Refused, match="dấu của hệ thống"):
            taken(content)


def test_a_row_that_was_put_in_is_noticed():
    with pytest.raises(Refused, match="Bố cục của bảng đã bị thay đổi: ô"):
        taken(changed(lambda book: book["1. I- Kết quả"].insert_rows(4)))


def packed(parts: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", Unreadable, "trống"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, Unreadable, "mật khẩu"),
        (b"%PDF-1.7", Unreadable, "hỏng hoặc không phải"),
        (b"PK\x03\x04 but no more", Unreadable, "hỏng hoặc không phải"),
        (packed({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), Unreadable, "macro"),
        (packed({"word/document.xml": b"<x/>"}), Unreadable, "hỏng hoặc không phải"),
        (
            packed({"xl/workbook.xml": b"<x/>", "xl/big.xml": b" " * (25 * 1024**2)}),
            Unreadable,
            "nén bất thường",
        ),
        (packed({"xl/workbook.xml": b"<broken"}), Unreadable, "hỏng hoặc không phải"),
        (b"PK\x03\x04" + b"\0" * (8 * 1024**2), TooLarge, "lớn hơn mức"),
    ],
)
def test_hostile_and_broken_files_are_refused(content: bytes, kind: type[Exception], words: str):
    with pytest.raises(kind, match=words):
        taken(content)


def test_somebody_elses_workbook_is_refused():
    book, saved = Workbook(), BytesIO()
    book.active["A1"] = "Bảng của tôi"
    book.save(saved)
    with pytest.raises(Refused, match="dấu của hệ thống"):
        taken(saved.getvalue())


def test_only_cells_to_fill_in_are_open_and_the_rest_is_printed():
    book = load_workbook(BytesIO(drawn()))
    assert [page.title for page in book] == [COVER, "1. I- Kết quả", NOTES, "_dondoc"]
    page = book["1. I- Kết quả"]
    opened = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    slots = {slot.place.address for slot in PLAN.slots if slot.place.sheet == page.title}
    assert page.protection.sheet
    assert slots <= opened
    assert page.cell(*one_based(PLAN.before["given"])).value == 9
    assert book["_dondoc"].sheet_state == "veryHidden"


def test_long_heads_have_room_and_numbers_are_written_as_offices_write_them():
    columns = [{"code": "a", "label": "Số hội nghị đã tổ chức trong kỳ báo cáo"}, {"code": "b", "label": "B"}]
    grid = {"code": "g", "label": "Bảng", "rows": [{"code": "r", "label": "Hàng"}], "columns": columns}
    form = read({"title": "Biểu", "sections": [{"title": "I", "parts": [grid]}]})
    page = load_workbook(BytesIO(draw(form, Content(), BEFORE, FACTS, STAMP, key=KEY)))["1. I"]
    head = next(words.place for words in lay_out(form).words if words.text.startswith("Số hội nghị"))
    assert page.row_dimensions[head.row + 1].height >= 45
    assert page.cell(head.row + 2, 2).number_format.startswith("[$-42A]")


def test_totals_leave_out_shares_and_what_is_calculated_from_the_rest():
    columns = [
        {"code": "plan", "label": "Giao"},
        {"code": "done", "label": "Xong"},
        {"code": "rate", "label": "Tỷ lệ", "unit": "%", "formula": "g.{row}.done / g.{row}.plan * 100"},
        {"code": "late", "label": "Muộn"},
    ]
    grid = {"code": "g", "label": "Bảng", "rows": [{"code": "r", "label": "Hàng"}], "columns": columns}
    form = read({"title": "B", "sections": [{"title": "I", "parts": [{**grid, "total_column": "Cộng"}]}]})
    (total,) = lay_out(form).totals
    assert total.formula == "=SUM(B6:C6,E6:E6)"


def one_based(place: Place) -> tuple[int, int]:
    return place.row + 1, place.column + 1


def test_words_too_long_for_a_workbook_stay_as_they_are():
    long = Content(narrative={"results": "x" * 40_000})
    filled = taken(drawn(long))
    assert merged(long, filled) == long


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["given", "held.one.plan", "held.one.done", "held.two.done"]),
        st.decimals(0, 10**10, places=4),
    )
)
def test_every_number_survives_the_way_out_and_in(figures: dict[str, Decimal]):
    content = Content(figures=figures)
    assert taken(drawn(content)).values == {}
    blank = drawn(Content())
    book = load_workbook(BytesIO(blank))
    for name, value in figures.items():
        at(book, name).value = float(value)
    saved = BytesIO()
    book.save(saved)
    assert merged(Content(), taken(saved.getvalue())).figures == figures
