"""How far reports have come on their way up: accepted at level n of m, unit by unit and counted by period."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from workflows.regimes import Obligation, Regime
from workflows.reports.models import Report
from workflows.reports.queries import ANSWERED
from workflows.reports.states import ReportState

REACHED = Report.endorsements + case((Report.state == ReportState.ACCEPTED, 1), else_=0)


def levels_reached(
    session: Session, regime: Regime, periods: Sequence[str], units: Sequence[int]
) -> dict[tuple[int, str], tuple[int, int]]:
    """Unit and period → how many levels of how many accepted what was handed in; nothing without levels."""
    if not regime.review_levels:
        return {}
    rows = session.execute(
        select(Obligation.unit_id, Obligation.period, REACHED, Report.review_levels + 1)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods))
        .where(Obligation.unit_id.in_(units), Report.state.in_(ANSWERED), Report.review_levels > 0)
    )
    return {(unit, period): (reached, whole) for unit, period, reached, whole in rows}


def counted_by_level(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool]
) -> dict[str, list[int]]:
    """Period → how many reports passed level 1, level 2, … up to the office; nothing without levels."""
    if not regime.review_levels:
        return {}
    levels = range(1, len(regime.review_levels) + 2)
    # A unit that lacks a level goes on to the next: what counts is how many are still above.
    above = Report.review_levels + 1 - REACHED
    passed = [func.sum(case((above <= levels[-1] - level, 1), else_=0)) for level in levels]
    rows = session.execute(
        select(Obligation.period, *passed)
        .join(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived, scope)
        .where(Report.state.in_(ANSWERED))
        .group_by(Obligation.period)
    )
    return {period: [int(count or 0) for count in counts] for period, *counts in rows}
