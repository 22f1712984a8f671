"""How a target stands is reckoned alike in Python and in SQL, over any lines and values."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.targets.conftest import BEGAN, ENDS
from workflows import targets
from workflows.targets import Course, Direction, FollowedTarget, Line, Reading, TargetStep, TargetValue

DAYS = st.integers(-300, 300).map(lambda n: TODAY + timedelta(days=n))
VALUES = st.decimals(-1000, 1_000_000, places=4)
STEPS = st.dictionaries(st.integers(1, 199).map(lambda n: BEGAN + timedelta(n)), VALUES, max_size=4)


def standing_of(session: Session, office: Office) -> tuple[Decimal | None, date | None, float | None, str]:
    how = targets.standing(TODAY)
    row = session.execute(targets.all_visible(office.clerk, how, on=TODAY)).unique().one()
    return row[1], row[2], row[3], row[4]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    direction=st.sampled_from(Direction),
    baseline=VALUES,
    goal=VALUES,
    steps=STEPS,
    values=st.lists(st.tuples(VALUES, DAYS), max_size=3),
    fresh_days=st.integers(1, 400),
)
def test_both_forms_of_the_rule_agree(
    session: Session,
    office: Office,
    target: FollowedTarget,
    direction,
    baseline,
    goal,
    steps,
    values,
    fresh_days,
):
    point = session.begin_nested()
    target.direction, target.fresh_days = direction, fresh_days
    target.baseline_value, target.goal_value = baseline, goal if goal != baseline else goal + 1
    target.steps = [TargetStep(due_on=day, value=value) for day, value in sorted(steps.items())]
    for value, day in values:
        session.add(
            TargetValue(target=target, value=value, measured_on=day, source="x", by=office.clerk, at=NOW)
        )
        session.flush()
    session.flush()
    session.expire(target)
    newest = max(enumerate(values), key=lambda pair: (pair[1][1], pair[0]))[1] if values else None
    line = target.line
    in_python = targets.course(line, direction, newest, fresh_days=fresh_days, today=TODAY)
    value, day, gap, in_sql = standing_of(session, office)
    assert Course(in_sql) is in_python
    if newest is not None:
        assert (value, day) == newest
        assert gap == targets.shortfall(line, direction, *newest)
    point.rollback()


@given(
    baseline=VALUES,
    goal=VALUES,
    day=DAYS,
    steps=STEPS.map(lambda found: tuple(sorted(found.items()))),
)
def test_a_line_never_leaves_what_it_runs_between(baseline: Decimal, goal: Decimal, day: date, steps):
    line = Line(baseline, BEGAN, goal, ENDS, steps)
    between = [float(baseline), float(goal), *(float(value) for _, value in steps)]
    slack = 1e-6 * max(map(abs, between))
    assert min(between) - slack <= line.at(day) <= max(between) + slack
    assert line.at(ENDS) == float(goal)


def test_half_of_the_way_is_asked_at_half_of_the_time():
    line = Line(Decimal(40), BEGAN, Decimal(60), ENDS)
    assert line.at(TODAY) == 50
    assert Line(Decimal(40), BEGAN, Decimal(60), ENDS, ((TODAY, Decimal(45)),)).at(ENDS - timedelta(1)) == 45


def test_the_day_after_its_last_fresh_one_a_value_is_too_old(
    session: Session, office: Office, target: FollowedTarget
):
    for age, course in ((target.fresh_days, Course.BEHIND), (target.fresh_days + 1, Course.STALE)):
        newest = Decimal(30), TODAY - timedelta(age)
        kind = targets.course(
            target.line, Direction.AT_LEAST, newest, fresh_days=target.fresh_days, today=TODAY
        )
        assert kind is course


def test_counts_agree_with_the_list_and_with_who_may_see(
    session: Session, office: Office, target: FollowedTarget
):
    reading = Reading(Decimal(45), TODAY, "Báo cáo")
    targets.record(session, target, reading=reading, by=office.agency_clerk, at=NOW)
    assert targets.counts(session, office.clerk, on=TODAY)[Course.BEHIND] == 1
    assert sum(targets.counts(session, office.agency_head, on=TODAY).values()) == 1
    assert sum(targets.counts(session, office.other_clerk, on=TODAY).values()) == 0
    assert standing_of(session, office)[2:] == (5.0, "behind")
