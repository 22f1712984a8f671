"""The form on paper: upright or on its side, in pieces where too wide, empty for a pen, nil in a word."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document as open_docx
from pypdf import PdfReader

from document_templates import Document, draw_pdf, draw_word
from document_templates.blocks import Paragraph, Table, plain
from tests.workflows.office import TODAY
from workflows.regimes.forms import Form, read
from workflows.reports import Content
from workflows.reports.paper import MOST_COLUMNS, NIL, PEN, Heads, compose

HEADS = Heads("Đảng uỷ xã An Bình", "Quý IV/2026", "đã nộp, bản nộp lần 2", "Ngô Văn Ích", "Tạ Văn Lộc")
SAID = Content(
    figures={"held.r0.c0": Decimal("1234.5"), "held.r0.c1": Decimal(0)},
    narrative={"results": "Đã quán triệt.\nMở 3 lớp."},
    notes={"held.r0.c1": "Hoãn."},
)


def form(columns: int) -> Form:
    grid: dict[str, Any] = {
        "code": "held",
        "label": "Các cuộc họp",
        "rows": [{"code": "r0", "label": "Tháng đầu"}],
        "columns": [{"code": f"c{at}", "label": f"Loại {at}"} for at in range(columns)],
        "total_column": "Cộng",
        "total_row": "Tổng cộng",
    }
    asked = {"code": "results", "label": "Kết quả", "kind": "narrative"}
    return read({"title": "Báo cáo quý", "sections": [{"title": "I- Kết quả", "parts": [asked, grid]}]})


def tables(document: Document) -> list[Table]:
    return [block for block in document.appendices[0].blocks if isinstance(block, Table)]


def words(document: Document) -> list[str]:
    blocks = document.appendices[0].blocks
    return [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("columns", "orientation"), [(3, "portrait"), (5, "portrait"), (6, "landscape")])
def test_a_wide_table_lays_the_paper_on_its_side(columns: int, orientation: str):
    composed = compose(form(columns), SAID, HEADS, on=TODAY)
    assert composed.appendices[0].orientation == orientation


def test_a_table_wider_than_a_page_goes_on_in_another_and_sums_once():
    first, second = tables(compose(form(MOST_COLUMNS + 2), SAID, HEADS, on=TODAY))
    assert [len(table.columns) for table in (first, second)] == [MOST_COLUMNS + 1, 4]
    assert second.columns[-1].titles == ("Cộng",)
    assert plain(second.rows[0].cells[-1]) == "1.234,5"


def test_an_empty_form_has_room_for_a_pen_and_says_nothing():
    composed = compose(form(3), SAID, HEADS, on=TODAY, empty=True)
    assert PEN in words(composed)
    nothing = compose(form(3), Content(nil=True), HEADS, on=TODAY)
    assert words(nothing)[0] == NIL
    assert not tables(nothing)


def test_word_and_pdf_say_the_same():
    composed = compose(form(3), SAID, HEADS, on=TODAY)
    pdf = PdfReader(BytesIO(draw_pdf(composed))).pages[0].extract_text()
    docx = open_docx(BytesIO(draw_word(composed)))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    lines = [*cells, *(paragraph.text for paragraph in docx.paragraphs)]
    for said in ("1.234,5", "Mở 3 lớp.", "đã nộp, bản nộp lần 2", "Hoãn.", "Tạ Văn Lộc"):
        assert said in " ".join(pdf.split())
        assert any(said in line for line in lines)
