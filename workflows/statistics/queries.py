"""Adding up accepted returns: by organisation, by commune, over periods; live, never stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import FormVersion, Indicator, Obligation, Regime, indicator_code
from workflows.reports import Figure, Report, ReportState, Standing, standing_sql
from workflows.statistics import member_form
from workflows.statistics.models import GatheringTarget, Publication

ACCEPTED = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE})
HANDED_IN = frozenset({Standing.SUBMITTED, Standing.SUBMITTED_LATE})
Group = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Line:
    """Totals of one group of units: its figures, and how many of the expected returns they stand on."""

    key: str
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    expected: int = 0
    accepted: int = 0
    received: int = 0
    in_time: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Members for each eligible person (0..1), where both figures are known."""
        eligible = self.figures.get(member_form.ELIGIBLE)
        members = self.figures.get(member_form.CLOSING)
        return members / eligible if eligible and members is not None else None


def member_regimes(session: Session, person: Person, *, on: date) -> Sequence[Regime]:
    """The regimes that gather member statistics and that the person may read."""
    units = select(Unit.id).where(readable_units(person, on=on))
    owed = select(Obligation.regime_id).where(Obligation.unit_id.in_(units))
    wanted = (
        select(Regime)
        .join(Regime.form_version)
        .where(FormVersion.code == member_form.CODE)
        .where(Regime.office_id.in_(units) | Regime.id.in_(owed))
        .order_by(Regime.id)
    )
    return session.scalars(wanted).all()


def periods(session: Session, regime: Regime) -> list[str]:
    """The periods of a regime for which something is owed, newest first."""
    wanted = select(Obligation.period, func.max(Obligation.last_day)).where(Obligation.regime_id == regime.id)
    rows = session.execute(wanted.group_by(Obligation.period).order_by(func.max(Obligation.last_day).desc()))
    return [period for period, _ in rows]


def by_organisation(session: Session, regime: Regime, period: str, scope: ColumnElement[bool]) -> list[Line]:
    """One line for each family of organisations, over the units in scope."""
    return _lines(session, regime, [period], scope, Unit.organisation)


def by_unit(session: Session, regime: Regime, period: str, scope: ColumnElement[bool]) -> list[Line]:
    """One line for each unit in scope (its id as key)."""
    return _lines(session, regime, [period], scope, Unit.id)


def by_branch(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool], under: Unit
) -> list[Line]:
    """One line for each branch directly below a unit (its id as key), over all units of the branch.

    Several periods are added up: flows of the quarters of a year make sense so, levels do not.
    """
    below = scope & Unit.path.startswith(under.path) & (Unit.id != under.id)
    branch = func.split_part(Unit.path, "/", under.path.count("/") + 1)
    return _lines(session, regime, periods, below, branch)


def by_own(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool], unit: Unit
) -> Line:
    """What a unit told itself, without anything below it; nothing is expected where it owes nothing."""
    lines = _lines(session, regime, periods, scope & (Unit.id == unit.id), Unit.id)
    return next(iter(lines), Line(str(unit.id)))


def series(
    session: Session, regime: Regime, cell: str, scope: ColumnElement[bool]
) -> list[tuple[str, Decimal]]:
    """Period → total of one cell over the units in scope, oldest first."""
    told = _answers(regime, scope, Obligation.period).subquery("told")
    code = indicator_code(member_form.CODE, cell)
    totals = (
        select(told.c.key, func.sum(Figure.value))
        .join(Figure, Figure.report_id == told.c.id)
        .where(Figure.indicator_id == select(Indicator.id).where(Indicator.code == code).scalar_subquery())
        .group_by(told.c.key)
        .order_by(func.min(told.c.last_day))
    )
    return [(period, value) for period, value in session.execute(totals)]


