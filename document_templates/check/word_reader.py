"""A Word file as a checker sees it: every paragraph with the formatting its styles give it in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from document_templates.check.drawn_lines import rule_length
from document_templates.check.inheritance import Styles
from document_templates.check.observed import Letters, Line, Paper, Sheet, Side
from document_templates.errors import DocumentError
from document_templates.widths import width

MOST_UNPACKED = 200_000_000
_TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_MM = 36_000
_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_MEASURES = {
    "width": ("page_width", 215.9),
    "height": ("page_height", 279.4),
    "top": ("top_margin", 25.4),
    "bottom": ("bottom_margin", 25.4),
    "left": ("left_margin", 25.4),
    "right": ("right_margin", 25.4),
    "number_from_top": ("header_distance", 12.7),
}
"""Where python-docx keeps a measure, and the millimetres that Word takes when a file does not say."""
_BROKEN = "Tệp Word hỏng hoặc không phải .docx. Mở bằng Word, lưu lại rồi thử lại."


def read(data: bytes) -> Paper:
    """The paper in a .docx file; a refusal for a file that cannot be read."""
    try:
        return read_opened(open_file(data))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DocumentError(_BROKEN) from error


def read_opened(docx: Any) -> Paper:
    """The paper in a file already opened; its lines point to the paragraphs they came from."""
    reader = _Reader(docx)
    lines = reader.lines()
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
        self.styles = Styles(docx)
        self.found: list[Line] = []
        self.empty = 0
        self.section = 0

    def lines(self) -> tuple[Line, ...]:
        """Every paragraph with words in it, in order."""
        for child in self.docx.element.body:
            if child.tag == qn("w:p"):
                self._paragraph(child, "", False)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag == qn("w:sdt"):
                for paragraph in child.iter(qn("w:p")):
                    self._paragraph(paragraph, "", False)
        return tuple(self.found)

    def _table(self, table: Any) -> None:
        ruled = _has_borders(table)
        for row in table.iter(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            for at, cell in enumerate(cells):
                side: Side = "" if ruled or len(cells) != 2 else ("left", "right")[at]
                for paragraph in cell.iter(qn("w:p")):
                    self._paragraph(paragraph, side, ruled)

    def _paragraph(self, paragraph: Any, side: Side, in_table: bool) -> None:
        letters = tuple(self._letters(paragraph))
        page = self.section
        ends_section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        if ends_section:
            self.section += 1
        if not any(part.text.strip() for part in letters):
            self._rule_above(paragraph)
            self.empty += not in_table and not ends_section and self._counts_as_space(paragraph)
            return
        spacing, indent = (
            self.styles.attributes(paragraph, "spacing"),
            self.styles.attributes(paragraph, "ind"),
        )
        rule = spacing.get("lineRule", "auto")
        line = Line(
            letters,
            page,
            side,
            in_table,
            align=self.styles.attributes(paragraph, "jc").get("val", "left"),
            indent=None if self._is_numbered(paragraph) else _first_line(indent) / _TWIPS_PER_MM,
            pitch=float(spacing.get("line", 240)) / 20 if rule != "auto" else None,
            exact=rule == "exact",
            after=float(spacing.get("after", 0)) / 20,
            before=float(spacing.get("before", 0)) / 20,
            rule=rule_length(paragraph),
            length=_longest_line(letters),
            left=float(indent.get("left", 0)) / _TWIPS_PER_MM,
            framed=_stands_apart(paragraph),
            source=paragraph,
        )
        self.found.append(line)

    def _rule_above(self, paragraph: Any) -> None:
        """A line anchored in an empty paragraph stands under the text before it."""
        length = rule_length(paragraph)
        if length is not None and self.found and self.found[-1].rule is None:
            self.found[-1] = replace(self.found[-1], rule=length)

    def _is_numbered(self, paragraph: Any) -> bool:
        """Word's own numbering sets the indent elsewhere."""
        return paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None

    def _counts_as_space(self, paragraph: Any) -> bool:
        """An empty paragraph of 1 point is a joint that Word needs; a taller one is a blank line."""
        drawn = any(paragraph.find(f".//{qn(tag)}") is not None for tag in ("w:drawing", "w:pict"))
        spacing = self.styles.attributes(paragraph, "spacing")
        tiny = spacing.get("lineRule") == "exact" and float(spacing.get("line", 240)) <= 40
        return not drawn and not tiny

    def _letters(self, paragraph: Any) -> Iterator[Letters]:
        for run in paragraph.iter(qn("w:r")):
            text = "".join(characters(run))
            if text:
                yield Letters(text, *self._formatting(paragraph, run))

    def _formatting(self, paragraph: Any, run: Any) -> tuple[float, bool, bool, bool, str, str]:
        found = self.styles.letters(paragraph, run)
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

    def sheet(self, section: Any) -> Sheet:
        """Size, margins and page number of a section."""
        number = _number_paragraph(section.header)
        first = _number_paragraph(section.first_page_header)
        letters = tuple(self._letters(number)) if number is not None else ()
        return Sheet(
            **{name: _millimetres(section, *source) for name, source in _MEASURES.items()},
            number=letters[0] if letters else None,
            number_on_first=number is not None
            and (not section.different_first_page_header_footer or first is not None),
            number_centred=number is None or self.styles.attributes(number, "jc").get("val") == "center",
        )


def _millimetres(section: Any, name: str, otherwise: float) -> float:
    given = getattr(section, name)
    return otherwise if given is None else given / _EMU_PER_MM


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
