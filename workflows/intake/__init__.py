"""Intake: a paper that was read and checked becomes a directive in the register with its tasks assigned."""

from workflows.intake.names import Match, Vocabulary, committee_of, units_of, vocabulary_of
from workflows.intake.receiving import LegiblePaper, office_of, read_paper, receive
from workflows.intake.recurring import Manner, Recurring, terms_of, usual
from workflows.intake.rules import Plan, PlannedTask, comes_again, plan, planned
from workflows.intake.verbs import confirm

__all__ = [
    "LegiblePaper",
    "Manner",
    "Match",
    "Plan",
    "PlannedTask",
    "Recurring",
    "Vocabulary",
    "comes_again",
    "committee_of",
    "confirm",
    "office_of",
    "plan",
    "planned",
    "read_paper",
    "receive",
    "terms_of",
    "units_of",
    "usual",
    "vocabulary_of",
]
