"""The report to the standing committee: what has been late for long, unit by unit, why, what is asked for."""

from datetime import date
from itertools import groupby
from typing import Any, cast

from sqlalchemy import select, true
from sqlalchemy.orm import joinedload, selectinload

from workflows import scores, tasks
from workflows.documents.facts.desk import Desk, standing_committee
from workflows.documents.rules import brief, small
from workflows.errors import Refused
from workflows.organisations import Unit
from workflows.regimes import Obligation
from workflows.tasks import ExtensionState, Task, TaskState

NEW_DEADLINE_WORKING_DAYS = 10
NEITHER_LATE = (TaskState.DONE, TaskState.AWAITING_CONFIRMATION, *tasks.STOPPED)
REQUESTS = (
    "Yêu cầu các đơn vị tại Phụ lục tập trung hoàn thành dứt điểm, báo cáo rõ nguyên nhân và trách nhiệm.",
    "Phân công đồng chí phụ trách trực tiếp chỉ đạo những việc chậm kéo dài.",
)


def overdue_report(desk: Desk) -> dict[str, Any]:
    """The things named in the source; without any, the office's overdue tasks, of a directive if chosen."""
    late = list(desk.source.late) or _overdue_tasks(desk)
    if not late:
        raise Refused(
            "Chưa soạn được báo cáo: không có nhiệm vụ nào quá hạn trong phạm vi đã chọn. Chọn văn bản khác,"
            " hoặc lập từ danh mục báo cáo Thường trực để lấy cả báo cáo chậm."
        )
    causes = scores.causes_of(desk.session, [thing.id for thing in late if isinstance(thing, Task)])
    reasons = {id_: cause.cause.label for id_, cause in causes.items()}
    found = sorted(late, key=lambda thing: (_unit_of(thing).path, _due(thing), thing.id))
    return {
        "committee": standing_committee(desk.issuer) or "",
        "state_on": desk.day.isoformat(),
        "tasks_late": sum(isinstance(thing, Task) for thing in found),
        "reports_late": sum(isinstance(thing, Obligation) for thing in found),
        "measures": "",
        "deadline": desk.calendar.add_working_days(desk.day, NEW_DEADLINE_WORKING_DAYS).isoformat(),
        "requests": list(REQUESTS),
        "copies": [],
        "units": [
            {"name": unit.name, "items": [_item(desk, thing, reasons) for thing in things]}
            for unit, things in groupby(found, _unit_of)
        ],
    }


def _overdue_tasks(desk: Desk) -> list[Task]:
    offices = [post.unit_id for post in desk.person.appointments_on(desk.day) if post.role.runs_an_office]
    wanted = (
        select(Task)
        .where(Task.office_id.in_(offices), Task.deadline < desk.day, Task.state.not_in(NEITHER_LATE))
        .where(tasks.visible_to(desk.person, on=desk.day))
        .where(Task.directive == desk.source.directive if desk.source.directive else true())
        .options(joinedload(Task.lead), joinedload(Task.directive), selectinload(Task.extensions))
    )
    return [task for task in desk.session.scalars(wanted) if desk.concerns(task.lead)]


def _unit_of(thing: Task | Obligation) -> Unit:
    return thing.lead if isinstance(thing, Task) else thing.unit


def _due(thing: Task | Obligation) -> date:
    if isinstance(thing, Obligation):
        return thing.due_on
    return cast(date, thing.deadline)


def _item(desk: Desk, thing: Task | Obligation, reasons: dict[int, str]) -> dict[str, Any]:
    due = _due(thing)
    directive = thing.directive if isinstance(thing, Task) else thing.regime.directive
    return {
        "source": brief(directive) if directive else "",
        "due": due.isoformat(),
        "days_late": desk.calendar.working_days_between(due, desk.day),
        **(_of_task(thing, reasons) if isinstance(thing, Task) else _of_report(thing)),
    }


def _of_task(task: Task, reasons: dict[int, str]) -> dict[str, Any]:
    granted = sum(known.state is ExtensionState.GRANTED for known in task.extensions)
    return {"title": task.label, "extensions": granted or None, "cause": reasons.get(task.id, "")}


def _of_report(owed: Obligation) -> dict[str, Any]:
    title = f"{owed.regime.name}, {small(str(owed.span.label))}"
    return {"title": title, "extensions": None, "cause": ""}
