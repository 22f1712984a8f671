"""Vietnamese dates and spans of time as directives write them.

Everything is sought in the folded text, so lost accents, `ngày12` and `tháng 01năm 2026` read alike.
A date without a year takes the year that the caller knows, and is left out where nobody knows it.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.directives.reading.model import Span
from workflows.directives.reading.text import fold


@dataclass(frozen=True)
class DateMention:
    """A day in a text."""

    date: date
    span: Span


@dataclass(frozen=True)
class PeriodMention:
    """A month, quarter, half-year or year in a text, as its first and last day."""

    first: date
    last: date
    span: Span


_SPOKEN = (
    r"(?:ngay\s{0,3})?(?P<d1>\d{1,2})\s{0,8}thang\s{0,8}(?P<m1>\d{1,2})"
    r"(?:\s{0,8},?\s{0,3}nam\s{0,8}(?P<y1>\d{4})(?!\d))?"
)
_FIGURES = (
    r"(?:ngay\s{0,3})?(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<y2>\d{4})(?!\d)"
)
# "28/0112008": the second slash was read as 1
_MISREAD = r"(?:ngay\s{0,3})?(?P<d3>\d{1,2})/(?P<m3>\d{2})1(?P<y3>(?:19|20)\d{2})(?!\d)"
_SHORT = r"ngay\s{0,3}(?P<d4>\d{1,2})\s?[/-]\s?(?P<m4>\d{1,2})(?![\d/-]\d)"
DAY = re.compile(rf"(?<!\d)(?:{_SPOKEN}|{_FIGURES}|{_MISREAD}|{_SHORT})")


def day_of(found: re.Match[str], year: int | None = None) -> date | None:
    """The day that a match of `DAY` names; None if no calendar has it or its year is not known."""
    for form in "1234":
        if found[f"d{form}"]:
            written = found[f"y{form}"] if form != "4" else None
            return _date(written or year, found[f"m{form}"], found[f"d{form}"])
    return None


def _date(year: str | int | None, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if year else None
    except ValueError:
        return None


def find_dates(text: str, *, year: int | None = None) -> Iterator[DateMention]:
    """Every day named in a text, in order; days without a year count in `year`."""
    for found in DAY.finditer(fold(text)):
        if day := day_of(found, year):
            yield DateMention(day, found.span())


def date_at(text: str, start: int, *, year: int | None = None) -> DateMention | None:
    """The day named exactly at an offset."""
    found = DAY.match(fold(text[start : start + 60]))
    day = day_of(found, year) if found else None
    return DateMention(day, (start, start + found.end())) if found and day else None


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_OF_YEAR = r"\s{0,3}(?:[/-]|,?\s{0,3}nam)\s{0,3}"
_MONTH = rf"thang\s{{0,3}}(?P<month>\d{{1,2}})(?:{_OF_YEAR}(?P<ym>(?:19|20)\d{{2}})(?!\d))?"
_QUARTER = rf"quy\s{{0,3}}(?P<quarter>iv|i{{1,3}}|[1-4])\b(?:{_OF_YEAR}(?P<yq>(?:19|20)\d{{2}})(?!\d))?"
_HALF = r"(?P<six>0?6|sau)\s{0,3}thang\s{0,3}(?P<half>dau|cuoi)\s{0,3}nam(?:\s{0,3}(?P<yh>(?:19|20)\d{2}))?"
_PLAIN_YEAR = r"nam\s{0,3}(?P<yy>(?:19|20)\d{2})(?!\s{0,3}[-\d])"
PERIOD = re.compile(rf"\b(?:{_MONTH}|{_QUARTER}|{_HALF}|{_PLAIN_YEAR})")


def find_periods(text: str, *, year: int | None = None) -> Iterator[PeriodMention]:
    """Every month, quarter, half-year and year named in a text and not part of a day, in order."""
    folded = fold(text)
    ends = [found.end() for found in DAY.finditer(folded)]
    starts = [found.start() for found in DAY.finditer(folded)]
    for found in PERIOD.finditer(folded):
        bounds = _bounds(found, year)
        day = bisect_right(ends, found.start())
        if bounds and not (day < len(starts) and starts[day] <= found.start()):
            yield PeriodMention(*bounds, found.span())


def _bounds(found: re.Match[str], year: int | None) -> tuple[date, date] | None:
    if found["month"]:
        return months(found["ym"] or year, int(found["month"]), 1)
    if found["quarter"]:
        quarter = _ROMAN.get(found["quarter"]) or int(found["quarter"])
        return months(found["yq"] or year, quarter * 3 - 2, 3)
    if found["half"]:
        return months(found["yh"] or year, 1 if found["half"] == "dau" else 7, 6)
    return months(found["yy"], 1, 12)


def months(year: str | int | None, first: int, count: int) -> tuple[date, date] | None:
    """The first and last day of `count` months of a year beginning with month `first`."""
    if year is None or not 1 <= first <= 13 - count or not 1 <= int(year) <= 9999:
        return None
    last = first + count - 1
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
