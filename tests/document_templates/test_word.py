"""Finished Word files read back with python-docx, for every form in every profile."""

import base64
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from document_templates import (
    Particulars,
    Signatory,
    draw_word,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from document_templates.blocks import Picture, Run
from document_templates.word.styles import style_id
from tests.document_templates.drawing import PAIRS, drawn, sampled
from tests.document_templates.test_markup import DOT

MM = 36_000
each_form_and_profile = pytest.mark.parametrize(("form", "profile"), PAIRS)


@each_form_and_profile
def test_page_and_margins(form, profile):
    page = profile_for(profile).page
    for section in drawn(form, profile).docx().sections:
        size = sorted((section.page_width / MM, section.page_height / MM))
        assert size == pytest.approx([210, 297], abs=0.1)
        for side in ("top", "bottom", "left", "right"):
            assert getattr(section, f"{side}_margin") / MM == pytest.approx(getattr(page, side), abs=0.1)
        assert section.header_distance / MM == pytest.approx(10, abs=0.1)


@each_form_and_profile
def test_every_style_says_size_weight_pitch_and_indent_exactly(form, profile):
    styles = {style.style_id: style for style in drawn(form, profile).docx().styles}
    for key, wanted in profile_for(profile).styles.items():
        style = styles[style_id(key)]
        assert (key, style.font.size.pt, style.font.bold, style.font.italic) == (
            key,
            wanted.size,
            wanted.bold,
            wanted.italic,
        )
        assert style.font.underline == (wanted.underline or False)
        if key != "picture":
            assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
            assert style.paragraph_format.line_spacing.pt == wanted.pitch
        assert style.paragraph_format.first_line_indent / MM == pytest.approx(wanted.indent, abs=0.05)
        assert style.paragraph_format.space_after.pt == wanted.after


@each_form_and_profile
def test_every_paragraph_has_a_style_of_the_profile(form, profile):
    docx = drawn(form, profile).docx()
    known = {style_id(key) for key in profile_for(profile).styles} | {"Divider"}
    used = {
        paragraph.style.style_id
        for paragraph in docx.element.body.iter(qn("w:p"))
        for paragraph in [_of(docx, paragraph)]
    }
    assert used <= known


def _of(docx, element):
    return next(iter(docx.paragraphs)).__class__(element, docx._body)


@each_form_and_profile
def test_no_empty_paragraph_makes_space(form, profile):
    docx = drawn(form, profile).docx()
    for element in docx.element.body.iter(qn("w:p")):
        paragraph = _of(docx, element)
        in_cell = element.getparent().tag == qn("w:tc")
        if not in_cell and not paragraph.text.strip() and element.find(f".//{qn('w:drawing')}") is None:
            assert paragraph.style.style_id == "Divider"
            assert paragraph.style.paragraph_format.line_spacing.pt == 1


@each_form_and_profile
def test_the_page_number_is_a_field_that_the_first_page_lacks(form, profile):
    for section in drawn(form, profile).docx().sections:
        assert section.different_first_page_header_footer
        fields = [
            field.get(qn("w:instr")).strip() for field in section.header._element.iter(qn("w:fldSimple"))
        ]
        assert fields == ["PAGE"]
        assert section.first_page_header.is_linked_to_previous


@each_form_and_profile
def test_appendices_are_sections_numbered_from_one(form, profile):
    document, docx = drawn(form, profile).document, drawn(form, profile).docx()
    bodies = 1 if document.front else 0
    assert len(docx.sections) == len(document.appendices) + bodies
    for section, appendix in zip(list(docx.sections)[bodies:], document.appendices, strict=True):
        start = section._sectPr.find(qn("w:pgNumType")).get(qn("w:start"))
        landscape = section.orientation == WD_ORIENT.LANDSCAPE
        assert (start, landscape) == ("1", appendix.orientation == "landscape")


@each_form_and_profile
def test_heads_of_tables_repeat_and_rows_stay_whole(form, profile):
    for table in drawn(form, profile).docx().tables:
        rows = table._tbl.tr_lst
        if table._tbl.tblPr.find(qn("w:tblBorders")) is None:
            continue
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        for row in rows:
            assert sum(int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst) == sum(grid)


@each_form_and_profile
def test_the_file_is_in_vietnamese_times_and_black(form, profile):
    docx = drawn(form, profile).docx()
    defaults = docx.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
    assert {color.get(qn("w:val")) for color in docx.element.iter(qn("w:color"))} <= {"000000"}


def test_the_heading_line_is_as_long_as_the_heading():
    docx = drawn("reminder-letter").docx()
    extent = docx.element.body.find(f".//{qn('wp:extent')}")
    assert int(extent.get("cx")) / MM == pytest.approx(72.9, abs=0.5)


def test_a_chart_is_a_picture_with_words():
    [shape] = drawn("implementation-report").docx().inline_shapes
    assert "Hội Cựu chiến binh: 92,1%" in shape._inline.docPr.get("descr")
    assert shape.width / MM == pytest.approx(155, abs=0.5)


def test_both_sides_printed_means_mirrored_margins():
    mirrored = open_docx(BytesIO(draw_word(replace(sampled("plan"), two_sided=True))))
    assert mirrored.settings.element.find(qn("w:mirrorMargins")) is not None
    assert drawn("plan").docx().settings.element.find(qn("w:mirrorMargins")) is None


def test_a_footnote_is_a_footnote():
    document = sampled("plan")
    body = (
        replace(document.body[0], text=(Run("Lời dẫn", note="Theo số liệu & <chú thích>"),)),
        *document.body[1:],
    )
    with ZipFile(BytesIO(draw_word(replace(document, body=body)))) as archive:
        assert "Theo số liệu &amp; &lt;chú thích&gt;" in archive.read("word/footnotes.xml").decode()


def test_a_picture_keeps_its_shape():
    document = replace(sampled("plan"), body=(Picture(base64.b64decode(DOT), "Bản đồ"),))
    [shape] = open_docx(BytesIO(draw_word(document))).inline_shapes
    assert shape.width == shape.height


def test_a_joint_document_has_the_lead_on_the_right():
    signatories = (Signatory("Trưởng ban", "Người Chủ Trì"), Signatory("Trưởng ban", "Người Phối Hợp"))
    document = sampled("plan")
    letterhead, _ = sample_office("party")
    joint = render(
        load_form("plan"), sample("plan"), letterhead, document.profile, Particulars(signatories, 5)
    )
    band = open_docx(BytesIO(draw_word(joint))).tables[1]
    assert [cell.paragraphs[-1].text for cell in band.rows[0].cells] == ["Người Phối Hợp", "Người Chủ Trì"]


def test_the_same_document_gives_the_same_bytes():
    assert draw_word(sampled("implementation-report")) == draw_word(sampled("implementation-report"))
