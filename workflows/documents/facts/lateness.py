"""The reminder letter: which units are late with which tasks and reports, by how many working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows import tasks
from workflows.documents.facts.desk import (
    LATE_UNITS,
    Desk,
    about_subject,
    addressed,
    for_information,
    together,
)
from workflows.documents.rules import small
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Unit
from workflows.regimes import Obligation
from workflows.reports import completeness, silent
from workflows.tasks import Task, TaskState
from workflows.wording import N_

NEW_DEADLINE_WORKING_DAYS = 5


@dataclass(frozen=True)
class Late:
    """One thing a unit should have done by now."""

    unit: Unit
    title: str
    clause: str
    due: date


def reminder_letter(desk: Desk) -> dict[str, Any]:
    """The letter to everybody who is late under a directive or with a period's reports."""
    if desk.source.subject is None and desk.source.regime is None:
        raise InvalidFields({"directive": N_("Chọn văn bản chỉ đạo, hoặc chế độ báo cáo và kỳ.")})
    late = sorted(lateness(desk), key=lambda found: (found.unit.path, found.due))
    if not late:
        raise Refused("Chưa soạn được công văn đôn đốc: không có đơn vị nào quá hạn trong phạm vi đã chọn.")
    units = together([found.unit for found in late])
    total, done = _progress(desk)
    paper = about_subject(desk.source.subject, desk.source.regime)
    return {
        "subject": f"đôn đốc thực hiện {paper['short']}",
        "directive": paper,
        "state_on": desk.day.isoformat(),
        "tasks_total": total,
        "tasks_done": done,
        "tasks_late": len(late),
        "deadline": desk.calendar.add_working_days(desk.day, NEW_DEADLINE_WORKING_DAYS).isoformat(),
        "consequence": "",
        "addressees": addressed(units, LATE_UNITS),
        "copies": for_information(desk.issuer),
        "units": [
            {"name": unit.name, "tasks": [_line(desk, found) for found in late if found.unit is unit]}
            for unit in units
        ],
    }


def late_units(desk: Desk) -> list[Unit]:
    """The units a reminder would go to."""
    return together([found.unit for found in lateness(desk)])


def lateness(desk: Desk) -> Iterator[Late]:
    """Everything overdue in the chosen scope: open tasks of the directive, missing reports of the period."""
    for task in _tasks(desk):
        if task.deadline and task.deadline < desk.day and _is_open(task):
            yield Late(task.lead, task.title, task.clause.address if task.clause else "", task.deadline)
    for owed in _missing(desk):
        yield Late(owed.unit, f"{owed.regime.name}, {small(str(owed.span.label))}", "", owed.due_on)


def _tasks(desk: Desk) -> list[Task]:
    if desk.source.directive is None:
        return []
    found = tasks.of_directive(desk.session, desk.source.directive, desk.person, on=desk.day)
    return [task for task in found if desk.concerns(task.lead)]


def _missing(desk: Desk) -> list[Obligation]:
    regime, period = desk.source.regime, desk.source.period
    if regime is None or period is None:
        return []
    found = silent(desk.session, regime, period, person=desk.person, on=desk.day)
    return [owed for owed in found if owed.timely_until < desk.day and desk.concerns(owed.unit)]


def _is_open(task: Task) -> bool:
    return task.state not in tasks.STOPPED | {TaskState.DONE, TaskState.AWAITING_CONFIRMATION}


def _progress(desk: Desk) -> tuple[int, int]:
    """How many things were asked for, and how many of them are done."""
    found = _tasks(desk)
    total, done = len(found), sum(task.state is TaskState.DONE for task in found)
    regime, period = desk.source.regime, desk.source.period
    if regime is None or period is None:
        return total, done
    if desk.source.units:
        asked = len(desk.source.units)
        return total + asked, done + asked - len({owed.unit_id for owed in _missing(desk)})
    counted = completeness(desk.session, regime, period)
    return total + counted.expected, done + counted.received


def _line(desk: Desk, late: Late) -> dict[str, Any]:
    return {
        "title": late.title,
        "clause": late.clause,
        "due": late.due.isoformat(),
        "days_late": desk.calendar.working_days_between(late.due, desk.day),
    }
