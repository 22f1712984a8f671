"""A unit asks to have its locked form opened again; the office answers once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.reports.conftest import Quarter
from workflows import regimes
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.regimes import is_locked

LATER = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _locked(quarter: Quarter) -> None:
    assert is_locked(quarter.third, on=TODAY, reopened_until=None)


def ask(session: Session, quarter: Quarter, office: Office, **changes):
    said = {"reason": "Mất điện.", "by": office.commune_clerk, "at": NOW, **changes}
    return regimes.ask_reopening(session, quarter.third, **said)


def test_one_request_waits_at_a_time(session: Session, office: Office, quarter: Quarter):
    ask(session, quarter, office)
    with pytest.raises(Conflict):
        ask(session, quarter, office)


def test_opening_answers_the_request(session: Session, office: Office, quarter: Quarter):
    request = ask(session, quarter, office)
    regimes.reopen(session, quarter.third, until=TODAY, reason="Đồng ý.", by=office.clerk, at=NOW)
    assert (request.answered_at, request.refusal) == (NOW, "")
    with pytest.raises(Conflict):
        regimes.refuse_reopening(session, quarter.third, reason="Thôi.", by=office.clerk, at=NOW)


def test_refusing_says_why_and_the_unit_may_ask_again(session: Session, office: Office, quarter: Quarter):
    request = ask(session, quarter, office)
    with pytest.raises(InvalidFields):
        regimes.refuse_reopening(session, quarter.third, reason=" ", by=office.clerk, at=NOW)
    regimes.refuse_reopening(session, quarter.third, reason="Đã chốt.", by=office.clerk, at=NOW)
    assert (request.answered_at, request.refusal) == (NOW, "Đã chốt.")
    ask(session, quarter, office, at=LATER)


def test_an_open_form_is_not_asked_for(session: Session, office: Office, quarter: Quarter):
    with pytest.raises(Refused):
        regimes.ask_reopening(session, quarter.fourth, reason="Cần.", by=office.commune_clerk, at=NOW)


def test_only_the_unit_asks_and_only_the_office_answers(session: Session, office: Office, quarter: Quarter):
    with pytest.raises(NotAllowed):
        ask(session, quarter, office, by=office.other_clerk)
    ask(session, quarter, office)
    with pytest.raises(NotAllowed):
        regimes.refuse_reopening(session, quarter.third, reason="Thôi.", by=office.commune_clerk, at=NOW)
