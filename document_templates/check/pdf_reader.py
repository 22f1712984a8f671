"""A PDF as a checker sees it: its letters gathered into lines, with the rules drawn under them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from document_templates import pdfium_turn
from document_templates.check.observed import Letters, Line, Paper, Sheet, Side
from document_templates.errors import DocumentError

MOST_PAGES = 300
_MM_PER_POINT = 25.4 / 72
_FONT_NAME_BYTES = 128
_HEADING_HEIGHT = 75.0
_CONTACT_HEIGHT = 12.0
_SMALL = 12.5
_WIDE_GAP = 4.0
_WORD_GAP = 0.13
"""Ems of white that part two columns, and two words."""


def read(data: bytes) -> Paper:
    """The paper in a PDF; a refusal for one that is broken, encrypted, endless, or without text."""
    with pdfium_turn.taken:
        return _read(data)


def _read(data: bytes) -> Paper:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise DocumentError(
            "Tệp PDF hỏng hoặc có mật khẩu nên không đọc được. Xuất lại tệp rồi thử lại."
        ) from error
    try:
        if len(document) > MOST_PAGES:
            raise DocumentError("Tệp PDF quá %(most)d trang nên không kiểm tra. Tách tệp.", most=MOST_PAGES)
        pages = [_Page(document[at], at) for at in range(len(document))]
        lines = tuple(line for page in pages for line in page.lines())
        sheets = tuple(page.sheet() for page in pages)
    finally:
        document.close()
    if not lines:
        raise DocumentError("Tệp PDF không có chữ (bản quét) nên không kiểm tra được. Dùng tệp xuất từ máy.")
    return Paper("pdf", sheets, lines)


@dataclass(frozen=True)
class _Letter:
    """One letter where it stands, in millimetres from the top left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def em(self) -> float:
        """The size in millimetres."""
        return self.size * _MM_PER_POINT

    @property
    def look(self) -> tuple[float, bool, bool, str]:
        name = self.font.rpartition("+")[2]
        return round(self.size * 2) / 2, "Bold" in name, "Italic" in name or "Oblique" in name, name


