"""A row of the office's calendar shows what it shifts, then shifts exactly that."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.reports.conftest import FORM
from workflows import audit, calendar_moves, regimes, tasks
from workflows.calendar import Cadence, DayChange, DueKind, WorkingCalendar
from workflows.errors import InvalidFields, Refused
from workflows.regimes import Obligation, Selection, Terms
from workflows.tasks import Assignment, Due, Task

OFF = DayChange(date(2026, 11, 20), False, "Quyết định 15-QĐ/TU", date(2026, 11, 1))


@pytest.fixture
def counted(session: Session, office: Office) -> Task:
    """A task due five working days after its receipt, today."""
    wanted = Assignment(title="Trả lời", lead=office.agency, due=Due(DueKind.WORKING_DAYS_AFTER_RECEIPT, 5))
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    session.flush()
    return task


@pytest.fixture
def owed(session: Session, office: Office) -> Obligation:
    """A report for November, due on Friday the 20th."""
    version = regimes.publish_form(session, office.office, code="m", definition=FORM, by=office.clerk, at=NOW)
    terms = Terms(
        name="Báo cáo tháng",
        cadence=Cadence.MONTHLY,
        due_kind=DueKind.DAY_OF_LAST_MONTH,
        due_number=20,
        selection=Selection(units=("DU-AB",)),
        starts_on=date(2026, 11, 1),
    )
    regime = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate_for(session, regime, on=TODAY, calendar=WorkingCalendar())
    return session.scalars(select(Obligation)).one()


def test_a_day_off_is_shown_before_it_shifts_anything(
    session: Session, office: Office, counted: Task, owed: Obligation
):
    shifts = calendar_moves.shifts_of_adding(session, OFF, on=TODAY)
    assert [(shift.task, shift.before, shift.after) for shift in shifts.tasks] == [
        (counted, date(2026, 11, 23), date(2026, 11, 25))
    ]
    assert [(shift.units, shift.before, shift.after) for shift in shifts.obligations] == [
        (1, date(2026, 11, 20), date(2026, 11, 23))
    ]
    assert shifts.count == 2
    assert counted.deadline == date(2026, 11, 23)


def test_what_was_shown_is_shifted_and_stands_in_the_history(
    session: Session, office: Office, counted: Task, owed: Obligation
):
    row, shifts = calendar_moves.change_day(
        session, office.province, change=OFF, by=office.administrator, at=NOW
    )
    session.refresh(owed)
    assert counted.deadline == counted.original_deadline == date(2026, 11, 25)
    assert owed.due_on == owed.timely_until == date(2026, 11, 23)
    newest = audit.history(session, counted)[0]
    assert (newest.action, newest.note) == ("task.shift-deadline", OFF.source)
    assert calendar_moves.drop_day(session, row, by=office.administrator, at=NOW).count == shifts.count
    session.refresh(owed)
    assert (counted.deadline, owed.due_on) == (date(2026, 11, 23), date(2026, 11, 20))


def test_a_day_chosen_by_decision_stays(session: Session, office: Office, counted: Task):
    tasks.request_extension(
        session, counted, proposed=date(2026, 12, 1), reason="Chờ.", by=office.agency_clerk, at=NOW
    )
    tasks.grant_extension(session, counted, decision="", by=office.clerk, at=NOW)
    assert calendar_moves.shifts_of_adding(session, OFF, on=TODAY).tasks == []


def test_a_fixed_day_stays_and_is_counted(session: Session, office: Office):
    wanted = Assignment(title="Việc", lead=office.agency, deadline=OFF.day)
    tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    session.flush()
    shifts = calendar_moves.shifts_of_adding(session, OFF, on=TODAY)
    assert (shifts.count, shifts.on_day_off) == (0, 1)


def test_deadlines_before_the_effective_day_keep_to_the_old_calendar(session: Session, counted: Task):
    later = DayChange(OFF.day, False, OFF.source, date(2026, 12, 1))
    assert calendar_moves.shifts_of_adding(session, later, on=TODAY).count == 0


def test_a_row_that_contradicts_or_repeats_another_is_refused_with_a_sentence(
    session: Session, office: Office
):
    said = {"by": office.administrator, "at": NOW}
    calendar_moves.change_day(session, office.province, change=OFF, **said)
    with pytest.raises(Refused, match="vừa là ngày làm việc"):
        calendar_moves.shifts_of_adding(
            session, DayChange(OFF.day, True, "Quyết định khác", OFF.effective_from), on=TODAY
        )
    with pytest.raises(InvalidFields, match="đã có trong lịch"):
        calendar_moves.shifts_of_adding(session, OFF, on=TODAY)
