"""Settling weights, naming why a task ran late."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import Conflict, InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.scores.models import Cause, DelayCause, ScoreWeights
from workflows.scores.rules import UsualWeights
from workflows.tasks import Task
from workflows.verb import verb
from workflows.wording import N_

POINTS = ("late", "very_late", "extension")


@verb("score.settle", Permission.SCORE_SETTLE)
def settle_weights(
    session: Session, office: Unit, *, weights: UsualWeights, version: int, by: Person, at: datetime
) -> ScoreWeights:
    """Settle what each outcome is worth; scores of past periods follow, being computed."""
    _check(weights)
    settled = session.scalar(select(ScoreWeights).where(ScoreWeights.office_id == office.id))
    if settled is not None and settled.version != version:
        raise Conflict(
            "Chưa lưu được: người khác vừa sửa cách chấm điểm. Nội dung bạn nhập vẫn còn trên trang; tải"
            " lại để đối chiếu rồi lưu lại."
        )
    if settled is None:
        settled = ScoreWeights(office=office)
        session.add(settled)
    for name in ("late", "late_days", "very_late", "extension", "task", "report"):
        setattr(settled, name, getattr(weights, name))
    return settled


def _check(weights: UsualWeights) -> None:
    wrong = {
        name: N_("Điểm là số từ 0 đến 100.") for name in POINTS if not 0 <= getattr(weights, name) <= 100
    }
    if not 1 <= weights.late_days <= 365:
        wrong["late_days"] = N_("Số ngày từ 1 đến 365.")
    for name in ("task", "report"):
        if not 0 <= getattr(weights, name) <= 10:
            wrong[name] = N_("Trọng số là số từ 0 đến 10.")
    if weights.very_late > weights.late:
        wrong["very_late"] = N_("Muộn nhiều không thể được nhiều điểm hơn muộn ít.")
    if not weights.task + weights.report:
        wrong["task"] = N_("Nhiệm vụ hoặc báo cáo phải có trọng số trên 0.")
    if wrong:
        raise InvalidFields(wrong)


@verb("score.name-cause", Permission.TASK_NAME_CAUSE)
def name_cause(
    session: Session, task: Task, *, cause: Cause, note: str, by: Person, at: datetime
) -> DelayCause:
    """Say why a task runs or ran late; said again, the newest counts and the earlier stays to be read."""
    named = DelayCause(task=task, cause=cause, note=note.strip(), by=by, at=at)
    session.add(named)
    return named
