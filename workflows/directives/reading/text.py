"""Text as it comes out of files, made readable without losing where each character stood.

Three forms of one text are used: `clean` is what a reading stores and its spans count in; `readable` and
`fold` have the same length as what they are given, so offsets stay true; `joined` is shorter and carries a
map back.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.directives.reading.model import Span

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NEWLINES = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")

# one character for one character: letters that OCR and old fonts put for Vietnamese ones, dashes, bullets
_REPAIRS = str.maketrans(
    {
        **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
        **dict.fromkeys("‐‑‒–—―−\uf02d\uf0b7\uf0a7\uf0d8", "-"),
        **dict.fromkeys("¹²³⁴⁵⁶⁷⁸⁹⁰", " "),
        "ƣ": "ư", "Ƣ": "Ư", "ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "⁄": "/", "∕": "/",
    }
)  # fmt: skip
_MARKUP = re.compile(
    r"</?(?:sup|sub|b|i|u|em|strong|br)\s*/?>|\*\*+|^#{1,6}(?= )", re.MULTILINE | re.IGNORECASE
)
_SUPERSCRIPT = re.compile(r"<sup>\s*[\d\[\]()*]{1,6}\s*</sup>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*(?=[^\s*])|(?<=[^\s*])\*")


def clean(raw: str) -> str:
    """Compose accents (NFC), unite line ends, drop characters that nobody sees."""
    return _INVISIBLE.sub("", _NEWLINES.sub("\n", unicodedata.normalize("NFC", raw)))


def readable(text: str) -> str:
    """The text with repaired letters, plain dashes and spaces, and markup blanked out; same length."""
    text = text.translate(_REPAIRS)
    for marks in (_SUPERSCRIPT, _MARKUP, _EMPHASIS):
        text = marks.sub(lambda found: " " * len(found.group()), text)
    return text


def _fold_table() -> dict[int, str]:
    table = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table | dict.fromkeys(map(ord, "đĐðÐƉ"), "d") | dict.fromkeys(map(ord, "ƣƢ"), "u")


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower case without accents, đ as d; same length."""
    return text.translate(_FOLD)


def words(text: str) -> list[str]:
    """The folded words of a name, for comparing names whatever their spelling."""
    return re.findall(r"[a-z0-9]+", fold(text))


_LATE_TONE = re.compile(
    "(?<![qQ])([oO](?=[aAeE])|[uU](?=[yY]))([aAeEyY])([\u0300\u0301\u0303\u0309\u0323])(?![\\w\u0300-\u036f])"
)


def one_spelling(text: str) -> str:
    """Move the tone mark of hoà, khoẻ, uỷ to where hòa, khỏe, ủy have it."""
    loose = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _LATE_TONE.sub(r"\1\3\2", loose))


class LineKind(StrEnum):
    """What a line is before anyone reads its words."""

    TEXT = "text"
    BLANK = "blank"
    PAGE = "page"
    STAMP = "stamp"
    RULE = "rule"


@dataclass(frozen=True)
class Line:
    """One line in readable form; `start` is where it begins in the text."""

    text: str
    start: int
    kind: LineKind

    @property
    def end(self) -> int:
        """Offset after the last character, without the line break."""
        return self.start + len(self.text)

    @property
    def words(self) -> str:
        """The line without the white space around it."""
        return self.text.strip()


_PAGE_MARK = re.compile(
    r"={3,}\s*(?:trang|page)\s+\d+\s*={3,}|(?:trang|page)\s*:?\s*\d{1,3}(?:\s*/\s*\d{1,3})?"
)
_LONE_NUMBER = re.compile(r"-?\s{0,3}\d{1,3}\s{0,3}-?")
_RULE = re.compile(r"[-_=*~.•\s]{2,}|\*|[-_]")
_STAMP = re.compile(
    r"\(?\s*(?:da|dã)\s+ky\b.{0,40}|(?:duoc\s+)?ky\s+(?:boi|so)\b.*|(?:gio|ngay|thoi\s+gian|nguoi)\s+ky\b.*"
    r"|chu\s+ky\s+so\b.*|digitally\s+signed.*|signature\s+(?:not\s+)?valid.*|signature\s+not\s+verified.*"
    r"|signed\s+by\b.*|(?:date|reason|location|email|e-mail|co\s+quan|to\s+chuc|chuc\s+vu)\s*:.*"
    r"|(?:signed|signing)\s+(?:date|time)\b.*|\(?\s*chu\s+ky\b.{0,40}"
    r"|.{0,20}\d{4}[./-]\d{2}[./-]\d{2}[ t]+\d{2}:\d{2}.*|\d{2}[./-]\d{2}[./-]\d{4}[ t]+\d{2}:\d{2}.*"
)


