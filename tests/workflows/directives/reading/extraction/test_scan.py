"""Scans: what Tesseract saw, put where it stood."""

import pytest

from tests.support.needs import is_missing
from tests.workflows.directives.reading.extraction.samples import joined, pdf, pictures, scanned
from tests.workflows.directives.reading.extraction.test_pdf import LETTER
from workflows.directives.reading.extraction import Limits, extract, scan
from workflows.directives.reading.extraction.scan import words_from_tsv
from workflows.errors import Unreadable

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@pytest.fixture
def tesseract():
    if not scan.is_installed():
        is_missing("tesseract-ocr-vie")


@pytest.fixture
def without_tesseract(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: False)


def row(level, left, top, confidence, text):
    return f"{level}\t1\t1\t1\t1\t1\t{left}\t{top}\t40\t30\t{confidence}\t{text}\n"


def test_words_of_one_line_share_a_baseline_though_the_page_lies_askew():
    words = words_from_tsv(HEAD + row(5, 10, 20, 95, "Tỉnh") + row(5, 60, 24, 95, "ủy"))
    assert [word.text for word in words] == ["Tỉnh", "ủy"]
    assert words[0].baseline == words[1].baseline == 52


def test_specks_and_rows_without_words_are_left_out():
    rows = row(4, 10, 20, -1, "") + row(5, 10, 20, 12, "~") + row(5, 60, 20, 96, "-")
    assert [word.text for word in words_from_tsv(HEAD + rows + "rubbish\n")] == ["-"]


@pytest.mark.usefixtures("tesseract")
def test_a_scan_is_read_with_its_columns_and_is_to_be_checked():
    found = extract(scanned(pdf(LETTER)), filename="quét.pdf")
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    assert lines.index("BAN DÂN VẬN") < lines.index("ĐẢNG CỘNG SẢN VIỆT NAM") < lines.index("PHÓ TRƯỞNG BAN")
    assert any("đối chiếu" in note for note in found.notes)


@pytest.mark.usefixtures("tesseract")
def test_scans_beyond_the_limit_are_left_and_said_so():
    found = extract(scanned(pdf(LETTER)), filename="quét.pdf", limits=Limits(scanned_pages=1))
    beyond = extract(
        joined(pdf(LETTER), scanned(pdf(LETTER))), filename="a.pdf", limits=Limits(scanned_pages=0)
    )
    assert not any("chưa được đọc" in note for note in found.notes)
    assert any("chưa được đọc" in note for note in beyond.notes)


@pytest.mark.usefixtures("tesseract")
def test_a_photograph_is_read_like_a_scan(tmp_path):
    picture = tmp_path / "ảnh.png"
    pictures(pdf(LETTER), 300)[0].save(picture)
    found = extract(picture, filename=picture.name)
    assert "Kính gửi: Các đảng ủy xã, phường," in found.text


@pytest.mark.usefixtures("tesseract")
def test_a_picture_without_words_is_refused():
    with pytest.raises(Unreadable, match="Không nhận dạng được chữ"):
        extract(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, filename="a.png")


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_picture_is_refused_naming_the_package():
    with pytest.raises(Unreadable, match="tesseract-ocr-vie"):
        extract(b"\x89PNG\r\n\x1a\n...", filename="a.png")
