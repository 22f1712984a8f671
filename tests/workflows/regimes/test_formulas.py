"""Sums between cells are read once, computed exactly, and cannot run anything."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import Refused
from workflows.regimes.formulas import parse

VALUES = {"opening": Decimal(100), "admitted": Decimal(7), "left": Decimal("2.5"), "a.b.c": Decimal(4)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("opening", 100),
        ("opening + admitted - left", "104.5"),
        ("-(admitted - 10) * 2", 6),
        ("a.b.c / 8", "0.5"),
        ("0.1 + 0.2", "0.3"),
        ("previous(opening) + 1", 51),
    ],
)
def test_a_sum_has_its_exact_value(text: str, value: object):
    assert parse(text).value(VALUES, {"opening": Decimal(50)}) == Decimal(str(value))


def test_a_sum_with_a_blank_cell_has_no_value():
    assert parse("opening + blank").value(VALUES, {}) is None


def test_a_division_by_zero_has_no_value():
    assert parse("opening / (admitted - 7)").value(VALUES, {}) is None


def test_a_sum_knows_its_cells_of_both_periods():
    formula = parse("closing - previous(closing) + tasks.dated.done")
    assert formula.cells == {"closing", "tasks.dated.done"}
    assert formula.earlier == {"closing"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "__import__('os')",
        "opening ** 9",
        "[1]",
        "x if y else z",
        "f(x)",
        "previous(1 + 2)",
        "True",
        "'a'",
    ],
)
def test_anything_but_a_sum_is_refused(text: str):
    with pytest.raises(Refused):
        parse(text)


@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text: str):
    with suppress(Refused):
        parse(text).value(VALUES, {})


def test_a_very_deep_sum_is_refused_and_does_not_crash():
    with pytest.raises(Refused):
        parse("(" * 900 + "1" + ")" * 900 + " +" * 200)
