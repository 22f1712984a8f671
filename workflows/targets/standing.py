"""How targets stand, for the database: the twin of rules.course; that both agree is tested."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Float,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from workflows.targets.models import FollowedTarget, TargetStep, TargetValue
from workflows.targets.rules import LEAST_GAP, Course, Direction


class days_between(FunctionElement[float]):
    """Whole days from the second day to the first."""

    type = Float()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _by_julian_days(element: Any, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(days_between)
def _by_subtraction(element: Any, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST({later} - {earlier} AS DOUBLE PRECISION)"


@dataclass(frozen=True)
class Standing:
    """The columns that say how a target stands, and the newest values they are reckoned from."""

    newest: Subquery
    gap: ColumnElement[float]
    course: ColumnElement[str]

    def beside(self, statement: Select[Any]) -> Select[Any]:
        """The statement on targets with the newest value, its day, the gap and the course."""
        return statement.outerjoin(self.newest, self.newest.c.target_id == FollowedTarget.id).add_columns(
            self.newest.c.value, self.newest.c.measured_on, self.gap, self.course
        )


def newest_values() -> Subquery:
    """For each target the value in force: the one of the latest day, the last recorded, not corrected."""
    corrected = select(TargetValue.corrects_id).where(TargetValue.corrects_id.is_not(None))
    place = func.row_number().over(
        partition_by=TargetValue.target_id,
        order_by=(TargetValue.measured_on.desc(), TargetValue.id.desc()),
    )
    ranked = (
        select(TargetValue.target_id, TargetValue.value, TargetValue.measured_on, place.label("place"))
        .where(TargetValue.id.not_in(corrected))
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


def standing(today: date) -> Standing:
    """How targets stand on a day."""
    newest = newest_values()
    value, day = newest.c.value, newest.c.measured_on
    at_least = FollowedTarget.direction == Direction.AT_LEAST
    gap = case((at_least, 1.0), else_=-1.0) * (_line_at(day) - _float(value))
    reached = or_(
        and_(at_least, value >= FollowedTarget.goal_value),
        and_(~at_least, value <= FollowedTarget.goal_value),
    )
    age = days_between(literal(today, Date), day)
    course = case(
        (value.is_(None), Course.NO_VALUE.value),
        (reached, Course.REACHED.value),
        (age > FollowedTarget.fresh_days, Course.STALE.value),
        (gap > LEAST_GAP, Course.BEHIND.value),
        else_=Course.ON_COURSE.value,
    )
    return Standing(newest, gap, course)


def _line_at(day: ColumnElement[date]) -> ColumnElement[float]:
    target = FollowedTarget
    baseline, goal = _float(target.baseline_value), _float(target.goal_value)
    steps = TargetStep.target_id == target.id
    due = (
        select(_float(TargetStep.value))
        .where(steps, TargetStep.due_on <= day)
        .order_by(TargetStep.due_on.desc())
        .limit(1)
        .correlate_except(TargetStep)
        .scalar_subquery()
    )
    by_steps = exists().where(steps).correlate_except(TargetStep)
    whole = days_between(target.goal_on, target.baseline_on)
    return case(
        (day >= target.goal_on, goal),
        (by_steps, func.coalesce(due, baseline)),
        (day <= target.baseline_on, baseline),
        else_=baseline + (goal - baseline) * days_between(day, target.baseline_on) / whole,
    )


def _float(value: Any) -> ColumnElement[float]:
    return cast(value, Float(53))
