"""How the last months went, as bars that lead to the lists they count."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for

from webapp.access import me
from webapp.runtime import session, today
from webapp.words import day, number
from workflows import overview
from workflows.overview import Month
from workflows.reports import Standing
from workflows.tasks import Timeliness

# Month, percentage in time, list behind it, in time of due; no percentage where nothing fell due.
Bar = tuple[str, float | None, str | None, str]

# Of what fell due, only that still is in time which was reported so and waits to be confirmed.
FALLEN_DUE = (Timeliness.OVERDUE, Timeliness.IN_TIME, Timeliness.DONE_IN_TIME, Timeliness.DONE_LATE)


def of_tasks() -> list[Bar]:
    """Tasks by the month of their deadline."""
    found = overview.tasks_by_month(session(), me(), today=today())
    return _bars(found, lambda days: url_for("tasks.index", timeliness=[*FALLEN_DUE], **days))


def of_reports() -> list[Bar]:
    """Reports by the month of their due day."""
    found = overview.reports_by_month(session(), me(), today=today())
    decided = [standing.value for standing in Standing if standing is not Standing.AWAITED]
    return _bars(found, lambda days: url_for("reports.index", standing=decided, **days))


def _bars(found: Sequence[Month], address: Callable[[dict[str, Any]], str]) -> list[Bar]:
    """No bars at all where nothing fell due in any month."""
    return [_bar(month, address) for month in found] if any(month.due for month in found) else []


def _bar(month: Month, address: Callable[[dict[str, Any]], str]) -> Bar:
    label = f"{month.first:%m/%Y}"
    if month.share is None:
        return label, None, None, ""
    days = {"due_from": day(month.first), "due_to": day(month.last)}
    return label, month.share, address(days), f"{number(month.in_time)}/{number(month.due)}"
