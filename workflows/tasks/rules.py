"""How a task stands against time, in Python and in SQL alike; what a new task must fulfil. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, case, false, func, not_, or_

from workflows.calendar import Cadence, Period, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.tasks.due import REGULAR, Due
from workflows.tasks.models import Task
from workflows.tasks.states import TaskState, Timeliness
from workflows.wording import N_

MOST_YEARS = 100
STOPPED = frozenset({TaskState.CANCELLED, TaskState.SUSPENDED, TaskState.REFUSED})


@dataclass(frozen=True)
class Today:
    """The day it is, and the last day that counts as near (some working days ahead, a setting)."""

    day: date
    soon_until: date


@dataclass(frozen=True)
class Target:
    """A figure to be reached, as assigned."""

    value: Decimal
    unit: str
    text: str = ""


@dataclass(frozen=True)
class Assignment:
    """All that is said when a task is assigned.

    A task falls due on a day, or as a rule counts it; for a rule that counts back from the end of periods
    the period is named, or the cadences in which turns come. `keeps_day`: the day was set by a paper or on
    purpose, even if it is over or a day off.
    """

    title: str
    lead: Unit
    coordinators: tuple[Unit, ...] = ()
    monitoring: Unit | None = None
    deadline: date | None = None
    due: Due | None = None
    period: Period | None = None
    keeps_day: bool = True
    cadences: tuple[Cadence, ...] = ()
    targets: tuple[Target, ...] = ()
    product: str = ""
    report_to: str = ""
    quote: str = ""
    span: tuple[int, int] | None = None
    in_charge: str = ""
    watchers: tuple[Unit, ...] = ()
    watching_people: tuple[Person, ...] = ()


def check(assignment: Assignment, *, on: date, issued_on: date | None, calendar: WorkingCalendar) -> None:
    """Refuse what cannot be assigned, every fault at once."""
    wrong = _faulty_units(assignment, on) | _faulty_due(assignment)
    if not assignment.title.strip():
        wrong["title"] = N_("Nhập nội dung nhiệm vụ.")
    if assignment.deadline and issued_on and assignment.deadline < issued_on:
        wrong["deadline"] = N_("Thời hạn sớm hơn ngày ban hành văn bản. Kiểm tra lại ngày.")
    elif assignment.deadline:
        fault = day_fault(assignment.deadline, on, calendar, keeps_day=assignment.keeps_day)
        wrong |= {"deadline": fault} if fault else {}
    if wrong:
        raise InvalidFields(wrong)


def day_fault(deadline: date, on: date, calendar: WorkingCalendar, *, keeps_day: bool = False) -> str | None:
    """Why a day is no good deadline: nobody will live to see it; unless meant so, it is over or a day off."""
    if deadline.year > on.year + MOST_YEARS:
        return N_("Ngày này quá xa. Kiểm tra lại năm.")
    if keeps_day:
        return None
    if deadline < on:
        return N_("Ngày này đã qua. Chọn ngày từ hôm nay trở đi, hoặc đánh dấu “Giữ đúng ngày này”.")
    if not calendar.is_working(deadline):
        return N_(
            "Ngày này là ngày nghỉ. Chọn ngày làm việc trước hoặc sau đó, hoặc đánh dấu “Giữ đúng ngày này”."
        )
    return None


def _faulty_units(assignment: Assignment, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not assignment.lead.existed_on(on):
        wrong["lead"] = N_("Đơn vị chủ trì không còn hoạt động. Chọn đơn vị kế thừa.")
    if any(not unit.existed_on(on) for unit in assignment.coordinators):
        wrong["coordinators"] = N_("Có đơn vị phối hợp không còn hoạt động. Chọn đơn vị kế thừa.")
    if assignment.lead in assignment.coordinators:
        wrong["coordinators"] = N_("Đơn vị chủ trì không thể đồng thời là đơn vị phối hợp.")
    return wrong


def _faulty_due(assignment: Assignment) -> dict[str, str]:
    if assignment.due is None:
        return {}
    if assignment.deadline is not None:
        return {"deadline": N_("Chọn một cách tính hạn: theo ngày, hoặc theo số ngày.")}
    if assignment.due.is_from_receipt:
        return {}
    if assignment.period is None and not REGULAR.intersection(assignment.cadences):
        return {"cadences": N_("Hạn tính theo kỳ thì chọn kỳ định kỳ: tháng, quý, 6 tháng, năm…")}
    return {}


def check_lead(lead: Unit, office: Unit) -> None:
    """Refuse a lead unit that the office does not look after: nobody assigns upwards or to a neighbour."""
    if not lead.path.startswith(office.served_branch):
        raise InvalidFields(
            {"lead": N_("Đơn vị chủ trì nằm ngoài phạm vi văn phòng này phục vụ. Chọn đơn vị khác.")}
        )


def check_part(assignment: Assignment, task: Task) -> None:
    """Refuse a part of a task that leaves the lead's branch of the tree or outlasts the task."""
    wrong = _faulty_part_lead(assignment.lead, task)
    if task.deadline and assignment.deadline is None:
        wrong["deadline"] = N_("Nhập thời hạn: nhiệm vụ được giao có thời hạn nên phần việc cũng phải có.")
    elif task.deadline and assignment.deadline and assignment.deadline > task.deadline:
        wrong["deadline"] = N_("Thời hạn muộn hơn thời hạn của nhiệm vụ. Nhập ngày sớm hơn hoặc bằng.")
    if wrong:
        raise InvalidFields(wrong)


