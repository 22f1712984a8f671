from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_templates import vietnamese
from document_templates.errors import DocumentError


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234.5, "1.234,5"),
        (1234567, "1.234.567"),
        (-1234.56, "-1.234,6"),
        (Decimal("0.25"), "0,3"),
        (None, ""),
        ("", ""),
    ],
)
def test_numbers_take_points_between_thousands_and_a_comma_before_decimals(value, written):
    assert vietnamese.number(value) == written


@given(st.integers(-(10**12), 10**12))
def test_a_written_number_reads_back(value):
    assert vietnamese.read_number(vietnamese.number(value)) == value


def test_what_is_no_number_is_refused_with_what_was_written():
    with pytest.raises(DocumentError, match="nhiều"):
        vietnamese.read_number("nhiều")


@pytest.mark.parametrize("value", ["nhiều", "nan", "inf"])
def test_what_is_no_number_is_not_written(value):
    with pytest.raises(DocumentError):
        vietnamese.number(value)


def test_an_empty_cell_is_no_number():
    assert vietnamese.read_number(" % ") is None


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 3, 9), "09/3/2026", "ngày 09 tháng 3 năm 2026"),
        (date(2026, 1, 31), "31/01/2026", "ngày 31 tháng 01 năm 2026"),
        ("2026-12-05", "05/12/2026", "ngày 05 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_months_one_and_two_take_a_zero(day, short, long):
    assert (vietnamese.short_date(day), vietnamese.long_date(day)) == (short, long)


def test_a_date_that_cannot_be_is_refused():
    with pytest.raises(DocumentError, match="2026-02-30"):
        vietnamese.long_date("2026-02-30")


@given(st.integers(1, 39))
def test_roman_numerals_read_back(value):
    worth = {"I": 1, "V": 5, "X": 10}
    letters = [worth[letter] for letter in vietnamese.roman(value)]
    following = [*letters[1:], 0]
    assert sum(one if one >= after else -one for one, after in zip(letters, following, strict=True)) == value
