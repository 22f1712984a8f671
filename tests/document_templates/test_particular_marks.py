"""Marks that few papers carry: drafts, urgency, circulation, drafter, contact line, joint signing, notes."""

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from document_templates import (
    Signatory,
    draw_pdf,
    draw_word,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from document_templates.check import check, pdf_reader
from tests.document_templates.drawing import rows_of

MARKED = {
    "draft": 2,
    "urgency": "Khẩn",
    "circulation": "Không phổ biến trên các phương tiện thông tin đại chúng",
    "drafter": "VT-05b",
    "contact": "Địa chỉ: số 1 đường Hùng Vương, phường Tân Bình; thư điện tử: vanphong@example.org",
}
PROFILES = ["party-2026", "state-2020", "front", "youth"]


def marked(profile, form="reminder-letter", text=None, **particulars):
    office, known = sample_office(profile_for(profile).family)
    changed = replace(known, **(MARKED | particulars))
    return render(load_form(form), sample(form), office, profile_for(profile), changed, text=text)


def with_note():
    return load_form("reminder-letter").wording.replace(
        "Đề nghị các", "Theo số liệu mới[[Đến ngày 30/10/2026.]], các"
    )


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("form", ["reminder-letter", "plan"])
def test_a_paper_with_all_marks_is_in_good_form(profile, form):
    document = marked(profile, form)
    assert check(draw_word(document), "a.docx", document.profile) == []
    assert check(draw_pdf(document), "a.pdf", document.profile) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_a_joint_paper_is_in_good_form(profile):
    document = marked(
        profile, "plan", signatories=(Signatory("Trưởng ban", "Vũ A"), Signatory("Chủ tịch", "Lê B"))
    )
    assert check(draw_word(document), "a.docx", document.profile) == []
    assert check(draw_pdf(document), "a.pdf", document.profile) == []


@pytest.mark.parametrize(("profile", "page"), [("party-2026", -1), ("state-2020", 0)])
def test_the_contact_line_stands_at_the_foot_of_its_page(profile, page):
    document = replace(marked(profile), appendices=())
    pdf = draw_pdf(document)
    at = page % len(pdfium.PdfDocument(pdf))
    [row] = [row for row in rows_of(pdf, at) if row.text.startswith("Địachỉ:")]
    assert 297 - row.baseline < 32


@pytest.mark.parametrize("profile", PROFILES)
def test_notes_are_numbered_from_one_beside_a_contact_line(profile):
    pdf = draw_pdf(marked(profile, text=with_note()))
    rows = [row.text for page in range(len(pdfium.PdfDocument(pdf))) for row in rows_of(pdf, page)]
    assert any(row.startswith("1.Đếnngày30/10/2026") for row in rows)


@pytest.mark.parametrize(
    ("key", "said"), [("draft", "Dự thảo lần 2"), ("urgency", "KHẨN"), ("drafter", "VT-05b")]
)
def test_each_mark_is_set_by_its_style(key, said):
    document = marked("party-2026")
    lines = {line.text: line for line in pdf_reader.read(draw_pdf(document)).lines}
    style = document.profile.styles[key]
    assert (lines[said].most("size"), lines[said].most("bold"), lines[said].most("italic")) == (
        style.size,
        style.bold,
        style.italic,
    )
