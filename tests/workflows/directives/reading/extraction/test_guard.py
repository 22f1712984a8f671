"""Files are known by content, and each kind of bad file is refused in its own words."""

import zipfile
from io import BytesIO

import pytest

from tests.workflows.directives.reading.extraction.samples import p, packed, word
from workflows.directives.reading.extraction import Kind, Limits
from workflows.directives.reading.extraction.guard import Archive, parse_xml, recognise
from workflows.errors import TooLarge, Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name):
    return name.encode("utf-16-le")


def locked_word_97():
    return OLE + b"\xec\xa5\xc1\x00" + b"\0" * 6 + b"\x00\x01" + b"\0" * 500 + stream("WordDocument")


def locked_archive():
    """An archive that says of its entry that it is encrypted."""
    data = bytearray(word(p("chữ")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def lying_archive(declared):
    """An archive whose index declares another size than its entry has."""
    data = bytearray(packed({"word/document.xml": "x" * 300_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = declared.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(p("chữ")), Kind.DOCX),
        (b"%PDF-1.4 ...", Kind.PDF),
        (b"\x00\x01 scanner %PDF-1.4 ... startxref 0", Kind.PDF),
        (OLE + stream("WordDocument"), Kind.DOC),
        (b"{\\rtf1 }", Kind.RTF),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), Kind.ODT),
        (b"\x89PNG\r\n\x1a\n....", Kind.PNG),
        (b"\xff\xd8\xff\xe0....", Kind.JPEG),
        (b'<?xml version="1.0"?><edXML:Envelope/>', Kind.EDXML),
        ("Công văn số 5".encode(), Kind.TEXT),
    ],
)
def test_a_file_is_known_by_its_content(data, kind):
    assert recognise(data, Limits()) is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp rỗng"),
        (b"\0" * 100, "Tệp rỗng"),
        (b"MZ\x90\x00\x03" + b"\0" * 300, "là một chương trình"),
        (b"\x7fELF\x02\x01", "là một chương trình"),
        (b"#!/bin/sh\necho", "là một chương trình"),
        (OLE + stream("EncryptedPackage"), "mật khẩu"),
        (locked_word_97(), "mật khẩu"),
        (locked_archive(), "mật khẩu"),
        (OLE + stream("WordDocument") + stream("_VBA_PROJECT"), "macro"),
        (packed({"word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}), "macro"),
        (OLE + stream("Workbook"), "bảng tính"),
        (packed({"xl/workbook.xml": "<a/>"}), "bảng tính"),
        (packed({"a.docx": b"x"}), "tệp nén"),
        (b"Rar!\x1a\x07\x00", "tệp nén"),
        (b"PK\x03\x04 and then nothing", "bị hỏng"),
        (word(p("chữ"))[:-30], "bị hỏng"),
        (b"GIF89a\x00\x00", "là ảnh"),
        (b"  <!DOCTYPE html><html>", "trang web"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_its_own_words(data, words):
    with pytest.raises(Unreadable, match=words):
        recognise(data, Limits())


def test_every_refusal_says_what_to_do_next():
    for data in (b"", b"MZ\0", OLE, packed({"a": "b"}), b"GIF8\0"):
        with pytest.raises(Unreadable, match=r"[Hh]ãy "):
            recognise(data, Limits())


def test_a_file_over_the_limit_is_too_large_and_the_message_names_both_sizes():
    with pytest.raises(TooLarge, match="2,0 MB, trong khi giới hạn là 1,0 MB"):
        recognise(b"a" * 2 * 1024 * 1024, Limits(file_bytes=1024 * 1024))


def test_a_file_of_exactly_the_limit_is_taken():
    assert recognise(b"a" * 100, Limits(file_bytes=100)) is Kind.TEXT


def test_an_archive_that_declares_too_much_is_a_bomb():
    with pytest.raises(Unreadable, match="Tệp nén bất thường"):
        Archive(packed({"a": b"\0" * 100_000}), Limits(inflated_bytes=50_000))


@pytest.mark.parametrize("declared", [10, 4_000_000_000])
def test_an_archive_that_lies_about_its_sizes_is_not_believed(declared):
    with pytest.raises(Unreadable, match=r"bất thường|bị hỏng"):
        Archive(lying_archive(declared), Limits(inflated_bytes=100_000))


def test_an_archive_of_too_many_entries_is_a_bomb():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(60):
            archive.writestr(str(number), "")
    with pytest.raises(Unreadable, match="50 tệp con"):
        Archive(file.getvalue(), Limits(archive_entries=50))


def test_a_huge_part_of_xml_is_not_made_into_a_tree():
    archive = Archive(packed({"word/document.xml": "<a>" + " " * 5000 + "</a>"}), Limits(xml_bytes=1000))
    with pytest.raises(Unreadable, match="bất thường"):
        archive.xml("word/document.xml")


def test_xml_that_multiplies_entities_is_refused():
    bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;&y;</a>'
    with pytest.raises(Unreadable, match="thực thể XML"):
        parse_xml(bomb.encode())


def test_xml_of_millions_of_tags_is_not_made_into_a_tree():
    with pytest.raises(Unreadable, match="2 triệu thẻ XML"):
        parse_xml(b"<a>" + b"<b/>" * 2_000_001 + b"</a>")


def test_xml_that_reads_other_files_is_refused():
    with pytest.raises(Unreadable, match="thực thể XML"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>')


def test_missing_parts_of_an_archive_are_simply_empty():
    archive = Archive(packed({"a": "b"}), Limits())
    assert archive.read("nothing") == b""
    assert archive.xml("nothing") is None
