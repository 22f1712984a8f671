"""The office's time: working days, periods and deadlines, all by the clock of Viet Nam; pure, no session."""

from workflows.calendar.days import DayChange, WorkingCalendar, public_holidays
from workflows.calendar.deadlines import (
    DAYS_OF_MONTH,
    FROM_RECEIPT,
    LOCAL_ZONE,
    DueKind,
    DueRule,
    PeriodDates,
    Timetable,
    day_ending_at,
    days_left,
    due_day,
    end_of_day,
    has_passed,
    local_day,
    start_of_day,
)
from workflows.calendar.periods import (
    Cadence,
    Period,
    containing,
    first_of_months,
    parse,
    periods_between,
)

__all__ = [
    "DAYS_OF_MONTH",
    "FROM_RECEIPT",
    "LOCAL_ZONE",
    "Cadence",
    "DayChange",
    "DueKind",
    "DueRule",
    "Period",
    "PeriodDates",
    "Timetable",
    "WorkingCalendar",
    "containing",
    "day_ending_at",
    "days_left",
    "due_day",
    "end_of_day",
    "first_of_months",
    "has_passed",
    "local_day",
    "parse",
    "periods_between",
    "public_holidays",
    "start_of_day",
]