@dataclass(frozen=True)
class _Stroke:
    """A straight line or a thin box."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def flat(self) -> bool:
        return self.bottom - self.top < 1 and self.right - self.left > 3

    @property
    def upright(self) -> bool:
        return self.right - self.left < 1 and self.bottom - self.top > 2


class _Page:
    """One page being read."""

    def __init__(self, page: pdfium.PdfPage, at: int) -> None:
        self.at = at
        self.width, self.height = (points * _MM_PER_POINT for points in page.get_size())
        self.letters = list(self._read_letters(page))
        self.strokes = list(self._read_strokes(page))
        uprights = [stroke for stroke in self.strokes if stroke.upright]
        self.table_parts = [(stroke.top - 0.5, stroke.bottom + 0.5) for stroke in uprights]

    def _read_letters(self, page: pdfium.PdfPage) -> Iterator[_Letter]:
        text = page.get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        box = [ctypes.c_double() for _ in range(4)]
        name, flags, matrix = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int(), raw.FS_MATRIX()
        for at in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text.raw, at))
            if not letter.strip():
                continue
            raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
            raw.FPDFText_GetCharBox(text.raw, at, *box)
            raw.FPDFText_GetFontInfo(text.raw, at, name, _FONT_NAME_BYTES, flags)
            raw.FPDFText_GetMatrix(text.raw, at, matrix)
            yield _Letter(
                letter,
                x.value * _MM_PER_POINT,
                box[1].value * _MM_PER_POINT,
                self.height - y.value * _MM_PER_POINT,
                raw.FPDFText_GetFontSize(text.raw, at) * abs(matrix.d),
                name.value.decode(errors="replace"),
            )

    def _read_strokes(self, page: pdfium.PdfPage) -> Iterator[_Stroke]:
        for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
            left, bottom, right, top = (edge * _MM_PER_POINT for edge in shape.get_bounds())
            yield _Stroke(left, right, self.height - top, self.height - bottom)

    def rows(self) -> list[list[_Letter]]:
        """Letters by their baselines, each row from left to right, parted where the white is wide."""
        ordered = sorted(self.letters, key=lambda letter: letter.baseline)
        rows: list[list[_Letter]] = []
        for letter in ordered:
            if rows and letter.baseline - rows[-1][-1].baseline < 0.6:
                rows[-1].append(letter)
            else:
                rows.append([letter])
        return [part for row in rows for part in self._parts(row)]

    def _parts(self, row: list[_Letter]) -> Iterator[list[_Letter]]:
        heading = self.at == 0 and row[0].baseline < _HEADING_HEIGHT
        return _parted(sorted(row, key=lambda letter: letter.left), heading=heading)

    def lines(self) -> Iterator[Line]:
        for row in self.rows():
            if self._is_number(row):
                continue
            left, right, baseline = row[0].left, row[-1].right, row[0].baseline
            framed = self._is_contact(row)
            in_table = any(top < baseline < bottom for top, bottom in self.table_parts)
            beneath = self._beneath(left, right, baseline)
            yield Line(
                tuple(self._stretches(row, underlined=beneath is not None and beneath.top - baseline < 1.4)),
                self.at,
                self._side(left, right),
                in_table,
                left=left,
                right=right,
                baseline=baseline,
                rule=beneath.right - beneath.left if beneath else None,
                length=right - left,
                framed=framed,
            )

    def _is_contact(self, row: list[_Letter]) -> bool:
        """Small letters under a line as long as the text is wide, which belongs to no table."""
        above = (s for s in self.strokes if s.flat and 0 < row[0].baseline - s.top < _CONTACT_HEIGHT)
        across = [stroke for stroke in above if stroke.right - stroke.left > self.width * 0.7]
        free = [s for s in across if not any(top <= s.top <= bottom for top, bottom in self.table_parts)]
        return bool(free) and row[0].size <= _SMALL

    def _beneath(self, left: float, right: float, baseline: float) -> _Stroke | None:
        """The line drawn closely under a row of letters, if any."""
        for stroke in self.strokes:
            inside = stroke.left > left - 1.5 and stroke.right < right + 1.5
            if stroke.flat and inside and 0 < stroke.top - baseline < 4:
                return stroke
        return None

    def _stretches(self, row: list[_Letter], *, underlined: bool) -> Iterator[Letters]:
        words = _with_spaces(row)
        for look, parts in groupby(words, key=lambda pair: pair[1].look):
            size, bold, italic, font = look
            yield Letters("".join(text for text, _letter in parts), size, bold, italic, underlined, font)

    def _side(self, left: float, right: float) -> Side:
        middle = (left + right) / 2
        if right < self.width * 0.53:
            return "left"
        return "right" if left > self.width * 0.38 and middle > self.width * 0.53 else "middle"

    def _is_number(self, row: list[_Letter]) -> bool:
        return row[0].baseline < 19.5 and all(letter.text.isdigit() for letter in row)

    def sheet(self) -> Sheet:
        number = next((row for row in self.rows() if self._is_number(row)), None)
        size, bold, italic, font = number[0].look if number else (0.0, False, False, "")
        text = "".join(letter.text for letter in number) if number else ""
        body = [letter for letter in self.letters if not number or letter not in number]
        ruled = [stroke.top for stroke in self.strokes if stroke.flat]
        left, right = self._edges()
        return Sheet(
            self.width,
            self.height,
            top=min([*(letter.baseline - letter.em for letter in body), *ruled], default=None),
            bottom=min((self.height - letter.baseline for letter in body), default=None),
            left=left,
            right=right,
            number_from_top=number[0].baseline - size * _MM_PER_POINT if number else None,
            number=Letters(text, size, bold, italic, False, font) if number else None,
            number_on_first=bool(number) and self.at == 0,
            number_middle=(number[0].left + number[-1].right) / 2 if number else None,
        )

    def _edges(self) -> tuple[float | None, float | None]:
        """The white at the left and at the right of everything written or ruled on the page."""
        shapes = [stroke for stroke in self.strokes if stroke.upright or stroke.flat]
        left = [letter.left for letter in self.letters] + [stroke.left for stroke in shapes]
        right = [letter.right for letter in self.letters] + [stroke.right for stroke in shapes]
        return (min(left), self.width - max(right)) if left else (None, None)


def _parted(row: list[_Letter], *, heading: bool) -> Iterator[list[_Letter]]:
    """A row cut where two columns meet: at a very wide gap, or at one where the letters change their look.

    In the heading, where columns come close, a gap clearly wider than between the words of the row is enough.
    """
    gaps = [letter.left - before.right for before, letter in pairwise(row)]
    between_words = [gap for gap, letter in zip(gaps, row[1:], strict=True) if gap > _WORD_GAP * letter.em]
    usual = median(between_words) if between_words else 0
    start = 0
    for at, gap in enumerate(gaps, 1):
        changed = row[at].look != row[at - 1].look and gap > 0.9 * row[at].em
        apart = heading and gap > max(0.45 * row[at].em, 1.7 * usual)
        if gap > _WIDE_GAP * row[at].em or changed or apart:
            yield row[start:at]
            start = at
    yield row[start:]


def _with_spaces(row: list[_Letter]) -> list[tuple[str, _Letter]]:
    """Letters with the spaces between words put back where the white shows them."""
    words = [(row[0].text, row[0])]
    for before, letter in pairwise(row):
        gap = letter.left - before.right
        words.append((f" {letter.text}" if gap > _WORD_GAP * letter.em else letter.text, letter))
    return words
