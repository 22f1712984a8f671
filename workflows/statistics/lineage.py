"""Series that outlive the bodies they are told by: a unit goes on where those it came from left off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflows.organisations import Succession, Unit
from workflows.regimes import Indicator, Obligation, Regime, indicator_code
from workflows.reports import Figure, Report, ReportState
from workflows.statistics import member_form


@dataclass(frozen=True)
class Lineage:
    """The bodies whose figures are a unit's own, and those that went on as others too.

    What a split body reported cannot be parted between its heirs: it is told beside the series, never in it.
    """

    own: tuple[Unit, ...]
    divided: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Moment:
    """One period of a series: the figures added up, and by which bodies they were told."""

    period: str
    figures: dict[str, Decimal] = field(default_factory=dict)
    tellers: tuple[str, ...] = ()


def lineage(session: Session, unit: Unit) -> Lineage:
    """The unit, all it came from, and whatever was divided on the way.

    A body is the unit's own when all it went on as is: also when it was divided and put together again.
    """
    own = {unit.id: unit}
    while True:
        forebears = _forebears(session, own)
        whole = [body for body in forebears if _heirs(session, body) <= own.keys()]
        if not whole:
            return Lineage(tuple(own.values()), tuple(forebears))
        own |= {body.id: body for body in whole}


def _forebears(session: Session, heirs: Collection[int]) -> Sequence[Unit]:
    """The bodies that any of these came from, and that are none of them."""
    came_from = select(Succession.predecessor_id).where(Succession.successor_id.in_(heirs))
    wanted = select(Unit).where(Unit.id.in_(came_from), Unit.id.not_in(heirs))
    return session.scalars(wanted.order_by(Unit.id)).all()


def _heirs(session: Session, unit: Unit) -> set[int]:
    return set(session.scalars(select(Succession.successor_id).where(Succession.predecessor_id == unit.id)))


def told_by(session: Session, regime: Regime, units: Sequence[Unit]) -> list[Moment]:
    """The accepted figures of some bodies together, period by period, oldest first."""
    rows = session.execute(
        select(Obligation.period, Indicator.code, func.sum(Figure.value))
        .select_from(Figure)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .join(Report, and_(Report.id == Figure.report_id, Report.state == ReportState.ACCEPTED))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.regime_id == regime.id, Obligation.unit_id.in_([unit.id for unit in units]))
        .where(~Obligation.waived)
        .group_by(Obligation.period, Indicator.code)
    )
    prefix = indicator_code(member_form.CODE, "")
    figures: dict[str, dict[str, Decimal]] = {}
    for period, code, value in rows:
        figures.setdefault(period, {})[code.removeprefix(prefix)] = value
    tellers = _tellers(session, regime, units)
    return [Moment(period, figures.get(period, {}), tuple(names)) for period, names in tellers.items()]


def _tellers(session: Session, regime: Regime, units: Sequence[Unit]) -> dict[str, list[str]]:
    """Period → who told its figures, the oldest period first."""
    rows = session.execute(
        select(Obligation.period, Unit.short_name)
        .join(Obligation.unit)
        .join(Report, and_(Report.obligation_id == Obligation.id, Report.state == ReportState.ACCEPTED))
        .where(Obligation.regime_id == regime.id, Obligation.unit_id.in_([unit.id for unit in units]))
        .where(~Obligation.waived)
        .order_by(Obligation.last_day, Unit.id)
    )
    tellers: dict[str, list[str]] = {}
    for period, name in rows:
        tellers.setdefault(period, []).append(name)
    return tellers
