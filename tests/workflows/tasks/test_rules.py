"""Timeliness is computed alike in Python and in SQL, over any dates and states."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import TODAY, Office
from workflows import tasks
from workflows.tasks import Task, TaskState, Timeliness

DAYS = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(TaskState),
    deadline=st.none() | DAYS,
    done_on=DAYS,
    soon=st.integers(0, 10),
)
def test_both_forms_of_the_rule_agree(
    session: Session,
    office: Office,
    task: Task,
    state: TaskState,
    deadline: date | None,
    done_on: date,
    soon: int,
):
    today = tasks.Today(TODAY, TODAY + timedelta(days=soon))
    point = session.begin_nested()
    task.state, task.deadline, task.original_deadline = state, deadline, deadline
    task.done_on = done_on if state is TaskState.DONE else None
    session.flush()
    in_sql = session.scalar(select(tasks.timeliness_sql(today)).where(Task.id == task.id))
    in_python = tasks.timeliness(task, today)
    point.rollback()
    assert Timeliness(in_sql) is in_python


def test_counts_agree_with_the_list(session: Session, office: Office, task: Task):
    today = tasks.Today(TODAY, TODAY + timedelta(days=30))
    counts = tasks.counts_by_timeliness(session, office.clerk, today)
    assert counts[Timeliness.DUE_SOON] == 1
    assert sum(counts.values()) == 1
    assert sum(tasks.counts_by_timeliness(session, office.other_clerk, today).values()) == 0
