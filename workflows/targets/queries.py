"""Reading targets: what a person may see, how each stands, its values, what is still only a reading."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.targets.models import FollowedTarget, TargetValue
from workflows.targets.rules import Course
from workflows.targets.standing import Standing, standing
from workflows.tasks import Task, TaskState, TaskTarget, visible_to


def seen_by(person: Person, *, on: date) -> ColumnElement[bool]:
    """The targets a person may read: followed by their office, or led by a unit of theirs."""
    units = select(Unit.id).where(readable_units(person, on=on))
    return or_(FollowedTarget.office_id.in_(units), FollowedTarget.lead_id.in_(units))


def all_visible(
    person: Person, how: Standing, *, on: date
) -> Select[FollowedTarget, Decimal, date, float, str]:
    """The targets a person may read that are still followed, each with newest value, day, gap and course."""
    shown = (
        joinedload(FollowedTarget.lead),
        joinedload(FollowedTarget.directive).load_only(Directive.number, Directive.type, Directive.subject),
        joinedload(FollowedTarget.task),
    )
    wanted: Select[Any] = select(FollowedTarget).where(
        seen_by(person, on=on), FollowedTarget.dropped_on.is_(None)
    )
    return how.beside(wanted).options(*shown)


def counts(
    session: Session, person: Person, *, on: date, directive: Directive | None = None
) -> dict[Course, int]:
    """How many of the targets a person may read stand how; every course has its figure."""
    how = standing(on)
    wanted = all_visible(person, how, on=on)
    if directive is not None:
        wanted = wanted.where(FollowedTarget.directive_id == directive.id)
    rows = session.execute(
        wanted.with_only_columns(how.course, func.count(), maintain_column_froms=True).group_by(how.course)
    )
    found = {Course(kind): count for kind, count in rows}
    return {kind: found.get(kind, 0) for kind in Course}


def values_of(session: Session, target: FollowedTarget) -> Sequence[TargetValue]:
    """Every value ever recorded, the latest day first."""
    wanted = select(TargetValue).where(TargetValue.target_id == target.id).options(joinedload(TargetValue.by))
    return session.scalars(wanted.order_by(TargetValue.measured_on.desc(), TargetValue.id.desc())).all()


def in_force(values: Sequence[TargetValue]) -> list[TargetValue]:
    """The values that no other corrects, in the order given."""
    corrected = {value.corrects_id for value in values}
    return [value for value in values if value.id not in corrected]


def not_followed(
    session: Session, directive: Directive, person: Person, *, on: date, limit: int = 50
) -> Sequence[TaskTarget]:
    """The targets read from a directive that nobody follows yet, by their tasks."""
    followed = select(FollowedTarget.task_target_id).where(FollowedTarget.task_target_id.is_not(None))
    wanted = (
        select(TaskTarget)
        .join(TaskTarget.task)
        .where(Task.directive_id == directive.id, Task.state != TaskState.CANCELLED)
        .where(visible_to(person, on=on), TaskTarget.id.not_in(followed))
        .options(joinedload(TaskTarget.task).joinedload(Task.lead))
        .order_by(TaskTarget.id)
    )
    return session.scalars(wanted.limit(limit)).all()
