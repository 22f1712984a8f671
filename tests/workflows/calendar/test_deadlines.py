"""Deadlines: instants, due rules, timetables and days left in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import (
    LOCAL_ZONE,
    DayChange,
    DueKind,
    DueRule,
    Timetable,
    WorkingCalendar,
    day_ending_at,
    days_left,
    due_day,
    end_of_day,
    has_passed,
    local_day,
    parse,
    start_of_day,
)
from workflows.errors import Refused

CALENDAR = WorkingCalendar()
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def local(day: int, hour: int = 9, minute: int = 0, second: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=LOCAL_ZONE)


def test_the_15th_ends_at_midnight_in_viet_nam_which_is_17_hours_utc():
    assert end_of_day(date(2026, 6, 15)) == datetime(2026, 6, 15, 17, tzinfo=UTC)
    assert end_of_day(date(2026, 6, 15)).tzinfo is UTC


def test_due_on_the_15th_means_until_24_hours_of_the_15th_to_the_second():
    deadline = date(2026, 6, 15)
    assert not has_passed(deadline, local(15, 23, 59, 59))
    assert not has_passed(deadline, end_of_day(deadline) - timedelta(microseconds=1))
    assert has_passed(deadline, local(16, 0, 0, 0))
    assert has_passed(deadline, end_of_day(deadline))


def test_an_instant_is_judged_by_the_clock_of_viet_nam_wherever_it_was_taken():
    assert local_day(datetime(2026, 6, 15, 16, 59, 59, tzinfo=UTC)) == date(2026, 6, 15)
    assert local_day(datetime(2026, 6, 15, 17, 0, 0, tzinfo=UTC)) == date(2026, 6, 16)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 6, 15))


@given(days)
def test_the_end_of_a_day_is_the_start_of_the_next_and_leads_back_to_the_day(day):
    assert end_of_day(day) == start_of_day(day + timedelta(1))
    assert day_ending_at(end_of_day(day)) == day
    assert local_day(start_of_day(day)) == day


@given(days, st.datetimes(datetime(2000, 1, 1), datetime(2091, 1, 1), timezones=st.just(UTC)))
def test_a_deadline_has_passed_exactly_from_the_end_of_its_day(deadline, at):
    assert has_passed(deadline, at) == (at >= end_of_day(deadline))


@pytest.mark.parametrize(
    ("kind", "number", "last_day", "due"),
    [
        (DueKind.DAY_AFTER_PERIOD, 20, date(2026, 6, 14), date(2026, 6, 20)),
        (DueKind.DAY_AFTER_PERIOD, 20, date(2026, 6, 30), date(2026, 7, 20)),
        (DueKind.DAY_AFTER_PERIOD, 14, date(2026, 6, 14), date(2026, 7, 14)),
        (DueKind.DAY_AFTER_PERIOD, 31, date(2026, 1, 31), date(2026, 2, 28)),
        (DueKind.DAY_AFTER_PERIOD, 5, date(2026, 12, 31), date(2027, 1, 5)),
        (DueKind.DAY_OF_LAST_MONTH, 20, date(2026, 6, 30), date(2026, 6, 20)),
        (DueKind.DAY_OF_LAST_MONTH, 31, date(2026, 2, 28), date(2026, 2, 28)),
        (DueKind.WORKING_DAYS_AFTER_CUT_OFF, 5, date(2026, 6, 14), date(2026, 6, 19)),
        (DueKind.WORKING_DAYS_AFTER_CUT_OFF, 1, date(2026, 2, 14), date(2026, 2, 23)),
        (DueKind.WORKING_DAYS_AFTER_CUT_OFF, 0, date(2026, 6, 14), date(2026, 6, 14)),
        (DueKind.DAYS_BEFORE_PERIOD_END, 10, date(2026, 6, 30), date(2026, 6, 20)),
        (DueKind.DAYS_BEFORE_PERIOD_END, 0, date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_a_due_rule_counts_from_the_end_of_the_period(kind, number, last_day, due):
    rule = DueRule(kind, number, moves_to_working_day=False)
    assert due_day(rule, CALENDAR, last_day=last_day) == due


def test_working_days_after_receipt_count_from_the_day_of_receipt():
    rule = DueRule(DueKind.WORKING_DAYS_AFTER_RECEIPT, 3)
    due = due_day(rule, CALENDAR, last_day=date(2026, 12, 31), received=date(2026, 6, 11))
    assert due == date(2026, 6, 16)


def test_without_a_day_of_receipt_the_deadline_cannot_be_counted():
    with pytest.raises(Refused, match="Ghi ngày nhận"):
        due_day(DueRule(DueKind.WORKING_DAYS_AFTER_RECEIPT, 3), CALENDAR, last_day=date(2026, 12, 31))


def test_a_deadline_on_a_day_off_moves_if_the_regime_says_so():
    saturday = {"last_day": date(2026, 6, 14)}
    assert due_day(DueRule(DueKind.DAY_AFTER_PERIOD, 20), CALENDAR, **saturday) == date(2026, 6, 22)
    stays = DueRule(DueKind.DAY_AFTER_PERIOD, 20, moves_to_working_day=False)
    assert due_day(stays, CALENDAR, **saturday) == date(2026, 6, 20)


def test_a_new_day_off_shifts_the_deadline():
    closed = WorkingCalendar([DayChange(date(2026, 6, 19), False, "QĐ 5", date(2026, 6, 1))])
    rule = DueRule(DueKind.WORKING_DAYS_AFTER_CUT_OFF, 5)
    assert due_day(rule, closed, last_day=date(2026, 6, 14)) == date(2026, 6, 22)


@given(st.sampled_from([kind for kind in DueKind if "receipt" not in kind]), st.integers(1, 31), days, days)
def test_a_due_day_is_a_working_day_and_never_runs_backwards(kind, number, one, other):
    rule = DueRule(kind, number)
    earlier, later = sorted((one, other))
    assert CALENDAR.is_working(due_day(rule, CALENDAR, last_day=earlier))
    assert due_day(rule, CALENDAR, last_day=earlier) <= due_day(rule, CALENDAR, last_day=later)


@pytest.mark.parametrize(("kind", "number"), [(DueKind.DAY_AFTER_PERIOD, 0), (DueKind.DAY_OF_LAST_MONTH, 32)])
def test_a_day_no_month_has_is_refused(kind, number):
    with pytest.raises(Refused, match="từ 1 đến 31"):
        DueRule(kind, number)


def test_a_count_that_runs_backwards_is_refused():
    with pytest.raises(Refused, match="không thể âm"):
        DueRule(DueKind.DAYS_BEFORE_PERIOD_END, -1)


def test_a_timetable_gives_every_day_that_matters():
    timetable = Timetable(DueRule(DueKind.DAY_AFTER_PERIOD, 20), cut_off_day=14, grace_days=2, lock_days=10)
    dates = timetable.dates_of(parse("2026-Q2"), CALENDAR)
    assert (dates.first_day, dates.last_day) == (date(2026, 3, 15), date(2026, 6, 14))
    assert dates.due == date(2026, 6, 22)
    assert dates.timely_until == date(2026, 6, 24)
    assert dates.locked_after == date(2026, 7, 2)


def test_zero_lock_days_never_lock():
    timetable = Timetable(DueRule(DueKind.DAYS_BEFORE_PERIOD_END, 0))
    dates = timetable.dates_of(parse("2026-06"), CALENDAR)
    assert dates.locked_after is None
    assert dates.timely_until == dates.due == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"cut_off_day": 0}, "Ngày chốt số liệu phải từ 1 đến 31"),
        ({"cut_off_day": 32}, "Ngày chốt số liệu phải từ 1 đến 31"),
        ({"grace_days": -1}, "không thể âm"),
        ({"lock_days": -1}, "không thể âm"),
        ({"grace_days": 5, "lock_days": 3}, "Biểu khoá sau 3 ngày, trước khi hết 5 ngày ân hạn"),
    ],
)
def test_a_timetable_that_cannot_work_is_refused(settings, reason):
    with pytest.raises(Refused, match=reason):
        Timetable(DueRule(DueKind.DAYS_BEFORE_PERIOD_END, 0), **settings)


@pytest.mark.parametrize(
    ("deadline", "at", "words"),
    [
        (date(2026, 6, 15), local(15, 23, 59, 59), "hôm nay"),
        (date(2026, 6, 15), local(16, 0, 0, 0), "quá hạn 1 ngày"),
        (date(2026, 6, 15), local(17), "quá hạn 2 ngày"),
        (date(2026, 6, 16), local(15), "ngày mai"),
        (date(2026, 6, 18), local(15), "còn 3 ngày làm việc"),
        (date(2026, 6, 22), local(19), "còn 1 ngày làm việc"),
        (date(2026, 6, 21), local(19), "còn 2 ngày, đều là ngày nghỉ"),
        (date(2026, 2, 23), local(13, month=2), "còn 1 ngày làm việc"),
    ],
)
def test_days_left_are_said_in_words(deadline, at, words):
    assert days_left(deadline, at, CALENDAR) == words
