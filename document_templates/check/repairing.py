"""A corrected copy of a .docx file: only where the right form is certain, and no word changed but by rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from document_templates.check import word_reader
from document_templates.check.components import Components, recognise
from document_templates.check.observed import Line
from document_templates.errors import DocumentError
from document_templates.profiles import Profile, TextStyle
from document_templates.vietnamese import long_date, short_date

_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_FONT = "Times New Roman"
_ARTICLE_DATE = re.compile(r"(số\s+[\w.]*\d[\w.]*\s*[-/][\w&/-]+)\s+(ngày\s)", re.IGNORECASE)
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
_PLACE = re.compile(r"^([^,]*[^\s,])\s+(?=ngày\s)")
_SHORT_DATE = re.compile(r"(?<=ngày )(\d{1,2})/(\d{1,2})/(\d{4})")
_END = re.compile(r"(?<![\s./;,:])[\s./;,:]*$")


def repair(data: bytes, profile: Profile) -> bytes:
    """The file with page, letters, paragraphs, numbers, dates and marks as the profile prescribes them."""
    docx = word_reader.open_file(data)
    paper = word_reader.read_opened(docx)
    found = recognise(paper, profile)
    _mend_pages(docx, profile)
    for line in paper.lines:
        _mend_font(line)
    for key, lines in found.lines.items():
        for line in lines:
            _mend_component(line, key, profile)
    _mend_words(found, profile)
    saved = BytesIO()
    docx.save(saved)
    return saved.getvalue()


def _mend_pages(docx: Any, profile: Profile) -> None:
    page = profile.page
    for section in docx.sections:
        turned = (section.page_width or 0) > (section.page_height or 0)
        wide, high = (page.height, page.width) if turned else (page.width, page.height)
        section.page_width, section.page_height = Mm(wide), Mm(high)
        for side, (low, high_limit) in page.ranges.items():
            given = getattr(section, f"{side}_margin")
            if given is None or not low - 1 <= given.mm <= high_limit + 1:
                setattr(section, f"{side}_margin", Mm(getattr(page, side)))
        section.header_distance = Mm(page.number_from_top)
        section.different_first_page_header_footer = True
        for paragraph in section.header.paragraphs:
            _mend_page_number(paragraph, profile)


def _mend_page_number(paragraph: Paragraph, profile: Profile) -> None:
    style = profile.styles["page_number"]
    if "PAGE" not in paragraph._p.xml:
        return
    paragraph.alignment = _ALIGNMENTS["center"]
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = Mm(0)
    for run in paragraph._p.iter(qn("w:r")):
        Run(run, paragraph).font.size = Pt(style.size)


def _mend_font(line: Line) -> None:
    for run in _runs(line):
        run.font.name = _FONT
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:cs", "w:eastAsia", "w:hAnsi"):
            fonts.set(qn(script), _FONT)
        if run.font.color.rgb not in (None, RGBColor(0, 0, 0)):
            run.font.color.rgb = RGBColor(0, 0, 0)


def _mend_component(line: Line, key: str, profile: Profile) -> None:
    style = profile.styles.get(key)
    if style is None or (key == "body" and line.align == "center"):
        return
    for run, letters in zip(_runs(line), line.letters, strict=False):
        if not style.sizes[0] <= letters.size <= style.sizes[1]:
            run.font.size = Pt(style.size)
        if key not in ("body", "addressee", "basis"):
            run.bold, run.italic, run.underline = style.bold, style.italic, style.underline
    if key == "body":
        _mend_paragraph(line, style, profile)
    elif style.align == "center":
        _paragraph(line).alignment = _ALIGNMENTS["center"]


def _mend_paragraph(line: Line, style: TextStyle, profile: Profile) -> None:
    rules, paragraph = profile.rules, _paragraph(line).paragraph_format
    paragraph.alignment = _ALIGNMENTS[style.align]
    if not rules.indents[0] - 1 <= (line.indent or 0) <= rules.indents[1] + 1:
        paragraph.first_line_indent = Mm(style.indent)
    low, high = rules.pitches
    if rules.pitch_exact and not (line.exact and low <= (line.pitch or 0) <= high):
        paragraph.line_spacing, paragraph.line_spacing_rule = Pt(style.pitch), WD_LINE_SPACING.EXACTLY
    if max(line.after or 0, line.before or 0) < rules.least_space:
        paragraph.space_after = Pt(style.after)


def _mend_words(found: Components, profile: Profile) -> None:
    for line in found["number"]:
        _replace(line, lambda text: _number(text, profile))
    for line in found["place_date"]:
        _replace(line, lambda text: _PLACE.sub(r"\1, ", _DATE.sub(_dated, text)))
    for line in found["body"]:
        _replace(line, lambda text: _SHORT_DATE.sub(_dated_short, text))
        if profile.rules.comma_before_date:
            _replace(line, lambda text: _ARTICLE_DATE.sub(r"\1, \2", text))
    if found["body"] and found["recipients_label"]:
        last = found["body"][-1]
        runs = [run for run in _runs(last) if run.text.strip()]
        runs[-1].text = _END.sub(profile.rules.end_mark, runs[-1].text)
    names = found["recipient"]
    for at, line in enumerate(names):
        ends_name = at == len(names) - 1 or names[at + 1].text.startswith("-")
        if ends_name and line.text.startswith("-"):
            _end_with(line, "." if at == len(names) - 1 else ";")


def _number(text: str, profile: Profile) -> str:
    opening = profile.rules.number.split("{")[0]
    mended = re.sub(r"^Số\s*:?\s*", opening, text)
    return re.sub(r"(?<=\s)(\d)(?=\s*[-/])", r"0\1", mended, count=1)


def _dated(written: re.Match[str]) -> str:
    return _by_rule(written, long_date)


def _dated_short(written: re.Match[str]) -> str:
    return _by_rule(written, short_date)


def _by_rule(written: re.Match[str], write: Callable[[str], str]) -> str:
    """A date written again by the rule; one that cannot be stays as it is."""
    day, month, year = written.groups()
    try:
        return write(f"{year}-{int(month):02d}-{int(day):02d}")
    except DocumentError:
        return written[0]


def _end_with(line: Line, mark: str) -> None:
    runs = [run for run in _runs(line) if run.text.strip()]
    runs[-1].text = _END.sub(mark, runs[-1].text)


def _replace(line: Line, mend: Callable[[str], str]) -> None:
    """Mend the words of a paragraph; its runs become one only if the words change."""
    runs = _runs(line)
    before = "".join(run.text for run in runs)
    after = mend(before)
    if after == before:
        return
    for run in runs:
        if mend(run.text) != run.text:
            run.text = mend(run.text)
    if "".join(run.text for run in runs) != after:
        runs[0].text = after
        for run in runs[1:]:
            run.text = ""


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.source, cast(Any, None))


def _runs(line: Line) -> list[Run]:
    parent = _paragraph(line)
    return [Run(run, parent) for run in line.source.iter(qn("w:r")) if "".join(word_reader.characters(run))]
