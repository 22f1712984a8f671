"""PDF: read by where things stand on the page."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter, Transformation

from tests.workflows.directives.reading.extraction.samples import (
    LETTERHEAD,
    SIGNATURE,
    joined,
    locked,
    pdf,
    scanned,
    stamped,
)
from workflows.directives.reading.extraction import Limits, extract, scan
from workflows.errors import TooLarge, Unreadable

BODY = "<p>" + "Các đơn vị rà soát, báo cáo kết quả thực hiện về Ban để tổng hợp. " * 3 + "</p>"
LETTER = LETTERHEAD + "<p>Kính gửi: Các đảng ủy xã, phường,</p>" + BODY * 3 + SIGNATURE
ROWS = "".join(
    f"<tr><td>{n}</td><td>Việc thứ {n} do tỉnh giao cho các đơn vị cùng làm trong năm</td>"
    "<td>Sở Nội vụ</td></tr>"
    for n in range(1, 31)
)
TABLE = (
    f'<table class="ruled"><thead><tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td></tr></thead>{ROWS}</table>'
)
NUMBERED = "@top-center { content: counter(page); font-size: 14pt; vertical-align: middle }"


def read(data, **limits):
    return extract(data, filename="a.pdf", limits=Limits(**limits))


def lines(data):
    return [line.strip() for line in read(data).text.splitlines() if line.strip()]


def test_the_left_column_of_the_letterhead_comes_before_the_right_one():
    assert lines(pdf(LETTER))[:6] == [
        "TỈNH ỦY AN HÒA",
        "BAN DÂN VẬN",
        "*",
        "Số 12-CV/BDVTU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "An Hòa, ngày 05 tháng 3 năm 2026",
    ]


def test_recipients_stay_together_beside_the_signature():
    assert lines(pdf(LETTER))[-7:] == [
        "Nơi nhận:",
        "- Như trên,",
        "- Thường trực Tỉnh ủy,",
        "- Lưu Văn phòng.",
        "K/T TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN",
        "Lò Văn Mẫu",
    ]


def test_a_paragraph_keeps_its_lines_and_is_known_by_its_indent():
    text = read(pdf(LETTER)).text
    first = next(line for line in text.splitlines() if line.strip().startswith("Các đơn vị rà soát"))
    second = text.splitlines()[text.splitlines().index(first) + 1]
    assert first.startswith("   ")
    assert not second.startswith(" ")


def test_number_and_day_that_were_stamped_at_signing_stand_in_their_places():
    blank = LETTERHEAD.replace("Số 12-CV/BDVTU", "Số &nbsp; &nbsp; &nbsp; &nbsp;-CV/BDVTU")
    plain = pdf(blank + BODY)
    place = lines(plain).index("Số -CV/BDVTU")
    text = lines(stamped(plain, ("12", 156, 134, 14)))
    assert text[place].replace(" ", "") == "Số12-CV/BDVTU"


def test_the_stamp_of_a_digital_signature_is_left_out_and_said_so():
    signed = stamped(
        pdf(LETTER),
        ("Signed by: VAN PHONG", 330, 500, 8),
        ("Email: vanphong@example.org", 330, 509, 8),
        ("2026.03.05 09:10:11 +07:00", 330, 518, 8),
    )
    found = read(signed)
    assert "Signed by" not in found.text
    assert "example.org" not in found.text
    assert "09:10:11" not in found.text
    assert "Đã lược thông tin của dấu chữ ký số." in found.notes
    assert "PHÓ TRƯỞNG BAN" in found.text


def test_page_numbers_are_left_out():
    found = read(pdf(LETTERHEAD + BODY * 20, page=NUMBERED))
    assert found.pages > 1
    assert not any(line.strip().isdigit() for line in found.text.splitlines())
    assert "Đã lược số trang, dòng lặp lại ở đầu và chân trang." in found.notes


def test_a_number_in_the_text_is_no_page_number():
    assert "2026" in lines(pdf(BODY + "<p>2026</p>" + BODY))


def test_lines_that_run_through_all_pages_are_left_out():
    running = '@bottom-left { content: "Hồ sơ 12/VP - tờ " counter(page) }'
    found = read(pdf(BODY * 30, page=running))
    assert found.pages > 2
    assert "Hồ sơ 12" not in found.text


def test_footnotes_come_last_and_their_marks_cannot_be_taken_for_figures():
    note = '<sup style="font-size: 7pt">1</sup> Ghi chú ở chân.'
    foot = f'<div style="position: absolute; bottom: 0; font-size: 10pt">{note}</div>'
    mark = '<sup style="font-size: 8pt">1</sup>'
    text = read(pdf(f"{foot}<p>Theo Nghị định số 105/2025/NĐ-CP{mark} về việc này.</p>{BODY * 16}")).text
    assert "105/2025/NĐ-CP¹ về việc này" in text
    assert text.splitlines()[-1] == "[1] Ghi chú ở chân."


def test_a_ruled_table_is_read_row_by_row_even_over_pages():
    found = read(pdf(TABLE))
    rows = [line.split("\t") for line in found.text.splitlines() if "\t" in line]
    assert found.pages == 2
    assert [row[0] for row in rows] == ["TT", *map(str, range(1, 31))]
    assert rows[30] == ["30", "Việc thứ 30 do tỉnh giao cho các đơn vị cùng làm trong năm", "Sở Nội vụ"]


def test_merged_cells_are_read_once():
    html = (
        '<table class="ruled"><tr><td colspan="3">Nhóm việc</td></tr><tr><td rowspan="2">1</td>'
        "<td>Việc a</td><td>Sở A</td></tr><tr><td>Việc b</td><td>Sở B</td></tr></table>"
    )
    assert [line for line in read(pdf(html)).text.splitlines() if line] == [
        "Nhóm việc",
        "1\tViệc a\tSở A",
        "\tViệc b\tSở B",
    ]


def test_a_page_lying_on_its_side_is_read_upright():
    upright = pdf(LETTER)
    from_side = _turned(upright)
    assert lines(from_side) == lines(upright)


def _turned(data):
    """The same page drawn sideways on the sheet, with the order to turn it for reading."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(90).translate(height, 0))
    page.mediabox.upper_right = page.cropbox.upper_right = (height, width)
    page.rotate(90)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n" + b"x" * 3000, "bị hỏng"),
        (pdf(LETTER)[:900], "bị hỏng"),
        (locked(pdf(LETTER)), "mật khẩu"),
        (pdf("<p></p>"), "không có chữ nào"),
    ],
    ids=["rubbish", "cut off", "locked", "blank"],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_its_reason(data, words):
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_a_pdf_without_pages_is_refused():
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(Unreadable, match=r"không có trang nào|bị hỏng"):
        read(empty)


def test_a_pdf_of_too_many_pages_is_refused():
    with pytest.raises(TooLarge, match="2 trang, vượt giới hạn 1 trang"):
        read(pdf(TABLE), pages=1)


def test_a_pdf_that_takes_too_long_is_given_up():
    with pytest.raises(Unreadable, match="quá thời gian"):
        read(pdf(LETTER), seconds=0.001)


def test_where_only_one_page_is_a_scan_the_others_are_still_read(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    found = read(joined(pdf(LETTER), scanned(pdf(BODY))))
    assert "BAN DÂN VẬN" in found.text
    assert any("tesseract-ocr-vie" in note for note in found.notes)


def test_a_scan_alone_is_refused_naming_the_package_to_install(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    with pytest.raises(Unreadable, match="tesseract-ocr-vie"):
        read(scanned(pdf(BODY)))
