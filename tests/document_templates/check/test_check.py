"""The checker finds every planted fault and nothing in good documents; a repaired copy is a good document."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as open_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run

from document_templates import DocumentError, draw_pdf, draw_word, profile_for
from document_templates.check import check, repair
from document_templates.check.drawn_lines import rule_length
from tests.document_templates.check.faults import FAULTS
from tests.document_templates.drawing import PAIRS, drawn, sampled

DRAUGHTSMEN = {"word": (draw_word, "a.docx"), "pdf": (draw_pdf, "a.pdf")}
PLANTED = [
    pytest.param(fault, kind, id=f"{at}-{fault.name}-{kind}")
    for at, fault in enumerate(FAULTS)
    for kind in fault.kinds
]


def codes_of(document, kind, profile):
    draw, filename = DRAUGHTSMEN[kind]
    return {deviation.code for deviation in check(draw(document), filename, profile_for(profile))}


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_a_good_document_has_no_deviation(form, profile):
    files = drawn(form, profile)
    assert check(files.word, "a.docx", profile_for(profile)) == []
    assert check(files.pdf, "a.pdf", profile_for(profile)) == []


@pytest.mark.parametrize(("fault", "kind"), PLANTED)
def test_a_planted_fault_is_found(fault, kind):
    assert fault.code in codes_of(fault.planted(), kind, fault.profile)


def test_there_are_at_least_forty_kinds_of_faults():
    assert len({fault.code for fault in FAULTS}) >= 40


def test_a_deviation_says_where_what_and_by_which_rule():
    wrong = replace(sampled("plan"), front=replace(sampled("plan").front, number="Số: 06-KH/TU"))
    [deviation] = check(draw_word(wrong), "a.docx", wrong.profile)
    assert (deviation.place, deviation.found) == ("Số và ký hiệu", "Số: 06-KH/TU")
    assert "không có dấu hai chấm" in deviation.expected
    assert "05-HD/VPTW" in deviation.rule


def edited(change):
    """A good Word file changed by hand in Word."""
    docx, saved = drawn("plan").docx(), BytesIO()
    change(docx)
    docx.save(saved)
    return saved.getvalue()


def _blank_line(docx):
    docx.paragraphs[5].insert_paragraph_before("", style="Nội dung")


def _arial(docx):
    docx.paragraphs[5].runs[0].font.name = "Arial"


def _red(docx):
    docx.paragraphs[5].runs[0].font.color.rgb = RGBColor(200, 0, 0)


def _number_on_first(docx):
    docx.sections[0].different_first_page_header_footer = False


def _large(docx):
    for run in docx.paragraphs[6].runs:
        run.font.size = Pt(18)


HAND_MADE = [
    (_blank_line, "empty-paragraphs"), (_arial, "font"), (_red, "color"),
    (_number_on_first, "page-number-first"),
    (_large, "body-size"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), HAND_MADE)
def test_what_a_hand_does_in_word_is_found(change, code):
    found = check(edited(change), "a.docx", profile_for("party-2026"))
    assert code in {deviation.code for deviation in found}


@pytest.mark.parametrize(("change", "code"), [pair for pair in HAND_MADE if pair[1] != "empty-paragraphs"])
def test_what_a_hand_did_in_word_is_mended(change, code):
    mended = repair(edited(change), profile_for("party-2026"))
    assert check(mended, "a.docx", profile_for("party-2026")) == []


MENDED = {
    "margin-top", "margin-bottom", "margin-left", "margin-right", "paper-size",
    "page-number-height", "heading-size", "heading-bold", "upper_body-bold", "issuer-bold",
    "issuer-size", "number-size", "number-bold", "place_date-italic", "place_date-size",
    "type_name-size", "type_name-bold", "subject-italic", "subject-bold", "letter_subject-size",
    "letter_subject-italic", "addressee-size", "part-bold", "body-size", "body-align",
    "body-indent", "body-pitch", "body-space", "authority-bold", "post-bold", "signer-bold",
    "signer-size", "recipients_label-underline", "recipient-size", "number-colon", "number-zero",
    "date-comma", "date-zero", "comma-before-date", "end-mark", "recipients-end",
}  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [pytest.param(fault, id=f"{at}-{fault.name}") for at, fault in enumerate(FAULTS) if fault.code in MENDED],
)
def test_what_is_certain_is_mended(fault):
    before = draw_word(fault.planted())
    after = repair(before, profile_for(fault.profile))
    assert fault.code not in {d.code for d in check(after, "a.docx", profile_for(fault.profile))}


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=f"{at}-{fault.name}") for at, fault in enumerate(FAULTS)]
)
def test_whatever_is_said_to_be_mended_is_mended(fault):
    profile = profile_for(fault.profile)
    before = draw_word(fault.planted())
    promised = {d.code for d in check(before, "a.docx", profile) if d.repairable}
    left = {d.code for d in check(repair(before, profile), "a.docx", profile)}
    assert not promised & left


def _narrow_number(docx):
    run = docx.sections[0].header.paragraphs[0]._p.xpath(".//w:r")[0]
    Run(run, None).font.size = Pt(10)


def _number_at_the_side(docx):
    docx.sections[0].header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


@pytest.mark.parametrize("change", [_narrow_number, _number_at_the_side])
def test_a_page_number_is_put_in_its_place(change):
    assert check(edited(change), "a.docx", profile_for("party-2026")) != []
    mended = repair(edited(change), profile_for("party-2026"))
    assert check(mended, "a.docx", profile_for("party-2026")) == []


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_repairing_a_good_document_changes_no_word(form, profile):
    files = drawn(form, profile)
    before, after = files.docx(), open_docx(BytesIO(repair(files.word, profile_for(profile))))
    assert ["".join(p.itertext()) for p in before.element.body] == [
        "".join(p.itertext()) for p in after.element.body
    ]


@pytest.mark.parametrize("profile", ["party-2026", "state-2020"])
def test_a_document_of_the_other_family_is_told_to_be_wrong(profile):
    other = "state-2020" if profile == "party-2026" else "party-2026"
    found = {d.code for d in check(drawn("plan", profile).word, "a.docx", profile_for(other))}
    assert {"number-colon", "recipients-archive", "end-mark"} <= found


def test_a_line_drawn_in_the_older_language_is_seen():
    old = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>%s</w:pict></w:r></w:p>'
    )
    straight = parse_xml(old % '<v:line from="70.5pt,5pt" to="141.5pt,5pt"/>')
    connector = parse_xml(old % '<v:shape type="#_x0000_t32" style="position:absolute;width:71pt;height:0"/>')
    assert rule_length(straight) == pytest.approx(25.05, abs=0.01)
    assert rule_length(connector) == pytest.approx(25.05, abs=0.01)
    assert rule_length(parse_xml(old % '<v:shape style="width:71pt"/>')) is None


def _line_in_empty_paragraph(docx):
    heading = docx.tables[0].rows[0].cells[1].paragraphs[0]
    drawing = heading._p.findall(qn("w:r"))[-1]
    carrier = docx.tables[0].rows[0].cells[1].add_paragraph(style="Tiêu đề văn bản")
    carrier._p.append(drawing)


def test_a_line_anchored_in_an_empty_paragraph_counts():
    found = check(edited(_line_in_empty_paragraph), "a.docx", profile_for("party-2026"))
    assert "heading-line" not in {deviation.code for deviation in found}


def _without_page_measures(docx):
    for section in docx.sections:
        section._sectPr.remove(section._sectPr.find(qn("w:pgSz")))
        section._sectPr.remove(section._sectPr.find(qn("w:pgMar")))


def test_what_a_file_does_not_say_is_what_word_takes():
    found = check(edited(_without_page_measures), "a.docx", profile_for("party-2026"))
    assert {"paper-size", "margin-left", "page-number-height"} <= {deviation.code for deviation in found}


def _nonsense(docx):
    docx.styles["Nội dung"].element.find(f".//{qn('w:sz')}").set(qn("w:val"), "to")


def test_a_file_with_nonsense_inside_is_refused():
    with pytest.raises(DocumentError, match="hỏng"):
        check(edited(_nonsense), "a.docx", profile_for("party-2026"))
