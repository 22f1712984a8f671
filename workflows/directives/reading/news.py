"""A directive as a news item tells of it: number, issuer and date stand in the first sentences."""

import re
from dataclasses import dataclass
from datetime import date as Day

from workflows.directives.reading import dates
from workflows.directives.reading.numbers import DIGITS, SYMBOL, tidy
from workflows.directives.reading.text import fold, joined
from workflows.directives.reading.types import names_pattern

_LEAD = 1500  # characters in which a news item says what it is about
_VERB = r"(?:(?:vua|da|chinh thuc|moi|ky)\s){0,3}(?:ban hanh|co|ra|thong qua|ky)"
_ISSUED = re.compile(rf"(?P<issuer>[^.;:()\n]{{4,140}}?)\s{_VERB}\s(?P<type>{names_pattern()})\s+so:?\s")
_NUMBER = re.compile(rf"(?P<digits>{DIGITS})\s?(?P<separator>[-/])\s?(?P<symbol>{SYMBOL})")
_STAMP = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-](?P<year>(?:19|20)\d{2})\b")
_WHEN = re.compile(r"(?:^|\W)(?:sang|chieu|vao)?\s?(?:ngay\s)")


@dataclass(frozen=True)
class News:
    """What a news item says of the document it tells of."""

    number: str
    issuer: str
    date: Day | None
    subject: str | None


def read_news(text: str) -> News | None:
    """The document of which the first sentences of a clean text say that a body issued it."""
    run = joined(text, 0, _LEAD)
    folded = fold(run.text)
    for issued in _ISSUED.finditer(folded):
        number = _NUMBER.match(run.text, issued.end())
        if number and (issuer := _issuer(run.text[issued.start("issuer") : issued.end("issuer")])):
            rest = run.text[number.end() :]
            return News(
                number=tidy(number["digits"], number["separator"], number["symbol"]),
                issuer=issuer,
                date=_date(run.text, folded, issued.start(), number.end()),
                subject=_subject(rest),
            )
    return None


def _issuer(words: str) -> str | None:
    """The last part of a clause that begins with a capital: after the date, without persons."""
    for part in reversed(re.split(r",\s", words)):
        name = re.sub(r"^(?:Thay mặt|Mới đây|Vừa qua|TM\.?)\s", "", part.strip(" –-"))
        if name[:1].isupper() and not re.match(r"(?:ngay|sang|chieu|dong chi|d/c)\b", fold(name)):
            return name
    return None


def _date(text: str, folded: str, start: int, end: int) -> Day | None:
    """The date beside the number, else that before it; a year that is not said is that of the article."""
    year = next((int(stamp["year"]) for stamp in _STAMP.finditer(text)), None)
    beside = re.match(r"\s?[,(]?\s?(?=ngay|\d{1,2}[/-])", folded[end : end + 20])
    if beside and (found := dates.date_at(text, end + beside.end(), year=year)):
        return found.date
    sentence = max(folded.rfind(". ", 0, start), folded.rfind(") ", 0, start)) + 1
    mentions = list(dates.find_dates(text[sentence:end], year=year))
    return mentions[-1].date if mentions else None


def _subject(rest: str) -> str | None:
    found = re.match(
        r"[\s,]*(?:ngày[\s\d/.-]+(?:tháng[\s\d]+năm[\s\d]+)?[\s,]*)?(về\s[^\n]{5,600}?)(?:\.\s|\.$|$)", rest
    )
    return found[1].strip(" .") if found else None
