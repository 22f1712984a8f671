"""Intake: a paper that was read and checked becomes a directive in the register with its tasks assigned."""

from workflows.intake.names import Match, Vocabulary, committee_of, units_of, vocabulary_of
from workflows.intake.receiving import office_of, receive
from workflows.intake.rules import Plan, PlannedTask, plan, planned
from workflows.intake.verbs import confirm

__all__ = [
    "Match",
    "Plan",
    "PlannedTask",
    "Vocabulary",
    "committee_of",
    "confirm",
    "office_of",
    "plan",
    "planned",
    "receive",
    "units_of",
    "vocabulary_of",
]
