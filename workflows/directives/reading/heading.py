"""What stands above the body: letterhead, number, place and date, title, subject, addressees."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day

from workflows.directives.reading import dates
from workflows.directives.reading.addressees import addressees_from, is_address_line
from workflows.directives.reading.numbers import DIGITS, SYMBOL, tidy, tidy_symbol
from workflows.directives.reading.phrases import (
    BODY_HEAD,
    damaged_national_heading,
    is_upper,
    letters,
    opens_body,
)
from workflows.directives.reading.text import Line, LineKind, cells, fold
from workflows.directives.reading.types import type_of_damaged_title, type_of_title

_ZONE = 70  # lines of text in which a heading ends
_PARAGRAPH = 200  # a line this long is no part of a heading


@dataclass
class Heading:
    """The heading as found, before anyone draws conclusions from it."""

    number: str | None = None
    symbol: str | None = None
    title: str | None = None
    letterhead: list[str] = field(default_factory=list)
    by: str | None = None
    place: str | None = None
    date: Day | None = None
    year: int | None = None
    month: int | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    urgency: str | None = None
    draft: bool = False
    form: str | None = None
    lone_figures: str | None = None
    end: int = 0


def read_heading(seen: Sequence[Line], *, damaged: bool = False) -> Heading:
    """Read a text from its first line to where its body begins.

    `damaged` says that OCR lost the accents, so that words must be taken for what they resemble.
    """
    heading = Heading()
    title = _title_line(seen, damaged=damaged)
    address = _address_line(seen, title)
    stop = min(index for index in (title, address, len(seen)) if index is not None)
    loose = _read_top(heading, seen[:stop], damaged=damaged)
    following = stop if title is not None or address is not None else loose
    if title is not None and title == stop:
        following = _read_title(heading, seen, title, damaged=damaged)
    if address is not None and address <= following + 3:
        heading.addressees, following = addressees_from(seen, address)
    heading.end = seen[following].start if following < len(seen) else (seen[-1].end if seen else 0)
    return heading


# ── where the heading ends ─────────────────────────────────────────────────────────────────────────────────


def _title_line(seen: Sequence[Line], *, damaged: bool) -> int | None:
    """The first line that prints the name of a type as a title, before any paragraph."""
    for index, line in _heading_lines(seen):
        if opens_body(line.text):
            break
        if _is_title(" ".join(line.words.split())) or any(_is_title(cell.text) for cell in cells(line.text)):
            return index
    if damaged:
        for index, line in _heading_lines(seen):
            if is_upper(line.words) and len(line.words) < 40 and type_of_damaged_title(line.words):
                return index
    return None


def _heading_lines(seen: Sequence[Line]) -> list[tuple[int, Line]]:
    found: list[tuple[int, Line]] = []
    for index, line in enumerate(seen):
        if len(line.words) > _PARAGRAPH or len(found) >= _ZONE:
            break
        if line.kind is LineKind.TEXT:
            found.append((index, line))
    return found


def _is_title(words: str) -> bool:
    typed = type_of_title(words)
    if typed is None:
        return False
    named = re.match(rf"\W*(?:\w+\s+){{{typed[1] - 1}}}\w+", words)
    if named is None:
        return False
    alone = fold(named.group()).strip() == fold(words).strip(" :*-")
    return is_upper(named.group()) or (alone and named.group().lstrip(" *")[:1].isupper())


def _address_line(seen: Sequence[Line], title: int | None) -> int | None:
    """The line of "Kính gửi"; under a title it counts only near it."""
    for index, line in _heading_lines(seen):
        if title is not None and index > title + 14:
            return None
        if is_address_line(line.text):
            return index
    return None


# ── above title or addressees ──────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=\t))\W{{0,3}}[Ss][ốỐôÔoOóÓồỒ06]\s{{0,3}}[:.;]?\s*(?P<digits>{DIGITS})?"
    rf"[\s.…_]*(?P<separator>[-/])\s{{0,3}}(?P<symbol>{SYMBOL}(?:,[A-ZĐ&]{{2,}})*)"
)
_NUMBER_WORD = re.compile(r"[Ss][ốỐôÔoOóÓồỒ06]\s{0,3}[:.;]?\s*(?P<digits>\d{1,5}[a-zđ]?)?\W*")
_NUMBER_REST = re.compile(
    rf"(?P<digits>{DIGITS})?[\s.…_]*(?P<separator>[-/])\s{{0,3}}(?P<symbol>{SYMBOL}(?:,[A-ZĐ&]{{2,}})*)\W*"
)
_DATE = re.compile(
    r"ng[a-z]y(?P<noise>[^\w\n]{0,20})(?P<day>\d{0,2})[\s.…_]{0,20}th[a-z]{1,2}ng[\s.…_]{0,20}(?P<month>\d{0,2})"
    r"[\s.…_/]{0,20}n[a-z]m[\s.…_]{0,20}(?P<year>(?:19|20)\d{2})?"
)
_NATIONAL = {
    "state": re.compile(
        r"c[o0]ng\s+h[o0]a\s+xa\s+h[o0]i\s+chu\s+nghia(?:\s+viet\s*nam)?|^\s*viet\s+nam\s*$|d[o0]c\s+lap\s*-?\s*tu\s+d[o0]\s*-?\s*hanh\s+phuc"
    ),
    "party": re.compile(r"dang\s+cong\s+san\s+viet\s+nam"),
    "youth": re.compile(r"doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh"),
}
_URGENT = re.compile(r"\W*(?:hoa\s+toc(?:\s+hen\s+gio)?|thuong\s+khan|khan(?:\s+cap)?)\W*")
_CIRCULATION = re.compile(r"\W*(?:mat|toi mat|tuyet mat|luu hanh noi bo|.{0,30}thu hoi.{0,20})\W*")
_DRAFT = re.compile(r"\W*du\s+thao\b.{0,40}")
_ABOUT = re.compile(r"\W*v\s?[/.]\s?v\b")


def _read_top(heading: Heading, top: Sequence[Line], *, damaged: bool) -> int:
    """Read the lines above title or addressees; returns the line where the body begins if they end in it."""
    subject: list[str] = []
    open_subject = numbered = False
    index = 0
    for index, line in enumerate(top[: _ZONE * 2]):  # noqa: B007
        if subject and line.kind is LineKind.BLANK:
            open_subject = False
        if line.kind is not LineKind.TEXT:
            continue
        rest = line.text
        if _is_body(rest, numbered=numbered or bool(subject)):
            break
        rest, number_here = _take_number(heading, rest)
        numbered = numbered or number_here
        rest = _take_national(heading, _take_date(heading, rest), damaged=damaged)
        for cell in cells(rest):
            if _take_mark(heading, cell.text) or _take_split_number(heading, cell.text):
                continue
            if not letters(cell.text):
                continue
            if open_subject or _ABOUT.match(fold(cell.text)):
                open_subject = True
                subject.append(cell.text)
            elif _is_letterhead(cell.text, numbered=numbered, begun=bool(subject)):
                heading.letterhead.append(cell.text)
            elif not subject:
                open_subject = True
                subject.append(cell.text)
    else:
        index = min(len(top), _ZONE * 2)
    heading.subject = one_line(subject)
    return index


def _is_body(line: str, *, numbered: bool) -> bool:
    return len(line.strip()) > _PARAGRAPH or (numbered and opens_body(line))


def _is_letterhead(words: str, *, numbered: bool, begun: bool) -> bool:
    if begun:
        return False
    return is_upper(words) or (not numbered and bool(BODY_HEAD.match(fold(words))) and len(words) < 60)


def _take_number(heading: Heading, line: str) -> tuple[str, bool]:
    found = _NUMBER.search(line)
    if not found or heading.symbol:
        return line, False
    heading.symbol = tidy_symbol(found["symbol"])
    if found["digits"]:
        heading.number = tidy(found["digits"], found["separator"], found["symbol"])
    else:
        heading.draft = True
    return _without(line, found.start(), found.end()), True


def _take_split_number(heading: Heading, words: str) -> bool:
    """A number of which extraction put the word, the figures or the symbol on lines of their own."""
    if heading.symbol:
        return False
    if word := _NUMBER_WORD.fullmatch(words):
        heading.lone_figures = word["digits"] or ""
        return True
    rest = _NUMBER_REST.fullmatch(words)
    if not rest or (heading.lone_figures is None and not rest["digits"]):
        return False
    heading.symbol = tidy_symbol(rest["symbol"])
    if figures := rest["digits"] or heading.lone_figures:
        heading.number = tidy(figures, rest["separator"], rest["symbol"])
    else:
        heading.draft = True
    return True


def _take_date(heading: Heading, line: str) -> str:
    folded = fold(line)
    found = _DATE.search(folded)
    if found and not heading.year:
        heading.year = int(found["year"]) if found["year"] else None
        heading.month = int(found["month"]) if found["month"] and 1 <= int(found["month"]) <= 12 else None
        if heading.year and heading.month and found["day"] and not found["noise"].strip(" .…_,:"):
            heading.date = _day(heading.year, heading.month, int(found["day"]))
        return _take_place(heading, line, found.start(), found.end())
    for day in dates.DAY.finditer(folded):
        value = dates.day_of(day)
        if value and not heading.year and re.search(r",\s*$", line[: day.start()]):
            heading.date, heading.year, heading.month = value, value.year, value.month
            return _take_place(heading, line, *day.span())
    return line


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def _take_place(heading: Heading, line: str, start: int, end: int) -> str:
    before = cells(line[:start])
    if not before:
        return _without(line, start, end)
    name = before[-1].text.strip(" ,.;:*_")
    if 1 < len(name) <= 40 and name[0].isupper() and not any(sign.isdigit() for sign in name):
        heading.place = name.title() if is_upper(name) and len(name) > 3 else name
        return _without(line, before[-1].column, end)
    return _without(line, start, end)


def _take_national(heading: Heading, line: str, *, damaged: bool) -> str:
    folded = fold(line)
    for form, pattern in _NATIONAL.items():
        for found in pattern.finditer(folded):
            heading.form = heading.form or form
            line = _without(line, found.start(), found.end())
    if damaged:
        for cell in cells(line):
            if damaged_national_heading(cell.text):
                line = _without(line, cell.column, cell.column + len(cell.text))
    return line


def _take_mark(heading: Heading, words: str) -> bool:
    """Is this a mark of urgency, circulation or draft?"""
    folded = fold(words)
    if _URGENT.fullmatch(folded):
        heading.urgency = words.strip(" *()").upper()
        return True
    if _DRAFT.fullmatch(folded):
        heading.draft = True
        return True
    return bool(_CIRCULATION.fullmatch(folded)) and is_upper(words)


def _without(line: str, start: int, end: int) -> str:
    return line[:start] + " " * (end - start) + line[end:]


# ── title and subject ──────────────────────────────────────────────────────────────────────────────────────

_BY = re.compile(
    r"\W*cua\s+(?=ban\b|tinh\b|thanh\b|uy\b|dang\b|bo\b|huyen\b|hoi\b|chu\b|thu\b|doan\b|quan\b)"
)


def _read_title(heading: Heading, seen: Sequence[Line], title: int, *, damaged: bool) -> int:
    """Read the title and the subject under it; returns the line after them."""
    words = "  ".join(cell.text for cell in cells(seen[title].text))
    typed = type_of_title(words)
    rest = words
    if typed:
        heading.title = typed[0]
        named = re.match(rf"\W*(?:\w+\W+){{{typed[1] - 1}}}\w+", words)
        rest = words[named.end() :] if named else ""
    elif damaged:
        heading.title, rest = type_of_damaged_title(words), ""
    subject: list[str] = []
    if letters(rest):
        _take_subject_line(heading, subject, rest.strip(" :*"))
    index = title + 1
    while index < len(seen) and _continues_subject(seen, index, subject):
        if seen[index].kind is LineKind.TEXT:
            _take_subject_line(heading, subject, seen[index].words)
        index += 1
    heading.subject = one_line(subject)
    return index


def _take_subject_line(heading: Heading, subject: list[str], words: str) -> None:
    by = _BY.match(fold(words))
    if by and not subject and not heading.by and (is_upper(words) or len(words) < 60):
        heading.by = words[by.end() :].strip(" *:")
    elif heading.by and not subject and is_upper(words) and re.match(r"(?:tinh|khoa|dang bo)\b", fold(words)):
        heading.by += " " + words
    elif not (_take_mark(heading, words)):
        subject.append(words)


def _continues_subject(seen: Sequence[Line], index: int, subject: list[str]) -> bool:
    """Does a subject go on at this line? Blank lines stand before it; a new paragraph ends it."""
    line = seen[index]
    if line.kind is LineKind.BLANK:
        return not subject or _goes_on_after_blank(seen, index, subject)
    if line.kind is not LineKind.TEXT:
        return not subject
    if is_address_line(line.text) or line.words.startswith("("):
        return False
    if not subject:
        return len(line.words) < _PARAGRAPH * 2
    if opens_body(line.text) or len(line.words) > _PARAGRAPH or _steps_out(seen[index - 1], line):
        return False
    return is_upper(subject[-1]) or not is_upper(line.words) or len(line.words) < 12


def _steps_out(before: Line, line: Line) -> bool:
    """Does a paragraph begin at the margin under a centred line?"""
    indents = [len(text) - len(text.lstrip()) for text in (before.text, line.text)]
    return line.words[:1].isupper() and indents[0] - indents[1] >= 10 and indents[1] <= 12


def _goes_on_after_blank(seen: Sequence[Line], index: int, subject: list[str]) -> bool:
    """A subject set in separate paragraphs goes on in small letters."""
    following = next((line for line in seen[index : index + 3] if line.kind is not LineKind.BLANK), None)
    return (
        following is not None
        and following.kind is LineKind.TEXT
        and following.words[:1].islower()
        and len(following.words) < 120
        and not subject[-1].endswith((".", ":"))
    )


def one_line(pieces: Sequence[str]) -> str | None:
    """Pieces of a wrapped phrase as one, without the marks around it."""
    return " ".join(" ".join(pieces).split()).strip(" .:;*_-") or None
