"""A Word file as a checker sees it: every paragraph with the formatting its styles give it in the end."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from document_templates.check.observed import Letters, Line, Paper, Sheet, Side
from document_templates.errors import DocumentError
from document_templates.widths import width

MOST_UNPACKED = 200_000_000
_TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_MM = 36_000
_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_TOGGLES = {"b": "bold", "i": "italic"}


def read(data: bytes) -> Paper:
    """The paper in a .docx file; a refusal for a file that cannot be read."""
    return read_opened(open_file(data))


def read_opened(docx: Any) -> Paper:
    """The paper in a file already opened; its lines point to the paragraphs they came from."""
    reader = _Reader(docx)
    lines = tuple(reader.lines())
    sheets = tuple(reader.sheet(section) for section in docx.sections)
    return Paper("word", sheets, lines, reader.empty)


def open_file(data: bytes) -> Any:
    """The file opened with python-docx; a refusal saying what to do for a broken or encrypted one."""
    if data.startswith(_ENCRYPTED):
        raise DocumentError(
            "Tệp Word có mật khẩu hoặc là dạng .doc cũ nên không đọc được. Bỏ mật khẩu, lưu lại dạng .docx."
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise DocumentError("Tệp Word mở ra quá lớn nên không đọc. Bớt hình trong tệp rồi thử lại.")
        return open_docx(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, LxmlError, AttributeError, OSError) as error:
        raise DocumentError(
            "Tệp Word hỏng hoặc không phải .docx. Mở bằng Word, lưu lại rồi thử lại."
        ) from error


class _Reader:
    """Walks the body in order and settles the formatting of each paragraph."""

    def __init__(self, docx: Any) -> None:
        self.docx = docx
        self.styles = {
            style.get(qn("w:styleId")): style for style in docx.styles.element.findall(qn("w:style"))
        }
        self.default = next((key for key, style in self.styles.items() if _is_default_paragraph(style)), None)
        self.defaults = docx.styles.element.find(qn("w:docDefaults"))
        self.empty = 0
        self.section = 0

    def lines(self) -> Iterator[Line]:
        body = self.docx.element.body
        for child in body:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, "", False)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt"):
                for paragraph in child.iter(qn("w:p")):
                    yield from self._paragraph(paragraph, "", False)

    def _table(self, table: Any) -> Iterator[Line]:
        ruled = _has_borders(table)
        for row in table.iter(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            for at, cell in enumerate(cells):
                side: Side = "" if ruled or len(cells) != 2 else ("left", "right")[at]
                for paragraph in cell.iter(qn("w:p")):
                    yield from self._paragraph(paragraph, side, ruled)

    def _paragraph(self, paragraph: Any, side: Side, in_table: bool) -> Iterator[Line]:
        letters = tuple(self._letters(paragraph))
        page = self.section
        ends_section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        if ends_section:
            self.section += 1
        if not any(part.text.strip() for part in letters):
            self.empty += not in_table and not ends_section and self._counts_as_space(paragraph)
            return
        spacing, indent = self._attributes(paragraph, "spacing"), self._attributes(paragraph, "ind")
        rule = spacing.get("lineRule", "auto")
        yield Line(
            letters,
            page,
            side,
            in_table,
            align=self._attributes(paragraph, "jc").get("val", "left"),
            indent=_first_line(indent) / _TWIPS_PER_MM,
            pitch=float(spacing.get("line", 240)) / 20 if rule != "auto" else None,
            exact=rule == "exact",
            after=float(spacing.get("after", 0)) / 20,
            before=float(spacing.get("before", 0)) / 20,
            rule=_rule_length(paragraph),
            length=_longest_line(letters),
            left=float(indent.get("left", 0)) / _TWIPS_PER_MM,
            framed=_stands_apart(paragraph),
            source=paragraph,
        )

    def _counts_as_space(self, paragraph: Any) -> bool:
        """An empty paragraph of 1 point is a joint that Word needs; a taller one is a blank line."""
        drawn = paragraph.find(f".//{qn('w:drawing')}") is not None
        spacing = self._attributes(paragraph, "spacing")
        tiny = spacing.get("lineRule") == "exact" and float(spacing.get("line", 240)) <= 40
        return not drawn and not tiny

    def _letters(self, paragraph: Any) -> Iterator[Letters]:
        for run in paragraph.iter(qn("w:r")):
            text = "".join(characters(run))
            if text:
                yield Letters(text, *self._formatting(paragraph, run))

    def _formatting(self, paragraph: Any, run: Any) -> tuple[float, bool, bool, bool, str, str]:
        found: dict[str, Any] = {}
        for properties in self._run_properties(paragraph, run):
            for element in properties:
                found.setdefault(element.tag, element)
        size, fonts, color = found.get(qn("w:sz")), found.get(qn("w:rFonts")), found.get(qn("w:color"))
        underline = found.get(qn("w:u"))
        return (
            float(size.get(qn("w:val"))) / 2 if size is not None else 10.0,
            _on(found.get(qn("w:b"))),
            _on(found.get(qn("w:i"))),
            underline is not None and underline.get(qn("w:val")) != "none",
            (fonts.get(qn("w:ascii")) or "") if fonts is not None else "",
            (color.get(qn("w:val")) or "auto") if color is not None else "auto",
        )

    def _run_properties(self, paragraph: Any, run: Any) -> Iterator[Any]:
        """Run properties from the nearest out: the run, its style, the paragraph's styles, the defaults."""
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
            reference = own.find(qn("w:rStyle"))
            if reference is not None:
                yield from self._chain(reference.get(qn("w:val")), "w:rPr")
        yield from self._chain(self._style_of(paragraph), "w:rPr")
        if self.defaults is not None:
            yield from self.defaults.iter(qn("w:rPr"))

    def _attributes(self, paragraph: Any, name: str) -> dict[str, str]:
        """The attributes of a paragraph property, each from the nearest place that sets it."""
        found: dict[str, str] = {}
        own = paragraph.find(qn("w:pPr"))
        places = [own] if own is not None else []
        places += self._chain(self._style_of(paragraph), "w:pPr")
        if self.defaults is not None:
            places += list(self.defaults.iter(qn("w:pPr")))
        for place in places:
            element = place.find(qn(f"w:{name}"))
            for key, value in (element.attrib if element is not None else {}).items():
                found.setdefault(key.rpartition("}")[2], value)
        return found

    def _style_of(self, paragraph: Any) -> str | None:
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return reference.get(qn("w:val")) if reference is not None else self.default

    def _chain(self, style_id: str | None, part: str) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id and style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            style = self.styles[style_id]
            properties = style.find(qn(part))
            if properties is not None:
                yield properties
            base = style.find(qn("w:basedOn"))
            style_id = base.get(qn("w:val")) if base is not None else ""

    def sheet(self, section: Any) -> Sheet:
        """Size, margins and page number of a section."""
        number = _number_paragraph(section.header)
        first = _number_paragraph(section.first_page_header)
        letters = tuple(self._letters(number)) if number is not None else ()
        return Sheet(
            section.page_width / _EMU_PER_MM,
            section.page_height / _EMU_PER_MM,
            section.top_margin / _EMU_PER_MM,
            section.bottom_margin / _EMU_PER_MM,
            section.left_margin / _EMU_PER_MM,
            section.right_margin / _EMU_PER_MM,
            section.header_distance / _EMU_PER_MM,
            letters[0] if letters else None,
            number is not None and (not section.different_first_page_header_footer or first is not None),
            number is None or self._attributes(number, "jc").get("val") == "center",
        )


