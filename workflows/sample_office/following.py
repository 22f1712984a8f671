"""The stories of the tasks: assigned from a directive, carried out well or badly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from workflows import tasks
from workflows.people import Role
from workflows.sample_office.chance import chance
from workflows.sample_office.registering import registration_story
from workflows.sample_office.scene import Scene
from workflows.sample_office.shapes import SampleDirective, SampleTask
from workflows.sample_office.tables import table
from workflows.sample_office.timeline import CALENDAR, Story, office_hour


@dataclass(frozen=True)
class Fate:
    """How far a task has come, and on which day it came there."""

    state: str
    on: date
    progress: int = 0
    proposed: date | None = None
    reason: str = ""


def directive_stories(scene: Scene) -> Iterator[Story]:
    """One story for each directive and one for each task of it."""
    for sample in scene.sample.directives:
        dice = chance(scene.seed, sample.key)
        registered = office_hour(sample.issued, dice, now=scene.now)
        assigned = registered + timedelta(hours=1)
        yield registration_story(scene, sample, registered)
        for task in sample.tasks:
            for code in scene.sample.reached_by(task.lead):
                yield _task(scene, sample, task, code, assigned)


def _task(scene: Scene, sample: SampleDirective, wanted: SampleTask, lead: str, assigned: datetime) -> Story:
    dice = chance(scene.seed, sample.key, wanted.clause, wanted.title, lead)
    fate = _fate(wanted, assigned.date(), scene.today, dice)
    assigned = yield assigned
    directive = scene.directives[sample.key]
    clause = next((c for c in directive.clauses if c.address == wanted.clause), None)
    task = tasks.assign(
        scene.session,
        scene.office,
        assignment=_assignment(scene, sample, wanted, lead, directive.text),
        directive=directive,
        clause=clause,
        by=scene.clerk(scene.office),
        at=assigned,
    )
    yield from _carried_out(scene, task, fate, assigned.date(), dice)


def _assignment(
    scene: Scene, sample: SampleDirective, wanted: SampleTask, lead: str, text: str
) -> tasks.Assignment:
    start = text.find(wanted.quote)
    coordinating = [code for name in wanted.coordinating for code in scene.sample.reached_by(name)]
    return tasks.Assignment(
        title=wanted.title,
        lead=scene.units[lead],
        coordinators=tuple(scene.units[code] for code in coordinating),
        monitoring=scene.units[sample.monitoring],
        deadline=wanted.deadline,
        cadences=wanted.cadences,
        targets=tuple(tasks.Target(target.value, target.unit, target.text) for target in wanted.targets),
        product=wanted.product,
        report_to=scene.units[sample.issuer].name,
        quote=wanted.quote,
        span=(start, start + len(wanted.quote)) if start >= 0 else None,
    )


def _fate(wanted: SampleTask, assigned: date, today: date, dice: Random) -> Fate:
    """What the data says; for a group's task each member its own way."""
    if not wanted.spread:
        on = wanted.on or assigned
        return Fate(wanted.state, on, wanted.progress, wanted.proposed, wanted.reason)
    luck = dice.random()
    recently = max(assigned, today - timedelta(dice.randint(1, 25)))
    if wanted.deadline is None:
        return (
            Fate("in-progress", recently, dice.randint(3, 8) * 10)
            if luck < 0.75
            else Fate("received", recently)
        )
    if wanted.deadline < today:
        return _fate_after_deadline(wanted.deadline, assigned, today, luck, dice)
    if luck < 0.3:
        return Fate("done", max(assigned, today - timedelta(dice.randint(2, 12))))
    if luck < 0.65:
        return Fate("in-progress", recently, dice.randint(2, 9) * 10)
    return Fate("received", recently) if luck < 0.88 else Fate("assigned", assigned)


def _fate_after_deadline(deadline: date, assigned: date, today: date, luck: float, dice: Random) -> Fate:
    """Most were done in time, some late, a few are still open."""
    if luck < 0.72:
        return Fate("done", max(assigned, deadline - timedelta(dice.randint(0, 10))))
    if luck < 0.87:
        return Fate("done", min(today, deadline + timedelta(dice.randint(2, 12))))
    recently = max(assigned, today - timedelta(dice.randint(1, 20)))
    return (
        Fate("in-progress", recently, dice.randint(3, 9) * 10) if luck < 0.96 else Fate("received", recently)
    )


