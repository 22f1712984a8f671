"""One move with many tasks: what it would do to each, then the doing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.errors import Refused
from workflows.people import Person
from workflows.permissions import allows
from workflows.tasks.models import Task
from workflows.tasks.states import MOVES, TaskMove
from workflows.tasks.verbs import ACTS
from workflows.wording import N_, Phrase

TOGETHER = (TaskMove.RECEIVE, TaskMove.CONFIRM, TaskMove.CANCEL)
MOST = 1_000


@dataclass(frozen=True)
class LeftOut:
    """A task that a move would leave as it is, and why."""

    task: Task
    why: Phrase


@dataclass(frozen=True)
class Outlook:
    """What one move would do to many tasks."""

    open_to: list[Task]
    left_out: list[LeftOut]


def for_moving(statement: Select[Task]) -> Select[Task]:
    """The tasks with everything that decides on their moves, in a few queries however many they are."""
    return statement.options(
        joinedload(Task.office),
        joinedload(Task.lead),
        joinedload(Task.monitoring),
        selectinload(Task.coordinators),
        selectinload(Task.children),
        selectinload(Task.notes),
        selectinload(Task.extensions),
    )


def outlook(tasks: Iterable[Task], move: TaskMove, person: Person, *, on: date) -> Outlook:
    """Sort tasks into those that the move is open for and those it would leave out."""
    found = Outlook([], [])
    for task in tasks:
        why = _hindrance(task, move, person, on)
        if why is None:
            found.open_to.append(task)
        else:
            found.left_out.append(LeftOut(task, why))
    return found


def _hindrance(task: Task, move: TaskMove, person: Person, on: date) -> Phrase | None:
    step = MOVES[move]
    if not allows(person, step.permission, task, on=on):
        return Phrase(N_("bạn không có quyền thực hiện việc này"))
    if task.state not in step.sources:
        return Phrase(N_("đang ở trạng thái khác: %(state)s"), state=task.state.label)
    return None


def move_all(
    session: Session,
    tasks: Iterable[Task],
    move: TaskMove,
    *,
    said: Mapping[str, str],
    by: Person,
    at: datetime,
) -> int:
    """Make the move with every task, all or none; how many there were."""
    chosen = list(tasks)
    if len(chosen) > MOST:
        raise Refused(
            "Mỗi lần thực hiện được với nhiều nhất %(most)s nhiệm vụ, đang chọn %(count)s. Lọc hẹp lại rồi"
            " làm từng phần.",
            most=MOST,
            count=len(chosen),
        )
    for task in chosen:
        ACTS[move](session, task, by=by, at=at, **said)
    return len(chosen)