def _is_default_paragraph(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _has_borders(table: Any) -> bool:
    borders = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    named = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    inner = borders.find(qn("w:insideV")) if borders is not None else None
    if inner is not None:
        return inner.get(qn("w:val")) not in ("none", "nil")
    return named is not None and "Grid" in (named.get(qn("w:val")) or "")


def characters(run: Any) -> Iterator[str]:
    """The words of a run, with its line breaks."""
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"


def _on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")


def _first_line(indent: dict[str, str]) -> float:
    return float(indent.get("firstLine", 0)) - float(indent.get("hanging", 0))


def _stands_apart(paragraph: Any) -> bool:
    """A paragraph in a frame, or under a line of its own, such as the contact line."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return False
    ruled = properties.find(f"{qn('w:pBdr')}/{qn('w:top')}") is not None
    return ruled or properties.find(qn("w:framePr")) is not None


def _longest_line(letters: tuple[Letters, ...]) -> float:
    """Millimetres of the longest of the lines that the paragraph is broken into by hand."""
    look = letters[0]
    lines = "".join(part.text for part in letters).split("\n")
    return max(width(line.strip(), look.size, bold=look.bold, italic=look.italic) for line in lines)


def _rule_length(paragraph: Any) -> float | None:
    """Millimetres of a straight line drawn in the paragraph."""
    for graphic in paragraph.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}prstGeom"):
        if graphic.get("prst") in ("line", "straightConnector1"):
            extent = next(
                iter(graphic.getparent().iter("{http://schemas.openxmlformats.org/drawingml/2006/main}ext"))
            )
            return int(extent.get("cx")) / _EMU_PER_MM
    return None


def _number_paragraph(header: Any) -> Any:
    """The paragraph of a header that holds the page number's field."""
    if header.is_linked_to_previous:
        return None
    for paragraph in header._element.iter(qn("w:p")):
        instructions = [field.get(qn("w:instr"), "") for field in paragraph.iter(qn("w:fldSimple"))]
        instructions += [code.text or "" for code in paragraph.iter(qn("w:instrText"))]
        if any("PAGE" in instruction and "NUMPAGES" not in instruction for instruction in instructions):
            return paragraph
    return None
