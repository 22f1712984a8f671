"""Word files: everything a reader would see, in the order in which it is read."""

import pytest

from tests.workflows.directives.reading.extraction.samples import p, packed, table, word
from workflows.directives.reading.extraction import Limits, extract
from workflows.errors import Unreadable

LETTERHEAD = table(
    (
        "TỈNH ỦY AN HÒA\nVĂN PHÒNG\n*\nSố 07-CV/VPTU",
        "ĐẢNG CỘNG SẢN VIỆT NAM\nAn Hòa, ngày 09 tháng 3 năm 2026",
    )
)
LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)


def read(body, **parts):
    return extract(word(body, **parts), filename="a.docx", limits=Limits())


def lines(body, **parts):
    return [line for line in read(body, **parts).text.splitlines() if line.strip()]


def item(text, depth):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr>')


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_the_left_cell_of_the_letterhead_comes_whole_before_the_right_one():
    assert lines(LETTERHEAD + p("Kính gửi: Các đảng ủy,"))[3:6] == [
        "Số 07-CV/VPTU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "An Hòa, ngày 09 tháng 3 năm 2026",
    ]


def test_a_letterhead_of_several_rows_is_read_column_by_column_even_if_it_is_ruled():
    two_rows = table(
        ("SỞ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Số: 1/SA", "An Hòa, ngày 1/2/2026"), ruled=True
    )
    assert lines(two_rows) == [
        "SỞ A",
        "Số: 1/SA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "An Hòa, ngày 1/2/2026",
    ]


def test_a_letterhead_typed_with_tabs_is_parted_too():
    body = p("SỞ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Số: 1/SA\tĐộc lập - Tự do - Hạnh phúc")
    assert lines(body) == [
        "SỞ A",
        "Số: 1/SA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_table_of_data_has_one_line_for_each_row():
    rows = table(
        ("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Rà soát\nbáo cáo", "Sở A"), ("2", "", "Sở B"), ruled=True
    )
    assert lines(rows) == ["TT\tNhiệm vụ\tChủ trì", "1\tRà soát báo cáo\tSở A", "2\t\tSở B"]


def test_a_table_within_a_cell_is_not_lost():
    inner = table(("trong", "ô", "này"), ruled=True)
    outer = f"<w:tbl><w:tr><w:tc>{p('ngoài')}{inner}</w:tc></w:tr></w:tbl>"
    assert lines(outer) == ["ngoài", "trong\tô\tnày"]


def test_numbers_that_word_counts_by_itself_are_written_out():
    body = item("Mục đích", 0) + item("một", 1) + item("hai", 1) + item("Yêu cầu", 0) + item("ba", 1)
    assert lines(body, numbering=LISTS) == ["I. Mục đích", "a) một", "b) hai", "II. Yêu cầu", "a) ba"]


def test_footnotes_stand_at_the_end_under_their_marks():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{run('Nghị định 105/2025/NĐ-CP')}{mark}{run(' nêu rõ.')}</w:p>"
    notes = f'<w:footnote w:id="2">{p("Ban hành ngày 01/6/2025.")}</w:footnote>'
    assert lines(body, footnotes=notes) == [
        "Nghị định 105/2025/NĐ-CP¹ nêu rõ.",
        "[1] Ban hành ngày 01/6/2025.",
    ]


def test_raised_figures_do_not_run_into_the_number_before_them():
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    assert lines(f"<w:p>{run('75 m')}{raised}</w:p>") == ["75 m²"]


def test_a_text_box_is_read_once_though_word_stores_it_twice():
    box = f"<w:txbxContent>{p('KHẨN')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p>{run('Số 5')}<w:r>{drawing}</w:r></w:p>") == ["Số 5", "KHẨN"]


def test_the_text_is_that_after_changes_were_accepted():
    body = f"<w:p>{run('hạn ')}<w:del>{run('cũ')}</w:del><w:ins>{run('mới')}</w:ins></w:p>"
    found = read(body)
    assert found.text == "hạn mới"
    assert any("Track Changes" in note for note in found.notes)


def test_hidden_words_are_not_read():
    assert lines(f"<w:p>{run('thấy')}{run(' ẩn', '<w:vanish/>')}</w:p>") == ["thấy"]


def test_words_in_links_and_content_controls_are_read():
    body = (
        f"<w:p><w:hyperlink>{run('liên kết')}</w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{p('ô nhập')}</w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["liên kết", "ô nhập"]


def test_the_document_may_lie_under_another_name():
    relation = (
        '<Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    moved = packed(
        {
            "_rels/.rels": relation,
            "word/document2.xml": '<w:document xmlns:w="urn:w"><w:body>'
            "<w:p><w:r><w:t>Nội dung</w:t></w:r></w:p></w:body></w:document>",
        }
    )
    assert extract(moved, filename="a.docx").text == "Nội dung"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(""), "không có chữ nào"),
        (packed({"word/document.xml": "<w:document"}), "bị hỏng"),
        (packed({"word/document.xml": "<a/>"}), "bị hỏng"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "thực thể XML"),
        (packed({"word/document.xml": "<a>" * 400 + "</a>" * 400}), "quá sâu"),
    ],
    ids=["blank", "cut off", "no body", "entities", "too deep"],
)
def test_a_word_file_that_cannot_be_read_is_refused_with_its_reason(data, words):
    with pytest.raises(Unreadable, match=words):
        extract(data, filename="a.docx")
