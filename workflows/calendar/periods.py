"""Periods of reporting and their codes: `2026-W07`, `2026-06`, `2026-Q2`, `2026-H1`, `2026-9M`, `2026`.

Two further codes stand outside the calendar's grid: the day an ad hoc report was asked for (`2026-06-15`)
and the span of a one-off report (`2026-01-01..2026-06-30`). Codes of one cadence sort in order of time.

A period may close inside its last month: with cut-off day 14 a month runs from the 15th of the month before
to the 14th, a quarter from 15/3 to 14/6, a year from 15/12 to 14/12 (the usual rule of state reports).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from workflows.errors import Refused
from workflows.wording import N_, LabelledEnum, Phrase


class Cadence(LabelledEnum):
    """How often a report falls due."""

    WEEKLY = "weekly", N_("hằng tuần")
    MONTHLY = "monthly", N_("hằng tháng")
    QUARTERLY = "quarterly", N_("hằng quý")
    HALF_YEARLY = "half-yearly", N_("6 tháng")
    NINE_MONTHS = "nine-months", N_("9 tháng")
    YEARLY = "yearly", N_("hằng năm")
    AD_HOC = "ad-hoc", N_("đột xuất")
    ONE_OFF = "one-off", N_("một lần")


_MONTHS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.NINE_MONTHS: 9,
    Cadence.YEARLY: 12,
}
_YEARS = range(1900, 2200)
_CODE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-W(?P<weekly>\d\d)|-(?P<monthly>\d\d)|-Q(?P<quarterly>\d)|-H(?P<half>\d)|-(?P<nine>9M))?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ROMAN = ("I", "II", "III", "IV")
_LABELS = {
    Cadence.WEEKLY: N_("Tuần %(number)s năm %(year)s"),
    Cadence.MONTHLY: N_("Tháng %(number)s/%(year)s"),
    Cadence.NINE_MONTHS: N_("9 tháng năm %(year)s"),
    Cadence.YEARLY: N_("Năm %(year)s"),
}
_HALVES = (N_("6 tháng đầu năm %(year)s"), N_("6 tháng cuối năm %(year)s"))


@dataclass(frozen=True)
class Period:
    """A stretch of time that is reported on: the `number`-th of its cadence in `year`, or a span of days."""

    cadence: Cadence
    year: int
    number: int = 1
    span: tuple[date, date] | None = None

    def __post_init__(self) -> None:
        """Refuse what does not exist: month 13, week 53 of a year with 52, a span that runs backwards."""
        if self.year not in _YEARS or not 1 <= self.number <= self._count_in_year() or not self._span_fits():
            raise _unknown(self.code)

    @classmethod
    def ad_hoc(cls, day: date) -> Self:
        """The period of a report asked for on `day`, outside every cadence."""
        return cls(Cadence.AD_HOC, day.year, span=(day, day))

    @classmethod
    def one_off(cls, first: date, last: date) -> Self:
        """The period of a report that is given once, over `first` to `last`."""
        return cls(Cadence.ONE_OFF, first.year, span=(first, last))

    @property
    def code(self) -> str:
        """The stable code used in addresses and in the database."""
        if self.span and self.cadence is Cadence.AD_HOC:
            return self.span[0].isoformat()
        if self.span:
            return f"{self.span[0].isoformat()}..{self.span[1].isoformat()}"
        endings = {
            Cadence.WEEKLY: f"-W{self.number:02}",
            Cadence.MONTHLY: f"-{self.number:02}",
            Cadence.QUARTERLY: f"-Q{self.number}",
            Cadence.HALF_YEARLY: f"-H{self.number}",
            Cadence.NINE_MONTHS: "-9M",
        }
        return f"{self.year:04}{endings.get(self.cadence, '')}"

    @property
    def label(self) -> Phrase:
        """The period as the office writes it: "Quý II/2026"."""
        if self.span:
            return self._span_label(*self.span)
        if self.cadence is Cadence.QUARTERLY:
            return Phrase(N_("Quý %(number)s/%(year)s"), number=_ROMAN[self.number - 1], year=self.year)
        if self.cadence is Cadence.HALF_YEARLY:
            return Phrase(_HALVES[self.number - 1], year=self.year)
        return Phrase(_LABELS[self.cadence], number=self.number, year=self.year)

    def first_day(self, cut_off_day: int | None = None) -> date:
        """The first day reported: the day after the last cut-off, or without one the first of the month."""
        if self.span:
            return self.span[0]
        if self.cadence is Cadence.WEEKLY:
            return date.fromisocalendar(self.year, self.number, 1)
        months_before = self.year * 12 + (self.number - 1) * _MONTHS[self.cadence]
        return _closing_day(months_before - 1, cut_off_day) + timedelta(1)

    def last_day(self, cut_off_day: int | None = None) -> date:
        """The last day reported; a cut-off a short month does not have closes on that month's last day."""
        if self.span:
            return self.span[1]
        if self.cadence is Cadence.WEEKLY:
            return date.fromisocalendar(self.year, self.number, 7)
        return _closing_day(self.year * 12 + self.number * _MONTHS[self.cadence] - 1, cut_off_day)

    def next(self) -> "Period | None":
        """The period after this one in its cadence; None for ad hoc and one-off reports."""
        return self._shifted(1)

    def previous(self) -> "Period | None":
        """The period before this one in its cadence; None for ad hoc and one-off reports."""
        return self._shifted(-1)

    def __str__(self) -> str:
        """The code."""
        return self.code

    def _shifted(self, steps: int) -> "Period | None":
        if self.span:
            return None
        if self.cadence is Cadence.WEEKLY:
            return _week_of(self.first_day() + timedelta(weeks=steps))
        index = self.year * self._count_in_year() + self.number - 1 + steps
        return Period(self.cadence, index // self._count_in_year(), index % self._count_in_year() + 1)

    def _count_in_year(self) -> int:
        if self.cadence is Cadence.WEEKLY:
            return date(self.year, 12, 28).isocalendar().week  # 28 December is always in the last ISO week
        return 12 // _MONTHS.get(self.cadence, 12)

    def _span_fits(self) -> bool:
        if self.cadence not in (Cadence.AD_HOC, Cadence.ONE_OFF):
            return self.span is None
        return self.span is not None and self.span[0] <= self.span[1]

    def _span_label(self, first: date, last: date) -> Phrase:
        if self.cadence is Cadence.AD_HOC:
            return Phrase(N_("Đột xuất ngày %(day)s"), day=f"{first:%d/%m/%Y}")
        return Phrase(
            N_("Từ ngày %(first)s đến ngày %(last)s"), first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"
        )


def first_of_months(day: date, count: int) -> date:
    """The first day of the month that lies `count` months before that of a day."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def parse(code: str) -> Period:
    """The period of a code such as `2026-Q2`; refuses codes that name no period."""
    try:
        if ".." in code:
            first, last = (_day(part) for part in code.split(".."))
            return Period.one_off(first, last)
        if _DAY.fullmatch(code):
            return Period.ad_hoc(_day(code))
    except ValueError:
        raise _unknown(code) from None
    match = _CODE.fullmatch(code)
    if not match:
        raise _unknown(code)
    cadences = {
        "weekly": Cadence.WEEKLY,
        "monthly": Cadence.MONTHLY,
        "quarterly": Cadence.QUARTERLY,
        "half": Cadence.HALF_YEARLY,
    }
    for group, cadence in cadences.items():
        if match[group]:
            return Period(cadence, int(match["year"]), int(match[group]))
    return Period(Cadence.NINE_MONTHS if match["nine"] else Cadence.YEARLY, int(match["year"]))


def containing(day: date, cadence: Cadence, cut_off_day: int | None = None) -> Period | None:
    """The period of `cadence` that `day` lies in; None after nine months and for one-off reports."""
    if cadence is Cadence.ONE_OFF:
        return None
    if cadence is Cadence.AD_HOC:
        return Period.ad_hoc(day)
    if cadence is Cadence.WEEKLY:
        return _week_of(day)
    month = day.year * 12 + day.month - 1
    month += day > _closing_day(month, cut_off_day)
    number = month % 12 // _MONTHS[cadence] + 1
    if cadence is Cadence.NINE_MONTHS and number > 1:
        return None
    return Period(cadence, month // 12, number)


def periods_between(
    first: date, last: date, cadence: Cadence, cut_off_day: int | None = None
) -> Iterator[Period]:
    """Every period of a regular cadence that begins on a day from `first` to `last`, in order of time."""
    if cadence in (Cadence.AD_HOC, Cadence.ONE_OFF):
        return
    period = containing(first, cadence, cut_off_day) or Period(cadence, first.year).next()
    while period and period.first_day(cut_off_day) <= last:
        if period.first_day(cut_off_day) >= first:
            yield period
        period = period.next()


def _closing_day(month: int, cut_off_day: int | None) -> date:
    """The day a month closes; months are counted from January of the year 0."""
    year, index = divmod(month, 12)
    length = monthrange(year, index + 1)[1]
    return date(year, index + 1, min(cut_off_day or length, length))


def _week_of(day: date) -> Period:
    week = day.isocalendar()
    return Period(Cadence.WEEKLY, week.year, week.week)


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _unknown(code: str) -> Refused:
    return Refused(
        N_("Không có kỳ “%(code)s”. Ghi kỳ theo mẫu 2026-W07, 2026-06, 2026-Q2, 2026-H1, 2026-9M hoặc 2026."),
        code=code,
    )
