"""The office may ask out of turn at any time; the same units owe it by its own day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.reports.conftest import Quarter
from workflows import regimes, reports
from workflows.calendar import WorkingCalendar
from workflows.errors import Conflict, InvalidFields, NotAllowed
from workflows.regimes import AdHocPeriod, Obligation


def opened(session: Session, office: Office, quarter: Quarter, **changes) -> AdHocPeriod:
    said = {
        "title": "Tình hình sau bão",
        "last_day": date(2026, 11, 15),
        "due_on": date(2026, 11, 21),
        "calendar": WorkingCalendar(),
        "by": office.clerk,
        **changes,
    }
    return regimes.open_ad_hoc(session, quarter.regime, **said, at=NOW)


def test_every_unit_asked_owes_it_on_a_working_day_with_the_regimes_grace(
    session: Session, office: Office, quarter: Quarter
):
    period = opened(session, office, quarter).period
    owed = session.scalars(select(Obligation).where(Obligation.period == period)).all()
    assert {one.unit for one in owed} == set(office.communes)
    assert {(one.due_on, one.timely_until) for one in owed} == {(date(2026, 11, 23), date(2026, 11, 25))}
    assert {(one.first_day, one.last_day) for one in owed} == {(date(2026, 7, 1), date(2026, 11, 15))}
    mine = next(one for one in owed if one.unit is office.communes[0])
    report = reports.begin(session, mine, by=office.commune_clerk, at=NOW)
    assert "Đột xuất" in report.label
    assert regimes.ad_hoc_periods(session, quarter.regime)[period].title == "Tình hình sau bão"


def test_generating_again_adds_nothing(session: Session, office: Office, quarter: Quarter):
    opened(session, office, quarter)
    assert regimes.generate(session, on=TODAY, calendar=WorkingCalendar()) == 0


def test_the_same_day_is_opened_once(session: Session, office: Office, quarter: Quarter):
    opened(session, office, quarter)
    with pytest.raises(Conflict):
        opened(session, office, quarter)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"last_day": date(2026, 1, 1)}, "last_day"),
        ({"due_on": TODAY - timedelta(1)}, "due_on"),
        ({"last_day": date(2026, 12, 1)}, "due_on"),
    ],
)
def test_what_nobody_could_answer_is_refused(
    session: Session, office: Office, quarter: Quarter, change: dict, field: str
):
    with pytest.raises(InvalidFields) as refusal:
        opened(session, office, quarter, **change)
    assert set(refusal.value.fields) == {field}


def test_a_regime_that_ended_opens_nothing(session: Session, office: Office, quarter: Quarter):
    quarter.regime.ends_on = TODAY - timedelta(1)
    with pytest.raises(InvalidFields):
        opened(session, office, quarter)


def test_only_the_office_opens(session: Session, office: Office, quarter: Quarter):
    with pytest.raises(NotAllowed):
        opened(session, office, quarter, by=office.commune_clerk)
