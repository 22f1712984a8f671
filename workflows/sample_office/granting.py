"""Exceptions in the sample: a form opened again, one asked for, a later due day; a level below the office."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from workflows import regimes
from workflows.people import Person, Role
from workflows.regimes import Obligation, ReviewLevel
from workflows.reports import Report
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import CALENDAR, Story

BACK = timedelta(days=1)
DAYS_GRANTED = 5


def granting_stories(scene: Scene) -> Iterator[Story]:
    """The day before today: what the office granted to single units."""
    yield _exceptions(scene)


def _exceptions(scene: Scene) -> Story:
    at = yield scene.now - BACK
    until = CALENDAR.add_working_days(scene.today, DAYS_GRANTED)
    leader = scene.leader(scene.office)
    locked = _silent(scene, Obligation.locked_after < scene.today)
    for obligation in locked[:1]:
        reason = "Xã mất điện, mất mạng nhiều ngày do mưa lũ."
        regimes.reopen(scene.session, obligation, until=until, reason=reason, by=leader, at=at)
    for obligation in locked[1:3]:
        clerk = scene.staff.of(obligation.unit, Role.UNIT_CLERK)
        _ask(scene, obligation, clerk)
    for obligation in _silent(scene, Obligation.due_on >= scene.today)[:2]:
        later = CALENDAR.add_working_days(obligation.due_on, DAYS_GRANTED)
        reason = "Đơn vị tổ chức đại hội trong thời gian nộp báo cáo."
        regimes.extend(scene.session, obligation, until=later, reason=reason, by=leader, at=at)
    for regime in scene.regimes.values():
        if regime.office == scene.office and regime.units.get("organisations"):
            levels = [ReviewLevel.ORGANISATION]
            regimes.set_review_levels(scene.session, regime, levels=levels, by=leader, at=at)


def _ask(scene: Scene, obligation: Obligation, clerk: Person) -> None:
    reason = "Cán bộ phụ trách nghỉ ốm, nay đã tổng hợp xong số liệu; xin mở lại biểu để nộp."
    regimes.ask_reopening(scene.session, obligation, reason=reason, by=clerk, at=scene.now - BACK)


def _silent(scene: Scene, condition: object) -> list[Obligation]:
    """Some obligations nobody has answered, the newest first."""
    answered = select(Report.obligation_id)
    wanted = select(Obligation).where(condition, ~Obligation.waived, Obligation.id.not_in(answered))  # type: ignore[arg-type]
    newest = wanted.order_by(Obligation.last_day.desc(), Obligation.id).limit(6)
    return [one for one in scene.session.scalars(newest) if scene.staff.find(one.unit, Role.UNIT_CLERK)]
