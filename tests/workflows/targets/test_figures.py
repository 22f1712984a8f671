"""Values may come from the accepted member statistics of the lead unit's branch."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from tests.workflows.statistics.test_queries import handed_in, regime
from tests.workflows.targets.conftest import a_goal
from workflows import reports, targets
from workflows.errors import Refused
from workflows.regimes import Regime, indicator_code
from workflows.statistics import member_form

__all__ = ["regime"]


def followed(session: Session, office: Office, indicator: str) -> targets.FollowedTarget:
    goal = a_goal(office, lead=office.province, indicator=indicator)
    return targets.set_(session, office.province, goal=goal, by=office.clerk, at=NOW)


def accept_two(session: Session, office: Office) -> None:
    for place, by in ((0, office.commune_clerk), (1, office.other_clerk)):
        report = handed_in(session, office, place, "2026-H1", by)
        reports.accept(session, report, by=office.clerk, at=NOW)


def test_only_accepted_returns_are_offered(session: Session, office: Office, regime: Regime):
    target = followed(session, office, targets.RATE)
    handed_in(session, office, 0, "2026-H1", office.commune_clerk)
    assert targets.offers(session, target) == []


@pytest.mark.parametrize(
    ("indicator", "value"),
    [(targets.RATE, Decimal("53.5")), (indicator_code(member_form.CODE, "closing"), Decimal(214))],
)
def test_the_branch_is_added_up_and_taken(
    session: Session, office: Office, regime: Regime, indicator: str, value: Decimal
):
    accept_two(session, office)
    target = followed(session, office, indicator)
    offer = targets.offers(session, target)[0]
    assert (offer.period, offer.value, offer.returns) == ("2026-H1", value, 2)
    taken = targets.take_figure(
        session, target, regime_id=regime.id, period="2026-H1", by=office.clerk, at=NOW
    )
    assert (taken.value, taken.measured_on) == (value, offer.last_day)
    assert regime.name in taken.source


def test_a_period_without_figures_cannot_be_taken(session: Session, office: Office, regime: Regime):
    target = followed(session, office, targets.RATE)
    with pytest.raises(Refused):
        targets.take_figure(session, target, regime_id=regime.id, period="2026-H1", by=office.clerk, at=NOW)


def test_every_figure_offered_to_choose_has_a_name():
    assert all(targets.choices().values())
    assert targets.RATE in targets.choices()
