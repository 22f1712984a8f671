"""How the months went: by the day things fell due, and a month without anything due is not a bad one."""

from datetime import date

from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from workflows import overview, tasks
from workflows.overview import Month
from workflows.tasks import Assignment, Task, TaskState

TODAY = date(2026, 11, 16)


def given(session: Session, office: Office, due: date | None, done: date | None = None) -> Task:
    assignment = Assignment(title="Tổng hợp", lead=office.agency, deadline=due)
    task = tasks.assign(session, office.office, assignment=assignment, by=office.clerk, at=NOW)
    task.deadline = task.original_deadline = due
    if done:
        task.state, task.done_on = TaskState.DONE, done
    session.flush()
    return task


def months(session: Session, office: Office) -> dict[int, Month]:
    return {month.first.month: month for month in overview.tasks_by_month(session, office.clerk, today=TODAY)}


def test_tasks_count_in_the_month_they_fell_due(session: Session, office: Office):
    given(session, office, date(2026, 9, 30), date(2026, 9, 30))
    given(session, office, date(2026, 9, 10), date(2026, 10, 2))
    given(session, office, date(2026, 9, 1))
    found = months(session, office)
    assert (found[9].in_time, found[9].due) == (1, 3)
    assert found[9].share == 100 / 3


def test_a_month_in_which_nothing_fell_due_has_no_share(session: Session, office: Office):
    given(session, office, date(2026, 4, 16), date(2026, 7, 6))
    given(session, office, None)
    assert list(months(session, office)) == [6, 7, 8, 9, 10, 11]
    assert months(session, office)[7].share is None


def test_the_running_month_counts_up_to_yesterday(session: Session, office: Office):
    given(session, office, date(2026, 11, 15), date(2026, 11, 15))
    given(session, office, TODAY)
    assert (months(session, office)[11].due, months(session, office)[11].last) == (1, date(2026, 11, 15))


def test_what_was_stopped_is_not_counted(session: Session, office: Office):
    given(session, office, date(2026, 10, 1)).state = TaskState.CANCELLED
    session.flush()
    assert months(session, office)[10].due == 0


def test_what_was_reported_in_time_is_in_time_while_it_waits(session: Session, office: Office):
    for reported in (date(2026, 10, 1), date(2026, 10, 2)):
        task = given(session, office, date(2026, 10, 1))
        task.state, task.reported_on = TaskState.AWAITING_CONFIRMATION, reported
    session.flush()
    assert (months(session, office)[10].in_time, months(session, office)[10].due) == (1, 2)
