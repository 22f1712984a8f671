"""Publishing: figures that were accepted, or a refusal that says what is lacking."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import regimes, reports, statistics
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.errors import Refused
from workflows.regimes import Obligation, Selection, Terms
from workflows.reports import Content

WORDS = {"code": "results", "label": "Kết quả", "kind": "narrative"}
MONTH = "2026-10"


@pytest.fixture
def owed(session: Session, office: Office) -> Obligation:
    """What a commune owes by a form that asks for words alone."""
    definition = {"title": "Báo cáo", "sections": [{"title": "I", "parts": [WORDS]}]}
    version = regimes.publish_form(
        session, office.office, code="words", definition=definition, by=office.clerk, at=NOW
    )
    terms = Terms(
        name="Báo cáo bằng lời",
        cadence=Cadence.MONTHLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=20,
        selection=Selection(units=(office.communes[0].code,)),
        starts_on=date(2026, 10, 1),
    )
    regimes.establish(session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW)
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())
    return session.scalars(select(Obligation).where(Obligation.period == MONTH)).one()


def test_words_are_not_published_but_reported(session: Session, office: Office, owed: Obligation):
    def published() -> statistics.Publication:
        return statistics.publish(session, owed.regime, period=MONTH, by=office.leader, at=NOW)

    with pytest.raises(Refused, match="Tiếp nhận báo cáo rồi công bố"):
        published()
    report = reports.begin(session, owed, by=office.commune_clerk, at=NOW)
    content = Content(figures={}, narrative={"results": "Đã họp."})
    reports.write(session, report, content=content, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    reports.accept(session, report, by=office.clerk, at=NOW)
    with pytest.raises(Refused, match="soạn báo cáo tổng hợp"):
        published()
