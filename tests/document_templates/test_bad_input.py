"""What offices hand in by mistake: a clear message or a finished page, never a corrupt file."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from docx import Document as open_docx

from document_templates import (
    DocumentError,
    Particulars,
    WordingError,
    draw_pdf,
    draw_word,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from document_templates.check import check, word_reader
from tests.document_templates.drawing import pages_of, sampled

LONG_NAME = ("Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực và cải cách tư pháp " * 3)[:200].strip()


def finished(document):
    """Both files, opened again; the pages of the PDF."""
    assert open_docx(BytesIO(draw_word(document))).element.body is not None
    return pages_of(draw_pdf(document))


def test_a_field_missing_in_the_facts_is_named():
    with pytest.raises(WordingError, match="deadline"):
        sampled("reminder-letter", deadline=None)


def test_a_wording_with_a_misspelt_field_is_refused_before_anything_is_drawn():
    office, known = sample_office("party")
    with pytest.raises(WordingError, match="“subject”"):
        render(load_form("plan"), sample("plan"), office, profile_for("party-2026"), known,
               text="{{ subjekt }}")  # fmt: skip


def test_a_table_wider_than_the_page_gets_smaller_letters_and_fits():
    facts = sample("statistics-appendix")
    head = "| " + " | ".join(f"Cột {at} rất dài dòng" for at in range(40)) + " |"
    row = "| " + " | ".join(["1.234.567"] * 40) + " |"
    office, known = sample_office("party")
    document = render(load_form("statistics-appendix"), facts, office, profile_for("party-2026"), known,
                      text=f"@phụ lục: Rộng\n@kèm theo: Báo cáo số 1\n{head}\n{row}")  # fmt: skip
    assert finished(document) == 1


def test_a_table_of_too_many_columns_is_refused_with_what_to_do():
    office, known = sample_office("party")
    with pytest.raises(DocumentError, match="Tách thành nhiều bảng"):
        render(
            load_form("plan"),
            sample("plan"),
            office,
            profile_for("party-2026"),
            known,
            text="| a " * 60 + "|",
        )


def test_names_of_two_hundred_characters_are_broken_into_lines():
    facts = sample("reminder-letter")
    facts["units"][0]["name"] = facts["addressees"][0] = facts["copies"][0] = LONG_NAME
    facts["units"][0]["tasks"][0]["title"] = "x" * 200
    assert finished(sampled("reminder-letter", **facts)) >= 2


def test_an_empty_report_is_a_report():
    bare = {"tasks": [], "chart": [], "plans": [], "proposals": [], "recipients": [], "strengths": None}
    document = sampled("implementation-report", **bare)
    assert finished(document) >= 1
    assert check(draw_word(document), "a.docx", document.profile) == []


def test_an_empty_wording_is_an_empty_page():
    office, known = sample_office("party")
    document = render(load_form("plan"), sample("plan"), office, profile_for("party-2026"), known, text="")
    assert finished(document) == 1


def test_a_thousand_recipients_run_over_several_pages():
    names = [f"Đảng uỷ xã số {at}" for at in range(1000)]
    assert finished(sampled("implementation-report", recipients=names)) > 10


def test_a_thousand_addressees_run_over_several_pages():
    assert (
        finished(sampled("assignment-letter", addressees=[f"Đảng uỷ xã số {at}" for at in range(1000)])) > 20
    )


def test_a_paper_that_nobody_signs_yet_is_drawn():
    office, _known = sample_office("party")
    document = render(load_form("plan"), sample("plan"), office, profile_for("party-2026"), Particulars())
    assert finished(document) >= 2


def test_letters_that_no_file_can_hold_are_left_out():
    assert finished(sampled("reminder-letter", subject="đôn\x00 đốc\x0b\ud800 thực hiện \x1f nhiệm vụ")) >= 2


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.docx", "rỗng"),
        (b"PK\x03\x04 broken", "a.docx", "hỏng"),
        (b"MZ program", "a.docx", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx", "mật khẩu"),
        (b"%PDF-1.7 broken", "a.pdf", "hỏng"),
        (b"text", "a.txt", "chỉ kiểm tra được"),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_with_what_to_do(data, name, told):
    with pytest.raises(DocumentError, match=f"(?i){told}"):
        check(data, name, profile_for("party-2026"))


def test_a_scan_without_text_is_refused():
    scan, saved = pdfium.PdfDocument.new(), BytesIO()
    scan.new_page(595, 842)
    scan.save(saved)
    with pytest.raises(DocumentError, match="bản quét"):
        check(saved.getvalue(), "scan.pdf", profile_for("party-2026"))


def test_a_word_file_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(word_reader, "MOST_UNPACKED", 1000)
    with pytest.raises(DocumentError, match="quá lớn"):
        check(draw_word(sampled("plan")), "a.docx", profile_for("party-2026"))
