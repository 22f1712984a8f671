"""The page text of a document, for the PDF and for the preview in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup, escape

from document_templates import charts, stylesheet
from document_templates.blocks import Chart, Document, Picture
from document_templates.columns import density, head_rows
from document_templates.compose import HEADING_STYLES

_SLASHED = re.compile(r"[^\s-]*[^\W\d]/[^\W\d][^\s-]*")


@dataclass(frozen=True)
class _Drawing:
    """A chart or picture as the page shows it."""

    caption: str
    source: str
    words: str


def html(document: Document, *, stylesheet_address: str = "") -> str:
    """The whole page, without scripts and with nothing fetched from elsewhere but the stylesheet named."""
    contact = document.closing and document.closing.contact
    return _template().render(
        document=document,
        profile=document.profile,
        contact_at_foot=document.contact_at_foot,
        contact_page=document.profile.rules.contact_page if contact else "",
        created=document.dated.isoformat() if document.dated else "",
        stylesheet=stylesheet_address,
    )


def preview(document: Document, *, stylesheet_address: str = "") -> str:
    """The page for a browser; its styles stand inside unless they are served at an address of their own."""
    page = html(document, stylesheet_address=stylesheet_address)
    if stylesheet_address:
        return page
    return page.replace("</head>", f"<style>{stylesheet.for_screen(document.profile)}</style></head>", 1)


def _drawn(block: Chart | Picture) -> _Drawing:
    if isinstance(block, Chart):
        address = _data_address(charts.svg(block).encode(), "image/svg+xml")
        return _Drawing(block.title, address, charts.in_words(block))
    kind = "image/png" if block.data.startswith(b"\x89PNG") else "image/jpeg"
    return _Drawing(block.caption, _data_address(block.data, kind), block.caption)


def _unbroken(text: str) -> Markup:
    """Numbers such as 06-CT/TU break after a hyphen and never after a slash, as word processors do it."""
    return Markup(_SLASHED.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704


def _data_address(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("document_templates", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    tools: dict[str, Any] = {
        "density": density,
        "head_rows": head_rows,
        "drawn": _drawn,
        "heading_styles": HEADING_STYLES,
    }
    environment.globals.update(tools)
    environment.filters["unbroken"] = _unbroken
    return environment.get_template("page.html.jinja")
