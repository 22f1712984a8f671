"""Periods, their codes, labels and bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import Cadence, Period, containing, parse, periods_between
from workflows.errors import Refused

REGULAR = [c for c in Cadence if c not in (Cadence.AD_HOC, Cadence.ONE_OFF)]
COVERING = [c for c in REGULAR if c is not Cadence.NINE_MONTHS]
DAYS_OFF_GRID = date(2026, 1, 1), date(2026, 6, 30)

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
cut_offs = st.none() | st.integers(1, 31)


def periods_of(cadences) -> st.SearchStrategy[Period]:
    def found(day, cadence):
        return containing(day, cadence)

    return st.builds(found, days, st.sampled_from(cadences)).filter(bool)


any_period = (
    periods_of(REGULAR)
    | st.builds(Period.ad_hoc, days)
    | st.builds(lambda day, n: Period.one_off(day, day + timedelta(n)), days, st.integers(0, 900))
)


@pytest.mark.parametrize(
    ("code", "cadence", "label", "first", "last"),
    [
        ("2026-W07", Cadence.WEEKLY, "Tuần 7 năm 2026", date(2026, 2, 9), date(2026, 2, 15)),
        ("2026-06", Cadence.MONTHLY, "Tháng 6/2026", date(2026, 6, 1), date(2026, 6, 30)),
        ("2026-Q2", Cadence.QUARTERLY, "Quý II/2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-H1", Cadence.HALF_YEARLY, "6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", Cadence.HALF_YEARLY, "6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-9M", Cadence.NINE_MONTHS, "9 tháng năm 2026", date(2026, 1, 1), date(2026, 9, 30)),
        ("2026", Cadence.YEARLY, "Năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-06-15", Cadence.AD_HOC, "Đột xuất ngày 15/06/2026", date(2026, 6, 15), date(2026, 6, 15)),
        (
            "2026-01-01..2026-06-30",
            Cadence.ONE_OFF,
            "Từ ngày 01/01/2026 đến ngày 30/06/2026",
            *DAYS_OFF_GRID,
        ),
    ],
)
def test_a_code_names_its_cadence_label_and_days(code, cadence, label, first, last):
    period = parse(code)
    assert (period.cadence, str(period.label), period.first_day(), period.last_day()) == (
        cadence,
        label,
        first,
        last,
    )


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-06", date(2026, 5, 15), date(2026, 6, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-W07", date(2026, 2, 9), date(2026, 2, 15)),
    ],
)
def test_with_the_cut_off_of_state_reports_a_period_runs_from_the_15th_to_the_14th(code, first, last):
    period = parse(code)
    assert (period.first_day(14), period.last_day(14)) == (first, last)


def test_a_cut_off_on_the_31st_closes_short_months_on_their_last_day():
    assert parse("2026-02").last_day(31) == date(2026, 2, 28)
    assert parse("2026-03").first_day(30) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-H3",
        "2026-6M",
        "2026-W54",
        "2025-W53",
        "0000",
        "9999",
        "2026-6",
        "2026-q2",
        " 2026",
        "2026\n",
        "２０２６",
        "2026-02-30",
        "2026-06-30..2026-01-01",
        "2026-01-01..",
        "2026-01-01..2026-02-01..2026-03-01",
        "2026-W07-1..2026-W08-1",
    ],
)
def test_a_code_that_names_no_period_is_refused_with_the_right_patterns(code):
    with pytest.raises(Refused, match="Ghi kỳ theo mẫu 2026-W07, 2026-06, 2026-Q2"):
        parse(code)


def test_a_year_with_53_weeks_has_a_53rd():
    assert parse("2026-W53").last_day() == date(2027, 1, 3)


def test_nine_months_leave_the_last_quarter_uncovered():
    assert containing(date(2026, 9, 30), Cadence.NINE_MONTHS) == parse("2026-9M")
    assert containing(date(2026, 10, 1), Cadence.NINE_MONTHS) is None
    assert containing(date(2026, 9, 15), Cadence.NINE_MONTHS, 14) is None
    assert containing(date(2026, 12, 15), Cadence.NINE_MONTHS, 14) == parse("2027-9M")


def test_reports_outside_the_grid_have_no_neighbours():
    assert parse("2026-06-15").next() is None
    assert Period.one_off(*DAYS_OFF_GRID).previous() is None
    assert containing(date(2026, 6, 15), Cadence.ONE_OFF) is None
    assert containing(date(2026, 6, 15), Cadence.AD_HOC) == parse("2026-06-15")


def test_a_span_belongs_to_reports_outside_the_grid_only():
    with pytest.raises(Refused):
        Period(Cadence.QUARTERLY, 2026, 2, span=DAYS_OFF_GRID)
    with pytest.raises(Refused):
        Period(Cadence.AD_HOC, 2026)


def test_the_label_keeps_its_message_and_figures_apart_for_translation():
    label = parse("2026-Q4").label
    assert label == "Quý IV/2026"
    assert (label.message, label.params) == ("Quý %(number)s/%(year)s", {"number": "IV", "year": 2026})


def test_periods_between_begin_within_the_days_given():
    codes = [p.code for p in periods_between(date(2025, 11, 2), date(2026, 7, 1), Cadence.QUARTERLY)]
    assert codes == ["2026-Q1", "2026-Q2", "2026-Q3"]
    codes = [p.code for p in periods_between(date(2025, 10, 1), date(2027, 1, 1), Cadence.NINE_MONTHS)]
    assert codes == ["2026-9M", "2027-9M"]
    codes = [p.code for p in periods_between(date(2025, 12, 15), date(2026, 2, 14), Cadence.MONTHLY, 14)]
    assert codes == ["2026-01", "2026-02"]
    assert list(periods_between(*DAYS_OFF_GRID, Cadence.AD_HOC)) == []


@given(any_period)
def test_parsing_the_code_gives_the_period_back(period):
    assert parse(period.code) == period


@given(periods_of(REGULAR))
def test_next_and_previous_undo_each_other(period):
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(periods_of(COVERING), cut_offs)
def test_neighbours_touch_without_gap_or_overlap(period, cut_off):
    assert period.next().first_day(cut_off) == period.last_day(cut_off) + timedelta(1)


@given(days, st.sampled_from(COVERING), cut_offs)
def test_every_day_lies_in_exactly_one_period(day, cadence, cut_off):
    period = containing(day, cadence, cut_off)
    assert period.first_day(cut_off) <= day <= period.last_day(cut_off)
    assert not period.previous().first_day(cut_off) <= day <= period.previous().last_day(cut_off)
    assert not period.next().first_day(cut_off) <= day <= period.next().last_day(cut_off)


@given(days, cut_offs)
def test_nine_months_contain_a_day_or_there_is_none_to_contain_it(day, cut_off):
    period = containing(day, Cadence.NINE_MONTHS, cut_off)
    candidates = [Period(Cadence.NINE_MONTHS, day.year + n) for n in (0, 1)]
    holding = [p for p in candidates if p.first_day(cut_off) <= day <= p.last_day(cut_off)]
    assert holding == ([period] if period else [])


@given(periods_of(REGULAR))
def test_codes_of_one_cadence_sort_in_order_of_time(period):
    assert period.previous().code < period.code < period.next().code


@given(days, st.integers(0, 800), st.sampled_from(REGULAR), cut_offs)
def test_periods_between_leave_none_out(first, length, cadence, cut_off):
    last = first + timedelta(length)
    found = list(periods_between(first, last, cadence, cut_off))
    begun = {containing(first + timedelta(n), cadence, cut_off) for n in range(length + 1)} - {None}
    assert set(found) == {p for p in begun if p.first_day(cut_off) >= first}
    assert found == sorted(found, key=lambda p: p.first_day(cut_off))
