"""How the whole stands, for whoever leads: how the months went. Live, over what a person may read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows import reports, tasks
from workflows.calendar import first_of_months
from workflows.people import Person
from workflows.regimes import Obligation, visible_obligations
from workflows.reports import Report, Standing
from workflows.tasks import Task

MONTHS = 6
IN_TIME = (Standing.SUBMITTED.value, Standing.ACCEPTED.value)


@dataclass(frozen=True)
class Month:
    """What fell due from the first to the last day, and how much of it came in time."""

    first: date
    last: date
    due: int = 0
    in_time: int = 0

    @property
    def share(self) -> float | None:
        """The percentage that came in time; None where nothing fell due."""
        return 100 * self.in_time / self.due if self.due else None


def tasks_by_month(session: Session, person: Person, *, today: date) -> list[Month]:
    """The tasks that fell due, without those stopped, by the month of the deadline in force."""
    found = select().where(tasks.visible_to(person, on=today), Task.state.not_in(tasks.STOPPED))
    return _by_month(session, found, Task.deadline, tasks.finished_on_sql() <= Task.deadline, today)


def reports_by_month(session: Session, person: Person, *, today: date) -> list[Month]:
    """The reports that fell due and are no longer awaited, by the month of their due day."""
    standing = reports.standing_sql(today)
    found = _obligations(person, today).where(standing != Standing.AWAITED.value)
    return _by_month(session, found, Obligation.due_on, standing.in_(IN_TIME), today)


def reports_missing(session: Session, person: Person, *, today: date) -> int:
    """How many reports are overdue and were not handed in."""
    missing = reports.standing_sql(today) == Standing.MISSING.value
    return session.scalar(_obligations(person, today).add_columns(func.count()).where(missing)) or 0


def _obligations(person: Person, today: date) -> Select[Any]:
    """What is owed to or by the person's branches, with the answers so far; its columns are to be added."""
    return (
        select()
        .select_from(Obligation)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(~Obligation.waived, visible_obligations(person, on=today))
    )


def _by_month(
    session: Session,
    found: Select[Any],
    due: InstrumentedAttribute[Any],
    in_time: ColumnElement[bool],
    today: date,
) -> list[Month]:
    """The running month up to yesterday and those before it, the oldest first; none is left out."""
    year, month = extract("year", due), extract("month", due)
    rows = session.execute(
        found.add_columns(year, month, func.count(), func.sum(case((in_time, 1), else_=0)))
        .where(due >= first_of_months(today, MONTHS - 1), due < today)
        .group_by(year, month)
    )
    counted = {(int(y), int(m)): (int(all_), int(timely)) for y, m, all_, timely in rows}
    firsts = [first_of_months(today, back) for back in reversed(range(MONTHS))]
    return [
        Month(first, _last(first, today), *counted.get((first.year, first.month), (0, 0))) for first in firsts
    ]


def _last(first: date, today: date) -> date:
    return min(first_of_months(first, -1), today) - timedelta(days=1)
