"""The stories of one directive being carried out: studied down the tree, planned, measured, reviewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from workflows import plans, reports, reviews, studies, targets
from workflows.asking import Request
from workflows.organisations import Unit, UnitGroup
from workflows.people import Person, Role
from workflows.plans import Plan, Step
from workflows.regimes import Obligation, Regime, Selection
from workflows.reviews import Kind
from workflows.sample_office.chance import chance
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import CALENDAR, Story, office_hour
from workflows.studies import Confirmation
from workflows.targets import Direction, Goal, Line, Reading

DIRECTIVE = "ct06"
STUDYING, PLANNING = "Các đảng uỷ xã, phường", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh"
WAYS = ("Hội nghị trực tiếp", "Hội nghị trực tuyến", "Sinh hoạt chi bộ")


@dataclass(frozen=True)
class Aim:
    """A target of the sample: where it began, where it should go, what was counted so far."""

    name: str
    measure: str
    lead: str
    baseline: int
    goal: int
    counted: tuple[tuple[int, str], ...]


AIMS = (
    Aim("Tỷ lệ tập hợp thanh niên", "%", "DTN", 48, 60, ((150, "49.2"), (60, "50.1"))),
    Aim("Tỷ lệ tập hợp hội viên phụ nữ", "%", "PN", 61, 75, ((150, "64.5"), (60, "68.3"))),
    Aim("Mô hình chi đoàn, chi hội kiểu mới", "mô hình", "DTN", 0, 20, ((150, "6"), (30, "21"))),
    Aim("Danh sách hội viên nông dân đã đối chiếu", "%", "ND", 0, 100, ()),
)


def rollout_stories(scene: Scene) -> Iterator[Story]:
    """How the sample's directive on members is carried out."""
    yield _studied(scene)
    yield _planned(scene)
    yield from (_measured(scene, aim) for aim in AIMS)
    yield _reviewed(scene)


def _studied(scene: Scene) -> Story:
    """Most communes confirm in time, some late, a few are silent."""
    dice = chance(scene.seed, DIRECTIVE, "study")
    at = yield office_hour(scene.today - timedelta(60), dice, now=scene.now)
    request = _request(scene, "Quán triệt Chỉ thị số 06-CT/TU", at.date() + timedelta(40), STUDYING)
    clerk = scene.clerk(scene.office)
    asked = studies.ask(scene.session, scene.office, request=request, ways=WAYS, by=clerk, at=at)
    waiting = sorted((day, owed.id) for owed in _owed(scene, asked) if (day := _day_of(owed, dice)))
    for day, owed_id in waiting:
        if day > scene.today:
            return
        at = yield office_hour(day, dice, now=scene.now)
        owed = scene.session.get_one(Obligation, owed_id)
        people = dice.randint(8, 40) * 10
        said = Confirmation(
            at.date(), dice.choice(WAYS), dice.randint(6, 24), people - dice.randint(0, 9), people
        )
        by = _spokesman(scene, owed.unit)
        studies.confirm(scene.session, owed, confirmation=said, by=by, at=at)


def _day_of(owed: Obligation, dice: Random) -> date | None:
    luck = dice.random()
    if luck < 0.8:
        return owed.first_day + timedelta(dice.randint(5, 38))
    return owed.due_on + timedelta(dice.randint(1, 15)) if luck < 0.92 else None


