"""The stories of reports: due, written, handed in, given back, accepted, or never answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from workflows import regimes, reports
from workflows.calendar import Cadence, Period, PeriodDates, local_day
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.regimes import Obligation
from workflows.reports import Content, Report
from workflows.sample_office.chance import chance
from workflows.sample_office.habits import answered_after
from workflows.sample_office.scene import Scene
from workflows.sample_office.tables import table
from workflows.sample_office.timeline import CALENDAR, Story, office_hour

_RETURNED_SHARE, _CORRECTED_SHARE, _REVIEWED_SHARE = 0.12, 0.85, 0.93
_CHECKED = "Đã kiểm tra lại, số liệu đúng."
Answer = Callable[[Random, date], Content]


def handed_in_on(seed: int, unit: str, period: Period, dates: PeriodDates) -> date | None:
    """The day a unit hands its answer in, after the period and before the lock; None for a silent one."""
    days = answered_after(seed, unit, period.code)
    if days is None:
        return None
    earliest = dates.last_day + timedelta(1)
    if period.cadence is Cadence.ONE_OFF:
        earliest = CALENDAR.add_working_days(dates.first_day, 5)
    day = CALENDAR.next_working_day(max(earliest, dates.due + timedelta(days)))
    return None if dates.locked_after and day > dates.locked_after else day


def report_story(
    scene: Scene, regime: str, unit: Unit, period: Period, dates: PeriodDates, answer: Answer
) -> Story:
    """One unit's answer for one period, from the first draft to the acceptance."""
    day = handed_in_on(scene.seed, unit.code, period, dates)
    if day is None:
        return
    dice = chance(scene.seed, regime, unit.code, period.code)
    handed_in = office_hour(day, dice, now=scene.now)
    begun = yield office_hour(CALENDAR.add_working_days(day, -dice.randint(1, 3)), dice, now=scene.now)
    owed = scene.obligations[regime].get((unit.code, period.code))
    if owed is None:
        return
    obligation = scene.session.get_one(Obligation, owed)
    clerk = scene.staff.of(unit, Role.UNIT_CLERK)
    content = answer(dice, day)
    report = reports.begin(scene.session, obligation, by=clerk, at=begun)
    reports.write(scene.session, report, content=content, by=clerk, at=begun)
    yield from _handed_in(scene, report, clerk, handed_in)
    yield from _reviewed(scene, report, clerk, content, handed_in, dice)


def _handed_in(scene: Scene, report: Report, clerk: Person, at: datetime) -> Story:
    """Signed off by the head where the unit asks for it, then submitted."""
    unit = report.obligation.unit
    if unit.needs_sign_off:
        signed = yield at - timedelta(minutes=30)
        _answer_questions(scene, report, clerk, signed)
        reports.sign_off(scene.session, report, by=scene.staff.of(unit, Role.UNIT_HEAD), at=signed)
    at = yield at
    if not unit.needs_sign_off:
        _answer_questions(scene, report, clerk, at)
    reports.submit(scene.session, report, by=clerk, at=at)


def _answer_questions(scene: Scene, report: Report, clerk: Person, at: datetime) -> None:
    """Unusual figures were looked at again and are right."""
    asked = [found.cell for found in reports.findings_of(scene.session, report) if found.question]
    if asked:
        content = reports.content_of(scene.session, report)
        notes = {**content.notes, **dict.fromkeys(asked, _CHECKED)}
        reports.write(scene.session, report, content=replace(content, notes=notes), by=clerk, at=at)


def _reviewed(
    scene: Scene, report: Report, clerk: Person, content: Content, handed_in: datetime, dice: Random
) -> Story:
    """Given back once, or not; accepted in the end, or still waiting."""
    reviewer = scene.clerk(report.obligation.regime.office)
    if dice.random() < _RETURNED_SHARE:
        at = yield _later(handed_in, 1, dice, scene)
        reason = dice.choice(table("narratives")["comments"]["returned"])
        reports.return_(scene.session, report, reason=reason, by=reviewer, at=at)
        if dice.random() > _CORRECTED_SHARE:
            return
        handed_in = _later(at, dice.randint(1, 4), dice, scene)
        written = yield handed_in - timedelta(hours=1)
        _reopen_if_locked(scene, report.obligation, written)
        reports.write(scene.session, report, content=content, by=clerk, at=written)
        yield from _handed_in(scene, report, clerk, handed_in)
    if dice.random() < _REVIEWED_SHARE:
        at = yield _later(handed_in, dice.randint(1, 3), dice, scene)
        reports.accept(scene.session, report, by=reviewer, at=at)


def _reopen_if_locked(scene: Scene, obligation: Obligation, at: datetime) -> None:
    """A form that locked while the unit was correcting it is opened once more."""
    if obligation.locked_after and local_day(at) > obligation.locked_after:
        until = CALENDAR.add_working_days(local_day(at), 3)
        reason = "Báo cáo bị trả lại sát ngày khoá biểu; cho đơn vị sửa và nộp lại."
        leader = scene.leader(obligation.regime.office)
        regimes.reopen(scene.session, obligation, until=until, reason=reason, by=leader, at=at)


def _later(at: datetime, working_days: int, dice: Random, scene: Scene) -> datetime:
    return office_hour(CALENDAR.add_working_days(at.date(), working_days), dice, now=scene.now)
