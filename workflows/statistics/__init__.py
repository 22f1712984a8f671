"""Accepted returns taken together: totals of any regime, and members by organisation, unit and period."""

from workflows.statistics import member_form, register
from workflows.statistics.comparing import Difference, Source, compare
from workflows.statistics.consolidating import (
    Answers,
    Consolidated,
    Restated,
    branches_of,
    consolidate,
    form_of,
    missing,
    restatement,
    said,
)
from workflows.statistics.lineage import Lineage, Moment, lineage, told_by
from workflows.statistics.models import GatheringTarget, Publication
from workflows.statistics.queries import (
    Line,
    answers,
    by_branch,
    by_organisation,
    by_own,
    by_unit,
    member_regimes,
    newest_publication,
    of_cell,
    periods,
    series,
    target_in_force,
    targets_in_force,
)
from workflows.statistics.verbs import publish, set_target

__all__ = [
    "Answers",
    "Consolidated",
    "Difference",
    "GatheringTarget",
    "Line",
    "Lineage",
    "Moment",
    "Publication",
    "Restated",
    "Source",
    "answers",
    "branches_of",
    "by_branch",
    "by_organisation",
    "by_own",
    "by_unit",
    "compare",
    "consolidate",
    "form_of",
    "lineage",
    "member_form",
    "member_regimes",
    "missing",
    "newest_publication",
    "of_cell",
    "periods",
    "publish",
    "register",
    "restatement",
    "said",
    "series",
    "set_target",
    "target_in_force",
    "targets_in_force",
    "told_by",
]
