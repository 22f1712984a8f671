"""What stands above title or addressees: letterhead, number, place and date, marks, a letter's subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day

from workflows.directives.reading import dates
from workflows.directives.reading.numbers import DIGITS, SYMBOL, tidy, tidy_symbol
from workflows.directives.reading.phrases import (
    BODY_HEAD,
    damaged_national_heading,
    has_word,
    is_upper,
    one_line,
    opens_body,
)
from workflows.directives.reading.text import Cell, Line, LineKind, cells, fold

_ZONE = 140  # lines in which a letterhead ends
_PARAGRAPH = 200  # a line this long is no part of a heading
_SENTENCE = 60  # a line this long below the subject begins the body


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


_NUMBER = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=\t))\W{{0,3}}[Ss][ốỐôÔoOóÓồỒ06]\s{{0,3}}[:.;]?\s*(?P<digits>{DIGITS})?"
    rf"[\s.…_]*(?:/\s?20\d\d\s?)?(?P<separator>[-/])\s{{0,3}}(?P<symbol>{SYMBOL}(?:,[A-ZĐ&]{{2,}})*)"
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
        r"c[o0]ng\s+h[o0]a\s+xa\s+h[o0]i\s+chu\s+nghia(?:\s+viet\s*nam)?|(?:(?<=\s{3})|(?<=\t))viet\s+nam\s*$|d[o0]c\s+lap\s*-{0,3}\s*tu\s+d[o0]\s*-{0,3}\s*hanh\s+phuc"
    ),
    "party": re.compile(r"dang\s+cong\s+san\s+viet\s+nam"),
    "youth": re.compile(r"doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh"),
}
_URGENT = re.compile(r"\W*(?:hoa\s+toc(?:\s+hen\s+gio)?|thuong\s+khan|khan(?:\s+cap)?)\W*")
_CIRCULATION = re.compile(r"\W*(?:mat|toi mat|tuyet mat|luu hanh noi bo|.{0,30}thu hoi.{0,20})\W*")
_DRAFT = re.compile(r"\W*du\s+thao\b.{0,40}")
_ABOUT = re.compile(r"\W*v\s?[/.]\s?v\b")


def read_letterhead(heading: Heading, top: Sequence[Line], *, damaged: bool) -> int:
    """Read the lines above title or addressees; returns the line after them, or where a body begins."""
    subject: list[str] = []
    open_subject = False
    end = min(len(top), _ZONE)
    for index, line in enumerate(top[:end]):
        if line.kind is not LineKind.TEXT:
            open_subject = open_subject and not subject
            continue
        if _is_paragraph(line.text, heading, after_subject=bool(subject) and not open_subject):
            end = index
            break
        for words in _take_facts(heading, line.text, damaged=damaged):
            if open_subject or _begins_subject(heading, words, begun=bool(subject)):
                open_subject = True
                subject.append(words)
            elif not subject:
                heading.letterhead.append(words)
    heading.subject = one_line(subject)
    return end


def _take_facts(heading: Heading, line: str, *, damaged: bool) -> list[str]:
    """Take number, date, national heading and marks from a line; returns the other pieces of it."""
    rest = _take_national(heading, take_date(heading, _take_number(heading, line)), damaged=damaged)
    pieces = [cell.text for cell in cells(rest) if has_word(cell.text)]
    return [
        words for words in pieces if not take_mark(heading, words) and not _take_split_number(heading, words)
    ]


def _begins_subject(heading: Heading, words: str, *, begun: bool) -> bool:
    """ "V/v …" begins the subject of a letter, and so do small letters that name no body above the number."""
    if _ABOUT.match(fold(words)):
        return True
    numbered = heading.symbol is not None
    above = not numbered and len(words) < _SENTENCE and bool(BODY_HEAD.match(fold(words)))
    return not (begun or is_upper(words) or above)


def _is_paragraph(line: str, heading: Heading, *, after_subject: bool) -> bool:
    """Does a body begin here, where neither title nor addressees stand above it?"""
    if len(line.strip()) > _PARAGRAPH:
        return True
    if opens_body(line) and (heading.symbol or heading.year or after_subject):
        return True
    pieces = cells(line)
    return after_subject and len(pieces) == 1 and len(pieces[0].text) > _SENTENCE and not is_upper(line)


def is_own_number(line: str) -> bool:
    """Does this line print the number of the document itself, or the place for it?"""
    return bool(_NUMBER.search(line))


def _take_number(heading: Heading, line: str) -> str:
    found = _NUMBER.search(line)
    if not found or heading.symbol:
        return line
    heading.symbol = tidy_symbol(found["symbol"])
    if found["digits"]:
        heading.number = tidy(found["digits"], found["separator"], found["symbol"])
    else:
        heading.draft = True
    return _without(line, found.start(), found.end())


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


def take_date(heading: Heading, line: str) -> str:
    """Take place and date from a line, unless they are known; returns the line with blanks for them."""
    folded = fold(line)
    found = None if heading.year else _DATE.search(folded)
    place = _place_before(line, found) if found else None
    if found and place:
        heading.year = int(found["year"]) if found["year"] else None
        heading.month = int(found["month"]) if found["month"] and 1 <= int(found["month"]) <= 12 else None
        if heading.year and heading.month and found["day"] and not found["noise"].strip(" .…_,:"):
            heading.date = _day(heading.year, heading.month, int(found["day"]))
        return _take_place(heading, line, place, found.end())
    for day in () if heading.year else dates.DAY.finditer(folded):
        value, place = dates.day_of(day), _place_before(line, day)
        if value and place and place.text and line[: day.start()].rstrip().endswith(","):
            heading.date, heading.year, heading.month = value, value.year, value.month
            return _take_place(heading, line, place, day.end())
    return line


def _place_before(line: str, day: re.Match[str]) -> Cell | None:
    """The place before a date, an empty cell if there is none; None if the date is part of a sentence."""
    before = line[: day.start()]
    if not re.match(r"[\s.*_]*(?:$|\s\s|\t)", line[day.end() :]):
        return None
    pieces = cells(before)
    name = pieces[-1].text.strip(" ,.;:*_") if pieces else ""
    if not name or (re.search(r"(?:\s\s|\t)$", before) and not re.search(r"[,.;]\s*$", before)):
        return Cell("", len(before))
    ended = before.rstrip().endswith((",", ".", ";"))
    place = name[0].isupper() and 1 < len(name) <= 40 and not re.search(r"[\d,;:]", name)
    return Cell(name, pieces[-1].column) if place and (ended or name.istitle()) else None


def _take_place(heading: Heading, line: str, place: Cell, end: int) -> str:
    if place.text:
        heading.place = place.text.title() if is_upper(place.text) and len(place.text) > 3 else place.text
    return _without(line, place.column, end)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


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


def take_mark(heading: Heading, words: str) -> bool:
    """Take a mark of urgency, circulation or draft; says whether the words are one."""
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
