"""Accepted returns add up by organisation and unit; nothing else counts; identities are checked."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import regimes, reports, statistics
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.errors import InvalidFields, Refused
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import Obligation, Regime, Selection, Terms
from workflows.reports import Content, Report
from workflows.statistics import member_form


def figures(**changes: int) -> dict[str, Decimal]:
    """A return that adds up: 100 + 10 + 2 - 3 - 1 - 1 = 107."""
    told = {
        "eligible": 200, "opening": 100, "admitted": 10, "transferred_in": 2, "transferred_out": 3,
        "struck_off": 1, "left": 1, "closing": 107, "female": 50, "ethnic_minority": 4, "religious": 9,
        "party_members": 20, "non_state": 30, "branches": 5, "cells": 9,
        **changes,
    }  # fmt: skip
    return {cell: Decimal(value) for cell, value in told.items()}


SOURCE = {"eligible_source": "Công an xã", "eligible_day": "14/06/2026"}


@pytest.fixture
def regime(session: Session, office: Office) -> Regime:
    """Half-yearly member statistics of two communes' organisations."""
    for unit, organisation in zip(office.communes, ("youth", "youth", "women"), strict=True):
        unit.organisation = organisation
    version = regimes.publish_form(
        session,
        office.office,
        code=member_form.CODE,
        definition=member_form.definition(),
        by=office.clerk,
        at=NOW,
    )
    terms = Terms(
        name="Thống kê đoàn viên, hội viên",
        cadence=Cadence.HALF_YEARLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=20,
        selection=Selection(organisations=("youth", "women")),
        starts_on=date(2026, 1, 1),
    )
    made = regimes.establish(
        session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())
    return made


def handed_in(
    session: Session, office: Office, place: int, period: str, by: Person, **changes: int
) -> Report:
    wanted = select(Obligation).where(
        Obligation.unit_id == office.communes[place].id, Obligation.period == period
    )
    report = reports.begin(session, session.scalars(wanted).one(), by=by, at=NOW)
    content = Content(figures=figures(**changes), narrative=SOURCE)
    reports.write(session, report, content=content, by=by, at=NOW)
    reports.submit(session, report, by=by, at=NOW)
    return report


def test_only_accepted_returns_count(session: Session, office: Office, regime: Regime):
    first = handed_in(session, office, 0, "2026-H1", office.commune_clerk)
    handed_in(session, office, 1, "2026-H1", office.other_clerk)
    reports.accept(session, first, by=office.clerk, at=NOW)
    lines = {line.key: line for line in statistics.by_organisation(session, regime, "2026-H1", true())}
    assert lines["youth"].figures["closing"] == 107
    assert (lines["youth"].accepted, lines["youth"].expected) == (1, 2)
    assert lines["youth"].rate == Decimal(107) / 200
    assert (lines["women"].accepted, lines["women"].rate) == (0, None)


def test_units_add_up_to_their_organisation(session: Session, office: Office, regime: Regime):
    for place, by in ((0, office.commune_clerk), (1, office.other_clerk)):
        report = handed_in(session, office, place, "2026-H1", by)
        reports.accept(session, report, by=office.clerk, at=NOW)
    (youth, _) = statistics.by_organisation(session, regime, "2026-H1", true())[::-1]
    units = statistics.by_unit(session, regime, "2026-H1", true())
    assert sum(line.figures.get("closing", 0) for line in units) == youth.figures["closing"] == 214