def check_part_lead(lead: Unit, task: Task) -> None:
    """Refuse a lead for a part that is not below the lead of the whole."""
    if wrong := _faulty_part_lead(lead, task):
        raise InvalidFields(wrong)


def _faulty_part_lead(lead: Unit, task: Task) -> dict[str, str]:
    if lead is not task.lead and lead.is_within(task.lead):
        return {}
    return {"lead": N_("Chỉ giao tiếp được cho đơn vị trực thuộc. Chọn một đơn vị cấp dưới.")}


def outlasts_whole(task: Task, deadline: date) -> str | None:
    """Why a part of a task cannot have a deadline after that of the whole."""
    whole = task.parent
    if whole is None or whole.deadline is None or deadline <= whole.deadline:
        return None
    return N_(
        "Thời hạn muộn hơn thời hạn của nhiệm vụ được giao tiếp. Chọn ngày sớm hơn, hoặc gia hạn nhiệm vụ đó"
        " trước."
    )


def finished_on_sql() -> ColumnElement[date | None]:
    """The day its lead finished a task, whether or not that was confirmed since; null while work goes on."""
    return func.coalesce(Task.done_on, Task.reported_on)


def timeliness(task: Task, today: Today, *, deadline: date | None = None) -> Timeliness:
    """Against the deadline in force, or against another one given (the original, say).

    What was reported in time stays in time, however long it waits to be confirmed.
    """
    due = deadline or task.deadline
    if task.state in STOPPED:
        return Timeliness.STOPPED
    if due is None:
        return Timeliness.NO_DEADLINE
    if task.done_on is not None:
        return Timeliness.DONE_LATE if task.done_on > due else Timeliness.DONE_IN_TIME
    if task.reported_on is not None and task.reported_on <= due:
        return Timeliness.IN_TIME
    if due < today.day:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due <= today.soon_until else Timeliness.IN_TIME


def timeliness_sql(today: Today) -> ColumnElement[str]:
    """The same rule for the database; that both agree is tested over random histories."""
    return case(
        (Task.state.in_(STOPPED), Timeliness.STOPPED.value),
        (Task.deadline.is_(None), Timeliness.NO_DEADLINE.value),
        (Task.done_on > Task.deadline, Timeliness.DONE_LATE.value),
        (Task.done_on.is_not(None), Timeliness.DONE_IN_TIME.value),
        (Task.reported_on <= Task.deadline, Timeliness.IN_TIME.value),
        (Task.deadline < today.day, Timeliness.OVERDUE.value),
        (Task.deadline <= today.soon_until, Timeliness.DUE_SOON.value),
        else_=Timeliness.IN_TIME.value,
    )


def timeliness_is(kinds: Iterable[Timeliness], today: Today) -> ColumnElement[bool]:
    """The tasks that stand so: the same rule once more, said so that indexes can serve it."""
    running = and_(Task.state.not_in(STOPPED), Task.done_on.is_(None))
    done = and_(Task.state.not_in(STOPPED), Task.done_on.is_not(None))
    reported = func.coalesce(Task.reported_on <= Task.deadline, false())
    near = and_(Task.deadline >= today.day, Task.deadline <= today.soon_until)
    conditions: dict[Timeliness, ColumnElement[bool]] = {
        Timeliness.STOPPED: Task.state.in_(STOPPED),
        Timeliness.NO_DEADLINE: and_(Task.state.not_in(STOPPED), Task.deadline.is_(None)),
        Timeliness.DONE_LATE: and_(done, Task.done_on > Task.deadline),
        Timeliness.DONE_IN_TIME: and_(done, Task.done_on <= Task.deadline),
        Timeliness.OVERDUE: and_(running, Task.deadline < today.day, not_(reported)),
        Timeliness.DUE_SOON: and_(running, near, not_(reported)),
        Timeliness.IN_TIME: and_(
            running, or_(reported, and_(Task.deadline > today.soon_until, Task.deadline >= today.day))
        ),
    }
    return or_(false(), *(conditions[kind] for kind in kinds))
