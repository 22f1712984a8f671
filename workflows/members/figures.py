"""Figures counted from the ledger: for any branches, any span of days, as known at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.members.models import Branch, BranchGrade, BranchSeat, Member, Membership, Movement
from workflows.members.states import BranchKind, MovementKind, Sector, Sex, delta_of
from workflows.organisations import Unit

PARTS: Mapping[str, ColumnElement[bool]] = {
    "female": Member.sex == Sex.FEMALE,
    "ethnic_minority": Member.ethnic_minority.is_(True),
    "religious": Member.religious.is_(True),
    "party_members": Member.party_member.is_(True),
    "non_state": Member.sector == Sector.NON_STATE,
}


@dataclass(frozen=True)
class Flow:
    """Members of some branches over a span of days; each kind's number is net of what was taken back."""

    opening: int = 0
    enrolled: int = 0
    admitted: int = 0
    transferred_in: int = 0
    transferred_out: int = 0
    struck_off: int = 0
    matured: int = 0
    deceased: int = 0

    @property
    def increases(self) -> int:
        """Everybody who came onto the lists."""
        return self.enrolled + self.admitted + self.transferred_in

    @property
    def decreases(self) -> int:
        """Everybody who left them."""
        return self.transferred_out + self.struck_off + self.matured + self.deceased

    @property
    def closing(self) -> int:
        """Members at the end of the last day."""
        return self.opening + self.increases - self.decreases


def flow(
    session: Session,
    branches: ColumnElement[bool],
    first: date,
    last: date,
    *,
    known_at: datetime | None = None,
) -> Flow:
    """What happened in the branches (a condition on Branch joined with Unit) from a day to a day."""
    moved = (
        select(Movement.kind, func.sum(Movement.delta))
        .join(Movement.branch)
        .join(Branch.unit)
        .where(branches, Movement.on.between(first, last), _known(known_at))
        .group_by(Movement.kind)
    )
    kinds = {
        kind.name.lower(): int(total) * delta_of(kind)
        for kind, total in session.execute(moved.where(Movement.delta != 0))
    }
    return Flow(opening=_sum(session, branches, Movement.on < first, known_at), **kinds)


def closing(
    session: Session, branches: ColumnElement[bool], last: date, *, known_at: datetime | None = None
) -> int:
    """Members of the branches at the end of a day."""
    return _sum(session, branches, Movement.on <= last, known_at)


def parts(
    session: Session, branches: ColumnElement[bool], last: date, *, known_at: datetime | None = None
) -> dict[str, int]:
    """Of the members at the end of a day: women, minorities, religious, Party members, non-state sector."""
    sums = [func.coalesce(func.sum(case((holds, Movement.delta), else_=0)), 0) for holds in PARTS.values()]
    counted = (
        select(*sums)
        .select_from(Movement)
        .join(Movement.membership)
        .join(Membership.member)
        .join(Movement.branch)
        .join(Branch.unit)
        .where(branches, Movement.on <= last, _known(known_at))
    )
    return dict(zip(PARTS, map(int, session.execute(counted).one()), strict=True))


def branch_figures(session: Session, branches: ColumnElement[bool], last: date) -> dict[str, int]:
    """Branches and cells in being at the end of a day, and how the branches were graded for that year."""
    lives = and_(Branch.founded_on <= last, Branch.dissolved_on.is_(None) | (Branch.dissolved_on > last))
    kinds = select(Branch.kind, func.count()).join(Branch.unit).where(branches, lives).group_by(Branch.kind)
    counted = dict(session.execute(kinds).all())
    grades = (
        select(BranchGrade.grade, func.count())
        .join(BranchGrade.branch)
        .join(Branch.unit)
        .where(branches, lives, Branch.kind == BranchKind.BRANCH, BranchGrade.year == last.year)
        .group_by(BranchGrade.grade)
    )
    graded = {f"grade_{grade}": count for grade, count in session.execute(grades)}
    return {
        "branches": counted.get(BranchKind.BRANCH, 0),
        "cells": counted.get(BranchKind.CELL, 0),
        **graded,
    }


def series(
    session: Session, branches: ColumnElement[bool], since: date
) -> list[tuple[int, int, MovementKind, int]]:
    """Year, month, kind → net number, for every month since a day in which something happened."""
    year, month = func.extract("year", Movement.on), func.extract("month", Movement.on)
    moved = (
        select(year, month, Movement.kind, func.sum(Movement.delta))
        .join(Movement.branch)
        .join(Branch.unit)
        .where(branches, Movement.on >= since, Movement.delta != 0)
        .group_by(year, month, Movement.kind)
        .order_by(year, month)
    )
    return [(int(y), int(m), kind, int(total)) for y, m, kind, total in session.execute(moved)]


def of_unit(unit: Unit) -> ColumnElement[bool]:
    """The condition that a branch belongs to the unit or to one of its organisation below it."""
    return and_(Unit.path.startswith(unit.path), Unit.organisation == unit.organisation)


def of_unit_on(unit: Unit, day: date) -> ColumnElement[bool]:
    """The condition that a branch belonged to the unit, or to one below it, on a day.

    A branch brings its whole past into the unit that went on; the one it left keeps the days before.
    """
    moved_later = select(BranchSeat.branch_id).where(BranchSeat.until > day)
    return or_(and_(of_unit(unit), Branch.id.not_in(moved_later)), Branch.id.in_(_seated(unit, day)))


def _seated(unit: Unit, day: date) -> Select[int]:
    """The branches that left the unit later than on that day, and were nowhere else before they did."""
    there, sooner = aliased(Unit), aliased(BranchSeat)
    left_sooner = select(sooner.branch_id).where(
        sooner.branch_id == BranchSeat.branch_id, sooner.until > day, sooner.until < BranchSeat.until
    )
    return (
        select(BranchSeat.branch_id)
        .join(there, there.id == BranchSeat.unit_id)
        .where(BranchSeat.until > day, ~left_sooner.exists())
        .where(there.path.startswith(unit.path), there.organisation == unit.organisation)
    )


def _sum(
    session: Session, branches: ColumnElement[bool], days: ColumnElement[bool], known_at: datetime | None
) -> int:
    counted: Any = (
        select(func.coalesce(func.sum(Movement.delta), 0))
        .join(Movement.branch)
        .join(Branch.unit)
        .where(branches, days, _known(known_at))
    )
    return int(session.scalar(counted) or 0)


def _known(at: datetime | None) -> ColumnElement[bool]:
    """The condition that a movement was in the ledger at a moment."""
    return Movement.at <= at if at is not None else Movement.id > 0
