"""The usual range of figures is not moved by one slip of the pen, and never narrower than a small change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.regimes.forms import Outliers
from workflows.reports.usual import usual_of

FIGURES = st.lists(st.decimals(0, 10**9, places=2), min_size=4, max_size=30)


def figures(*numbers: object) -> list[Decimal]:
    return [Decimal(str(number)) for number in numbers]


def test_few_periods_are_not_judged_by():
    assert usual_of(figures(1, 2, 3), Outliers()) is None
    assert usual_of(figures(1, 2, 3, 4), Outliers(asked=False)) is None


def test_one_slip_of_the_pen_moves_nothing():
    usual = usual_of(figures(150, 155, 148, 1_500, 152, 149, 151, 150), Outliers())
    assert usual is not None
    assert (usual.holds(Decimal(160)), usual.holds(Decimal(1_500))) == (True, False)
    assert usual.words == f"thường từ {usual.low} đến {usual.high} (8 kỳ gần nhất)"


def test_a_steady_unit_may_change_a_little():
    usual = usual_of(figures(5, 5, 5, 5), Outliers())
    assert (usual.low, usual.high) == (4, 6)


def test_only_the_newest_periods_count():
    usual = usual_of(figures(1, 1, 1, 100, 100, 100, 100), Outliers(periods=4))
    assert (usual.low, usual.periods) == (90, 4)


def test_the_mean_may_be_the_middle():
    usual = usual_of(figures(90, 110, 90, 110), Outliers(middle="mean", far=Decimal(2)))
    assert (usual.low, usual.high) == (80, 120)


def test_what_was_never_negative_has_no_negative_range():
    assert usual_of(figures(0, 0, 1, 0, 0), Outliers()).low == 0


@pytest.mark.parametrize("middle", ["median", "mean"])
@given(said=FIGURES)
def test_the_middle_always_lies_inside(middle: str, said: list[Decimal]):
    usual = usual_of(said, Outliers(middle=middle, least=4, periods=30))
    assert usual is not None
    assert usual.low <= usual.high
    assert usual.holds(sorted(said)[len(said) // 2]) or middle == "mean"
