"""The circle of an extension: asked for, granted or refused or taken back; every deadline stays on record."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.office_days import working_calendar
from workflows.people import Person
from workflows.permissions import Permission
from workflows.tasks.models import Extension, Task
from workflows.tasks.rules import day_fault, outlasts_whole
from workflows.tasks.settings import rules_of
from workflows.tasks.states import ExtensionState, TaskState
from workflows.tasks.verbs import insist_on_reason
from workflows.verb import verb
from workflows.wording import N_


@verb("task.request-extension", Permission.TASK_CARRY_OUT)
def request_extension(
    session: Session,
    task: Task,
    *,
    proposed: date,
    reason: str,
    by: Person,
    at: datetime,
    keeps_day: bool = True,
) -> Extension:
    """The lead unit asks for a later deadline and says why; `keeps_day` lets it be a day off."""
    if task.deadline is None or task.state in (TaskState.DONE, TaskState.CANCELLED, TaskState.REFUSED):
        raise Refused("Nhiệm vụ này không có thời hạn đang chạy nên không cần gia hạn.")
    if closed := why_no_extension(session, task, on=local_day(at)):
        raise closed
    if any(known.state is ExtensionState.REQUESTED for known in task.extensions):
        raise Conflict("Đã có một đề nghị gia hạn đang chờ quyết định. Rút đề nghị đó trước khi gửi lại.")
    wrong: dict[str, str] = {}
    if proposed <= task.deadline or proposed <= local_day(at):
        wrong["proposed"] = N_("Thời hạn đề nghị phải sau thời hạn hiện tại và sau hôm nay.")
    elif fault := _fault_of(session, task, proposed, at, keeps_day):
        wrong["proposed"] = fault
    if not reason.strip():
        wrong["reason"] = N_("Ghi lý do đề nghị gia hạn.")
    if wrong:
        raise InvalidFields(wrong)
    extension = Extension(
        deadline_before=task.deadline,
        proposed_deadline=proposed,
        reason=reason.strip(),
        requested_by=by,
        requested_at=at,
    )
    task.extensions.append(extension)
    return extension


@verb("task.grant-extension", Permission.TASK_DECIDE)
def grant_extension(
    session: Session,
    task: Task,
    *,
    decision: str,
    by: Person,
    at: datetime,
    deadline: date | None = None,
    keeps_day: bool = True,
) -> None:
    """Set a later deadline, the one proposed unless another is named; the earlier ones stay on record."""
    extension = _open_request(task)
    deadline = deadline or extension.proposed_deadline
    # A move of the calendar may have shifted the deadline since the request.
    if deadline <= max(extension.deadline_before, task.deadline or date.min):
        raise InvalidFields({"deadline": N_("Thời hạn mới phải sau thời hạn cũ.")})
    if fault := _fault_of(session, task, deadline, at, keeps_day):
        raise InvalidFields({"deadline": fault})
    extension.state, extension.granted_deadline = ExtensionState.GRANTED, deadline
    extension.decided_by, extension.decided_at, extension.decision = by, at, decision.strip()
    task.deadline = deadline


@verb("task.refuse-extension", Permission.TASK_DECIDE)
def refuse_extension(session: Session, task: Task, *, reason: str, by: Person, at: datetime) -> None:
    """Keep the deadline and say why."""
    insist_on_reason(reason)
    extension = _open_request(task)
    extension.state = ExtensionState.REFUSED
    extension.decided_by, extension.decided_at, extension.decision = by, at, reason.strip()


@verb("task.withdraw-extension", Permission.TASK_CARRY_OUT)
def withdraw_extension(session: Session, task: Task, *, by: Person, at: datetime) -> None:
    """The lead unit takes its request back."""
    _open_request(task).state = ExtensionState.WITHDRAWN


def _open_request(task: Task) -> Extension:
    for extension in task.extensions:
        if extension.state is ExtensionState.REQUESTED:
            return extension
    raise Conflict("Không còn đề nghị gia hạn nào đang chờ. Tải lại trang để xem quyết định.")


def why_no_extension(session: Session, task: Task, *, on: date) -> Refused | None:
    """Why the rules of the office take no request that day, None where they do."""
    rules = rules_of(session, task.office_id)
    granted = sum(known.state is ExtensionState.GRANTED for known in task.extensions)
    if task.deadline and task.deadline < on and not rules.extends_after_deadline:
        return Refused(
            "Không gửi được đề nghị gia hạn: nhiệm vụ đã quá hạn, văn phòng chỉ nhận đề nghị trước khi hết"
            " hạn. Hoàn thành và báo cáo, hoặc trao đổi trực tiếp với văn phòng."
        )
    if rules.most_extensions and granted >= rules.most_extensions:
        return Refused(
            "Không gửi được đề nghị gia hạn: nhiệm vụ đã gia hạn %(count)s lần, là mức nhiều nhất. Hoàn thành"
            " và báo cáo, hoặc trao đổi trực tiếp với văn phòng.",
            count=granted,
        )
    return None


def _fault_of(session: Session, task: Task, day: date, at: datetime, keeps_day: bool) -> str | None:
    if fault := outlasts_whole(task, day):
        return fault
    return day_fault(day, local_day(at), working_calendar(session), keeps_day=keeps_day)
