"""The facts of each form as the office's own records have them; what they cannot know is left to be typed."""

from collections.abc import Callable
from typing import Any

from workflows.documents.facts.assigning import Charge, assignment_letter, charges, lead_units
from workflows.documents.facts.desk import Desk, Source
from workflows.documents.facts.gathering import Gathered
from workflows.documents.facts.gathering import gather as gather_returns
from workflows.documents.facts.implementation import implementation_report, result_lines, returns_of
from workflows.documents.facts.lateness import late_units, reminder_letter
from workflows.documents.facts.outline import Paragraph, with_units
from workflows.documents.facts.overdue import overdue_report
from workflows.documents.facts.reconciliation import reconciliation_appendix
from workflows.documents.facts.statistics import statistics_appendix
from workflows.documents.facts.typed import conclusions_notice, copy_mark, invitation, plan, submission
from workflows.documents.facts.unit import unit_report
from workflows.errors import Refused
from workflows.organisations import Unit

GATHERERS: dict[str, Callable[[Desk], dict[str, Any]]] = {
    "assignment-letter": assignment_letter,
    "conclusions-notice": conclusions_notice,
    "copy-mark": copy_mark,
    "implementation-report": implementation_report,
    "invitation": invitation,
    "overdue-report": overdue_report,
    "plan": plan,
    "reconciliation-appendix": reconciliation_appendix,
    "reminder-letter": reminder_letter,
    "statistics-appendix": statistics_appendix,
    "submission": submission,
    "unit-report": unit_report,
}


RECIPIENTS: dict[str, Callable[[Desk], list[Unit]]] = {
    "assignment-letter": lead_units,
    "reminder-letter": late_units,
}


def recipients(form: str, desk: Desk) -> list[Unit]:
    """The units that a paper speaks to, where the records tell."""
    return RECIPIENTS[form](desk) if form in RECIPIENTS else []


def gather(form: str, desk: Desk) -> dict[str, Any]:
    """The facts of a form from the office's records, as plain data."""
    if form not in GATHERERS:
        raise Refused("Không có mẫu %(form)s. Chọn một mẫu trong danh sách.", form=form)
    return GATHERERS[form](desk)


__all__ = [
    "GATHERERS",
    "Charge",
    "Desk",
    "Gathered",
    "Paragraph",
    "Source",
    "charges",
    "gather",
    "gather_returns",
    "late_units",
    "recipients",
    "result_lines",
    "returns_of",
    "with_units",
]
