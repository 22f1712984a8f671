"""A program of its own: a PDF on disk → its words and ruled lines, or pictures of its pages, through PDFium.

It runs in a process apart (see `pdf.py`) because a stranger's file may crash or stall a library written in C,
and because PDFium must never be used by two threads. It therefore imports nothing of ours.

usage: pdfium_pages.py words FILE MAX_PAGES     one JSON object a line: first the count, then every page
       pdfium_pages.py pictures FILE DPI PAGE…  writes page-N.pgm beside the file
"""

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MAX_RULES = 4_000
MAX_CHARACTERS = 40_000
NESTING = 4
BAR = 3.0
SMALL_MARK = 0.8
EXIT_LOCKED, EXIT_BROKEN = 3, 4

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Glyph = tuple[int, str, Box, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class View:
    """Turns the coordinates of a PDF (from the bottom, unrotated) into a reader's (from the top left)."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class Glyphs:
    """The characters of a page with their boxes and baselines as a reader sees them."""

    def __init__(self, page: pdfium.PdfPage, view: View) -> None:
        self._text, self._view = page.get_textpage(), view
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box_to, self._origin_to = (
            ctypes.byref(self._box),
            (ctypes.byref(self._x), ctypes.byref(self._y)),
        )

    def __iter__(self) -> Iterator[Glyph]:
        for index in range(min(self._text.count_chars(), MAX_CHARACTERS)):
            yield self._glyph(index)

    def _glyph(self, index: int) -> Glyph:
        code = raw.FPDFText_GetUnicode(self._text, index)
        # A hyphen at the end of a line comes as one of these.
        letter = "-" if code in (0x02, 0xFFFE) else chr(code)
        raw.FPDFText_GetLooseCharBox(self._text, index, self._box_to)
        raw.FPDFText_GetCharOrigin(self._text, index, *self._origin_to)
        box = self._view.box(self._box.left, self._box.bottom, self._box.right, self._box.top)
        return index, letter, box, self._view.point(self._x.value, self._y.value)[1]

    def size(self, index: int) -> float:
        """The size of the font in points, as drawn."""
        raw.FPDFText_GetMatrix(self._text, index, ctypes.byref(self._matrix))
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return float(raw.FPDFText_GetFontSize(self._text, index)) * scale


def words(glyphs: Glyphs) -> Iterator[list[Any]]:
    """Runs of characters as [text, x0, top, x1, bottom, baseline, size, spaced]."""
    word: list[Any] | None = None
    spaced = True
    for index, letter, box, baseline in glyphs:
        if letter.isspace() or letter == "\x00":
            spaced = True
            continue
        apart = word is None or _apart(word, box, baseline)
        if word and not spaced and not apart and not _changes(word, letter, glyphs, index):
            word[0] += letter
            word[1], word[2] = min(word[1], box[0]), min(word[2], box[1])
            word[3], word[4] = max(word[3], box[2]), max(word[4], box[3])
            continue
        if word:
            yield word
        word = [letter, *box, baseline, glyphs.size(index), spaced or apart]
        spaced = False
    if word:
        yield word


def _changes(word: list[Any], letter: str, glyphs: Glyphs, index: int) -> bool:
    """Does a figure of another size begin or end here, as the mark of a footnote does?"""
    return letter.isdigit() != word[0][-1].isdigit() and not _same_size(word[6], glyphs.size(index))


def _same_size(one: float, other: float) -> bool:
    return min(one, other) >= SMALL_MARK * max(one, other)


def _apart(word: list[Any], box: Box, baseline: float) -> bool:
    """Does a character stand away from the word before it, beside it or on another line?"""
    size = max(word[6], box[3] - box[1], 1.0)
    gap: float = box[0] - word[3]
    return gap > 0.3 * size or gap < -1.5 * size or bool(abs(baseline - word[5]) > 0.6 * size)


def rules(page: pdfium.PdfPage, view: View) -> Iterator[Box]:
    """Straight horizontal and vertical strokes and edges, longer than a dash."""
    count = 0
    for obj, matrix in _objects(page.raw):
        if raw.FPDFPageObj_GetType(obj) != raw.FPDF_PAGEOBJ_PATH:
            continue
        for (ax, ay), (bx, by) in _edges(obj, matrix):
            straight = abs(ax - bx) < 1 or abs(ay - by) < 1
            if straight and abs(ax - bx) + abs(ay - by) > 4:
                yield view.box(ax, ay, bx, by)
                count += 1
            if count >= MAX_RULES:
                return


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """What is drawn on a page, also inside its forms, each with its place."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _parts(raw.FPDFPage_GetObject(page, index), IDENTITY, NESTING)


def _parts(obj: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(obj, ctypes.byref(own))
    placed = _multiply((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    if raw.FPDFPageObj_GetType(obj) != raw.FPDF_PAGEOBJ_FORM:
        yield obj, placed
    elif depth:
        for index in range(raw.FPDFFormObj_CountObjects(obj)):
            yield from _parts(raw.FPDFFormObj_GetObject(obj, index), placed, depth - 1)


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _edges(path: Any, matrix: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path; of a filled area only if it is a thin bar, since others are shading."""
    a, b, c, d, e, f = matrix
    if not _is_drawn(path):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path), MAX_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if before and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield before, here
        before = here


def _is_drawn(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    left, bottom, right, top = _bounds(path)
    return bool(stroke.value) or (bool(fill.value) and min(right - left, top - bottom) < BAR)


def _bounds(obj: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(obj, *map(ctypes.byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def pictured(page: pdfium.PdfPage) -> bool:
    """Does a picture cover at least a third of the page?"""
    width, height = page.get_size()
    for obj, _matrix in _objects(page.raw):
        if raw.FPDFPageObj_GetType(obj) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = _bounds(obj)
        if (right - left) * (top - bottom) * 3 >= width * height:
            return True
    return False


def read_page(document: pdfium.PdfDocument, index: int) -> dict[str, Any]:
    """One page as plain data.

    Numbers and dates that an office stamps on a signed file are annotations: they are flattened in first.
    """
    page = document[index]
    if raw.FPDFPage_GetAnnotCount(page) > 0:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    view = View(page)
    read = {
        "width": view.width,
        "height": view.height,
        "words": [_rounded(word) for word in words(Glyphs(page, view))],
        "rules": [_rounded(list(rule)) for rule in rules(page, view)],
        "pictured": pictured(page),
    }
    page.close()
    return read


def _rounded(values: list[Any]) -> list[Any]:
    return [round(value, 1) if isinstance(value, float) else value for value in values]


def print_words(document: pdfium.PdfDocument, max_pages: int) -> None:
    """Print the count of pages, then page after page."""
    print(json.dumps(len(document)))
    for index in range(min(len(document), max_pages)):
        print(json.dumps(read_page(document, index)))


def draw_pictures(document: pdfium.PdfDocument, folder: Path, dpi: int, pages: list[int]) -> None:
    """Draw pages in grey; a very large sheet is drawn smaller rather than filling the memory."""
    for index in pages:
        page = document[index]
        scale = min(dpi / 72, 6_000 / max(page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        with (folder / f"page-{index}.pgm").open("wb") as picture:
            picture.write(f"P5 {bitmap.width} {bitmap.height} 255\n".encode())
            for row in range(bitmap.height):
                picture.write(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width])
        page.close()


def main(arguments: list[str]) -> int:
    """Do what the arguments say; the exit code tells a locked from a broken file."""
    task, path, number, *pages = arguments
    try:
        document = pdfium.PdfDocument(path)
        if task == "words":
            print_words(document, int(number))
        else:
            draw_pictures(document, Path(path).parent, int(number), [int(page) for page in pages])
    except pdfium.PdfiumError as error:
        return EXIT_LOCKED if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else EXIT_BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
