"""Studies: a directive is brought down the tree, and every unit confirms that it was studied."""

from workflows.studies.form import CODE, NUMBERS, ways_of
from workflows.studies.queries import Branch, answers, branches, counts_sql, requests, totals
from workflows.studies.verbs import Confirmation, ask, confirm

__all__ = [
    "CODE",
    "NUMBERS",
    "Branch",
    "Confirmation",
    "answers",
    "ask",
    "branches",
    "confirm",
    "counts_sql",
    "requests",
    "totals",
    "ways_of",
]
