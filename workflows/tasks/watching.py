"""Who is told of a task and owes nothing: units and persons to whom it is sent "để biết"."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.tasks.models import Task
from workflows.tasks.verbs import let_read
from workflows.verb import verb
from workflows.wording import N_


@verb("task.inform", Permission.TASK_DECIDE)
def inform(
    session: Session,
    task: Task,
    *,
    units: Sequence[Unit],
    people: Sequence[Person],
    by: Person,
    at: datetime,
    reason: str = "",
) -> None:
    """Let units and persons know of the task from now on; `reason` says in the history who they are."""
    parties = set(task.parties().all())
    new_units = [unit for unit in dict.fromkeys(units) if unit not in parties]
    new_people = [person for person in dict.fromkeys(people) if person not in task.watching_people]
    if not new_units and not new_people:
        raise InvalidFields({"units": N_("Chọn đơn vị hoặc người chưa có trong nhiệm vụ này.")})
    if any(not unit.existed_on(local_day(at)) for unit in new_units):
        raise InvalidFields({"units": N_("Có đơn vị không còn hoạt động. Chọn đơn vị kế thừa.")})
    if any(not person.active for person in new_people):
        raise InvalidFields({"people": N_("Có người đã thôi làm việc. Chọn người khác.")})
    task.watchers.extend(new_units)
    task.watching_people.extend(new_people)
    if task.directive is not None:
        let_read(task.directive, task)


@verb("task.stop-informing", Permission.TASK_DECIDE)
def stop_informing(
    session: Session,
    task: Task,
    *,
    units: Sequence[Unit],
    people: Sequence[Person],
    by: Person,
    at: datetime,
    reason: str = "",
) -> None:
    """These units and persons need not know of the task any more."""
    task.watchers = [unit for unit in task.watchers if unit not in units]
    task.watching_people = [person for person in task.watching_people if person not in people]


def people_told(task: Task, *, on: date) -> list[Person]:
    """The persons named among those to be told who still work here, for whoever sends notices."""
    return [person for person in task.watching_people if person.active and person.own_appointments_on(on)]