def test_a_commune_sees_its_own_figures_only(session: Session, office: Office, regime: Regime):
    for place, by in ((0, office.commune_clerk), (1, office.other_clerk)):
        report = handed_in(session, office, place, "2026-H1", by)
        reports.accept(session, report, by=office.clerk, at=NOW)
    own = readable_units(office.commune_clerk, on=TODAY)
    (line,) = statistics.by_organisation(session, regime, "2026-H1", own)
    assert (line.figures["closing"], line.expected) == (107, 1)


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"closing": 108}, "closing"),
        ({"female": 108}, "female"),
        ({"branches": 1, "grade_1": 2}, "grade_1"),
        ({"eligible": 90}, "closing"),
        ({"admitted": -1, "closing": 96}, "admitted"),
    ],
)
def test_a_return_that_does_not_add_up_is_refused_at_its_cell(
    session: Session, office: Office, regime: Regime, changes: dict[str, int], cell: str
):
    with pytest.raises(InvalidFields) as refusal:
        handed_in(session, office, 0, "2026-H1", office.commune_clerk, **changes)
    assert cell in refusal.value.fields


def test_the_opening_is_the_closing_of_the_period_before(session: Session, office: Office, regime: Regime):
    handed_in(session, office, 0, "2026-H1", office.commune_clerk)
    with pytest.raises(InvalidFields) as refusal:
        handed_in(session, office, 0, "2026-H2", office.commune_clerk)
    assert "Hiện là 100 so với 107" in refusal.value.fields["opening"]


def test_published_totals_stay_when_figures_change(session: Session, office: Office, regime: Regime):
    report = handed_in(session, office, 0, "2026-H1", office.commune_clerk)
    with pytest.raises(Refused, match="Tiếp nhận báo cáo rồi công bố"):
        statistics.publish(session, regime, period="2026-H1", by=office.leader, at=NOW)
    reports.accept(session, report, by=office.clerk, at=NOW)
    published = statistics.publish(session, regime, period="2026-H1", by=office.leader, at=NOW)
    reports.reopen(session, report, reason="Sai số.", by=office.clerk, at=NOW)
    assert Decimal(published.totals["youth"]["closing"]) == 107
    again = statistics.by_organisation(session, regime, "2026-H1", true())
    assert all(not line.figures for line in again)


def test_the_target_of_an_organisation_goes_before_the_one_for_all(
    session: Session, office: Office, regime: Regime
):
    for organisation, share in (("", "0.6"), ("youth", "0.45")):
        statistics.set_target(
            session, office.office, organisation=organisation, share=Decimal(share),
            valid_from=date(2026, 1, 1), source="Chỉ thị số 06-CT/TU", by=office.clerk, at=NOW,
        )  # fmt: skip
    session.flush()
    for organisation, share in (("youth", "0.45"), ("women", "0.6")):
        target = statistics.target_in_force(session, office.office, organisation, on=TODAY)
        assert target is not None
        assert target.share == Decimal(share)
    assert statistics.target_in_force(session, office.office, "youth", on=date(2025, 12, 31)) is None


def test_a_correction_after_publishing_shows_as_a_restatement(
    session: Session, office: Office, regime: Regime
):
    report = handed_in(session, office, 0, "2026-H1", office.commune_clerk)
    reports.accept(session, report, by=office.clerk, at=NOW)
    publication = statistics.publish(session, regime, period="2026-H1", by=office.leader, at=NOW)
    assert statistics.restatement(session, publication) == []
    reports.reopen(session, report, reason="Sai số nữ.", by=office.clerk, at=NOW)
    content = Content(figures=figures(female=48), narrative=SOURCE)
    reports.write(session, report, content=content, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    reports.accept(session, report, by=office.clerk, at=NOW)
    (restated,) = statistics.restatement(session, publication)
    assert (restated.organisation, restated.cell) == ("youth", "female")
    assert (restated.published, restated.now) == (50, 48)


def test_a_second_target_for_the_same_day_is_refused(session: Session, office: Office):
    said = {
        "organisation": "youth",
        "share": Decimal("0.6"),
        "valid_from": date(2026, 1, 1),
        "source": "15-CT/TU",
    }
    statistics.set_target(session, office.office, **said, by=office.clerk, at=NOW)
    with pytest.raises(InvalidFields):
        statistics.set_target(session, office.office, **said, by=office.clerk, at=NOW)
