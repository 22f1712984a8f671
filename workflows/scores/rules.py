"""How a score comes about: every thing that was due earns points out of 100, each with its reason. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from workflows.wording import N_, LabelledEnum, Phrase

FULL = 100


class Thing(LabelledEnum):
    """What can be due."""

    TASK = "task", N_("nhiệm vụ")
    REPORT = "report", N_("báo cáo")


class Outcome(LabelledEnum):
    """What became of a thing that was due."""

    IN_TIME = "in-time", N_("đúng hạn")
    LATE = "late", N_("muộn")
    VERY_LATE = "very-late", N_("muộn nhiều")
    NOT_DONE = "not-done", N_("quá hạn, chưa xong")


class Weights(Protocol):
    """What an office gives for each outcome."""

    @property
    def late(self) -> int:
        """Points when done no more than `late_days` late."""

    @property
    def late_days(self) -> int:
        """Days up to which late is only late."""

    @property
    def very_late(self) -> int:
        """Points when done later than that."""

    @property
    def extension(self) -> int:
        """Points taken off for each extension."""

    @property
    def task(self) -> int:
        """How much a task counts."""

    @property
    def report(self) -> int:
        """How much a report counts."""


@dataclass(frozen=True, slots=True)
class UsualWeights:
    """What counts where an office has settled nothing."""

    late: int = 70
    late_days: int = 5
    very_late: int = 40
    extension: int = 5
    task: int = 1
    report: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A thing that was due in the period, as the register tells it."""

    thing: Thing
    id: int
    unit_id: int
    what: str
    due: date
    done: date | None
    extensions: int = 0
    period: str = ""
    """Of a report."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with its points and where they come from."""

    of: Due
    outcome: Outcome
    points: int
    weight: int
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score: the mean of its lines by their weights."""

    unit_id: int
    lines: Sequence[Line]

    @property
    def points(self) -> Decimal | None:
        """Out of 100, to one decimal; none where nothing was due."""
        weight = sum(line.weight for line in self.lines)
        earned = sum(line.points * line.weight for line in self.lines)
        return round(Decimal(earned) / weight, 1) if weight else None

    @property
    def loses_points(self) -> bool:
        """Did anything earn less than it could?"""
        return self.points is not None and self.points < FULL

    def count(self, outcome: Outcome) -> int:
        """How many of the things became so."""
        return sum(line.outcome is outcome for line in self.lines)


def line_of(due: Due, weights: Weights, *, today: date) -> Line:
    """The points of one thing."""
    outcome, points, why = _outcome(due, weights, today)
    reasons = [why]
    if due.extensions and points:
        taken = min(points, due.extensions * weights.extension)
        points -= taken
        reasons.append(
            Phrase(N_("gia hạn %(times)s lần, trừ %(points)s điểm"), times=due.extensions, points=taken)
        )
    weight = weights.task if due.thing is Thing.TASK else weights.report
    return Line(due, outcome, points, weight, tuple(reasons))


def _outcome(due: Due, weights: Weights, today: date) -> tuple[Outcome, int, Phrase]:
    if due.done is None:
        days = (today - due.due).days
        return Outcome.NOT_DONE, 0, Phrase(N_("quá hạn %(days)s ngày, chưa xong: 0 điểm"), days=days)
    days = (due.done - due.due).days
    if days <= 0:
        return Outcome.IN_TIME, FULL, Phrase(N_("đúng hạn: %(points)s điểm"), points=FULL)
    late = days <= weights.late_days
    points = weights.late if late else weights.very_late
    why = Phrase(N_("muộn %(days)s ngày: %(points)s điểm"), days=days, points=points)
    return (Outcome.LATE if late else Outcome.VERY_LATE), points, why


def scores(things: Iterable[Due], weights: Weights, *, today: date) -> list[Score]:
    """The score of every unit that had something due, the lowest first."""
    lines: dict[int, list[Line]] = {}
    for due in things:
        lines.setdefault(due.unit_id, []).append(line_of(due, weights, today=today))
    found = [Score(unit_id, of_unit) for unit_id, of_unit in lines.items()]
    return sorted(found, key=lambda score: (score.points or Decimal(0), -len(score.lines), score.unit_id))
