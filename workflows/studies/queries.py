"""Reading confirmations: who was asked, and how far a directive has come down the tree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from workflows import asking, regimes
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Indicator, Obligation, Regime, indicator_code
from workflows.reports import Figure, Report, ReportState, owed
from workflows.studies import form

Rows = Select[*tuple[Any, ...]]
PREFIX = indicator_code(form.CODE, "")
CONFIRMED = (ReportState.SUBMITTED, ReportState.ACCEPTED)


@dataclass(frozen=True)
class Branch:
    """One branch of the tree: its head, how many units in it were asked and confirmed, what they counted."""

    unit: Unit
    expected: int
    confirmed: int
    in_time: int
    figures: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """How much of the branch has confirmed (0..1)."""
        return self.confirmed / self.expected if self.expected else 0.0


def requests(person: Person, *, on: date) -> Select[Regime]:
    """The requests the person may see, to be narrowed and sorted."""
    return (
        select(Regime)
        .join(Regime.directive)
        .where(asking.by_form(form.CODE), regimes.visible_to(person, on=on))
        .options(joinedload(Regime.directive).load_only(Directive.number, Directive.type, Directive.subject))
    )


def counts_sql(person: Person, *, on: date) -> dict[str, ColumnElement[int]]:
    """For a query on requests: how many units the person may see were asked, and have confirmed."""
    asked = (
        select(func.count(Obligation.id))
        .outerjoin(Report, and_(Report.obligation_id == Obligation.id, Report.state.in_(CONFIRMED)))
        .where(Obligation.regime_id == Regime.id, ~Obligation.waived)
        .where(regimes.visible_obligations(person, on=on))
        .correlate(Regime)
    )
    confirmed = asked.where(Report.id.is_not(None))
    return {"asked": asked.scalar_subquery(), "confirmed": confirmed.scalar_subquery()}


def branches(session: Session, regime: Regime, under: Unit, person: Person, *, on: date) -> list[Branch]:
    """The branches right below a unit, and the unit itself where it was asked, as far as they may be seen."""
    head = aliased(Unit)
    answered = Report.state.in_(CONFIRMED)
    timely = and_(answered, Report.submitted_on <= Obligation.timely_until)
    sums = (func.sum(case((what, 1), else_=0)) for what in (answered, timely))
    rows = session.execute(
        _by_head(select(head, func.count(Obligation.id), *sums), head, regime, under, person, on)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .group_by(head.id)
        .order_by(head.path)
    ).all()
    figures = _figures(session, regime, under, person, on)
    return [
        Branch(unit, count, int(confirmed), int(in_time), figures.get(unit.id, {}))
        for unit, count, confirmed, in_time in rows
    ]


def _figures(
    session: Session, regime: Regime, under: Unit, person: Person, on: date
) -> dict[int, dict[str, Decimal]]:
    """Head of a branch → what its units counted, added up."""
    head = aliased(Unit)
    sums = select(head.id, Indicator.code, func.sum(Figure.value))
    rows = session.execute(
        _with_figures(_by_head(sums, head, regime, under, person, on)).group_by(head.id, Indicator.code)
    )
    found: dict[int, dict[str, Decimal]] = {}
    for head_id, code, total in rows:
        found.setdefault(head_id, {})[code.removeprefix(PREFIX)] = Decimal(total)
    return found


def _by_head(statement: Rows, head: Any, regime: Regime, under: Unit, person: Person, on: date) -> Rows:
    """What a request is owed below a unit, each obligation beside the head of its branch."""
    inside = case((head.id == under.id, Unit.id == under.id), else_=Unit.path.startswith(head.path))
    return (
        _owed(statement, regime, person, on)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(head, inside)
        .where(or_(head.parent_id == under.id, head.id == under.id))
    )


def _owed(statement: Rows, regime: Regime, person: Person, on: date) -> Rows:
    seen = regimes.visible_obligations(person, on=on)
    return statement.select_from(Obligation).where(
        Obligation.regime_id == regime.id, ~Obligation.waived, seen
    )


def _with_figures(statement: Rows) -> Rows:
    return (
        statement.join(Report, and_(Report.obligation_id == Obligation.id, Report.state.in_(CONFIRMED)))
        .join(Figure, Figure.report_id == Report.id)
        .join(Indicator, Indicator.id == Figure.indicator_id)
    )


def totals(session: Session, regime: Regime, person: Person, *, on: date) -> dict[str, Decimal]:
    """What all the units that the person may see counted, added up."""
    sums = _owed(select(Indicator.code, func.sum(Figure.value)), regime, person, on)
    rows = session.execute(_with_figures(sums).group_by(Indicator.code))
    return {code.removeprefix(PREFIX): Decimal(total) for code, total in rows}


def answers(regime: Regime, person: Person, *, on: date) -> Select[Obligation, Report, str]:
    """What each unit confirmed, with its figures as further columns, to be narrowed and sorted."""
    return (
        owed(person, on=on)
        .where(Obligation.regime_id == regime.id)
        .add_columns(*(_figure(code).label(code) for code in form.NUMBERS))
    )


def _figure(code: str) -> ColumnElement[Decimal]:
    wanted = indicator_code(form.CODE, code)
    return (
        select(Figure.value)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .where(Figure.report_id == Report.id, Indicator.code == wanted)
        .correlate(Report)
        .scalar_subquery()
    )
