"""Word (.docx) → text in reading order: paragraphs, tables, text boxes, list numbers, notes at the end."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workflows.directives.reading.extraction import guard
from workflows.directives.reading.extraction.cleaning import superscript
from workflows.directives.reading.extraction.models import Extracted, Kind, Limits
from workflows.directives.reading.extraction.numbering import Numbering, read_numbering
from workflows.directives.reading.extraction.tabbed import parted
from workflows.directives.reading.extraction.wordtables import Cells, is_layout, table_lines
from workflows.directives.reading.extraction.wordxml import attribute, child, children, name, switched_on
from workflows.errors import Unreadable
from workflows.wording import N_

NO_TEXT = N_(
    "Tệp Word không có chữ nào: trang trống hoặc chỉ có ảnh chụp. "
    "Hãy tải lên bản có chữ, hoặc xuất thành PDF để nhận dạng chữ trên ảnh."
)
TRACKED = N_("Tệp còn phần sửa đổi chưa được chấp nhận (Track Changes): đã đọc theo bản sau khi sửa.")

_TRANSPARENT = {
    *("hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo", "oMath", "oMathPara"),
}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def extract(data: bytes, limits: Limits) -> Extracted:
    """The text of a .docx. Raises Unreadable."""
    archive = guard.Archive(data, limits)
    main = _main_part(archive)
    document = archive.xml(main)
    body = child(document, "body") if document is not None else None
    if document is None or body is None:
        raise Unreadable(guard.BROKEN)
    folder = posixpath.dirname(main)
    numbering = read_numbering(archive.xml(f"{folder}/numbering.xml"), archive.xml(f"{folder}/styles.xml"))
    notes = {kind: _notes(archive.xml(f"{folder}/{kind}.xml")) for kind in _NOTES.values()}
    text = "\n".join(_Reader(numbering, notes).read(body))
    if not text.strip():
        raise Unreadable(NO_TEXT)
    tracked = any(name(part) in ("ins", "del", "moveFrom") for part in document.iter())
    return Extracted(text, Kind.DOCX, None, (TRACKED,) if tracked else ())


def _main_part(archive: guard.Archive) -> str:
    """The part that the package names as its document; most call it word/document.xml, not all."""
    relations = archive.xml("_rels/.rels")
    for relation in children(relations, "Relationship"):
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def _notes(part: Element | None) -> dict[str, Element]:
    notes = (note for kind in ("footnote", "endnote") for note in children(part, kind))
    return {attribute(note, "id") or "": note for note in notes}


@dataclass
class _Reader:
    """Walks through a document once, counting list items and notes as it meets them."""

    numbering: Numbering
    notes: dict[str, dict[str, Element]]
    met: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def read(self, body: Element) -> list[str]:
        """The lines of the document, its notes last."""
        lines = parted("\n".join(self.blocks(body)).split("\n"))
        notes = [f"[{at}] {_flow(self.blocks(note))}" for at, note in enumerate(self.met, 1)]
        return [*lines, "", *notes] if notes else lines

    def blocks(self, container: Element) -> Iterator[str]:
        """The lines of all paragraphs and tables in a body, a cell, a text box or a note."""
        for part in container:
            kind = name(part)
            if kind == "p":
                yield from self.paragraph(part)
            elif kind == "tbl":
                yield from self.table(part)
            elif kind in ("sdt", "AlternateContent"):
                yield from self.blocks(_chosen(part))
            elif kind in _TRANSPARENT:
                yield from self.blocks(part)

    def paragraph(self, paragraph: Element) -> Iterator[str]:
        """A paragraph with its number; the text boxes that hang on it follow it."""
        text = self.inline(paragraph)
        label = self.numbering.label(paragraph) if text.strip() else ""
        yield f"{label} {text.lstrip()}" if label else text
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from (line for line in self.blocks(box) if line.strip())

    def table(self, table: Element) -> Iterator[str]:
        """A table that only places text is read column by column, others row by row."""
        cells: Cells = [
            [list(self.blocks(cell)) for cell in _rows_or_cells(row, "tc")]
            for row in _rows_or_cells(table, "tr")
        ]
        yield from ("", *table_lines(cells, layout=is_layout(table, cells)), "")

    def inline(self, element: Element) -> str:
        return "".join(self.piece(part) for part in element)

    def piece(self, part: Element) -> str:
        """The text of one part of a paragraph; deletions and instructions to Word have none."""
        kind = name(part)
        if kind == "r":
            return self.run(part)
        if kind in _TRANSPARENT:
            return self.inline(part)
        if kind in ("sdt", "AlternateContent"):
            return self.inline(_chosen(part))
        if kind in ("drawing", "pict", "object"):
            self.boxes.extend(_outermost_boxes(part))
        if kind in _NOTES:
            return self.note(part, _NOTES[kind])
        if kind == "sym":
            return chr(int(attribute(part, "char") or "20", 16) & 0xFFFF)
        return (part.text or "") if kind == "t" else _SIGNS.get(kind, "")

    def run(self, run: Element) -> str:
        properties = child(run, "rPr")
        if switched_on(properties, "vanish"):
            return ""
        text = self.inline(run)
        raised = attribute(child(properties, "vertAlign"), "val") == "superscript"
        return superscript(text) if raised and re.fullmatch(r"\d+", text, re.ASCII) else text

    def note(self, reference: Element, kind: str) -> str:
        note = self.notes[kind].get(attribute(reference, "id") or "")
        if note is None or attribute(reference, "customMarkFollows") in ("1", "true"):
            return ""
        self.met.append(note)
        return superscript(str(len(self.met)))


def _chosen(part: Element) -> Element:
    """What counts in a part that offers alternatives, or that wraps its content."""
    content = child(part, "sdtContent")
    choice = content if content is not None else child(part, "Choice")
    fallback = choice if choice is not None else child(part, "Fallback")
    return fallback if fallback is not None else Element("nothing")


def _rows_or_cells(container: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for part in container:
        if name(part) == wanted:
            yield part
        elif name(part) in ("sdt", "ins", "customXml"):
            yield from _rows_or_cells(_chosen(part) if name(part) == "sdt" else part, wanted)


def _outermost_boxes(drawing: Element) -> Iterator[Element]:
    if name(drawing) == "txbxContent":
        yield drawing
    elif name(drawing) == "AlternateContent":
        yield from _outermost_boxes(_chosen(drawing))
    else:
        for part in drawing:
            yield from _outermost_boxes(part)


def _flow(lines: Iterator[str]) -> str:
    return " ".join(" ".join(lines).split())
