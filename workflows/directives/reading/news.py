"""A directive as a news item tells of it: number, issuer and date stand in the first sentences."""

import re
from dataclasses import dataclass
from datetime import date as Day

from workflows.directives.reading import dates
from workflows.directives.reading.numbers import DIGITS, SYMBOL, tidy
from workflows.directives.reading.text import Joined, fold, joined
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
_OF = re.compile(r"[\s),]{0,3}của\s(?P<issuer>[^,;.:()]{4,90}?)\s(?=về\s)")
_ABOUT = re.compile(r"[\s,)]{0,3}(?P<subject>[Vv]ề\s.{5,600}?)(?:\.\s|\.$|$)")


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
    run = joined(text, 0, _LEAD)
    folded = fold(run.text)
    for issued in _ISSUED.finditer(folded):
        number = _NUMBER.match(run.text, issued.end())
        if number and (issuer := _issuer(run.text[slice(*issued.span("issuer"))])):
            return _news(run, folded, number, issuer, before=issued.start())
    headline = _HEADLINE.match(folded)
    number = _NUMBER.match(run.text, headline.end()) if headline else None
    return _news(run, folded, number, None, before=0) if number else None


def _news(run: Joined, folded: str, number: re.Match[str], issuer: str | None, *, before: int) -> News:
    year = next((int(stamp["year"]) for stamp in _STAMP.finditer(run.text)), None)
    day, end = _date_beside(run.text, folded, number.end(), year)
    if day is None:
        day = _date_before(run.text, folded, before, number.end(), year)
    of = _OF.match(run.text, end)
    about = _ABOUT.match(run.text, of.end() if of else end)
    return News(
        number=tidy(number["digits"], number["separator"], number["symbol"]),
        issuer=issuer or (of["issuer"] if of else None),
        date=day,
        subject=about["subject"].strip(" .") if about else None,
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
