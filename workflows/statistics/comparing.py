"""One figure from two places: two periods, two regimes, or a return beside the register of members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.calendar import parse
from workflows.members import Branch, Movement
from workflows.regimes import Regime
from workflows.statistics import member_form
from workflows.statistics.queries import by_unit


@dataclass(frozen=True)
class Source:
    """Where a figure comes from: accepted returns for a period, or the register on the last day of it."""

    regime: Regime
    period: str
    from_register: bool = False

    @property
    def last_day(self) -> date:
        """The day the figures stand for."""
        return parse(self.period).last_day(self.regime.cut_off_day)


@dataclass(frozen=True)
class Difference:
    """A unit's figure in two sources; nothing where a source says nothing."""

    unit_id: int
    left: Decimal | None
    right: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """Right minus left."""
        return self.right - self.left if self.left is not None and self.right is not None else None

    @property
    def share(self) -> Decimal | None:
        """The difference for each one of the left figure."""
        return self.amount / self.left if self.amount is not None and self.left else None


def compare(
    session: Session, left: Source, right: Source, cell: str, scope: ColumnElement[bool]
) -> list[Difference]:
    """The units of which either source knows the figure, the largest difference first."""
    sides = [figures(session, source, cell, scope) for source in (left, right)]
    found = [
        Difference(id_, sides[0].get(id_), sides[1].get(id_)) for id_ in sides[0].keys() | sides[1].keys()
    ]
    return sorted(found, key=lambda one: (one.amount is None, -abs(one.amount or Decimal(0)), one.unit_id))


def figures(session: Session, source: Source, cell: str, scope: ColumnElement[bool]) -> Mapping[int, Decimal]:
    """Unit → the figure a source gives."""
    if source.from_register:
        return _members(session, source.last_day, scope) if cell == member_form.CLOSING else {}
    lines = by_unit(session, source.regime, source.period, scope)
    return {int(line.key): line.figures[cell] for line in lines if cell in line.figures}


def _members(session: Session, last: date, scope: ColumnElement[bool]) -> Mapping[int, Decimal]:
    """Members on the lists of each unit at the end of a day, by the ledger."""
    counted = (
        select(Branch.unit_id, func.sum(Movement.delta))
        .join(Movement.branch)
        .join(Branch.unit)
        .where(Movement.on <= last, scope)
        .group_by(Branch.unit_id)
    )
    return {unit_id: Decimal(int(total)) for unit_id, total in session.execute(counted)}
