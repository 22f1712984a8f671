"""The documents that a text cites by their symbols."""

import re
from dataclasses import replace
from datetime import date

from workflows.directives.reading import dates
from workflows.directives.reading.model import Citation, Footnote, Header, Span
from workflows.directives.reading.numbers import DIGITS, SYMBOL, is_law, tidy, tidy_symbol, type_of_symbol
from workflows.directives.reading.text import Joined, fold, joined
from workflows.directives.reading.types import names_pattern

# figures that OCR read as letters count only after the word "số"
_MISREAD_DIGITS = r"(?<=\bs[o06a]\s)[\dlISO]{1,4}"
_NUMBER = re.compile(
    rf"(?<![\w/.-])(?<!\d:)(?:(?P<digits>{DIGITS})|(?P<misread>{_MISREAD_DIGITS}))"
    rf"\s{{0,2}}(?P<separator>[-/])\s?(?P<symbol>{SYMBOL})"
)
_DIGIT_LETTERS = str.maketrans("lISO", "1150")
_INTRODUCED = re.compile(rf"(?:\b(?:so|s[o06a])\s*:?|\b(?:{names_pattern()})|,|\bva)\s*\(?$")
_NUMBERED = re.compile(r"\bs[o06a]\s*:?\s*$")
_NO_DOCUMENT = re.compile(r"\b(?:bieu|mau|bieu mau|phu luc|phu bieu|tai khoan|tk)\s*(?:so)?\s*:?\s*$")
_LAWFUL = re.compile(r"\b(luat|bo luat|nghi quyet|phap lenh)\b")
_LAWS = {"luat": "Luật", "bo luat": "Luật", "nghi quyet": "NQ", "phap lenh": "PL"}
_WELL_FORMED = re.compile(r"(?:UBND|HĐND|VPCP|VPUBND|UBMT|MTTQ|B[A-ZĐ]{2,8}|S[A-ZĐ]{1,8})[-/]")
_LIST = re.compile(r"\s?(?:,|;|va|,\s?va)\s(?:so\s)?")
_BEFORE_DATE = re.compile(r"\s?\d{0,2}\s?[,(]?\s?(?=ngay\b|ngay\d|\d{1,2}[/-])")
_ISSUER_BEFORE_DATE = re.compile(r"\s?,?\s?cua\s[^,;.:()\d]{3,80},?\s(?=ngay\s?\d)")
_ISSUER = re.compile(
    r"[\s),]{0,4}(?:\(?khoa\s[\w]{1,6}\)?\s?)?cua\s(?P<name>[^,;.:()\d]{2,90}?)"
    r"(?=\s(?:ve|thuc hien|ban hanh|huong dan|trien khai|quy dinh|phe duyet|khoa|ngay|de|tai|nham|yeu cau)\b"
    rf"|\sva\s(?:{names_pattern()}|cac)\b|[,;.:()\d]|$)"
)


def read_citations(text: str, header: Header) -> tuple[Citation, ...]:
    """Every document cited with a symbol in a clean text, once, without the document itself.

    A document cited several times takes the first date that stands beside one of its mentions.
    """
    run = joined(text)
    folded = fold(run.text)
    found: dict[str, Citation] = {}
    for cited in _mentions(run, folded, header):
        known = found.setdefault(cited.number, cited)
        if cited.date and not known.date:
            found[cited.number] = replace(known, date=cited.date, issuer=known.issuer or cited.issuer)
    found.pop(header.number or "", None)
    return tuple(found.values())


def _mentions(run: Joined, folded: str, header: Header) -> list[Citation]:
    """Every mention in order; one without a date takes that of the next in its list."""
    marks = frozenset(note.mark for note in header.footnotes)
    matches = [match for match in _NUMBER.finditer(run.text) if _is_citation(match, folded)]
    mentions: list[Citation] = []
    begin = len(folded)
    for match in reversed(matches):
        cited = _citation(match, run, folded, marks, header.footnotes)
        if not cited.date and mentions and _LIST.fullmatch(folded[match.end() : begin]):
            cited = replace(cited, date=mentions[-1].date)
        mentions.append(cited)
        begin = match.start()
    return mentions[::-1]


def _is_citation(match: re.Match[str], folded: str) -> bool:
    """A number is a citation if its symbol names a type, or a word before it says so."""
    before = folded[max(0, match.start() - 40) : match.start()]
    if _NO_DOCUMENT.search(before):
        return False
    symbol = tidy_symbol(match["symbol"])
    if is_law(symbol):
        return True
    introduced = bool(_INTRODUCED.search(before))
    if not re.search(r"[-/]", symbol):
        return bool(_NUMBERED.search(before)) and len(symbol) > 1
    return introduced or bool(type_of_symbol(symbol)) or bool(_WELL_FORMED.match(symbol))


def _citation(
    match: re.Match[str], run: Joined, folded: str, marks: frozenset[str], notes: tuple[Footnote, ...]
) -> Citation:
    digits = match["digits"] or match["misread"].translate(_DIGIT_LETTERS)
    number = tidy(digits, match["separator"], match["symbol"], marks=marks)
    span = run.span(*match.span())
    day, after = _date_after(folded, match.end())
    return Citation(
        number=number,
        type=_type(number, folded[max(0, match.start() - 120) : match.start()]),
        date=day,
        issuer=_issuer(run.text, folded, match.end(), after),
        span=span,
        in_footnote=any(_inside(span, note.span) for note in notes),
    )


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _type(number: str, before: str) -> str:
    symbol = re.sub(r"^[\w]+?(?:/(?:19|20)\d{2})?[-/]", "", number, count=1)
    if is_law(symbol):
        laws = _LAWFUL.findall(before)
        return _LAWS[laws[-1]] if laws else ("NQ" if symbol.startswith("UBTV") else "Luật")
    return type_of_symbol(symbol) or "CV"


def _date_after(folded: str, end: int) -> tuple[date | None, int]:
    """The day that follows a number, at once or after its issuer, and where it ends."""
    tail = folded[end : end + 160]
    for lead in (_BEFORE_DATE, _ISSUER_BEFORE_DATE):
        if gap := lead.match(tail):
            day = dates.DAY.match(tail, gap.end())
            if day and (value := dates.day_of(day)):
                return value, end + day.end()
    return None, end


def _issuer(text: str, folded: str, end: int, after_date: int) -> str | None:
    for start in dict.fromkeys((after_date, end)):
        if named := _ISSUER.match(folded[start : start + 140]):
            return text[start + named.start("name") : start + named.end("name")].strip()
    return None
