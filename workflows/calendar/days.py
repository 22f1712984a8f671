"""Working days of Viet Nam: Monday to Friday, minus public holidays, plus and minus the office's own rows.

The `holidays` library knows Tết by the lunar calendar and the swaps of past decisions; the decisions of a
year to come (a Saturday worked for a bridging day, a day granted for a holiday on a Sunday) are rows of the
office, each with its source.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from workflows.errors import Refused
from workflows.wording import N_


@dataclass(frozen=True)
class DayChange:
    """A decision that makes one day a working day or a day off, known from `effective_from` on."""

    day: date
    working: bool
    source: str
    effective_from: date


class WorkingCalendar:
    """The working days of the office; of two decisions about a day the one effective later holds."""

    def __init__(self, changes: Iterable[DayChange] = (), *, as_of: date | None = None) -> None:
        """Take the rows effective on `as_of` (all when absent); refuse rows that contradict each other."""
        known = [change for change in changes if as_of is None or change.effective_from <= as_of]
        self._changes = _latest_by_day(known)
        self._working_days_of: dict[int, tuple[date, ...]] = {}

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        change = self._changes.get(day)
        return change.working if change else _is_statutory_working_day(day)

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, before it when negative, `start` itself for 0."""
        if count == 0:
            return start
        return self._working_day_after(start, count) if count > 0 else self._working_day_before(start, -count)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        whole_years = sum(len(self._working_days(year)) for year in range(start.year, end.year))
        return whole_years + self._rank(end) - self._rank(start)

    def next_working_day(self, day: date) -> date:
        """`day` if the office works on it, otherwise the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def _working_days(self, year: int) -> tuple[date, ...]:
        if year not in self._working_days_of:
            days = (date(year, 1, 1) + timedelta(n) for n in range(366))
            self._working_days_of[year] = tuple(d for d in days if d.year == year and self.is_working(d))
        return self._working_days_of[year]

    def _rank(self, day: date) -> int:
        return bisect_right(self._working_days(day.year), day)

    def _working_day_after(self, start: date, count: int) -> date:
        year, position = start.year, self._rank(start) + count - 1
        while position >= len(self._working_days(year)):
            position -= len(self._working_days(year))
            year += 1
        return self._working_days(year)[position]

    def _working_day_before(self, start: date, count: int) -> date:
        year, position = start.year, bisect_left(self._working_days(start.year), start) - count
        while position < 0:
            year -= 1
            position += len(self._working_days(year))
        return self._working_days(year)[position]


def _latest_by_day(changes: Iterable[DayChange]) -> dict[date, DayChange]:
    latest: dict[date, DayChange] = {}
    for change in sorted(changes, key=lambda change: change.effective_from):
        earlier = latest.get(change.day)
        if earlier and earlier.effective_from == change.effective_from and earlier.working != change.working:
            raise Refused(
                N_(
                    "Ngày %(day)s vừa là ngày làm việc (%(working)s) vừa là ngày nghỉ (%(off)s), "
                    "cùng hiệu lực từ %(since)s. Bỏ một trong hai dòng, hoặc ghi ngày hiệu lực khác nhau."
                ),
                day=f"{change.day:%d/%m/%Y}",
                working=earlier.source if earlier.working else change.source,
                off=change.source if earlier.working else earlier.source,
                since=f"{change.effective_from:%d/%m/%Y}",
            )
        latest[change.day] = change
    return latest


def _is_statutory_working_day(day: date) -> bool:
    days_off, swapped_in = _statutory_days(day.year)
    return day in swapped_in or (day.weekday() < 5 and day not in days_off)


@lru_cache(maxsize=256)
def _statutory_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The public holidays of a year, and the weekend days worked in exchange for a bridging day."""
    known = holidays.country_holidays("VN", years=year)
    return frozenset(known), frozenset(known.weekend_workdays)


def public_holidays(year: int) -> list[tuple[date, str]]:
    """The public holidays of a year with their Vietnamese names, in their order."""
    return sorted(holidays.country_holidays("VN", years=year, language="vi").items())
