"""The register's figures of many units at once: what the office sees of it, numbers and nobody's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from workflows.members.figures import PARTS, Flow
from workflows.members.models import Branch, BranchSeat, Membership, Movement
from workflows.members.states import BranchKind, MovementKind, delta_of
from workflows.organisations import Unit

COUNTED = tuple(kind for kind in MovementKind if delta_of(kind))


@dataclass(frozen=True)
class Tally:
    """What the register says of a unit, or of several together, for a span of days."""

    flow: Flow = field(default_factory=Flow)
    parts: Mapping[str, int] = field(default_factory=dict)
    branches: int = 0
    cells: int = 0


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of several."""
    added = list(tallies)
    return Tally(
        Flow(*(sum(numbers) for numbers in zip(*(vars(one.flow).values() for one in added), strict=True))),
        {part: sum(one.parts.get(part, 0) for one in added) for part in PARTS},
        sum(one.branches for one in added),
        sum(one.cells for one in added),
    )


def by_unit(session: Session, units: ColumnElement[bool], first: date, last: date) -> dict[int, Tally]:
    """Unit → its tally, of all units (a condition on Unit) that have branches in the register; two queries.

    A branch counts for the unit it belonged to on the last day, with all of its past (figures.of_unit_on).
    """
    seats = _seats(last)
    home = func.coalesce(seats.c.unit_id, Branch.unit_id)
    counted = (
        select(home, *_sums(first))
        .select_from(Movement)
        .join(Movement.membership)
        .join(Membership.member)
        .join(Movement.branch)
        .outerjoin(seats, seats.c.branch_id == Branch.id)
        .join(Unit, Unit.id == home)
        .where(units, Movement.on <= last, Movement.delta != 0)
        .group_by(home)
    )
    numbers = {unit_id: [int(number) for number in row] for unit_id, *row in session.execute(counted)}
    own = _branches(session, units, seats, last)
    return {unit_id: _tally(numbers.get(unit_id, []), own.get(unit_id, {})) for unit_id in {*numbers, *own}}


def _sums(first: date) -> list[ColumnElement[int]]:
    before = Movement.on < first
    terms = [
        before,
        *(and_(~before, Movement.kind == kind) for kind in COUNTED),
        *PARTS.values(),
    ]
    return [func.sum(case((holds, Movement.delta), else_=0)) for holds in terms]


def _tally(numbers: list[int], own: Mapping[BranchKind, int]) -> Tally:
    if not numbers:
        return Tally(branches=own.get(BranchKind.BRANCH, 0), cells=own.get(BranchKind.CELL, 0))
    opening, moved, parts = numbers[0], numbers[1 : len(COUNTED) + 1], numbers[len(COUNTED) + 1 :]
    flows = {kind.name.lower(): n * delta_of(kind) for kind, n in zip(COUNTED, moved, strict=True)}
    return Tally(
        Flow(opening=opening, **flows),
        dict(zip(PARTS, parts, strict=True)),
        own.get(BranchKind.BRANCH, 0),
        own.get(BranchKind.CELL, 0),
    )


def _branches(
    session: Session, units: ColumnElement[bool], seats: Subquery, last: date
) -> dict[int, dict[BranchKind, int]]:
    home = func.coalesce(seats.c.unit_id, Branch.unit_id)
    lives = and_(Branch.founded_on <= last, Branch.dissolved_on.is_(None) | (Branch.dissolved_on > last))
    counted = (
        select(home, Branch.kind, func.count())
        .select_from(Branch)
        .outerjoin(seats, seats.c.branch_id == Branch.id)
        .join(Unit, Unit.id == home)
        .where(units, lives)
        .group_by(home, Branch.kind)
    )
    found: dict[int, dict[BranchKind, int]] = {}
    for unit_id, kind, count in session.execute(counted):
        found.setdefault(unit_id, {})[kind] = count
    return found


def _seats(day: date) -> Subquery:
    """Branch → the unit it was in on a day, of the branches that moved later."""
    next_move = (
        select(BranchSeat.branch_id, func.min(BranchSeat.until).label("until"))
        .where(BranchSeat.until > day)
        .group_by(BranchSeat.branch_id)
        .subquery()
    )
    left = (BranchSeat.branch_id == next_move.c.branch_id) & (BranchSeat.until == next_move.c.until)
    return select(BranchSeat.branch_id, BranchSeat.unit_id).join(next_move, left).subquery()