def is_stamp(words_of_line: str) -> bool:
    """Do these words come from the seal of a digital signature or stand for the signature itself?"""
    return len(words_of_line) < 160 and bool(_STAMP.fullmatch(fold(words_of_line)))


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a clean text; page numbers, stamps and rules are told from text."""
    seen = readable(text).split("\n")
    found, start = [], 0
    for index, line in enumerate(seen):
        found.append(Line(line, start, _kind(seen, index)))
        start += len(line) + 1
    return tuple(found)


def _kind(seen: list[str], index: int) -> LineKind:
    stripped = seen[index].strip()
    if not stripped:
        return LineKind.BLANK
    if len(stripped) > 160:
        return LineKind.TEXT
    if _PAGE_MARK.fullmatch(fold(stripped)) or _is_page_number(seen, index):
        return LineKind.PAGE
    if _RULE.fullmatch(stripped):
        return LineKind.RULE
    return LineKind.STAMP if is_stamp(stripped) else LineKind.TEXT


def _is_page_number(seen: list[str], index: int) -> bool:
    """A lone number is one where it stands far in, after a page mark, or between blank lines.

    Row numbers of tables stand alone too, but at the margin and beside their row.
    """
    line = seen[index]
    if not _LONE_NUMBER.fullmatch(line.strip()):
        return False
    before = seen[index - 1] if index else ""
    after = seen[index + 1] if index + 1 < len(seen) else ""
    far_in = len(line) - len(line.lstrip()) >= 12
    return (
        far_in
        or "\f" in line + before
        or bool(_PAGE_MARK.fullmatch(fold(before.strip())))
        or not (before.strip() or after.strip())
    )


_GAP = re.compile(r"\t+[ \t]*| {2,}[ \t]*")


@dataclass(frozen=True)
class Cell:
    """A piece of a line between wide gaps; `column` is where it begins in its line."""

    text: str
    column: int


def cells(line: str) -> tuple[Cell, ...]:
    """Cut a line where tabs or wide gaps separate columns."""
    found, start = [], 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        if piece := line[start:end].strip():
            found.append(Cell(piece, start + len(line[start:end]) - len(line[start:end].lstrip())))
        start = gap.end() if gap else end
    return tuple(found)


@dataclass(frozen=True)
class Joined:
    """Lines run together without page furniture; `offsets[i]` tells where character i stood."""

    text: str
    offsets: "array[int]"

    def span(self, start: int, end: int) -> Span:
        """The span in the clean text of a non-empty span here."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, offset: int) -> int:
        """The first place here that stood at or after an offset of the clean text."""
        return bisect_left(self.offsets, offset)


def joined(text: str, start: int = 0, end: int | None = None) -> Joined:
    """Run the lines of a span of a clean text together."""
    stop = len(text) if end is None else end
    pieces: list[str] = []
    offsets = array("I")
    for word, at in _words_in_lines(text, start, stop):
        if pieces:
            pieces.append(" ")
            offsets.append(offsets[-1] + 1)
        pieces.append(word)
        offsets.extend(range(at, at + len(word)))
    return Joined("".join(pieces), offsets)


_WORD = re.compile(r"\S+")


def _words_in_lines(text: str, start: int, stop: int) -> Iterator[tuple[str, int]]:
    for line in lines(text[start:stop]):
        if line.kind is LineKind.TEXT:
            for word in _WORD.finditer(line.text):
                yield word.group(), start + line.start + word.start()
