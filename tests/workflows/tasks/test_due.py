"""Deadlines that are counted, turns that come by themselves: to the second at midnight in Viet Nam."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.asked import given_directive
from tests.workflows.office import NOW, TODAY, Office
from workflows import audit, office_days, tasks
from workflows.calendar import Cadence, DueKind, Period, WorkingCalendar, containing, parse
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Succession
from workflows.tasks import REGULAR, Assignment, Due, Task, TaskState, Timeliness

CALENDAR = WorkingCalendar()
FIVE_AFTER = Due(DueKind.WORKING_DAYS_AFTER_RECEIPT, 5)
LAST_DAY = Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, 0)
LAST_SECOND = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)


def given_to(office: Office, **said) -> Assignment:
    return Assignment(**{"title": "Báo cáo công tác dân vận", "lead": office.agency, **said})


def turns(session: Session, task: Task) -> list[Task]:
    return list(session.scalars(select(Task).where(Task.series_id == task.id).order_by(Task.id)))


@pytest.fixture
def monthly(session: Session, office: Office) -> Task:
    """A task that comes again every month, due on its last working day."""
    wanted = given_to(office, cadences=(Cadence.MONTHLY, Cadence.AD_HOC), due=LAST_DAY)
    made = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    session.flush()
    return made


# The 24th of November is a public holiday since 2026.
def test_days_after_receipt_run_from_the_receipt(session: Session, office: Office):
    wanted = given_to(office, due=FIVE_AFTER)
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    today = tasks.Today(date(2026, 11, 16), date(2026, 11, 23))
    assert (task.deadline, tasks.timeliness(task, today)) == (None, Timeliness.NO_DEADLINE)
    late_evening = datetime(2026, 11, 18, 16, 59, 59, tzinfo=UTC)
    tasks.receive(session, task, by=office.agency_clerk, at=late_evening)
    assert task.deadline == task.original_deadline == date(2026, 11, 26)


def test_a_second_later_it_is_the_next_day(session: Session, office: Office):
    wanted = given_to(office, due=FIVE_AFTER)
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=datetime(2026, 11, 18, 17, tzinfo=UTC))
    assert task.deadline == date(2026, 11, 27)


def test_a_new_lead_has_its_days_from_its_own_receipt(session: Session, office: Office):
    wanted = given_to(office, due=FIVE_AFTER)
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    tasks.reassign(session, task, lead=office.state, reason="Đúng chức năng.", by=office.clerk, at=NOW)
    assert task.deadline is None
    newest = audit.history(session, task)[0]
    assert newest.changes["deadline"] == ["2026-11-23", None]


@pytest.mark.parametrize(
    ("number", "period", "day"),
    [
        (0, "2026-Q4", date(2026, 12, 31)),
        (3, "2026-11", date(2026, 11, 25)),
        (0, "2026-10", date(2026, 10, 30)),
    ],
)
def test_days_before_the_end_count_back_from_its_last_working_day(number: int, period: str, day: date):
    assert Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, number).day(CALENDAR, period=parse(period)) == day


@given(
    st.dates(date(2021, 1, 1), date(2035, 12, 31)),
    st.sampled_from(sorted(REGULAR - {Cadence.NINE_MONTHS})),
    st.integers(0, 15),
)
def test_the_day_counted_back_is_worked_lies_before_the_end_and_has_that_many_after_it(
    day: date, cadence: Cadence, number: int
):
    period = containing(day, cadence)
    assert period is not None
    due = Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, number).day(CALENDAR, period=period)
    assert due is not None
    assert due <= period.last_day()
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(due, period.last_day()) == number


def test_a_task_for_one_period_is_due_before_its_end(session: Session, office: Office):
    wanted = given_to(office, due=LAST_DAY, period=parse("2026-Q4"))
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    assert (task.deadline, task.recurs) == (date(2026, 12, 31), False)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"due": FIVE_AFTER, "deadline": date(2026, 12, 1)}, "deadline"),
        ({"due": LAST_DAY}, "cadences"),
        ({"due": LAST_DAY, "cadences": (Cadence.AD_HOC,)}, "cadences"),
        ({"deadline": date(2026, 11, 13), "keeps_day": False}, "deadline"),
        ({"deadline": date(2026, 11, 21), "keeps_day": False}, "deadline"),
    ],
)
def test_a_deadline_that_makes_no_sense_is_refused(session: Session, office: Office, said: dict, field: str):
    with pytest.raises(InvalidFields) as refusal:
        tasks.assign(session, office.office, assignment=given_to(office, **said), by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("DAYS_AFTER_RECEIPT", 0),
        ("DAYS_BEFORE_PERIOD_END", -1),
        ("WORKING_DAYS_AFTER_RECEIPT", 999),
        ("DAY_OF_LAST_MONTH", 32),
    ],
)
def test_a_count_that_runs_backwards_or_beyond_a_year_is_refused(kind: str, number: int):
    with pytest.raises(InvalidFields):
        Due(DueKind[kind], number)


def test_a_day_off_may_be_meant(session: Session, office: Office):
    wanted = given_to(office, deadline=date(2026, 11, 21))
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    assert task.deadline == date(2026, 11, 21)


def test_a_turn_comes_for_every_period_once_and_at_midnight_to_the_second(session: Session, monthly: Task):
    assert tasks.open_due_turns(session, at=NOW) == 1
    assert tasks.open_due_turns(session, at=LAST_SECOND) == 0
    assert tasks.open_due_turns(session, at=LAST_SECOND + timedelta(seconds=1)) == 1
    november, december = turns(session, monthly)
    assert (november.period, november.deadline) == ("2026-11", date(2026, 11, 30))
    assert (december.period, december.deadline) == ("2026-12", date(2026, 12, 31))
    assert november.label == "Báo cáo công tác dân vận (Tháng 11/2026)"
    assert audit.history(session, december)[0].action == "task.open-turn"


def test_no_turn_comes_of_a_task_that_rests_or_is_over(session: Session, office: Office, monthly: Task):
    tasks.suspend(session, monthly, reason="Chờ.", by=office.clerk, at=NOW)
    assert tasks.open_due_turns(session, at=NOW) == 0


def test_a_turn_outside_every_cadence_is_opened_by_the_office_once_a_day(
    session: Session, office: Office, monthly: Task
):
    asked = {"deadline": date(2026, 11, 20), "reason": "Theo yêu cầu.", "by": office.clerk, "at": NOW}
    turn = tasks.open_turn(session, monthly, **asked)
    assert (turn.span, turn.due_kind, turn.lead) == (Period.ad_hoc(date(2026, 11, 16)), None, office.agency)
    with pytest.raises(Conflict):
        tasks.open_turn(session, monthly, **asked)
    with pytest.raises(Refused):
        tasks.open_turn(session, turn, **asked)


def test_turns_begin_and_end_with_the_recurrence(session: Session, office: Office):
    task = tasks.assign(session, office.office, assignment=given_to(office), by=office.clerk, at=NOW)
    session.flush()
    change = {"due": Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, 2), "by": office.clerk, "at": NOW}
    with pytest.raises(InvalidFields):
        tasks.set_recurrence(session, task, cadences=[Cadence.AD_HOC], **change)
    tasks.set_recurrence(session, task, cadences=[Cadence.QUARTERLY, Cadence.YEARLY], **change)
    assert [turn.period for turn in turns(session, task)] == ["2026-Q4", "2026"]
    tasks.set_recurrence(session, task, cadences=[], **change)
    assert (task.recurs, tasks.open_due_turns(session, at=datetime(2027, 1, 4, 3, tzinfo=UTC))) == (False, 0)


def test_no_turn_comes_whose_due_day_is_already_over(session: Session, office: Office):
    task = tasks.assign(session, office.office, assignment=given_to(office), by=office.clerk, at=NOW)
    session.flush()
    ten_before = Due(DueKind.DAYS_BEFORE_PERIOD_END, 10)
    late = datetime(2026, 11, 27, 3, tzinfo=UTC)
    tasks.set_recurrence(session, task, cadences=[Cadence.MONTHLY], due=ten_before, by=office.clerk, at=late)
    assert turns(session, task) == []
    assert tasks.open_due_turns(session, at=LAST_SECOND + timedelta(seconds=1)) == 1
    assert [turn.period for turn in turns(session, task)] == ["2026-12"]


def test_a_quarter_that_was_late_stays_late_while_the_next_runs(
    session: Session, office: Office, monthly: Task
):
    tasks.open_due_turns(session, at=NOW)
    (november,) = turns(session, monthly)
    tasks.open_due_turns(session, at=LAST_SECOND + timedelta(seconds=1))
    today = tasks.Today(date(2026, 12, 1), date(2026, 12, 8))
    assert [tasks.timeliness(turn, today) for turn in turns(session, monthly)] == [
        Timeliness.OVERDUE,
        Timeliness.IN_TIME,
    ]
    assert november.state is TaskState.ASSIGNED


def test_days_of_the_offices_own_calendar_count(session: Session, office: Office):
    session.add(
        office_days.OfficeDay(
            office=office.province,
            day=date(2026, 11, 20),
            working=False,
            source="QĐ",
            effective_from=date(2026, 1, 1),
        )
    )
    wanted = given_to(office, due=FIVE_AFTER)
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    assert task.deadline == date(2026, 11, 25)


@pytest.mark.parametrize("by_itself", [True, False])
def test_who_leads_a_turn_as_heir_may_read_the_paper_it_comes_from(
    session: Session, office: Office, by_itself: bool
):
    paper = given_directive(session, office)
    wanted = given_to(office, cadences=(Cadence.MONTHLY,), due=LAST_DAY)
    task = tasks.assign(session, office.office, assignment=wanted, directive=paper, by=office.clerk, at=NOW)
    office.agency.dissolved_on = TODAY
    session.add(Succession(predecessor=office.agency, successor=office.state, happened_on=TODAY, source="QĐ"))
    session.flush()
    if by_itself:
        tasks.open_due_turns(session, at=NOW)
    else:
        day = date(2026, 11, 20)
        tasks.open_turn(session, task, deadline=day, reason="Gấp", by=office.clerk, at=NOW)
    (turn,) = turns(session, task)
    assert turn.lead is office.state
    assert office.state in paper.audience


def test_the_turns_of_a_unit_that_is_no_more_go_to_the_one_it_went_on_as(
    session: Session, office: Office, monthly: Task
):
    dissolved = date(2026, 11, 20)
    monthly.coordinators, monthly.monitoring = [office.state], office.state
    office.agency.dissolved_on = dissolved
    session.add(
        Succession(predecessor=office.agency, successor=office.state, happened_on=dissolved, source="QĐ")
    )
    session.flush()
    tasks.open_due_turns(session, at=NOW)
    tasks.open_due_turns(session, at=LAST_SECOND + timedelta(seconds=1))
    november, december = turns(session, monthly)
    assert (november.lead, november.coordinators) == (office.agency, [office.state])
    assert (december.lead, december.coordinators, december.monitoring) == (office.state, [], None)
