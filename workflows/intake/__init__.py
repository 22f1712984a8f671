"""Intake: a paper that was read and checked becomes a directive in the register with its tasks assigned."""

from workflows.intake.names import Match, Vocabulary, committee_of, units_of, vocabulary_of
from workflows.intake.receiving import LegiblePaper, office_of, read_paper, receive
from workflows.intake.rules import Plan, PlannedTask, plan, planned
from workflows.intake.verbs import confirm

__all__ = [
    "LegiblePaper",
    "Match",
    "Plan",
    "PlannedTask",
    "Vocabulary",
    "committee_of",
    "confirm",
    "office_of",
    "plan",
    "planned",
    "read_paper",
    "receive",
    "units_of",
    "vocabulary_of",
]
