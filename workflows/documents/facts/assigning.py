"""The assignment letter: every task of a directive, what one body leads with whom by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workflows import tasks
from workflows.calendar import Cadence
from workflows.documents.facts.desk import (
    ALL_UNITS,
    Desk,
    about_directive,
    addressed,
    for_information,
    together,
)
from workflows.documents.rules import small
from workflows.errors import Refused
from workflows.organisations import Unit
from workflows.tasks import Task


@dataclass
class Charge:
    """One piece of work, given to one unit or to many alike."""

    title: str
    tasks: list[Task]

    @property
    def first(self) -> Task:
        """One of the equal tasks, for what they have in common."""
        return self.tasks[0]

    @property
    def leads(self) -> list[Unit]:
        """The units that lead it."""
        return together([task.lead for task in self.tasks])


def assignment_letter(desk: Desk) -> dict[str, Any]:
    """The letter that hands a directive's tasks to their lead bodies."""
    directive, alive = desk.directive, _alive(desk)
    if not alive:
        raise Refused("Chưa soạn được công văn giao việc: văn bản này chưa có nhiệm vụ nào được giao.")
    leads = together([task.lead for task in alive])
    return {
        "subject": f"triển khai thực hiện {about_directive(directive)['short']}",
        "directive": about_directive(directive),
        "assignments": [_line(charge) for charge in charges(alive)],
        "monitor": alive[0].monitoring.name if alive[0].monitoring else desk.issuer.name,
        "addressees": addressed(leads, ALL_UNITS),
        "copies": for_information(desk.issuer),
    }


def lead_units(desk: Desk) -> list[Unit]:
    """The units an assignment letter goes to."""
    return together([task.lead for task in _alive(desk)])


def _alive(desk: Desk) -> list[Task]:
    found = tasks.of_directive(desk.session, desk.directive, desk.person, on=desk.day)
    return [task for task in found if task.state not in tasks.STOPPED and desk.concerns(task.lead)]


def charges(found: Iterable[Task]) -> list[Charge]:
    """Tasks that say the same to several units, as one each."""
    same: dict[tuple[object, str], Charge] = {}
    for task in found:
        same.setdefault((task.clause_id, task.title), Charge(task.title, [])).tasks.append(task)
    return list(same.values())


def _line(charge: Charge) -> dict[str, Any]:
    task, leads = charge.first, charge.leads
    return {
        "lead": leads[0].name if len(leads) == 1 else f"{len(leads)} cơ quan, đơn vị",
        "coordinating": [unit.name for unit in task.coordinators if unit not in leads],
        "work": small(charge.title.rstrip(" .;")),
        "product": small(task.product),
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "cadence": ", ".join(Cadence(value).label for value in task.cadences),
    }
