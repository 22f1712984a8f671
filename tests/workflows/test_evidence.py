"""Files that are handed in are what they say they are."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from workflows.errors import DomainError, TooLarge, Unreadable
from workflows.evidence import check


def packed(*names: str) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4"),
        ("A.PDF", b"%PDF-1.4"),
        ("a.docx", packed("word/document.xml")),
        ("a.xlsx", packed("xl/workbook.xml")),
        ("a.png", b"\x89PNG\r\n"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_what_it_says_it_is_taken(name: str, content: bytes):
    check(name, content, size_limit=10_000)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"", Unreadable),
        ("a.pdf", b"MZ\x90", Unreadable),
        ("a.exe", b"MZ\x90", Unreadable),
        ("a", b"%PDF", Unreadable),
        ("a.docx", packed("word/vbaProject.bin"), Unreadable),
        ("a.docx", b"PK\x03\x04 torn", Unreadable),
        ("a.pdf", b"%PDF" + b"x" * 10_000, TooLarge),
    ],
)
def test_what_it_is_not_is_refused(name: str, content: bytes, kind: type[DomainError]):
    with pytest.raises(kind):
        check(name, content, size_limit=10_000)
