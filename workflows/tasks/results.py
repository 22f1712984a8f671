"""What a unit achieved on its tasks in a span of days: to be taken over into its reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflows.calendar import end_of_day, local_day, start_of_day
from workflows.organisations import Unit
from workflows.tasks.models import ProgressNote, Task, task_coordinator

MOST = 40


@dataclass(frozen=True)
class Result:
    """The newest word of a unit on one of its tasks."""

    task: Task
    note: ProgressNote

    @property
    def with_origin(self) -> str:
        """The words with where they come from, as they enter a report."""
        source = f", {self.task.directive.label}" if self.task.directive else ""
        day = local_day(self.note.at)
        return (
            f"{self.note.words.strip()} (Nhiệm vụ “{self.task.title}”{source}; cập nhật ngày {day:%d/%m/%Y})"
        )


def results_of(session: Session, unit: Unit, *, first: date, last: date) -> Sequence[Result]:
    """Task by task (led or shared) what the unit said last between two days, newest first."""
    taking_part = select(task_coordinator.c.task_id).where(task_coordinator.c.unit_id == unit.id)
    wanted = (
        select(ProgressNote)
        .join(ProgressNote.task)
        .where(ProgressNote.unit_id == unit.id, ProgressNote.words != "")
        .where(ProgressNote.at >= start_of_day(first), ProgressNote.at < end_of_day(last))
        .where(or_(Task.lead_id == unit.id, Task.id.in_(taking_part)))
        .options(contains_eager(ProgressNote.task).options(joinedload(Task.directive)))
        .order_by(ProgressNote.id.desc())
        .limit(10 * MOST)
    )
    newest: dict[int, Result] = {}
    for note in session.scalars(wanted):
        newest.setdefault(note.task_id, Result(note.task, note))
    return list(newest.values())[:MOST]