def _carried_out(scene: Scene, task: tasks.Task, fate: Fate, assigned: date, dice: Random) -> Story:
    """The lead unit's part, up to the day and the state that the fate says."""
    if fate.state == "assigned":
        return
    clerk = scene.staff.of(task.lead, Role.UNIT_CLERK)
    early = min(CALENDAR.add_working_days(assigned, dice.randint(1, 4)), fate.on)
    at = yield office_hour(fate.on if fate.state == "received" else early, dice, now=scene.now)
    if fate.state == "refused":
        tasks.refuse(scene.session, task, reason=fate.reason, by=clerk, at=at)
        return
    tasks.receive(scene.session, task, by=clerk, at=at)
    if fate.state == "received":
        return
    yield from _progressed(scene, task, fate, at, dice)
    if ending := _ENDINGS.get(fate.state):
        yield from ending(scene, task, fate, dice)


def _progressed(scene: Scene, task: tasks.Task, fate: Fate, received: datetime, dice: Random) -> Story:
    """A word on the way, and one on the day itself unless the task is finished on it."""
    clerk = scene.staff.of(task.lead, Role.UNIT_CLERK)
    said = table("narratives")["comments"]["progress"]
    halfway = received.date() + (fate.on - received.date()) / 2
    notes = [(halfway, (fate.progress or 90) // 2)]
    if fate.state not in ("done", "awaiting-confirmation", "returned"):
        notes.append((fate.on, fate.progress))
    for day, progress in notes:
        at = yield office_hour(day, dice, now=scene.now)
        words = dice.choice(said)
        tasks.note_progress(
            scene.session, task, unit=task.lead, progress=progress, text=words, by=clerk, at=at
        )


def _submitted(scene: Scene, task: tasks.Task, on: date, dice: Random) -> Story:
    clerk = scene.staff.of(task.lead, Role.UNIT_CLERK)
    at = yield office_hour(on, dice, now=scene.now)
    result = dice.choice(table("narratives")["comments"]["done"])
    number = f"{dice.randint(8, 320)}-BC/{task.lead.code}" if task.product else ""
    tasks.submit(scene.session, task, result=result, product_number=number, by=clerk, at=at)


def _awaiting(scene: Scene, task: tasks.Task, fate: Fate, dice: Random) -> Story:
    return _submitted(scene, task, fate.on, dice)


def _done(scene: Scene, task: tasks.Task, fate: Fate, dice: Random) -> Story:
    yield from _submitted(scene, task, fate.on, dice)
    at = yield office_hour(CALENDAR.add_working_days(fate.on, 1), dice, now=scene.now)
    tasks.confirm(
        scene.session,
        task,
        assessment="Hoàn thành theo yêu cầu.",
        grade=dice.choice((tasks.Grade.GOOD, tasks.Grade.FAIR)),
        product_checked=bool(task.product),
        by=scene.leader(scene.office),
        at=at,
    )


def _returned(scene: Scene, task: tasks.Task, fate: Fate, dice: Random) -> Story:
    yield from _submitted(scene, task, CALENDAR.add_working_days(fate.on, -3), dice)
    at = yield office_hour(fate.on, dice, now=scene.now)
    tasks.return_(scene.session, task, reason=fate.reason, by=scene.leader(scene.office), at=at)


def _extension_asked(scene: Scene, task: tasks.Task, fate: Fate, dice: Random) -> Story:
    clerk = scene.staff.of(task.lead, Role.UNIT_CLERK)
    at = yield office_hour(fate.on, dice, now=scene.now)
    reason = fate.reason or "Khối lượng lớn hơn dự kiến, cần thêm thời gian."
    proposed = fate.proposed or scene.today
    tasks.request_extension(scene.session, task, proposed=proposed, reason=reason, by=clerk, at=at)


def _extended(scene: Scene, task: tasks.Task, fate: Fate, dice: Random) -> Story:
    yield from _extension_asked(scene, task, fate, dice)
    at = yield office_hour(CALENDAR.add_working_days(fate.on, 2), dice, now=scene.now)
    deadline = fate.proposed or scene.today
    tasks.grant_extension(
        scene.session,
        task,
        deadline=deadline,
        decision="Đồng ý gia hạn một lần.",
        by=scene.leader(scene.office),
        at=at,
    )


_ENDINGS = {
    "awaiting-confirmation": _awaiting,
    "done": _done,
    "returned": _returned,
    "extension-asked": _extension_asked,
    "extended": _extended,
}
