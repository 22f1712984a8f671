"""The document as a tagged PDF: drawn by WeasyPrint, which may reach nothing outside the page text."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cssselect2 import ElementWrapper
from lxml import etree
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from document_templates import page, stylesheet
from document_templates.blocks import Document
from document_templates.kept_styles import StyledAsBefore
from document_templates.profiles import Profile

_thread = threading.local()
_closed = URLFetcher(allowed_protocols=("data",), allow_redirects=False)


def draw_pdf(document: Document) -> bytes:
    """The finished PDF/UA file, with embedded fonts, bookmarks and text that can be searched."""
    fonts, style = _tools(document.profile, document.two_sided)
    with _collector_resting():
        drawn: bytes = _Page(page.html(document)).write_pdf(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
        )
    return drawn


class _Page(HTML):  # type: ignore[misc]
    """A page read by libxml2, which takes a twentieth of the time of WeasyPrint's own reader."""

    def __init__(self, text: str) -> None:
        root = etree.fromstring(text, etree.HTMLParser(no_network=True))
        self.base_url, self.url_fetcher, self.media_type = None, _closed, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def render(self, font_config: FontConfiguration, *others: Any, **options: Any) -> StyledAsBefore:
        drawing: StyledAsBefore = StyledAsBefore._render(
            self, font_config, *others, DEFAULT_OPTIONS | options
        )
        return drawing

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_elements()]


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Drawing makes many objects that die together: searching them for cycles takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _elements() -> CSS:
    if not hasattr(_thread, "elements"):
        _thread.elements = CSS(string=stylesheet.ELEMENTS, url_fetcher=_closed)
    sheet: CSS = _thread.elements
    return sheet


def _tools(profile: Profile, two_sided: bool) -> tuple[FontConfiguration, CSS]:
    """Fonts and parsed stylesheet, kept for each thread: WeasyPrint's are not safe to share."""
    if not hasattr(_thread, "styles"):
        _thread.fonts, _thread.styles = FontConfiguration(), {}
    styles: dict[tuple[Profile, bool], CSS] = _thread.styles
    if (profile, two_sided) not in styles:
        text = stylesheet.for_paper(profile, two_sided=two_sided)
        styles[profile, two_sided] = CSS(string=text, font_config=_thread.fonts, url_fetcher=_closed)
    return _thread.fonts, styles[profile, two_sided]
