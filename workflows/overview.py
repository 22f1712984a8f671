"""How the whole stands, for whoever leads: how the months went. Live, over what a person may read."""

from datetime import date

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from workflows.calendar import first_of_months
from workflows.people import Person
from workflows.regimes import Obligation, visible_obligations
from workflows.reports import Report, Standing
from workflows.reports.queries import ANSWERED, standing_sql


def reports_by_month(
    session: Session, person: Person, *, today: date, count: int = 6
) -> list[tuple[date, float]]:
    """For each of the last months: its first day, and how many per cent of the reports due came in time."""
    first = first_of_months(today, count)
    due, last = Obligation.due_on, Obligation.timely_until
    year, month = extract("year", due), extract("month", due)
    timely = case(((Report.state.in_(ANSWERED)) & (Report.submitted_on <= last), 1), else_=0)
    rows = session.execute(
        select(year, month, func.sum(timely), func.count())
        .select_from(Obligation)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(due >= first, last < today, ~Obligation.waived, visible_obligations(person, on=today))
        .group_by(year, month)
        .order_by(year, month)
    )
    return [(date(int(y), int(m), 1), 100 * int(in_time) / total) for y, m, in_time, total in rows]


def reports_missing(session: Session, person: Person, *, today: date) -> int:
    """How many reports are overdue and were not handed in."""
    wanted = (
        select(func.count())
        .select_from(Obligation)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(~Obligation.waived, visible_obligations(person, on=today))
    )
    return session.scalar(wanted.where(standing_sql(today) == Standing.MISSING.value)) or 0
