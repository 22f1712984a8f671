"""The forms of the sample office drawn once, and finished files read back, for all tests of this storey."""

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from docx import Document as open_docx

from document_templates import (
    Document,
    draw_pdf,
    draw_word,
    forms,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from document_templates.profiles import CODES

MM_PER_POINT = 25.4 / 72
PAIRS = [(form.code, code) for form in forms() for code in CODES]


@dataclass(frozen=True)
class Drawn:
    """One form in one profile, in both files."""

    document: Document
    word: bytes
    pdf: bytes

    def docx(self):
        """The Word file opened."""
        return open_docx(BytesIO(self.word))


def sampled(form: str, profile: str = "party-2026", **changes) -> Document:
    """The document of a form's sample by the sample office."""
    letterhead, particulars = sample_office(profile_for(profile).family)
    facts = sample(form) | changes
    return render(load_form(form), facts, letterhead, profile_for(profile), particulars)


@cache
def drawn(form: str, profile: str = "party-2026") -> Drawn:
    """The sample of a form, drawn once for the whole run."""
    document = sampled(form, profile)
    return Drawn(document, draw_word(document), draw_pdf(document))


@dataclass(frozen=True)
class Row:
    """Letters on one baseline of a page: millimetres from the left and the top."""

    text: str
    left: float
    baseline: float


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(pdfium.PdfDocument(pdf))


def words_of(pdf: bytes) -> str:
    """All letters of a PDF in a settled order, so that two layouts of the same words are equal."""
    document = pdfium.PdfDocument(pdf)
    return "".join(
        sorted("".join("".join(page.get_textpage().get_text_range().split()) for page in document))
    )


def rows_of(pdf: bytes, page: int = 0) -> list[Row]:
    """The rows of letters on a page, without their spaces, from the top down."""
    drawn_page = pdfium.PdfDocument(pdf)[page]
    text, height = drawn_page.get_textpage(), drawn_page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = defaultdict(list)
    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, at))
        if letter.strip():
            raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
            found[round(y.value, 1)].append((x.value * MM_PER_POINT, letter))
    return [
        Row("".join(letter for _x, letter in sorted(letters)), min(letters)[0], (height - y) * MM_PER_POINT)
        for y, letters in sorted(found.items(), reverse=True)
    ]
