"""The document as a Word file: the body is one XML text, python-docx keeps the package around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cache
from io import BytesIO
from itertools import count, pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as open_docx
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from jinja2 import Environment, PackageLoader, Template

from document_templates import charts, pictures, stylesheet
from document_templates.blocks import Chart, Column, Document, Picture
from document_templates.columns import HeadCell, density, head_rows
from document_templates.compose import HEADING_STYLES
from document_templates.profiles import Page, TextStyle
from document_templates.widths import width
from document_templates.word import notes
from document_templates.word.styles import (
    TWIPS_PER_MM,
    empty_file,
    style_id,
    styles_of,
    twips,
    twips_of_points,
)

EMU_PER_MM = 36_000
EMU_PER_POINT = 12_700
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def draw_word(document: Document) -> bytes:
    """The finished .docx file; the same document always gives the same bytes."""
    docx = open_docx(BytesIO(empty_file(document.profile, two_sided=document.two_sided)))
    footnotes = notes.Notes()
    text = _template().render(_words(document, docx, footnotes))
    old = docx.element.body
    old.getparent().replace(old, parse_xml(text))
    notes.attach(docx, footnotes, style_id("note"))
    _set_properties(docx, document)
    return _packed(docx)


@dataclass(frozen=True)
class _Figure:
    """A picture inside the file: its relationship, size in EMU and words."""

    relation: str
    caption: str
    words: str
    width: int
    height: int


@dataclass
class _Figures:
    """Puts pictures into the package as the body comes to them."""

    part: Any
    widest: float

    def add(self, block: Chart | Picture) -> _Figure:
        if isinstance(block, Chart):
            data, caption, words = charts.png(block), block.title, charts.in_words(block)
            wide, high = charts.size(block)
        else:
            data, caption, words = block.data, block.caption, block.caption
            wide, high = pictures.printed_size(block.data)
        scale = min(1, self.widest / wide)
        relation, _image = self.part.get_or_add_image(BytesIO(data))
        return _Figure(
            relation, caption, words, round(wide * scale * EMU_PER_MM), round(high * scale * EMU_PER_MM)
        )


@dataclass
class _Drawings:
    """Numbers for drawings, which must differ within a file."""

    numbers: Any = field(default_factory=lambda: count(1))

    def next(self) -> int:
        return int(next(self.numbers))


@dataclass(frozen=True)
class _WordCell(HeadCell):
    """A cell of a table's head; Word wants a continued cell in every row that a tall one stands over."""

    continued: bool = False


def _words(document: Document, docx: Any, footnotes: notes.Notes) -> dict[str, Any]:
    """Everything the body's template speaks of besides its tools."""
    profile, contact = document.profile, document.closing and document.closing.contact
    styles, front = styles_of(profile), document.front
    # At the foot of page 1 footnotes and a framed line would stand on each other: a footer makes room.
    in_footer = profile.rules.contact_page == "first" and contact and document.has_notes
    return {
        "document": document,
        "profile": profile,
        "separators": profile.separators,
        "styles": styles,
        "style_ids": {key: style_id(key) for key in styles},
        "contact_page": profile.rules.contact_page if contact else "",
        "contact_footer": _footer(docx, contact) if contact and in_footer else "",
        "bare_footer": _footer(docx, "") if in_footer and document.appendices else "",
        "bare_front": bool(front and not front.type_name and not front.addressees),
        "landscape": document.orientation == "landscape",
        "notes": footnotes,
        "pictures": _Figures(docx.part, profile.page.text_width()),
        "drawings": _Drawings(),
        "header": docx.sections[0]._sectPr.headerReference_lst[0].rId,
        "split": _splitter(profile.page),
    }


def _footer(docx: Any, contact: str) -> str:
    """A footer with the contact line, or with nothing; its relationship."""
    part, relation = docx.part.add_footer_part()
    paragraph = part.element.p_lst[0]
    paragraph.style = style_id("contact")
    if contact:
        line = '<w:top w:val="single" w:sz="6" w:space="2" w:color="000000"/>'
        paragraph.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
        paragraph.add_r().text = contact
    return str(relation)


def _splitter(page: Page) -> Any:
    def split(landscape: bool, shares: Sequence[float]) -> list[int]:
        """Widths in twips of parts of the text width, given in percent."""
        whole = page.text_width(landscape=landscape) * TWIPS_PER_MM
        edges = [round(whole * sum(shares[:at]) / 100) for at in range(len(shares) + 1)]
        return [right - left for left, right in pairwise(edges)]

    return split


def _longest(lines: Sequence[str], style: TextStyle) -> float:
    """Millimetres of the longest of several lines in a style."""
    return max(width(line, style.size, bold=style.bold, italic=style.italic) for line in lines)


def _full_head(columns: Sequence[Column]) -> list[list[_WordCell]]:
    rows: list[list[_WordCell]] = []
    cells = head_rows(columns)
    for level, row in enumerate(cells):
        full = [_WordCell(cell.title, cell.column, cell.columns, cell.rows) for cell in row]
        for above in range(level):
            full += [
                replace(_WordCell("", cell.column, cell.columns, cell.rows), continued=True)
                for cell in cells[above]
                if above + cell.rows > level
            ]
        rows.append(sorted(full, key=lambda cell: cell.column))
    return rows


def _set_properties(docx: Any, document: Document) -> None:
    properties = docx.core_properties
    made = datetime.combine(document.dated or document.profile.since, time())
    properties.title, properties.language = document.title[:255], "vi-VN"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = made


@dataclass(frozen=True)
class _Package:
    """Takes the parts of a package into a zip whose bytes do not depend on the hour it was made."""

    archive: ZipFile

    def write(self, name: Any, content: bytes) -> None:
        self.archive.writestr(ZipInfo(name.membername, _ZIP_DAY), content, ZIP_DEFLATED)


def _packed(docx: Any) -> bytes:
    """The parts as python-docx saves them, in the same order, but packed once."""
    package, packed = docx.part.package, BytesIO()
    writer: Any = PackageWriter
    for part in package.parts:
        part.before_marshal()
    with ZipFile(packed, "w") as archive:
        target = _Package(archive)
        writer._write_content_types_stream(target, package.parts)
        writer._write_pkg_rels(target, package.rels)
        writer._write_parts(target, package.parts)
    return packed.getvalue()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("document_templates.word", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tools: dict[str, Any] = {
        "twips": twips,
        "twips_of_points": twips_of_points,
        "emu": lambda millimetres: round(millimetres * EMU_PER_MM),
        "emu_of_points": lambda points: round(points * EMU_PER_POINT),
        "even": lambda parts: [100 / parts] * parts,
        "longest": _longest,
        "density": density,
        "full_head": _full_head,
        "heading_styles": HEADING_STYLES,
        "rule_gap": stylesheet.RULE_GAP,
        "cell_padding": stylesheet.CELL_PADDING,
        "addressees_left": stylesheet.ADDRESSEES_LEFT,
        "gap": stylesheet.ADDRESSEES_GAP,
        "addressees_label": stylesheet.ADDRESSEES_LABEL,
    }
    environment.globals.update(tools)
    return environment.get_template("body.xml.jinja")