def _planned(scene: Scene) -> Story:
    """One plan after another is accepted, one is returned, the others are awaited."""
    dice = chance(scene.seed, DIRECTIVE, "plan")
    at = yield office_hour(scene.today - timedelta(35), dice, now=scene.now)
    request = _request(scene, "Kế hoạch thực hiện Chỉ thị số 06-CT/TU", scene.today - timedelta(3), PLANNING)
    clerk = scene.clerk(scene.office)
    guidance = "Nêu rõ người phụ trách, kinh phí và thời gian của từng việc."
    asked = plans.ask(scene.session, scene.office, request=request, guidance=guidance, by=clerk, at=at)
    for place, owed in enumerate(_owed(scene, asked)[:4]):
        at = yield office_hour(scene.today - timedelta(20 - 3 * place), dice, now=scene.now)
        by = _spokesman(scene, owed.unit)
        report = plans.write(scene.session, owed, plan=_plan(scene, place), by=by, at=at)
        plans.submit(scene.session, report, by=by, at=at)
        at = yield office_hour(CALENDAR.add_working_days(at.date(), 1), dice, now=scene.now)
        if place < 2:
            plans.accept(scene.session, report, by=clerk, at=at)
        elif place == 2:
            reason = "Chưa ghi người phụ trách đối chiếu danh sách."
            reports.return_(scene.session, report, reason=reason, by=clerk, at=at)


def _plan(scene: Scene, place: int) -> Plan:
    steps = (
        Step("Rà soát, đối chiếu danh sách ở cơ sở", scene.today + timedelta(25), "Ban Tổ chức"),
        Step("Xây dựng mô hình điểm, rút kinh nghiệm", scene.today + timedelta(70), "Ban Phong trào"),
    )
    text = "Mục tiêu: danh sách đúng người, sinh hoạt đều.\nGiải pháp: đối chiếu, chuyển sinh hoạt kịp thời."
    return Plan(f"Kế hoạch số {14 + 7 * place}-KH, thực hiện Chỉ thị số 06-CT/TU", text, steps)


def _measured(scene: Scene, aim: Aim) -> Story:
    dice = chance(scene.seed, DIRECTIVE, aim.name)
    at = yield office_hour(scene.today - timedelta(200), dice, now=scene.now)
    began, ends = scene.today - timedelta(250), scene.today + timedelta(250)
    line = Line(Decimal(aim.baseline), began, Decimal(aim.goal), ends)
    goal = Goal(aim.name, aim.measure, Direction.AT_LEAST, scene.units[aim.lead], line)
    directive = scene.directives[DIRECTIVE]
    clerk = scene.clerk(scene.office)
    target = targets.set_(scene.session, scene.office, goal=goal, directive=directive, by=clerk, at=at)
    for days, value in aim.counted:
        at = yield office_hour(scene.today - timedelta(days), dice, now=scene.now)
        by = scene.staff.of(target.lead, Role.UNIT_CLERK)
        reading = Reading(Decimal(value), at.date(), "Báo cáo tổng hợp của đơn vị")
        targets.record(scene.session, target, reading=reading, by=by, at=at)


def _reviewed(scene: Scene) -> Story:
    dice = chance(scene.seed, DIRECTIVE, "review")
    at = yield office_hour(scene.today - timedelta(2), dice, now=scene.now)
    clerk = scene.clerk(scene.office)
    review = reviews.schedule(
        scene.session,
        scene.office,
        directive=scene.directives[DIRECTIVE],
        kind=Kind.HALF_TIME,
        title="Sơ kết một năm thực hiện Chỉ thị số 06-CT/TU",
        planned_on=CALENDAR.next_working_day(scene.today + timedelta(30)),
        outline=reviews.usual(Kind.HALF_TIME),
        by=clerk,
        at=at,
    )
    reviews.gather(scene.session, review, by=clerk, at=at)


def _spokesman(scene: Scene, unit: Unit) -> Person:
    """Who answers for a unit: its head where nothing leaves without the head."""
    return scene.staff.of(unit, Role.UNIT_HEAD if unit.needs_sign_off else Role.UNIT_CLERK)


def _request(scene: Scene, name: str, due_on: date, group: str) -> Request:
    known = scene.session.scalars(select(UnitGroup).where(UnitGroup.name == group)).one()
    return Request(scene.directives[DIRECTIVE], name, due_on, Selection(groups=(known.id,)))


def _owed(scene: Scene, asked: Regime) -> list[Obligation]:
    wanted = select(Obligation).join(Obligation.unit).where(Obligation.regime_id == asked.id)
    return list(scene.session.scalars(wanted.order_by(Unit.path)))
