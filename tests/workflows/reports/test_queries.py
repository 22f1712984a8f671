"""Rates and standings are computed, never stored; Python and SQL agree."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.reports.conftest import Quarter
from workflows import reports
from workflows.regimes import Obligation
from workflows.reports import Completeness, Content, Report, ReportState, Standing, standing

DAYS = st.integers(-30, 30).map(lambda n: TODAY + timedelta(days=n))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=st.sampled_from([None, *ReportState]), submitted_on=DAYS, timely_until=DAYS)
def test_both_forms_of_the_rule_agree(
    session: Session,
    office: Office,
    quarter: Quarter,
    state: ReportState | None,
    submitted_on: date,
    timely_until: date,
):
    point = session.begin_nested()
    session.execute(
        update(Obligation)
        .where(Obligation.id == quarter.fourth.id)
        .values(due_on=timely_until, timely_until=timely_until)
    )
    if state is not None:
        accepted, below = state is ReportState.ACCEPTED, state is ReportState.UNDER_REVIEW
        session.add(
            Report(
                obligation_id=quarter.fourth.id,
                state=state,
                submitted_on=submitted_on,
                changed_by=office.commune_clerk,
                changed_at=NOW,
                review_levels=int(below),
                awaiting=office.agency if below else None,
                accepted_by=office.clerk if accepted else None,
                accepted_at=NOW if accepted else None,
            )
        )
        session.flush()
    wanted = reports.owed(office.clerk, on=TODAY).where(Obligation.id == quarter.fourth.id)
    ((_, _, in_sql),) = session.execute(wanted)
    in_python = standing(state, submitted_on if state else None, timely_until, today=TODAY)
    point.rollback()
    session.expire_all()
    assert Standing(in_sql) is in_python


def test_the_four_rates_of_a_period(session: Session, office: Office, quarter: Quarter):
    report = reports.begin(session, quarter.fourth, by=office.commune_clerk, at=NOW)
    content = Content(figures={"given": Decimal(1), "done": Decimal(1)}, narrative={"results": "Xong."})
    reports.write(session, report, content=content, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    assert reports.completeness(session, quarter.regime, "2026-Q4") == Completeness(3, 1, 1, 0)
    reports.accept(session, report, by=office.clerk, at=NOW)
    assert reports.completeness(session, quarter.regime, "2026-Q4") == Completeness(3, 1, 1, 1)
    silent = reports.silent(session, quarter.regime, "2026-Q4", person=office.clerk, on=TODAY)
    assert {owed.unit for owed in silent} == set(office.communes[1:])
