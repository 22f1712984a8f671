"""Around the tasks of the sample: who is told, what is said, one that comes again, a head who is away."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from workflows import administration, discussion, tasks
from workflows.calendar import Cadence, DueKind
from workflows.people import Role, colleagues
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import CALENDAR, Story
from workflows.tasks import Assignment, Task, TaskState

BACK = timedelta(hours=20)
WATCHED = 3
AWAY = 3


def talking_stories(scene: Scene) -> Iterator[Story]:
    """The day before today: talk about a few running tasks, a monthly task, a substitute."""
    yield _talk(scene)
    yield _monthly(scene)
    yield _away(scene)


def _talk(scene: Scene) -> Story:
    at = yield scene.now - BACK
    clerk = scene.clerk(scene.office)
    running = select(Task).where(Task.state == TaskState.IN_PROGRESS, Task.office_id == scene.office.id)
    for task in scene.session.scalars(running.order_by(Task.id.desc()).limit(WATCHED)):
        said = f"Đề nghị @{task.lead.name} gửi trước số liệu sơ bộ để văn phòng kịp tổng hợp."
        parties = list(task.parties().all())
        discussion.say(scene.session, task, words=said, mentionable=parties, by=clerk, at=at)
        answer = "Đơn vị đã rõ, sẽ gửi trong ngày mai."
        unit_clerk = scene.staff.of(task.lead, Role.UNIT_CLERK)
        discussion.say(scene.session, task, words=answer, mentionable=parties, by=unit_clerk, at=at)
        if scene.office.parent and scene.office.parent not in parties:
            told = [scene.office.parent]
            name = scene.office.parent.short_name
            tasks.inform(scene.session, task, units=told, people=[], reason=name, by=clerk, at=at)


def _monthly(scene: Scene) -> Story:
    at = yield scene.now - BACK
    clerk = scene.clerk(scene.office)
    newest = select(Task).where(Task.office_id == scene.office.id).order_by(Task.id.desc()).limit(1)
    if (known := scene.session.scalar(newest)) is None:
        return
    wanted = Assignment(
        title="Báo cáo tình hình tư tưởng, dư luận trong Nhân dân",
        lead=known.lead,
        cadences=(Cadence.MONTHLY, Cadence.AD_HOC),
        due=tasks.Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, 2),
        in_charge="Phó Thủ trưởng phụ trách công tác dân vận",
    )
    tasks.assign(scene.session, scene.office, assignment=wanted, by=clerk, at=at)
    scene.session.flush()
    tasks.open_due_turns(scene.session, at=at)


def _away(scene: Scene) -> Story:
    at = yield scene.now - BACK
    last_day = CALENDAR.add_working_days(scene.today, AWAY)
    for unit in scene.units.values():
        head, clerk = scene.staff.find(unit, Role.UNIT_HEAD), scene.staff.find(unit, Role.UNIT_CLERK)
        if head and clerk and head is not clerk and clerk in colleagues(scene.session, head, on=scene.today):
            days = {"first_day": scene.today, "last_day": last_day}
            administration.name_substitute(scene.session, head, substitute=clerk, by=head, at=at, **days)
            return
