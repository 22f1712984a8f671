"""Member statistics of the sample obey the identities of the returns."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.calendar import Cadence, parse, periods_between
from workflows.organisations import Level
from workflows.sample_office import MemberFigures, Scale, member_figures, read

TODAY = date(2026, 11, 21)
PERIODS = list(periods_between(date(2022, 12, 15), date(2026, 6, 15), Cadence.HALF_YEARLY, 14))
OFFICE = read(today=TODAY)
LAST_BEFORE_REFORM, FIRST_AFTER = parse("2025-H1"), parse("2025-H2")


@pytest.fixture(scope="module")
def returns() -> list[MemberFigures]:
    return list(member_figures(OFFICE, PERIODS, seed=1))


def test_eight_half_years_of_six_organisations_in_sixty_communes(returns):
    assert len(PERIODS) == 8
    last = [figures for figures in returns if figures.period == PERIODS[-1].code]
    assert len(last) == 6 * 60
    assert len({(figures.unit, figures.period) for figures in returns}) == len(returns)


@settings(max_examples=8)
@given(st.integers(0, 10**6))
def test_every_return_adds_up_whatever_the_seed(seed):
    for figures in member_figures(OFFICE, PERIODS[:3], seed=seed):
        increases = figures.admitted + figures.transferred_in
        decreases = figures.transferred_out + figures.struck_off + figures.left
        assert figures.closing == figures.opening + increases - decreases
        assert 0 <= figures.closing <= figures.eligible
        assert min(increases, decreases, figures.transferred_in, figures.admitted) >= 0
        parts = (
            figures.female,
            figures.ethnic_minority,
            figures.religious,
            figures.party_members,
            figures.non_state,
        )
        assert all(0 <= part <= figures.closing for part in parts)
        assert sum(figures.grades) == figures.branches <= figures.cells
        assert min(figures.grades) >= 0


def test_what_a_unit_closes_with_it_opens_with(returns):
    closing: dict[str, int] = {}
    for figures in returns:
        if figures.unit in closing:
            assert figures.opening == closing[figures.unit]
        closing[figures.unit] = figures.closing


def test_a_merged_unit_opens_with_what_its_predecessors_closed_with(returns):
    by_unit = {(figures.unit, figures.period): figures for figures in returns}
    merged = [unit for unit in OFFICE.units if unit.organisation and unit.predecessors]
    assert len(merged) == 12
    for unit in merged:
        before = [by_unit[code, LAST_BEFORE_REFORM.code] for code in unit.predecessors]
        opening = by_unit[unit.code, FIRST_AFTER.code].opening
        assert opening == sum(figures.closing for figures in before)
        assert (unit.code, LAST_BEFORE_REFORM.code) not in by_unit


def test_the_totals_of_the_province_before_and_after_the_merger_agree(returns):
    opening, closing = defaultdict(int), defaultdict(int)
    for figures in returns:
        opening[figures.organisation, figures.period] += figures.opening
        closing[figures.organisation, figures.period] += figures.closing
    for organisation in OFFICE.organisations:
        for period, following in pairwise(PERIODS):
            assert opening[organisation, following.code] == closing[organisation, period.code]


def test_a_few_returns_stand_out(returns):
    jumps = [
        figures
        for figures in returns
        if figures.admitted
        > 4 * OFFICE.organisations[figures.organisation].shares["admitted"] * figures.opening
        and figures.admitted > 20
    ]
    assert 0 < len(jumps) < 0.02 * len(returns)


def test_the_gathering_rate_is_near_what_the_organisation_is_known_for(returns):
    for key in {figures.organisation for figures in returns}:
        organisation = OFFICE.organisations[key]
        last = [f for f in returns if f.organisation == key and f.period == PERIODS[-1].code]
        rate = sum(f.closing for f in last) / sum(f.eligible for f in last)
        assert rate == pytest.approx(organisation.shares["gathering"], abs=0.1)


def test_the_mass_associations_of_the_province_count_their_members_too():
    found = list(member_figures(OFFICE, PERIODS[:2], seed=1, level=Level.PROVINCE))
    assert {figures.organisation for figures in found} == {"associations"}
    assert len(found) == 2 * 4


def test_the_same_seed_gives_the_same_figures(returns):
    assert list(member_figures(OFFICE, PERIODS, seed=1)) == returns
    assert list(member_figures(OFFICE, PERIODS, seed=2)) != returns


def test_a_larger_scale_keeps_the_figures_of_the_units_it_shares(returns):
    province = read(scale=Scale.PROVINCE, today=TODAY)
    larger = {(f.unit, f.period): f for f in member_figures(province, PERIODS, seed=1)}
    assert all(larger[figures.unit, figures.period] == figures for figures in returns)
