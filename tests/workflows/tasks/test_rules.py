"""Timeliness is computed alike in Python and in SQL, over any dates and states."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import tasks
from workflows.calendar import DueKind, WorkingCalendar, local_day
from workflows.errors import DomainError
from workflows.tasks import Task, TaskState, Timeliness

DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(TaskState),
    deadline=st.none() | DAYS,
    done_on=DAYS,
    reported_on=st.none() | DAYS,
    soon=st.integers(0, 10),
)
def test_both_forms_of_the_rule_agree(
    session: Session,
    office: Office,
    task: Task,
    state: TaskState,
    deadline: date | None,
    done_on: date,
    reported_on: date | None,
    soon: int,
):
    today = tasks.Today(TODAY, TODAY + timedelta(days=soon))
    point = session.begin_nested()
    task.state, task.deadline, task.original_deadline = state, deadline, deadline
    task.done_on = done_on if state is TaskState.DONE else None
    task.reported_on = reported_on if state is TaskState.AWAITING_CONFIRMATION else task.done_on
    session.flush()
    in_sql = session.scalar(select(tasks.timeliness_sql(today)).where(Task.id == task.id))
    in_python = tasks.timeliness(task, today)
    indexed = [
        kind
        for kind in Timeliness
        if session.scalar(select(Task.id).where(Task.id == task.id, tasks.timeliness_is([kind], today)))
    ]
    point.rollback()
    assert Timeliness(in_sql) is in_python
    assert indexed == [in_python]


def test_counts_agree_with_the_list(session: Session, office: Office, task: Task):
    today = tasks.Today(TODAY, TODAY + timedelta(days=30))
    counts = tasks.counts_by_timeliness(session, office.clerk, today)
    assert counts[Timeliness.DUE_SOON] == 1
    assert sum(counts.values()) == 1
    assert sum(tasks.counts_by_timeliness(session, office.other_clerk, today).values()) == 0


STEPS = st.sampled_from(
    ["receive", "request", "grant", "refuse", "submit", "return_", "confirm", "reopen", "suspend", "resume"]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(STEPS, st.integers(0, 6), st.integers(1, 30)), max_size=12),
    counted=st.booleans(),
)
def test_both_agree_after_any_history_against_the_first_deadline_and_the_last(
    session: Session, office: Office, steps: list[tuple[str, int, int]], counted: bool
):
    point = session.begin_nested()
    due = tasks.Due(DueKind.WORKING_DAYS_AFTER_RECEIPT, 5) if counted else None
    wanted = tasks.Assignment(
        title="Việc", lead=office.agency, due=due, deadline=None if counted else TODAY + timedelta(days=10)
    )
    one = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    at, first = NOW, one.original_deadline
    for step, pause, later in steps:
        at += timedelta(days=pause)
        with suppress(DomainError):
            live(session, office, one, step, at, later)
        first = first or one.original_deadline
        assert one.original_deadline == first
        assert one.deadline is None or first is None or one.deadline >= first
    session.flush()
    today = tasks.today_on(local_day(at), WorkingCalendar())
    in_sql = session.scalar(select(tasks.timeliness_sql(today)).where(Task.id == one.id))
    assert Timeliness(in_sql) is tasks.timeliness(one, today)
    worse = {Timeliness.OVERDUE, Timeliness.DONE_LATE}
    if tasks.timeliness(one, today) in worse:
        assert tasks.timeliness(one, today, deadline=first) in worse
    point.rollback()


def live(session: Session, office: Office, task: Task, step: str, at: datetime, later: int) -> None:
    """One step of a task's life, by whoever may make it."""
    unit, decider = {"by": office.agency_clerk, "at": at}, {"by": office.clerk, "at": at}
    day = local_day(at) + timedelta(days=later)
    acts = {
        "receive": lambda: tasks.receive(session, task, **unit),
        "request": lambda: tasks.request_extension(session, task, proposed=day, reason="Chờ.", **unit),
        "grant": lambda: tasks.grant_extension(session, task, deadline=day, decision="", **decider),
        "refuse": lambda: tasks.refuse_extension(session, task, reason="Đủ rồi.", **decider),
        "submit": lambda: tasks.submit(session, task, result="Xong.", **unit),
        "return_": lambda: tasks.return_(session, task, reason="Thiếu.", **decider),
        "confirm": lambda: tasks.confirm(session, task, assessment="", **decider),
        "reopen": lambda: tasks.reopen(session, task, reason="Sai.", **decider),
        "suspend": lambda: tasks.suspend(session, task, reason="Chờ.", **decider),
        "resume": lambda: tasks.resume(session, task, **decider),
    }
    acts[step]()
