"""The files of a paper: kept once it is issued, and the same whenever they are drawn again."""

import hashlib
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as open_docx
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import documents
from workflows.documents import DrawnFile, OfficialDocument, file_name, paper_of


class Folder:
    """Files in a folder of the test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, sha256: str, content: bytes) -> None:
        """Keep the bytes."""
        assert hashlib.sha256(content).hexdigest() == sha256
        (self.path / sha256).write_bytes(content)

    def read(self, sha256: str) -> bytes:
        """The bytes under a digest."""
        return (self.path / sha256).read_bytes()

    def holds(self, sha256: str) -> bool:
        """Are they there?"""
        return (self.path / sha256).exists()


@pytest.fixture
def issued(session: Session, office: Office, signed_off: OfficialDocument) -> OfficialDocument:
    """The letter with its number."""
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    return signed_off


def test_both_files_are_kept_and_drawn_again_alike(
    session: Session, issued: OfficialDocument, tmp_path: Path
):
    store = Folder(tmp_path)
    drawn = documents.draw_missing(session, issued, on=TODAY)
    documents.keep_drawn(session, issued, drawn, store, at=NOW)
    documents.keep_drawn(session, issued, drawn, store, at=NOW)
    assert documents.draw_missing(session, issued, on=TODAY) == {}
    kept = {file.kind: file.sha256 for file in session.scalars(select(DrawnFile))}
    assert kept.keys() == {"docx", "pdf"}
    for kind, digest in kept.items():
        assert documents.drawn_file(session, issued, kind) == digest
        assert paper_of(session, issued, on=TODAY).drawn(kind) == store.read(digest)


def test_nothing_is_drawn_of_a_paper_without_number(session: Session, signed_off: OfficialDocument):
    assert documents.draw_missing(session, signed_off, on=TODAY) == {}


def test_word_and_pdf_open_and_say_the_same(session: Session, issued: OfficialDocument):
    paper = paper_of(session, issued, on=TODAY)
    word = open_docx(BytesIO(paper.drawn("docx")))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    with pypdfium2.PdfDocument(paper.drawn("pdf")) as pdf:
        printed = " ".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    for words in ("Để bảo đảm tiến độ thực hiện Chỉ thị số 06-CT/TU", "01-CV/VPTU"):
        assert words in printed
    assert "Để bảo đảm tiến độ thực hiện Chỉ thị số 06-CT/TU" in said


def test_the_words_of_a_paper_are_kept_for_finding(session: Session, issued: OfficialDocument):
    for words in ("Ban Tuyên giáo và Dân vận Tỉnh uỷ", "Xây dựng tài liệu hướng dẫn", "Lê Văn Bách"):
        assert words in issued.text


@pytest.mark.parametrize(
    ("symbol", "name"),
    [("VPTU", "CV-01-VPTU-2026-11-16.pdf"), ("ĐU", "CV-01-DU-2026-11-16.pdf")],
)
def test_a_file_bears_a_speaking_name(session: Session, issued: OfficialDocument, symbol: str, name: str):
    issued.letterhead = {**issued.letterhead, "symbol": symbol}
    assert file_name(issued, "pdf") == name


def test_a_draft_s_file_says_that_it_is_one(session: Session, letter: OfficialDocument):
    assert file_name(letter, "docx") == f"CV-du-thao-{letter.id}.docx"
