"""Finished PDFs read back with pypdfium2, for every form in every profile."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdf
import pypdfium2 as pdfium
import pytest

from document_templates import draw_pdf, profile_for, sample
from document_templates.check import pdf_reader
from document_templates.check.components import recognise
from document_templates.pdf import _closed
from tests.document_templates.drawing import PAIRS, drawn, rows_of, sampled, words_of

each_form_and_profile = pytest.mark.parametrize(("form", "profile"), PAIRS)
MM_PER_POINT = 25.4 / 72


@each_form_and_profile
def test_margins_and_page_numbers(form, profile):
    page = profile_for(profile).page
    sheets = pdf_reader.read(drawn(form, profile).pdf).sheets
    assert min(sheet.left for sheet in sheets) == pytest.approx(page.left, abs=1)
    assert min(sheet.right for sheet in sheets) == pytest.approx(page.right, abs=1)
    assert min(sheet.top for sheet in sheets) == pytest.approx(page.top, abs=1)
    assert min(sheet.bottom for sheet in sheets) > page.bottom
    assert sheets[0].number is None
    for sheet in sheets:
        assert sorted((sheet.width, sheet.height)) == pytest.approx([210, 297], abs=0.1)
        if sheet.number:
            assert sheet.number.size == profile_for(profile).styles["page_number"].size
            assert sheet.number_from_top == pytest.approx(10, abs=1)


@each_form_and_profile
def test_components_are_set_exactly(form, profile):
    paper = pdf_reader.read(drawn(form, profile).pdf)
    found = recognise(paper, profile_for(profile))
    assert found.lines
    for key, lines in found.lines.items():
        wanted = profile_for(profile).styles.get(key)
        if wanted is None or key in ("body", "addressee"):
            continue
        for line in lines:
            set_as = (key, line.most("size"), line.most("bold"), line.most("italic"), line.most("underline"))
            assert set_as == (key, wanted.size, wanted.bold, wanted.italic, wanted.underline)


@pytest.mark.parametrize(("form", "profile"), [pair for pair in PAIRS if pair[0] != "statistics-appendix"])
def test_the_pitch_of_the_matter_is_exact(form, profile):
    pitch = profile_for(profile).styles["body"].pitch
    found = recognise(pdf_reader.read(drawn(form, profile).pdf), profile_for(profile))
    lines = found["body"]
    drops = [
        (after.baseline - before.baseline) / MM_PER_POINT
        for before, after in pairwise(lines)
        if before.page == after.page and after.left < profile_for(profile).page.left + 2
    ]
    assert drops == pytest.approx([pitch] * len(drops), abs=0.1)


@each_form_and_profile
def test_every_font_is_times_and_embedded(form, profile):
    for page in pypdf.PdfReader(BytesIO(drawn(form, profile).pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font["/DescendantFonts"][0]
            assert (
                "Liberation-Serif" in font["/BaseFont"]
                or "Times" in font["/BaseFont"]
                or "Tinos" in font["/BaseFont"]
            )
            assert (
                "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
            )
            assert "/ToUnicode" in font


@each_form_and_profile
def test_the_file_is_tagged_titled_and_in_vietnamese(form, profile):
    reader = pypdf.PdfReader(BytesIO(drawn(form, profile).pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("vi")
    assert reader.metadata.title == drawn(form, profile).document.title


@each_form_and_profile
def test_a_file_does_not_depend_on_what_was_drawn_before(form, profile):
    with ThreadPoolExecutor(1) as untouched:
        first = untouched.submit(draw_pdf, drawn(form, profile).document).result()
        untouched.submit(draw_pdf, drawn("implementation-report").document).result()
        again = untouched.submit(draw_pdf, drawn(form, profile).document).result()
    assert first == again == drawn(form, profile).pdf


def test_headings_are_bookmarks():
    outline = pdfium.PdfDocument(drawn("implementation-report").pdf).get_toc()
    titles = [entry.get_title() for entry in outline]
    assert titles[0] == "BÁO CÁO"
    assert "II- KẾT QUẢ THỰC HIỆN" in titles
    assert "Phụ lục" in titles


def test_vietnamese_text_is_found_again():
    page = pdfium.PdfDocument(drawn("implementation-report").pdf)[0]
    assert page.get_textpage().search("Ban Thường vụ Tỉnh uỷ", match_case=True).get_next()


def test_a_chart_speaks_in_words():
    assert "92,1%" in str(_structure(drawn("implementation-report").pdf))


def _structure(pdf: bytes) -> list[str]:
    found, reader = [], pypdf.PdfReader(BytesIO(pdf))
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pypdf.generic.DictionaryObject):
            found.append(str(node.get("/Alt", "")))
            children = node.get("/K", [])
            children = children.get_object() if hasattr(children, "get_object") else children
            waiting += [
                child.get_object() for child in (children if isinstance(children, list) else [children])
            ]
    return found


def test_appendix_pages_are_counted_from_one():
    document = sampled("statistics-appendix", units=sampled_units(90))
    sheets = pdf_reader.read(draw_pdf(document)).sheets
    assert [sheet.number.text if sheet.number else "" for sheet in sheets][:3] == ["", "", "2"]


def sampled_units(count):
    rows = sample("statistics-appendix")["units"]
    return [rows[at % len(rows)] for at in range(count)]


def test_a_long_table_repeats_its_head():
    pdf = draw_pdf(sampled("statistics-appendix", units=sampled_units(90)))
    assert all(
        any(row.text.startswith("TT") or "Đơnvị" in row.text for row in rows_of(pdf, page)) for page in (1, 2)
    )


def test_both_sides_printed_means_mirrored_margins():
    sheets = pdf_reader.read(draw_pdf(replace(sampled("implementation-report"), two_sided=True))).sheets
    assert [round(sheet.left) for sheet in sheets[:3]] == [30, 15, 30]
    assert [round(sheet.right) for sheet in sheets[:3]] == [15, 30, 15]


@pytest.mark.parametrize(
    "address", ["http://example.org/a.png", "file:///etc/hostname", "ftp://example.org/"]
)
def test_nothing_outside_is_reached(address):
    with pytest.raises(ValueError, match="disallowed"):
        _closed.fetch(address)


def test_a_page_of_hostile_words_reaches_for_nothing_and_shows_them(caplog):
    hostile = '<img src="http://example.org/x.png"><script>alert(1)</script>'
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = draw_pdf(sampled("reminder-letter", subject=hostile))
    assert "example.org/x.png" in "".join(row.text for row in rows_of(pdf))
    assert caplog.records == []


def test_the_page_is_drawn_without_any_warning(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        draw_pdf(sampled("implementation-report"))
    assert caplog.messages == []


def test_the_same_document_gives_the_same_bytes():
    assert draw_pdf(sampled("plan")) == draw_pdf(sampled("plan"))


def test_words_of_is_not_blind():
    assert words_of(drawn("plan").pdf) != words_of(drawn("submission").pdf)
