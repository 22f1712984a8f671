"""Returns of years gone by, put in at once as accepted: what an office brings along when it starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflows import regimes
from workflows.calendar import start_of_day
from workflows.people import Person
from workflows.reports import Figure, Report, ReportState

_NOON = timedelta(hours=12)


@dataclass(frozen=True)
class PastReturn:
    """An answer that was handed in and accepted long ago."""

    obligation_id: int
    handed_in: date
    by: Person
    figures: dict[str, Decimal]
    narrative: dict[str, str]


def put_in(session: Session, form_code: str, returns: Iterable[PastReturn], *, accepted_by: Person) -> int:
    """Insert the returns with their figures; returns how many there were."""
    by_obligation = {past.obligation_id: past for past in returns}
    if not by_obligation:
        return 0
    rows = [_report(past, accepted_by) for past in by_obligation.values()]
    ids = session.execute(insert(Report).returning(Report.id, Report.obligation_id), rows).all()
    indicator_ids = _indicator_ids(session, form_code, next(iter(by_obligation.values())))
    session.execute(
        insert(Figure),
        [
            {"report_id": report_id, "indicator_id": indicator_ids[cell], "value": value}
            for report_id, obligation_id in ids
            for cell, value in by_obligation[obligation_id].figures.items()
        ],
    )
    return len(rows)


def _report(past: PastReturn, accepted_by: Person) -> dict[str, object]:
    return {
        "obligation_id": past.obligation_id,
        "state": ReportState.ACCEPTED,
        "narrative": past.narrative,
        "changed_by_id": past.by.id,
        "changed_at": start_of_day(past.handed_in) + _NOON,
        "submitted_by_id": past.by.id,
        "submitted_on": past.handed_in,
        "accepted_by_id": accepted_by.id,
        "accepted_at": start_of_day(past.handed_in + timedelta(2)) + _NOON,
    }


def _indicator_ids(session: Session, form_code: str, past: PastReturn) -> dict[str, int]:
    codes = {regimes.indicator_code(form_code, cell): cell for cell in past.figures}
    known = regimes.indicators(session, list(codes))
    return {cell: known[code].id for code, cell in codes.items()}
