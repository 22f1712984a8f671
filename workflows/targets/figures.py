"""Values of targets out of the member statistics: an indicator added up over the lead unit's branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workflows.calendar import parse
from workflows.organisations import Unit
from workflows.regimes import FormVersion, Indicator, Obligation, Regime, indicator_code
from workflows.reports import Figure, Report, ReportState
from workflows.statistics import member_form
from workflows.targets.models import FollowedTarget
from workflows.wording import N_, Phrase

MEMBERS = indicator_code(member_form.CODE, member_form.CLOSING)
ELIGIBLE = indicator_code(member_form.CODE, member_form.ELIGIBLE)
RATE = indicator_code(member_form.CODE, "rate")
"""Members for each hundred eligible people: no figure of the form, but the one that targets speak of."""
PERIODS = 12


@dataclass(frozen=True)
class Offer:
    """What the accepted returns of a period say about a target."""

    regime_id: int
    regime: str
    period: str
    last_day: date
    value: Decimal
    returns: int

    @property
    def span(self) -> Phrase:
        """The period in words."""
        return parse(self.period).label


def choices() -> dict[str, str]:
    """Code → name of every figure of the member statistics that a target may be tied to."""
    named = {indicator_code(member_form.CODE, cell): label for cell, label in member_form.LABELS.items()}
    return {RATE: N_("Tỷ lệ tập hợp đoàn viên, hội viên"), **named}


def offers(session: Session, target: FollowedTarget) -> Sequence[Offer]:
    """What the accepted returns of the lead unit's branch give, the newest period first."""
    if target.indicator is None:
        return []
    rows = session.execute(_totals(target)).all()
    found = [offer for _, same in groupby(rows, key=lambda row: row[:4]) if (offer := _offer(target, same))]
    return found[:PERIODS]


def _totals(target: FollowedTarget) -> Select[*tuple[Any, ...]]:
    wanted = (MEMBERS, ELIGIBLE) if target.indicator == RATE else (target.indicator,)
    last_day = Obligation.last_day
    return (
        select(
            Regime.id,
            Regime.name,
            Obligation.period,
            last_day,
            Indicator.code,
            func.sum(Figure.value),
            func.count(),
        )
        .select_from(Figure)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .join(Report, Report.id == Figure.report_id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Regime, Regime.id == Obligation.regime_id)
        .join(FormVersion, FormVersion.id == Obligation.form_version_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(FormVersion.code == member_form.CODE, Indicator.code.in_(wanted))
        .where(Report.state == ReportState.ACCEPTED, Unit.path.startswith(target.lead.path))
        .group_by(Regime.id, Regime.name, Obligation.period, last_day, Indicator.code)
        .order_by(last_day.desc(), Regime.id, Obligation.period)
    )


def _offer(target: FollowedTarget, rows: Iterator[Any]) -> Offer | None:
    """One period of one regime; none where a share cannot be reckoned."""
    same = list(rows)
    totals = {row[4]: Decimal(row[5]) for row in same}
    if target.indicator != RATE:
        value = totals[str(target.indicator)]
    elif totals.get(ELIGIBLE) and MEMBERS in totals:
        value = round(100 * totals[MEMBERS] / totals[ELIGIBLE], 4)
    else:
        return None
    regime_id, regime, period, last_day = same[0][:4]
    return Offer(regime_id, regime, period, last_day, value, max(row[6] for row in same))
