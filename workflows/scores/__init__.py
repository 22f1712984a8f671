"""Scores of agencies: what was due, what became of it, and points that can be explained line by line."""

from workflows.scores.models import Cause, DelayCause, ScoreWeights
from workflows.scores.queries import causes_by_unit, causes_of, readable, scores_of, weights_for
from workflows.scores.rules import Due, Line, Outcome, Score, Thing, UsualWeights, Weights, line_of
from workflows.scores.verbs import name_cause, settle_weights

__all__ = [
    "Cause",
    "DelayCause",
    "Due",
    "Line",
    "Outcome",
    "Score",
    "ScoreWeights",
    "Thing",
    "UsualWeights",
    "Weights",
    "causes_by_unit",
    "causes_of",
    "line_of",
    "name_cause",
    "readable",
    "scores_of",
    "settle_weights",
    "weights_for",
]
