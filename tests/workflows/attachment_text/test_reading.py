"""Every kind of file gives its text, and every bad one a reason; none of them stops the reader."""

import io
import shutil
import unicodedata
import zipfile
import zlib

import pytest
import xlsxwriter

from tests.workflows.directives.reading.extraction import samples
from workflows.attachment_text import reading, sheets
from workflows.attachment_text.reading import FAILED, LONGEST_TEXT, read
from workflows.directives.reading.extraction import scan

SENTENCE = "Kết quả rà soát công trình nước sạch"


def sheet(*rows: tuple[object, ...]) -> bytes:
    """An xlsx with one sheet."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet("Tổng hợp")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return kept.getvalue()


def bomb() -> bytes:
    """Two hundred and one megabytes of nothing in a few kilobytes, named as a sheet."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(201):
                part.write(bytes(1024 * 1024))
    return kept.getvalue()


def test_a_sheet_gives_its_cells_without_fractions_that_nobody_typed():
    found = read(sheet(("Xã", "Số công trình"), ("An Bình", 12), ("", 3.5)), name="a.xlsx")
    assert found.reason == ""
    assert found.text.splitlines() == ["Tổng hợp", "Xã\tSố công trình", "An Bình\t12", "3.5"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_plain_text_is_read_in_whichever_code_it_was_written(charset: str):
    words = "Ket qua ra soat: đạt yêu cầu, đã bàn giao công trình nước sạch"
    written = unicodedata.normalize("NFC", words)
    if charset == "cp1258":
        written = "".join(_for_cp1258(letter) for letter in written)
    assert "bàn giao công trình nước sạch" in read(written.encode(charset), name="a.txt").text


def _for_cp1258(letter: str) -> str:
    """The code has the letters of the alphabet, and apart from them the five tones."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone
    return letter


def test_word_and_pdf_are_read_as_they_are_at_the_door():
    assert SENTENCE in read(samples.word(samples.p(SENTENCE)), name="a.docx").text
    assert SENTENCE in read(samples.pdf(f"<p>{SENTENCE}</p>"), name="a.pdf").text


@pytest.mark.skipif(not scan.is_installed(), reason="no Tesseract with Vietnamese")
def test_a_scan_is_read_where_the_machine_can():
    assert "nước sạch" in read(samples.scanned(samples.pdf(f"<h1>{SENTENCE}</h1>")), name="a.pdf").text


def test_a_scan_says_what_is_missing_where_the_machine_cannot(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    scan.is_installed.cache_clear()
    try:
        found = read(samples.scanned(samples.pdf(f"<h1>{SENTENCE}</h1>")), name="a.pdf")
    finally:
        monkeypatch.undo()
        scan.is_installed.cache_clear()
    assert (found.text, "nhận dạng chữ" in found.reason) == ("", True)


BAD = {
    "empty": b"",
    "blank": b"\0 \n" * 9,
    "broken word": samples.word(samples.p(SENTENCE))[:400],
    "broken pdf": samples.pdf("<p>x</p>")[:300],
    "locked pdf": samples.locked(samples.pdf("<p>x</p>")),
    "bomb": bomb(),
    "broken sheet": sheet(("x",))[:-30],
    "program": b"\x7fELF" + bytes(100),
    "sheet that is none": samples.packed({"xl/workbook.xml": "<no", "xl/x": zlib.compress(b"x")}),
    "old sheet that is none": sheets._OLE + bytes(600) + sheets._WORKBOOK + bytes(600),
    "locked sheet": sheets._OLE + bytes(600) + sheets._LOCKED + bytes(600),
    "slides": samples.packed({"ppt/presentation.xml": "<x/>"}),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gives_a_reason(kind: str):
    found = read(BAD[kind], name="a.pdf")
    assert found.text == ""
    assert found.reason.endswith(".")


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LIMITS", reading.Limits(file_bytes=1_000))
    assert "MB" in read(b"x" * 2_000, name="a.txt").reason


def test_what_a_library_trips_over_gives_a_reason(monkeypatch: pytest.MonkeyPatch):
    def trip(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "extract", trip)
    assert read(b"x", name="a.txt").reason == FAILED


def test_a_long_text_is_kept_as_far_as_an_index_takes_it():
    found = read(("nước sạch " * 30_000).encode(), name="a.txt")
    assert len(found.text) == LONGEST_TEXT
