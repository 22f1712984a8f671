"""What the records say about a directive so far: findings, each with its matter and its origin."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workflows import asking, plans, studies, targets, tasks
from workflows.documents import facts
from workflows.documents.facts import Desk, Gathered
from workflows.regimes import Regime
from workflows.reports import written
from workflows.reviews.outlines import Matter
from workflows.targets import Course, FollowedTarget

REQUESTS = (studies.CODE, plans.CODE)
# The parts of the official report's outline are matters of the same name.
MATTERS = {matter.value: matter for matter in Matter}


@dataclass(frozen=True)
class Finding:
    """A passage the records give; `about` tells two of one origin apart."""

    matter: Matter
    text: str
    kind: str
    id: int
    origin: str
    about: str = ""

    @property
    def key(self) -> tuple[str | None, int | None, str]:
        """What stays the same when the passage is gathered again."""
        return self.kind, self.id, self.about


def findings(desk: Desk) -> list[Finding]:
    """Everything there is to say about the desk's directive."""
    return [*_studied(desk), *_planned(desk), *_tasks(desk), *_returns(desk), *_targets(desk)]


def _studied(desk: Desk) -> Iterator[Finding]:
    for regime in _requests(desk, studies.CODE):
        counted = asking.standing(desk.session, regime, desk.person, on=desk.day)
        if counted.expected:
            share = (
                f"{counted.received}/{counted.expected} đơn vị ({_share(counted.received, counted.expected)})"
            )
            text = f"Đã có {share} xác nhận hoàn thành học tập, quán triệt{_attended(desk, regime)}."
            yield Finding(Matter.LEADERSHIP, text, "regime", regime.id, regime.name)


def _attended(desk: Desk, regime: Regime) -> str:
    totals = studies.totals(desk.session, regime, desk.person, on=desk.day)
    if not totals:
        return ""
    cells, attending, expected = (written(totals.get(code, Decimal(0))) for code in studies.NUMBERS)
    return f"; {cells} tổ chức trực thuộc, {attending}/{expected} người dự"


def _planned(desk: Desk) -> Iterator[Finding]:
    for regime in _requests(desk, plans.CODE):
        counted = asking.standing(desk.session, regime, desk.person, on=desk.day)
        if counted.expected:
            handed = f"{counted.received}/{counted.expected} đơn vị đã nộp kế hoạch thực hiện"
            late = counted.received - counted.in_time
            text = (
                f"{handed}, {counted.accepted} kế hoạch được tiếp nhận{f', {late} nộp muộn' if late else ''}."
            )
            yield Finding(Matter.LEADERSHIP, text, "regime", regime.id, regime.name)


def _tasks(desk: Desk) -> Iterator[Finding]:
    found = tasks.of_directive(desk.session, desk.directive, desk.person, on=desk.day)
    promised = plans.tasks_of_plans(desk.session, desk.directive)
    for charge in facts.charges(task for task in found if task.id not in promised):
        first = charge.first
        clause = f", khoản {first.clause.address.partition('/')[0]}" if first.clause else ""
        origin = f"Nhiệm vụ{clause}: {', '.join(unit.short_name for unit in charge.leads[:3])}"
        more = f" và {len(charge.leads) - 3} đơn vị" if len(charge.leads) > 3 else ""
        text = "\n".join([charge.title.rstrip(" .;"), *facts.result_lines(desk, charge)])
        yield Finding(Matter.RESULTS, text, "task", first.id, origin + more)


def _returns(desk: Desk) -> Iterator[Finding]:
    for regime, period in facts.returns_of(desk):
        if regime.form_version.code in REQUESTS:
            continue
        gathered = facts.gather_returns(desk, regime, period)
        yield from _figures(gathered)
        yield from _narratives(gathered)


def _figures(gathered: Gathered) -> Iterator[Finding]:
    said = [
        f"{line['name']}: {written(Decimal(str(line['value'])))} {line['unit']}".strip()
        for line in gathered.figures
    ]
    if said:
        origin = f"{_source(gathered)}: số liệu"
        text = "\n".join([f"Số liệu theo {gathered.regime.name}", *said])
        yield Finding(Matter.RESULTS, text, "regime", gathered.regime.id, origin, "figures")


def _narratives(gathered: Gathered) -> Iterator[Finding]:
    """One passage for each question, with the units that said each of its lines."""
    for question in dict.fromkeys(paragraph.question for paragraph in gathered.paragraphs):
        same = [paragraph for paragraph in gathered.paragraphs if paragraph.question == question]
        matter = MATTERS.get(same[0].place, Matter.RESULTS)
        lines = facts.with_units(same)
        text = "\n".join([question, *lines] if matter is Matter.RESULTS else lines)
        origin = f"{_source(gathered)}: {question}"
        yield Finding(matter, text, "regime", gathered.regime.id, origin, question)


def _source(gathered: Gathered) -> str:
    return f"{gathered.regime.name}, {gathered.span.label}, {len(gathered.answered)} báo cáo đã tiếp nhận"


def _targets(desk: Desk) -> Iterator[Finding]:
    how = targets.standing(desk.day)
    wanted = targets.all_visible(desk.person, how, on=desk.day).where(
        FollowedTarget.directive_id == desk.directive.id
    )
    for target, value, measured_on, gap, course in desk.session.execute(wanted.order_by(FollowedTarget.id)):
        text = _target(target, value, Course(course), gap)
        day = f", số liệu ngày {measured_on:%d/%m/%Y}" if measured_on else ""
        origin = f"Chỉ tiêu do {target.lead.short_name} chủ trì{day}"
        yield Finding(Matter.TARGETS, text, "followed_target", target.id, origin)


def _target(target: FollowedTarget, value: Decimal | None, course: Course, gap: float | None) -> str:
    goal = f"mục tiêu {written(target.goal_value)} {target.measure} vào ngày {target.goal_on:%d/%m/%Y}"
    if value is None:
        return f"{target.name}: {goal}; chưa có số liệu."
    behind = ""
    if course is Course.BEHIND and gap is not None:
        behind = f" {written(round(Decimal(gap), 2))} {target.measure} so với tiến độ"
    return f"{target.name}: {written(value)} {target.measure}, {goal}; {course.label}{behind}."


def _requests(desk: Desk, code: str) -> list[Regime]:
    return asking.of_directive(desk.session, desk.directive, code)


def _share(part: int, whole: int) -> str:
    return f"{written(round(Decimal(100 * part) / whole, 1))}%"
