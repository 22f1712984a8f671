"""The round of the sample: youth and women compared, pairs waiting for a decision; causes of delay named."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from workflows import reconciliation, scores
from workflows.people import Role
from workflows.sample_office.chance import chance
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import Story, office_hour
from workflows.scores import Cause
from workflows.tasks import STOPPED, Task

COMPARED = timedelta(days=2)
LATE_TASKS = 6


def reconciling_stories(scene: Scene) -> Iterator[Story]:
    """One round, and why some tasks run late."""
    yield _round(scene)
    yield _causes(scene)


def _round(scene: Scene) -> Story:
    at = yield office_hour(scene.today - COMPARED, chance(scene.seed, "round"), now=scene.now)
    leader = scene.leader(scene.office)
    round_ = reconciliation.open_round(
        scene.session,
        scene.office,
        name=f"Đối chiếu đoàn viên, hội viên năm {scene.today.year}",
        purpose="Rà soát người tham gia nhiều tổ chức, tránh thống kê trùng.",
        heads=[scene.units["DTN"], scene.units["PN"]],
        by=leader,
        at=at,
    )
    scene.session.flush()
    for list_ in round_.lists:
        head = scene.staff.of(list_.head, Role.UNIT_CLERK)
        reconciliation.open_list(scene.session, list_, is_open=True, by=head, at=at)
    reconciliation.start_comparing(scene.session, round_, version=round_.version, by=leader, at=at)
    scene.session.flush()
    reconciliation.keep(scene.session, round_, reconciliation.compare(scene.session, round_), at=at)


def _causes(scene: Scene) -> Story:
    at = yield office_hour(scene.today - timedelta(days=1), chance(scene.seed, "causes"), now=scene.now)
    late = select(Task).where(Task.deadline < scene.today, Task.done_on.is_(None), Task.state.not_in(STOPPED))
    for task in scene.session.scalars(late.order_by(Task.id).limit(LATE_TASKS)):
        cause = chance(scene.seed, "cause", str(task.id)).choice(list(Cause))
        scores.name_cause(scene.session, task, cause=cause, note="", by=scene.leader(scene.office), at=at)
