"""Working days of Viet Nam."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import DayChange, WorkingCalendar
from workflows.errors import Refused

CALENDAR = WorkingCalendar()
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
counts = st.integers(-400, 400)


def changed(day: date, working: bool, since: date = date(2026, 1, 1), source: str = "QĐ 1") -> DayChange:
    return DayChange(day, working, source, since)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),
        date(2026, 2, 20),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 2),
        date(2026, 8, 31),
    ],
)
def test_the_office_rests_on_public_holidays_and_on_their_substitutes(day):
    assert not CALENDAR.is_working(day)


def test_the_office_rests_on_saturdays_and_sundays_and_works_between():
    week = [date(2026, 6, 8) + timedelta(n) for n in range(7)]
    assert [CALENDAR.is_working(day) for day in week] == [True] * 5 + [False] * 2


def test_a_saturday_swapped_by_a_known_decision_is_worked():
    assert CALENDAR.is_working(date(2026, 8, 22))


def test_the_office_adds_and_removes_days_by_its_own_rows():
    calendar = WorkingCalendar([changed(date(2027, 2, 11), False), changed(date(2027, 2, 13), True)])
    assert CALENDAR.is_working(date(2027, 2, 11))
    assert not calendar.is_working(date(2027, 2, 11))
    assert calendar.is_working(date(2027, 2, 13))


def test_a_later_decision_about_a_day_holds_and_an_unknown_one_does_not_count_yet():
    day = date(2026, 6, 10)
    changes = [changed(day, True, date(2026, 5, 1)), changed(day, False, date(2026, 3, 1))]
    assert WorkingCalendar(changes).is_working(day)
    assert not WorkingCalendar(changes, as_of=date(2026, 4, 1)).is_working(day)
    assert WorkingCalendar(changes, as_of=date(2026, 2, 1)).is_working(day)


def test_rows_that_contradict_each_other_are_refused_by_name():
    rows = [
        changed(date(2026, 6, 10), True, source="QĐ 12"),
        changed(date(2026, 6, 10), False, source="TB 9"),
    ]
    with pytest.raises(Refused, match=r"10/06/2026 vừa là ngày làm việc \(QĐ 12\) vừa là ngày nghỉ \(TB 9\)"):
        WorkingCalendar(rows)


def test_the_same_decision_entered_twice_is_no_contradiction():
    assert not WorkingCalendar([changed(date(2026, 6, 10), False)] * 2).is_working(date(2026, 6, 10))


def test_working_days_pass_over_tet():
    assert CALENDAR.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert CALENDAR.add_working_days(date(2026, 2, 23), -1) == date(2026, 2, 13)


def test_a_working_day_is_its_own_next_working_day():
    assert CALENDAR.next_working_day(date(2026, 6, 12)) == date(2026, 6, 12)
    assert CALENDAR.next_working_day(date(2026, 6, 13)) == date(2026, 6, 15)


@given(days, counts.filter(bool))
def test_the_day_reached_is_a_working_day_and_the_way_to_it_has_that_many(start, count):
    reached = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working(reached)
    days_between = (start + timedelta(n) for n in range(1, (reached - start).days + 1))
    days_before = (reached + timedelta(n) for n in range((start - reached).days))
    assert sum(map(CALENDAR.is_working, days_between if count > 0 else days_before)) == abs(count)


@given(days, days)
def test_working_days_between_counts_every_working_day_once(one, other):
    start, end = sorted((one, other))
    counted = sum(CALENDAR.is_working(start + timedelta(n)) for n in range(1, (end - start).days + 1))
    assert CALENDAR.working_days_between(start, end) == counted
    assert CALENDAR.working_days_between(end, start) == -counted


@given(days, counts, st.integers(0, 60), st.integers(0, 60))
def test_adding_working_days_is_monotonic_in_the_day_and_in_the_count(start, count, later, more):
    reached = CALENDAR.add_working_days(start, count)
    assert CALENDAR.add_working_days(start, count + more) >= reached
    if count:  # for 0 a day off stays a day off, so only real steps are comparable
        assert CALENDAR.add_working_days(start + timedelta(later), count) >= reached


@given(days, st.integers(0, 300), st.integers(1, 300))
def test_steps_add_up(start, first, second):
    there = CALENDAR.add_working_days(start, first)
    assert CALENDAR.add_working_days(there, second) == CALENDAR.add_working_days(start, first + second)


@given(days, st.dictionaries(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=40))
def test_counting_agrees_with_looking_whatever_the_office_changes(start, changes):
    calendar = WorkingCalendar(changed(day, working) for day, working in changes.items())
    assert calendar.working_days_between(start, calendar.add_working_days(start, 30)) == 30
    assert all(calendar.is_working(day) is working for day, working in changes.items())
