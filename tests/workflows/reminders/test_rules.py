"""The steps of a ladder fall on working days, in their order, each with its number."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.reminders.conftest import at
from workflows.calendar import DayChange, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.reminders import Hours, NoticeKind, Steps, preview, rules, whole_days

CALENDAR = WorkingCalendar()
SATURDAY = date(2026, 12, 12)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
LADDERS = st.builds(
    Steps,
    before=st.lists(st.integers(1, 30), max_size=4, unique=True).map(tuple),
    on_the_day=st.booleans(),
    after=st.integers(0, 10),
    every=st.integers(0, 10),
    times=st.integers(0, 6),
)


def test_the_usual_ladder_in_sentences():
    assert preview(Steps(times=1), date(2026, 12, 15), CALENDAR) == [
        "nhắc lần 1 ngày 08/12/2026: sắp đến hạn",
        "nhắc lần 2 ngày 14/12/2026: sắp đến hạn",
        "nhắc lần 3 ngày 15/12/2026: đến hạn",
        "nhắc lần 4 ngày 16/12/2026: quá hạn",
        "nhắc lần 5 ngày 21/12/2026: quá hạn",
        "ngày 22/12/2026: báo đơn vị cấp trên trực tiếp",
        "ngày 24/12/2026: soạn sẵn dự thảo công văn đôn đốc, chờ văn phòng duyệt",
        "ngày 06/01/2027: đưa vào danh sách báo cáo Thường trực",
    ]


def test_what_falls_due_on_a_day_off_is_told_on_the_last_working_day_before():
    (rung,) = rules.reminders(Steps((), after=0, every=0), SATURDAY, CALENDAR)
    assert (rung.key, rung.day) == ("due", date(2026, 12, 11))


def test_of_two_steps_on_one_day_the_later_one_holds():
    rungs = rules.reminders(Steps((1,), after=0, every=0), SATURDAY, CALENDAR)
    assert [rung.key for rung in rungs] == ["due"]


def test_grace_moves_only_what_is_told_of_lateness():
    rungs = rules.reminders(
        Steps((1,), after=1, every=0), date(2026, 12, 15), CALENDAR, late_after=date(2026, 12, 18)
    )
    assert [rung.day for rung in rungs] == [date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 21)]


@settings(max_examples=60)
@given(LADDERS, DAYS)
def test_every_step_falls_on_a_working_day_and_is_numbered(steps: Steps, deadline: date):
    rungs = rules.reminders(steps, deadline, CALENDAR)
    assert all(CALENDAR.is_working(rung.day) for rung in rungs)
    assert [rung.number for rung in rungs] == list(range(1, len(rungs) + 1))
    assert [rung.day for rung in rungs] == sorted({rung.day for rung in rungs})
    assert len({rung.key for rung in rungs}) == len(rungs)
    late = [rung for rung in rungs if rung.kind is NoticeKind.OVERDUE]
    assert all(rung.day > deadline for rung in late) or not steps.after


@settings(max_examples=60)
@given(LADDERS, DAYS, st.integers(-40, 60), st.integers(0, 60))
def test_the_step_reached_is_the_newest_since_the_thing_was_given(
    steps: Steps, deadline: date, from_deadline: int, given_before: int
):
    today, since = deadline + timedelta(from_deadline), deadline - timedelta(given_before)
    rungs = rules.reminders(steps, deadline, CALENDAR)
    found = rules.current(rungs, today, since=since)
    reached = [rung.day for rung in rungs if since <= rung.day <= today]
    assert (found.day if found else None) == max(reached, default=None)


def test_levels_of_the_tree_are_told_one_after_the_other():
    rungs = rules.escalations(Steps(escalation=5), date(2026, 12, 15), CALENDAR, levels=2)
    assert [(rung.number, rung.day) for rung in rungs] == [(1, date(2026, 12, 22)), (2, date(2026, 12, 29))]
    assert rules.escalations(Steps(escalation=0), date(2026, 12, 15), CALENDAR, levels=2) == ()


@pytest.mark.parametrize(
    ("instant", "leaves"),
    [
        (at(date(2026, 12, 11), 6, 59), False),
        (at(date(2026, 12, 11), 7, 0), True),
        (at(date(2026, 12, 11), 19, 59), True),
        (at(date(2026, 12, 11), 20, 0), False),
        (at(SATURDAY, 9), False),
    ],
)
def test_nothing_leaves_outside_the_hours_and_on_days_off(instant: datetime, leaves: bool):
    assert rules.may_leave(instant, Hours(), CALENDAR) is leaves


def test_a_saturday_worked_by_decision_is_no_quiet_day():
    worked = WorkingCalendar([DayChange(SATURDAY, True, "QĐ 12", date(2026, 12, 1))])
    assert rules.may_leave(at(SATURDAY), Hours(), worked)


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        (Steps(before=(0,)), "before"),
        (Steps(before=(1, 2, 3, 4, 5, 6, 7)), "before"),
        (Steps(after=-1), "after"),
        (Steps(letter=251), "letter"),
        (Steps(times=51), "times"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(steps: Steps, field: str):
    with pytest.raises(InvalidFields) as refusal:
        rules.check(steps)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (Hours(time(9), time(8)), "closes_at"),
        (Hours(digest_at=time(6)), "digest_at"),
        (Hours(urgings_a_day=0), "urgings_a_day"),
    ],
)
def test_hours_in_which_nothing_could_leave_are_refused(hours: Hours, field: str):
    with pytest.raises(InvalidFields) as refusal:
        rules.check_hours(hours)
    assert set(refusal.value.fields) == {field}


def test_days_are_read_as_people_type_them():
    assert whole_days(" 1; 5,5 ,") == (5, 1)
    with pytest.raises(ValueError, match="invalid literal"):
        whole_days("5 ngày")
