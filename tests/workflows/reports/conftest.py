"""A quarterly regime on a small form, with the obligations of three communes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import regimes
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.regimes import Obligation, Regime, Selection, Terms

FORM: dict[str, Any] = {
    "title": "Báo cáo quý",
    "sections": [
        {
            "title": "I- Kết quả",
            "fields": [
                {"code": "results", "label": "Kết quả nổi bật", "kind": "narrative", "required": True},
                {"code": "given", "label": "Số nhiệm vụ được giao", "kind": "number", "required": True},
                {"code": "done", "label": "Số nhiệm vụ hoàn thành", "kind": "number", "required": True},
                {"code": "meetings", "label": "Số cuộc họp", "kind": "number"},
            ],
        }
    ],
    "rules": [
        {
            "left": "done",
            "operator": "<=",
            "right": "given",
            "importance": "error",
            "sentence": "Số hoàn thành không thể nhiều hơn số được giao.",
        },
        {
            "left": "meetings",
            "operator": "<=",
            "right": "10",
            "importance": "warning",
            "sentence": "Số cuộc họp nhiều khác thường; nếu đúng, ghi chú tại ô này.",
        },
    ],
}


@dataclass
class Quarter:
    """The regime and what the first commune owes for the third and the fourth quarter."""

    regime: Regime
    third: Obligation
    fourth: Obligation


@pytest.fixture
def quarter(session: Session, office: Office) -> Quarter:
    """The regime, opened on all three communes."""
    version = regimes.publish_form(
        session, office.office, code="quarterly", definition=FORM, by=office.clerk, at=NOW
    )
    terms = Terms(
        name="Báo cáo quý",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=5,
        selection=Selection(units=tuple(unit.code for unit in office.communes)),
        starts_on=date(2026, 7, 1),
        grace_days=2,
        lock_days=20,
    )
    regime = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())

    def owed(period: str) -> Obligation:
        wanted = select(Obligation).where(
            Obligation.unit_id == office.communes[0].id, Obligation.period == period
        )
        return session.scalars(wanted).one()

    return Quarter(regime, owed("2026-Q3"), owed("2026-Q4"))
