"""The draughtsmen, called in when a paper is drawn: most commands and many pages draw none.

Their libraries (WeasyPrint, python-docx, Matplotlib) take a third of the time in which the office starts.
"""

from __future__ import annotations

from document_templates.blocks import Document


def draw_pdf(document: Document) -> bytes:
    """The finished PDF/UA file, with embedded fonts, bookmarks and text that can be searched."""
    from document_templates import pdf  # noqa: PLC0415

    return pdf.draw_pdf(document)


def draw_word(document: Document) -> bytes:
    """The finished .docx file; the same document always gives the same bytes."""
    from document_templates import word  # noqa: PLC0415

    return word.draw_word(document)


def render_html_preview(document: Document, *, stylesheet_address: str = "") -> str:
    """The page for a browser; its styles stand inside unless they are served at an address of their own."""
    from document_templates import page  # noqa: PLC0415

    return page.preview(document, stylesheet_address=stylesheet_address)