def targets_in_force(session: Session, office: Unit, *, on: date) -> dict[str, GatheringTarget]:
    """Organisation → the target on a day; the empty name holds the one set for all."""
    wanted = (
        select(GatheringTarget)
        .where(GatheringTarget.office_id == office.id, GatheringTarget.valid_from <= on)
        .order_by(GatheringTarget.valid_from)
    )
    return {target.organisation: target for target in session.scalars(wanted)}


def target_in_force(session: Session, office: Unit, organisation: str, *, on: date) -> GatheringTarget | None:
    """The target for an organisation on a day; one set for all holds where there is none of its own."""
    known = targets_in_force(session, office, on=on)
    return known.get(organisation) or known.get("")


def answers(session: Session, regime: Regime, period: str, scope: ColumnElement[bool]) -> dict[str, int]:
    """Unit (its id as key) → the obligation it answered or owes, for the units in scope."""
    wanted = (
        select(Obligation.unit_id, Obligation.id)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived, scope)
    )
    return {str(unit_id): id_ for unit_id, id_ in session.execute(wanted)}


def newest_publication(session: Session, regime: Regime, period: str) -> Publication | None:
    """The totals last published for a period."""
    wanted = select(Publication).where(Publication.regime_id == regime.id, Publication.period == period)
    return session.scalar(wanted.order_by(Publication.edition.desc()).limit(1))


def _lines(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool], group: Group
) -> list[Line]:
    figures: dict[object, dict[str, Decimal]] = {}
    prefix = indicator_code(regime.form_version.code, "")
    told = _answers(regime, scope, group).where(Obligation.period.in_(periods))
    for key, code, value in session.execute(_totals(told)):
        figures.setdefault(key, {})[code.removeprefix(prefix)] = value
    counted = _counted(session, regime, periods, scope, group)
    return [Line(str(key), figures.get(key, {}), *counts) for key, counts in counted.items()]


def _answers(regime: Regime, scope: ColumnElement[bool], group: Group) -> Select[int, Any, date]:
    """The accepted reports (`id`) of units in scope, with what they are to be grouped by (`key`).

    Grouped by their own id, which changes nothing: PostgreSQL then takes the reports for one small table,
    looks each figure up in it once and adds up in parallel.
    """
    return (
        select(
            Report.id,
            func.min(group).label("key"),
            func.min(Obligation.last_day).label("last_day"),
        )
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Report.state == ReportState.ACCEPTED, Obligation.regime_id == regime.id)
        .where(~Obligation.waived, scope)
        .group_by(Report.id)
    )


def _totals(answers: Select[int, Any, date]) -> Select[Any, str, Decimal]:
    """Every indicator added up by key: numbers first, the names of the few that are left afterwards."""
    told = answers.subquery("told")
    added = (
        select(told.c.key, Figure.indicator_id, func.sum(Figure.value).label("total"))
        .join(Figure, Figure.report_id == told.c.id)
        .group_by(told.c.key, Figure.indicator_id)
        .subquery("added")
    )
    named = select(added.c.key, Indicator.code, added.c.total)
    return named.join(Indicator, Indicator.id == added.c.indicator_id)


def _counted(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool], group: Group
) -> dict[object, tuple[int, int, int, int]]:
    """Key → how many returns are expected, accepted, received, received in time."""
    # The day only parts what is awaited from what is missing: neither is counted here.
    standing = standing_sql(date.min)
    rows = session.execute(
        select(group, standing, func.count())
        .select_from(Obligation)
        .join(Unit, Unit.id == Obligation.unit_id)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived, scope)
        .group_by(group, standing)
        .order_by(group)
    )
    found: dict[object, Counter[str]] = {}
    for key, stands, count in rows:
        found.setdefault(key, Counter())[stands] += count
    return {
        key: (
            counts.total(),
            sum(counts[stands] for stands in ACCEPTED),
            sum(counts[stands] for stands in ACCEPTED | HANDED_IN),
            counts[Standing.ACCEPTED] + counts[Standing.SUBMITTED],
        )
        for key, counts in found.items()
    }
