"""Adding up accepted returns: by organisation, by commune, over periods; live, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, Subquery, cast, func, literal_column, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.calendar import parse
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import FormVersion, Indicator, Obligation, Regime, indicator_code
from workflows.reports import Figure, Report, ReportState, counts_sql
from workflows.statistics import member_form
from workflows.statistics.models import GatheringTarget, Publication

Group = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Line:
    """Totals of one group of units: its figures, and how many of the expected returns they stand on."""

    key: str
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    expected: int = 0
    received: int = 0
    in_time: int = 0
    accepted: int = 0

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
        .order_by(in_vietnamese_order(Regime.name), Regime.id)
    )
    return session.scalars(wanted).all()


def periods(session: Session, regime: Regime) -> list[str]:
    """The periods of a regime for which something is owed, newest first."""
    codes = session.scalars(select(Obligation.period).where(Obligation.regime_id == regime.id).distinct())
    return sorted(codes, key=lambda code: parse(code).last_day(regime.cut_off_day), reverse=True)


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
    branch = cast(func.split_part(Unit.path, "/", under.path.count("/") + 1), Integer)
    return _lines(session, regime, periods, below, branch)


def by_own(
    session: Session, regime: Regime, periods: Sequence[str], scope: ColumnElement[bool], unit: Unit
) -> Line:
    """What a unit told itself, without anything below it; nothing is expected where it owes nothing."""
    lines = _lines(session, regime, periods, scope & (Unit.id == unit.id), Unit.id)
    return next(iter(lines), Line(str(unit.id)))


def series(
    session: Session,
    regime: Regime,
    cell: str,
    scope: ColumnElement[bool],
    periods: Sequence[str] | None = None,
) -> list[tuple[str, Decimal]]:
    """Period → total of one cell over the units in scope, oldest first; of all periods or some."""
    totals = (
        _figures(regime, _units(scope, Unit.id), cell)
        .add_columns(Obligation.period, func.sum(Figure.value))
        .where(true() if periods is None else Obligation.period.in_(periods))
        .group_by(Obligation.period)
        .order_by(func.min(Obligation.last_day))
    )
    return [(period, value) for period, value in session.execute(totals)]


def of_cell(
    session: Session, regime: Regime, cell: str, period: str, scope: ColumnElement[bool], group: Group
) -> dict[str, Decimal]:
    """Group (a column of the units in scope) → total of one cell in a period."""
    units = _units(scope, group)
    totals = (
        _figures(regime, units, cell)
        .add_columns(units.c.key, func.sum(Figure.value))
        .where(Obligation.period == period)
        .group_by(units.c.key)
    )
    return {str(key): value for key, value in session.execute(totals)}


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
    units = _units(scope, group)
    figures: dict[object, dict[str, Decimal]] = {}
    prefix = indicator_code(regime.form_version.code, "")
    told = _figures(regime, units).where(Obligation.period.in_(periods))
    for key, code, value in session.execute(_totals(told, units.c.key)):
        figures.setdefault(key, {})[code.removeprefix(prefix)] = value
    counted = _counted(session, regime, periods, units)
    return [Line(str(key), figures.get(key, {}), *counts) for key, *counts in counted]


def _units(scope: ColumnElement[bool], group: Group) -> Subquery:
    """The units in scope (`id`) and what their returns are to be grouped by (`key`).

    The empty offset keeps databases from reckoning the key anew for each of millions of figures; PostgreSQL
    shares the work among processes only where the offset is written as a text it reads at once.
    """
    return select(Unit.id, group.label("key")).where(scope).offset(literal_column("'0'")).subquery("units")


def _figures(regime: Regime, units: Subquery, cell: str = "") -> Select[*tuple[()]]:
    """The figures of accepted reports of some units, of one cell if it is named."""
    found = (
        select()
        .select_from(Figure)
        .join(Report, Report.id == Figure.report_id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(units, units.c.id == Obligation.unit_id)
        .where(Report.state == ReportState.ACCEPTED, Obligation.regime_id == regime.id, ~Obligation.waived)
    )
    if not cell:
        return found
    code = indicator_code(member_form.CODE, cell)
    return found.where(
        Figure.indicator_id == select(Indicator.id).where(Indicator.code == code).scalar_subquery()
    )


def _totals(told: Select[*tuple[()]], key: ColumnElement[Any]) -> Select[Any, str, Decimal]:
    """Every indicator added up by key: numbers first, the names of the few that are left afterwards."""
    numbers = told.add_columns(key, Figure.indicator_id, func.sum(Figure.value).label("total"))
    added = numbers.group_by(key, Figure.indicator_id).subquery("added")
    named = select(added.c.key, Indicator.code, added.c.total)
    return named.join(Indicator, Indicator.id == added.c.indicator_id)


def _counted(
    session: Session, regime: Regime, periods: Sequence[str], units: Subquery
) -> Sequence[Row[Any, int, int, int, int]]:
    """Key → how many returns are expected, received, received in time, accepted."""
    return session.execute(
        select(units.c.key, *counts_sql())
        .select_from(Obligation)
        .join(units, units.c.id == Obligation.unit_id)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period.in_(periods), ~Obligation.waived)
        .group_by(units.c.key)
        .order_by(units.c.key)
    ).all()
