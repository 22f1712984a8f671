"""How a target stands against its line; what a new one must fulfil. Pure; the SQL twin is standing.py.

Reckoned in floating point on purpose: both databases and Python then give the very same figure.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.wording import N_, LabelledEnum

FRESH_DAYS = 200
"""Half a year and a little: most targets are counted twice a year."""
LEAST_GAP = 0.00005
"""Half of the last place that values have; less is no gap."""
LARGEST = Decimal(10) ** 12
MOST_STEPS = 40


class Direction(LabelledEnum):
    """On which side of the goal a value has to lie."""

    AT_LEAST = "at-least", N_("đạt từ mức này trở lên")
    AT_MOST = "at-most", N_("giảm còn không quá mức này")


class Course(LabelledEnum):
    """How a target stands; computed, never stored."""

    BEHIND = "behind", N_("chậm")
    STALE = "stale", N_("số liệu quá cũ")
    NO_VALUE = "no-value", N_("chưa có số liệu")
    ON_COURSE = "on-course", N_("đúng tiến độ")
    REACHED = "reached", N_("đã đạt")


@dataclass(frozen=True)
class Line:
    """The way from the baseline to the goal: straight, or by steps that hold from their day on."""

    baseline_value: Decimal
    baseline_on: date
    goal_value: Decimal
    goal_on: date
    steps: tuple[tuple[date, Decimal], ...] = ()

    def at(self, day: date) -> float:
        """What should be reached on a day."""
        baseline, goal = float(self.baseline_value), float(self.goal_value)
        if day >= self.goal_on:
            return goal
        if self.steps:
            due = [value for on, value in self.steps if on <= day]
            return float(due[-1]) if due else baseline
        if day <= self.baseline_on:
            return baseline
        elapsed, whole = float((day - self.baseline_on).days), float((self.goal_on - self.baseline_on).days)
        return baseline + (goal - baseline) * elapsed / whole


def shortfall(line: Line, direction: Direction, value: Decimal, measured_on: date) -> float:
    """By how much a value is behind the line on its day; negative when it is ahead."""
    sign = 1.0 if direction is Direction.AT_LEAST else -1.0
    return sign * (line.at(measured_on) - float(value))


def course(
    line: Line,
    direction: Direction,
    newest: tuple[Decimal, date] | None,
    *,
    fresh_days: int,
    today: date,
) -> Course:
    """How a target stands by its newest value."""
    if newest is None:
        return Course.NO_VALUE
    value, measured_on = newest
    if value >= line.goal_value if direction is Direction.AT_LEAST else value <= line.goal_value:
        return Course.REACHED
    if (today - measured_on).days > fresh_days:
        return Course.STALE
    behind = shortfall(line, direction, value, measured_on) > LEAST_GAP
    return Course.BEHIND if behind else Course.ON_COURSE


@dataclass(frozen=True)
class Goal:
    """All that is said when a target is set or set anew."""

    name: str
    measure: str
    direction: Direction
    lead: Unit
    line: Line
    quote: str = ""
    fresh_days: int = FRESH_DAYS
    indicator: str | None = None


def check(goal: Goal, *, on: date) -> None:
    """Refuse what cannot be followed, every fault at once."""
    wrong: dict[str, str] = {}
    line = goal.line
    if not goal.name.strip():
        wrong["name"] = N_("Nhập tên chỉ tiêu.")
    if not goal.lead.existed_on(on):
        wrong["lead"] = N_("Đơn vị chủ trì không còn hoạt động. Chọn đơn vị kế thừa.")
    if line.goal_on <= line.baseline_on:
        wrong["goal_on"] = N_("Ngày phải đạt phải sau ngày của số gốc.")
    if line.goal_value == line.baseline_value:
        wrong["goal_value"] = N_("Mức phải đạt bằng số gốc nên không có gì để theo dõi. Kiểm tra hai số.")
    elif (line.goal_value > line.baseline_value) is not (goal.direction is Direction.AT_LEAST):
        wrong["direction"] = N_("Chiều của chỉ tiêu ngược với hướng từ số gốc đến mức phải đạt.")
    if fault := _fault_of_steps(line):
        wrong["steps"] = fault
    if wrong:
        raise InvalidFields(wrong)


def _fault_of_steps(line: Line) -> str:
    days = [day for day, _ in line.steps]
    if len(days) > MOST_STEPS:
        return N_("Nhiều mốc quá. Ghi nhiều nhất 40 mốc.")
    if len(set(days)) < len(days):
        return N_("Có hai mốc cùng một ngày. Giữ một mốc cho mỗi ngày.")
    if any(not line.baseline_on < day < line.goal_on for day in days):
        return N_("Mốc phải nằm giữa ngày của số gốc và ngày phải đạt.")
    return ""


def check_value(value: Decimal, measured_on: date, *, today: date) -> None:
    """Refuse values of the future and beyond all measure."""
    wrong: dict[str, str] = {}
    if measured_on > today:
        wrong["measured_on"] = N_("Ngày của số liệu ở sau hôm nay. Kiểm tra lại ngày.")
    if abs(value) >= LARGEST:
        wrong["value"] = N_("Số quá lớn. Kiểm tra lại số liệu.")
    if wrong:
        raise InvalidFields(wrong)
