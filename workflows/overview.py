"""How the whole stands, for whoever leads: how the months went. Live, over what a person may read."""

from datetime import date

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from workflows.calendar import first_of_months
from workflows.people import Person
from workflows.regimes import Obligation, visible_obligations
from workflows.reports import Report
from workflows.reports.queries import ANSWERED


def reports_by_month(
    session: Session, person: Person, *, today: date, count: int = 6
) -> list[tuple[str, float]]:
    """For each of the last months: its name and the percentage of reports due in it that came in time."""
    first = first_of_months(today, count)
    due = Obligation.timely_until
    year, month = extract("year", due), extract("month", due)
    timely = case(((Report.state.in_(ANSWERED)) & (Report.submitted_on <= due), 1), else_=0)
    rows = session.execute(
        select(year, month, func.sum(timely), func.count())
        .select_from(Obligation)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(due >= first, due < today, ~Obligation.waived, visible_obligations(person, on=today))
        .group_by(year, month)
        .order_by(year, month)
    )
    return [(f"{int(m):02}/{int(y)}", 100 * int(in_time) / total) for y, m, in_time, total in rows]
