"""A directive as a news item tells of it: number, issuer and date stand in the first sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day

from workflows.directives.reading import dates
from workflows.directives.reading.model import Span
from workflows.directives.reading.numbers import DIGITS, SYMBOL, tidy
from workflows.directives.reading.text import LineKind, fold, joined, lines
from workflows.directives.reading.types import names_pattern

_LEAD = 1500  # characters in which a news item says what it is about
_VERB = r"(?:(?:vua|da|chinh thuc|moi|ky)\s){0,3}(?:ban hanh|co|ra|thong qua|ky)"
_ISSUED = re.compile(rf"(?P<issuer>[^.;:()\n]{{4,140}}?)\s{_VERB}\s(?:{names_pattern()})\s(?:so:?\s)?(?=\d)")
_HEADLINE = re.compile(
    rf"\W{{0,3}}(?:toan van\s|gioi thieu\s|noi dung\s)?(?:{names_pattern()})\s(?:so:?\s)?(?=\d)"
)
_NUMBER = re.compile(rf"(?P<digits>{DIGITS})\s?(?P<separator>[-/])\s?(?P<symbol>{SYMBOL})")
_STAMP = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-](?P<year>(?:19|20)\d{2})\b")
_BESIDE = re.compile(r"\s?[,(]?\s?(?=ngay|\d{1,2}[/-])")
_OF = re.compile(r"[\s),]{0,3}cua\s(?P<issuer>[^,;.:()]{4,90}?)\s(?=ve\s)")
_ABOUT = re.compile(r"[\s,)]{0,3}(?P<subject>ve\s.{2,600}?)(?:\.\s|\.$|$)")


@dataclass(frozen=True)
class News:
    """What a news item says of the document it tells of."""

    number: str
    issuer: str | None
    date: Day | None
    subject: str | None


def read_news(text: str) -> News | None:
    """The document of which the first sentences of a clean text say that a body issued it.

    Some items only put the document into the headline: "Chỉ thị số …, ngày … của … về …".
    """
    year = next((int(stamp["year"]) for stamp in _STAMP.finditer(text, 0, _LEAD)), None)
    for start, end in _paragraphs(text):
        run = joined(text, start, end).text
        for issued in _ISSUED.finditer(fold(run)):
            number = _NUMBER.match(run, issued.end())
            if number and (issuer := _issuer(run[slice(*issued.span("issuer"))])):
                return _news(run, number, issuer, before=issued.start(), year=year)
    run = next((line.words for line in lines(text[: _LEAD * 2]) if line.kind is LineKind.TEXT), "")
    headline = _HEADLINE.match(fold(run))
    number = _NUMBER.match(run, headline.end()) if headline else None
    return _news(run, number, None, before=0, year=year) if number else None


def _paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs that begin in the lead, parted by blank lines."""
    start: int | None = None
    for line in lines(text[: _LEAD * 2]):
        if line.kind is LineKind.TEXT and start is None and line.start < _LEAD:
            start = line.start
        elif line.kind is LineKind.BLANK and start is not None:
            yield start, line.start
            start = None
    if start is not None:
        yield start, min(len(text), _LEAD * 2)


def _news(run: str, number: re.Match[str], issuer: str | None, *, before: int, year: int | None) -> News:
    folded = fold(run)
    day, end = _date_beside(run, folded, number.end(), year)
    if day is None:
        day = _date_before(run, folded, before, number.end(), year)
    of = _OF.match(folded, end)
    about = _ABOUT.match(folded, of.end() if of else end)
    return News(
        number=tidy(number["digits"], number["separator"], number["symbol"]),
        issuer=issuer or (run[slice(*of.span("issuer"))] if of else None),
        date=day,
        subject=run[slice(*about.span("subject"))].strip(" .") if about else None,
    )


def _issuer(words: str) -> str | None:
    """The last part of a clause that begins with a capital: after the date, without persons."""
    for part in reversed(re.split(r",\s", words)):
        name = re.sub(r"^(?:Thay mặt|Mới đây|Vừa qua|TM\.?)\s", "", part.strip(" –-"))
        if name[:1].isupper() and not re.match(r"(?:ngay|sang|chieu|dong chi|d/c)\b", fold(name)):
            return name
    return None


def _date_beside(text: str, folded: str, end: int, year: int | None) -> tuple[Day | None, int]:
    """The date right after the number, and where it ends."""
    beside = _BESIDE.match(folded[end : end + 20])
    found = dates.date_at(text, end + beside.end(), year=year) if beside else None
    return (found.date, found.span[1]) if found else (None, end)


def _date_before(text: str, folded: str, start: int, end: int, year: int | None) -> Day | None:
    """The last date of the sentence that leads to the number; its year may be that of the article."""
    sentence = max(folded.rfind(". ", 0, start), folded.rfind(") ", 0, start)) + 1
    mentions = list(dates.find_dates(text[sentence:end], year=year))
    return mentions[-1].date if mentions else None
