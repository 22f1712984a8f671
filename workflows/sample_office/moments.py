"""The little language in which the sample's data speaks of days, so that it is fresh whenever it is loaded.

`-30` is a working day 30 days before today, `+5` one 5 days after; `month+1`, `quarter-1` and `year+0` are
the last days of periods. In texts `{{-30}}` prints such a day and `{{ct06}}` the day a directive was issued;
`long` writes it out ("ngày 09 tháng 3 năm 2026"), `words` names the quarter, and `{{year}}` prints the year.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from workflows.calendar import Cadence, Period, WorkingCalendar, containing

_DAYS = re.compile(r"[+-]\d+")
_PERIOD = re.compile(r"(month|quarter|year)([+-]\d+)")
_TOKEN = re.compile(r"\{\{(\S+?)(?: (long|words))?\}\}")
_CADENCES = {"month": Cadence.MONTHLY, "quarter": Cadence.QUARTERLY, "year": Cadence.YEARLY}
_CALENDAR = WorkingCalendar()


def resolve(moment: str, today: date) -> date:
    """The day that a moment means, seen from `today`; a day off moves away from today."""
    if _DAYS.fullmatch(moment):
        day = today + timedelta(int(moment))
        return (
            _CALENDAR.next_working_day(day)
            if day >= today
            else _CALENDAR.add_working_days(day + timedelta(1), -1)
        )
    return _period(moment, today).last_day()


def fill(text: str, today: date, issued: Mapping[str, date]) -> str:
    """The text with every moment written out; `issued` gives the days of the directives by key."""

    def written(match: re.Match[str]) -> str:
        token, manner = match.groups()
        if token == "year":  # noqa: S105
            return str(today.year)
        if manner == "words":
            return str(_period(token, today).label).replace("Q", "q", 1)
        if token.startswith("month"):
            day = resolve(token, today)
            return f"{day.month}/{day.year}"
        day = issued[token] if token in issued else resolve(token, today)
        return written_out(day) if manner == "long" else in_figures(day)

    return _TOKEN.sub(written, text)


def in_figures(day: date) -> str:
    """A day as papers print it: 09/3/2026; days below 10 and the months 1 and 2 take a zero."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def written_out(day: date) -> str:
    """A day as the head of a paper prints it: ngày 09 tháng 3 năm 2026."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def _period(moment: str, today: date) -> Period:
    match = _PERIOD.fullmatch(moment)
    if match is None:
        raise ValueError(f"no moment: {moment}")
    period = containing(today, _CADENCES[match[1]])
    for _ in range(abs(int(match[2]))):
        period = period and (period.next() if match[2].startswith("+") else period.previous())
    if period is None:
        raise ValueError(f"no period: {moment}")
    return period
