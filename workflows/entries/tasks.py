"""Tasks, with what units said of their progress."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from search_index import Entry
from workflows import tasks
from workflows.directives import Directive
from workflows.entries import hanging
from workflows.entries.source import Source, by_parties, each, key
from workflows.files import Attachment
from workflows.tasks import ProgressNote, Task, TaskState

OVER = (TaskState.DONE, TaskState.CANCELLED)


def entry(task: Task) -> Entry:
    """A task with the words around it."""
    said = [task.quote, task.product, *(note.words for note in task.notes)]
    return Entry(
        key=key("task", task.id),
        kind="task",
        title=task.title,
        body="\n".join(filter(None, said)),
        number=(task.directive.number or "") if task.directive else "",
        type=task.directive.type if task.directive else "",
        issuer=task.lead.name,
        year=task.assigned_at.year,
        date=task.assigned_at.date(),
        state=task.state.value,
        deadline=_awaited_by(task),
        arrived=task.assigned_at,
        url=f"/tasks/{task.id}",
        **by_parties(task.parties()),
    )


def _awaited_by(task: Task) -> date | None:
    """The deadline, as long as it can be missed or was."""
    if task.state in OVER or task.deadline is None:
        return None
    in_time = task.reported_on is not None and task.reported_on <= task.deadline
    return None if in_time else task.deadline


def _attachments(ids: Sequence[int]) -> Select[int]:
    """What hangs on the tasks themselves and on the notes of their progress."""
    notes = select(ProgressNote.id).where(ProgressNote.task_id.in_(ids))
    return hanging.on(Attachment, ("task", ids), ("progress_note", notes))


STATEMENT = select(Task).options(
    joinedload(Task.office),
    joinedload(Task.lead),
    joinedload(Task.monitoring),
    joinedload(Task.directive).load_only(Directive.number, Directive.type),
    selectinload(Task.coordinators),
    selectinload(Task.watchers),
    selectinload(Task.watching_people),
    selectinload(Task.notes),
)

TASK = Source(
    Task.id,
    STATEMENT,
    lambda person, on: tasks.visible_to(person, on=on),
    each(entry),
    parts=hanging.parts_of("task") | {"attachment": _attachments},
)
