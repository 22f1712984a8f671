"""The values of a target against the line to its goal, as points of an SVG; time runs to the right.

Readable without colour: the line is dashed, the values are dots with their figures beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from webapp.words import day, number
from workflows.targets import FollowedTarget, TargetValue

WIDTH, HEIGHT = 520, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 64, 24, 34
MOST_LABELS = 8


@dataclass(frozen=True)
class Mark:
    """A point of the drawing with the words above or below it."""

    x: float
    y: float
    words: str = ""
    words_y: float = 0


@dataclass(frozen=True)
class CourseChart:
    """Where everything stands, in units of the drawing."""

    line: str
    values: list[Mark]
    path: str
    days: list[Mark]
    levels: list[Mark]
    goal: Mark
    now: float | None
    width: int = WIDTH
    height: int = HEIGHT


def course_chart(target: FollowedTarget, in_force: Sequence[TargetValue], today: date) -> CourseChart:
    """The drawing for a target and its values in force."""
    line = target.line
    values = sorted(in_force, key=lambda value: (value.measured_on, value.id))
    turns = _turns(target)
    days = [on for on, _ in turns] + [value.measured_on for value in values]
    levels = [level for _, level in turns] + [float(value.value) for value in values]
    scale = _Scale(min(days), max(days), min(levels), max(levels))
    marks = [
        scale.value(target, value, labelled=place >= len(values) - MOST_LABELS)
        for place, value in enumerate(values)
    ]
    return CourseChart(
        line=_path([scale.mark(on, level) for on, level in turns]),
        values=marks,
        path=_path(marks),
        days=[scale.mark(on, scale.low, day(on)) for on in (line.baseline_on, line.goal_on)],
        levels=[
            scale.mark(line.baseline_on, float(level), figure(level))
            for level in (line.baseline_value, line.goal_value)
        ],
        goal=scale.mark(line.goal_on, float(line.goal_value), figure(line.goal_value)),
        now=scale.x(today) if scale.first <= today <= scale.last else None,
    )


def _turns(target: FollowedTarget) -> list[tuple[date, float]]:
    """The points between which the line is straight; steps rise on their day."""
    line = target.line
    turns = [(line.baseline_on, float(line.baseline_value))]
    for on, level in line.steps:
        turns += [(on, turns[-1][1]), (on, float(level))]
    if line.steps:
        turns.append((line.goal_on, turns[-1][1]))
    return [*turns, (line.goal_on, float(line.goal_value))]


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    low: float
    high: float

    def x(self, on: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - self.first).days / whole, 1)

    def mark(self, on: date, level: float, words: str = "") -> Mark:
        share = (level - self.low) / ((self.high - self.low) or 1)
        return Mark(self.x(on), round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1), words)

    def value(self, target: FollowedTarget, value: TargetValue, *, labelled: bool) -> Mark:
        """A value with its figure on the side that is away from the line."""
        reached = float(value.value)
        mark = self.mark(value.measured_on, reached, figure(value.value) if labelled else "")
        above = reached >= target.line.at(value.measured_on)
        return replace(mark, words_y=mark.y - 10 if above else mark.y + 20)


def _path(marks: Sequence[Mark]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)


def figure(value: float | Decimal) -> str:
    """A figure with as many decimals as it needs, two at most."""
    places = next(places for places in (0, 1, 2) if places == 2 or round(value, places) == round(value, 2))
    return number(value, places)
