"""The stories of reminders: a ladder of its own for one directive, a week of sweeps, a task urged by hand."""

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import select

from workflows import reminders
from workflows.calendar import LOCAL_ZONE
from workflows.reminders import Steps
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import CALENDAR, Story
from workflows.tasks import Task, TaskState

_SWEEPS = 5
_MORNING, _NOON = time(8, 0), time(11, 0)
_WORDS = "Đề nghị đơn vị khẩn trương hoàn thành, báo cáo kết quả trước khi Thường trực họp giao ban."


def reminder_stories(scene: Scene) -> Iterator[Story]:
    """What the clock and the office did in the last week."""
    yield _ladder(scene)
    for back in range(_SWEEPS, 0, -1):
        yield _sweep(scene, _instant(scene, back, _MORNING))
    yield _urging(scene)


def _instant(scene: Scene, back: int, hour: time) -> datetime:
    return datetime.combine(CALENDAR.add_working_days(scene.today, -back), hour, LOCAL_ZONE)


def _ladder(scene: Scene) -> Story:
    at = yield _instant(scene, _SWEEPS + 1, _NOON)
    office, by = scene.office, scene.clerk(scene.office)
    if scene.directives:
        steps = Steps(before=(10, 5, 1), every=2)
        newest = list(scene.directives.values())[-1]
        reminders.set_ladder(scene.session, office, steps=steps, directive=newest, by=by, at=at)


def _sweep(scene: Scene, wished: datetime) -> Story:
    at = yield wished
    reminders.remind(scene.session, at=at)


def _urging(scene: Scene) -> Story:
    at = yield _instant(scene, 1, _NOON)
    late = select(Task).where(
        Task.office_id == scene.office.id,
        Task.deadline < scene.today,
        Task.state.in_((TaskState.RECEIVED, TaskState.IN_PROGRESS)),
    )
    worst = scene.session.scalar(late.order_by(Task.deadline, Task.id).limit(1))
    if worst is not None:
        by = scene.clerk(scene.office)
        reminders.urge_task(scene.session, worst, words=_WORDS, by=by, at=at)
