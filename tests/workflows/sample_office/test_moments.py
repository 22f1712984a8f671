"""The little language of days in the sample's data."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import WorkingCalendar
from workflows.sample_office.moments import fill, resolve

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("+0", date(2026, 11, 23)),
        ("-1", date(2026, 11, 20)),
        ("+7", date(2026, 11, 30)),
        ("-250", date(2026, 3, 16)),
        ("month+0", date(2026, 11, 30)),
        ("month+2", date(2027, 1, 31)),
        ("quarter-1", date(2026, 9, 30)),
        ("quarter+1", date(2027, 3, 31)),
        ("year+0", date(2026, 12, 31)),
    ],
)
def test_a_moment_is_a_day_seen_from_today(moment, day):
    assert resolve(moment, SATURDAY) == day


@given(st.integers(-900, 900), st.dates(date(2025, 7, 1), date(2040, 1, 1)))
def test_a_day_of_the_past_stays_past_and_a_day_to_come_stays_to_come(offset, today):
    day = resolve(f"{offset:+}", today)
    assert WorkingCalendar().is_working(day)
    assert (day - today).days <= offset if offset < 0 else (day - today).days >= offset


def test_texts_print_days_as_papers_do():
    issued = {"ct06": date(2026, 3, 9)}
    text = (
        "ngày {{ct06}}; {{ct06 long}}; trước ngày {{+20}}; {{quarter+1 words}}; tháng {{month+2}}; {{year}}"
    )
    assert fill(text, SATURDAY, issued) == (
        "ngày 09/3/2026; ngày 09 tháng 3 năm 2026; trước ngày 11/12/2026; quý I/2027; tháng 1/2027; 2026"
    )


def test_january_and_february_take_a_zero():
    assert (
        fill("{{a}} {{a long}}", SATURDAY, {"a": date(2027, 2, 1)}) == "01/02/2027 ngày 01 tháng 02 năm 2027"
    )


@pytest.mark.parametrize("moment", ["", "30", "week+1", "month", "someday"])
def test_a_misspelt_moment_is_an_error_of_the_data(moment):
    with pytest.raises(ValueError, match="no moment"):
        resolve(moment, SATURDAY)
