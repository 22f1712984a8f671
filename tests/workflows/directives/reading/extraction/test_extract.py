"""The front door: any file in, text or a refusal out."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.directives.reading.extraction.samples import p, pdf, table, word
from workflows.directives.reading.extraction import Kind, Limits, extract, scan
from workflows.errors import DomainError, TooLarge, Unreadable

SUFFIXES = ["docx", "pdf", "doc", "txt", "edxml", "png", "rtf", "odt", "exe", ""]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STARTS = [b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"<edxml>", b"\xff\xfe", b"MZ", b"Rar!", b"GIF8"]


def test_plain_text_comes_composed_with_plain_line_ends():
    found = extract("Tỉnh ủy\r\nAn Hòa\x00".encode(), filename="a.txt")
    assert (found.text, found.media_type, found.notes) == ("Tỉnh ủy\nAn Hòa", "text/plain", ())


def test_a_file_can_be_given_by_its_path(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(word(p("Nội dung")))
    assert extract(path, filename="a.docx").text == "Nội dung"


def test_a_large_file_is_not_read_beyond_the_limit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 5000)
    with pytest.raises(TooLarge):
        extract(path, filename="a.txt", limits=Limits(file_bytes=100))


def test_content_counts_and_a_wrong_suffix_is_remarked():
    found = extract(pdf("<p>Nội dung</p>"), filename="a.docx")
    assert found.media_type == Kind.PDF
    assert any("Đuôi tên tệp" in note for note in found.notes)


def test_a_program_under_the_name_of_a_letter_is_refused():
    with pytest.raises(Unreadable, match="chương trình"):
        extract(b"MZ\x90\x00" + b"\0" * 200, filename="công văn.docx")


def test_text_beyond_the_limit_is_refused():
    with pytest.raises(TooLarge, match=r"vượt giới hạn 1\.500 ký tự"):
        extract(b"a" * 9000, filename="a.txt", limits=Limits(characters=1500))


def test_a_word_file_in_an_old_font_is_read_as_unicode():
    assert extract(word(p("§¶ng ñy, c¸c ®¬n vÞ thùc hiÖn nhiÖm vô")), filename="a.docx").text == (
        "Đảng ủy, các đơn vị thực hiện nhiệm vụ"
    )


@given(st.sampled_from(STARTS), st.binary(max_size=600), st.sampled_from(SUFFIXES))
def test_no_bytes_under_any_name_do_anything_but_read_or_refuse(start, rest, suffix):
    try:
        text = extract(start + rest, filename=f"a.{suffix}").text
    except DomainError:
        return
    assert text == unicodedata.normalize("NFC", text)
    assert "\x00" not in text


@settings(max_examples=15)
@given(st.binary(max_size=300), st.sampled_from([b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", OLE]))
def test_no_bytes_that_need_another_program_do_anything_but_read_or_refuse(rest, start):
    with suppress(DomainError):
        extract(start + rest, filename="a.pdf")


@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_a_word_file_does_anything_but_read_or_refuse(data):
    whole = bytearray(word(table(("một", "hai", "ba"), ruled=True) + p("bốn")))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DomainError):
        extract(bytes(whole), filename="a.docx")


@settings(max_examples=20)
@given(st.data())
def test_no_damage_to_a_pdf_does_anything_but_read_or_refuse(data):
    whole = bytearray(pdf("<p>Nội dung</p>"))
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(10, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "is_installed", lambda: False)
        with suppress(DomainError):
            extract(bytes(whole), filename="a.pdf")
