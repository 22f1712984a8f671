"""Obligations come into being by themselves, once, and are repaired when units change."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import administration, regimes
from workflows.calendar import FROM_RECEIPT, Cadence, DueKind, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.regimes import Obligation, Selection, Terms

CALENDAR = WorkingCalendar()
FORM = {"title": "B", "sections": [{"title": "I", "fields": [{"code": "n", "label": "N", "kind": "number"}]}]}


def established(session: Session, office: Office, **terms: object) -> regimes.Regime:
    version = regimes.publish_form(session, office.office, code="b", definition=FORM, by=office.clerk, at=NOW)
    told = {
        "name": "Báo cáo tháng",
        "cadence": Cadence.MONTHLY,
        "due_kind": DueKind.DAY_AFTER_PERIOD,
        "due_number": 3,
        "selection": Selection(kinds=("party-committee",), levels=("commune",)),
        "starts_on": date(2026, 9, 1),
        **terms,
    }
    regime = regimes.establish(
        session, office.office, terms=Terms(**told), form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    return regime


def periods_and_units(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(Obligation.period, func.count()).where(~Obligation.waived).group_by(Obligation.period)
    )
    return dict(rows.all())


def test_every_unit_owes_every_period_that_began_and_a_second_run_adds_nothing(
    session: Session, office: Office
):
    established(session, office)
    assert regimes.generate(session, on=TODAY, calendar=CALENDAR) == 9
    assert regimes.generate(session, on=TODAY, calendar=CALENDAR) == 0
    assert periods_and_units(session) == {"2026-09": 3, "2026-10": 3, "2026-11": 3}


@pytest.mark.parametrize("kind", sorted(FROM_RECEIPT))
def test_a_regime_counts_by_its_periods_never_from_a_receipt(session: Session, office: Office, kind: DueKind):
    with pytest.raises(InvalidFields) as refusal:
        established(session, office, due_kind=kind)
    assert set(refusal.value.fields) == {"due_kind"}


def test_a_new_unit_owes_from_the_period_it_was_founded_in(session: Session, office: Office):
    established(session, office)
    regimes.generate(session, on=TODAY, calendar=CALENDAR)
    parent, kind, level = office.province, office.communes[0].kind, office.communes[0].level
    administration.add_unit(
        session, parent, code="DU-MOI", name="Đảng uỷ xã Mới", short_name="Xã Mới", kind=kind, level=level,
        founded_on=date(2026, 10, 15), by=office.administrator, at=NOW,
    )  # fmt: skip
    assert regimes.generate(session, on=TODAY, calendar=CALENDAR) == 2
    assert periods_and_units(session) == {"2026-09": 3, "2026-10": 4, "2026-11": 4}


def test_a_dissolved_unit_owes_nothing_for_the_period_it_ended_in(session: Session, office: Office):
    established(session, office)
    regimes.generate(session, on=TODAY, calendar=CALENDAR)
    administration.dissolve_unit(
        session, office.communes[2], on=date(2026, 11, 10), successors=[office.communes[0]],
        source="Nghị quyết sắp xếp", by=office.administrator, at=NOW,
    )  # fmt: skip
    regimes.generate(session, on=TODAY, calendar=CALENDAR)
    assert periods_and_units(session) == {"2026-09": 3, "2026-10": 3, "2026-11": 2}


def test_a_regime_that_ended_asks_for_no_further_period(session: Session, office: Office):
    regime = established(session, office)
    regimes.end(session, regime, on=date(2026, 10, 31), reason="Đã thay.", by=office.clerk, at=NOW)
    regimes.generate(session, on=TODAY, calendar=CALENDAR)
    assert "2026-11" not in periods_and_units(session)


def test_the_due_day_moves_off_a_holiday(session: Session, office: Office):
    established(session, office, due_number=1, starts_on=date(2026, 12, 1))
    regimes.generate(session, on=date(2026, 12, 15), calendar=CALENDAR)
    assert session.scalars(select(Obligation.due_on).distinct()).all() == [date(2027, 1, 4)]
