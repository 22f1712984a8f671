"""Targets: figures to be reached, followed by recorded values along the line to the goal."""

from workflows.targets.figures import RATE, Offer, choices, offers
from workflows.targets.models import FollowedTarget, TargetStep, TargetValue
from workflows.targets.queries import all_visible, counts, in_force, not_followed, seen_by, values_of
from workflows.targets.rules import FRESH_DAYS, Course, Direction, Goal, Line, course, shortfall
from workflows.targets.standing import Standing, standing
from workflows.targets.verbs import Reading, drop, record, revise, set_, take_figure

__all__ = [
    "FRESH_DAYS",
    "RATE",
    "Course",
    "Direction",
    "FollowedTarget",
    "Goal",
    "Line",
    "Offer",
    "Reading",
    "Standing",
    "TargetStep",
    "TargetValue",
    "all_visible",
    "choices",
    "counts",
    "course",
    "drop",
    "in_force",
    "not_followed",
    "offers",
    "record",
    "revise",
    "seen_by",
    "set_",
    "shortfall",
    "standing",
    "take_figure",
    "values_of",
]
