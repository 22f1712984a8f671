"""A directive goes down the tree: units are asked, confirm in one act, are late, are sent back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflows.asked import DUE, given_directive, owed_by, request_to_communes
from tests.workflows.office import NOW, TODAY, Office
from workflows import asking, reports, studies
from workflows.calendar import end_of_day
from workflows.errors import Conflict, InvalidFields, NotAllowed
from workflows.permissions import Permission, allows
from workflows.regimes import Regime, Selection
from workflows.reports import ReportState, Standing
from workflows.studies import Confirmation

SAID = Confirmation(TODAY, "Sinh hoạt chi bộ", cells=12, attending=230, expected=250)


@pytest.fixture
def asked(session: Session, office: Office) -> Regime:
    """The three communes were asked to study a directive until the 30th."""
    request = request_to_communes(given_directive(session, office), office)
    return studies.ask(
        session,
        office.office,
        request=request,
        ways=["Sinh hoạt chi bộ", "Hội nghị"],
        by=office.clerk,
        at=NOW,
    )


def confirm(session: Session, office: Office, asked: Regime, said: Confirmation = SAID, *, at=NOW):
    owed = owed_by(session, asked, office.communes[0])
    return studies.confirm(session, owed, confirmation=said, by=office.commune_clerk, at=at)


def test_units_asked_may_read_the_directive_and_owe_one_answer(
    session: Session, office: Office, asked: Regime
):
    assert owed_by(session, asked, office.communes[1]).due_on == DUE
    assert allows(office.other_clerk, Permission.DIRECTIVE_VIEW, asked.directive, on=TODAY)
    assert asking.standing(session, asked, office.clerk, on=TODAY).expected == 3


def test_a_due_day_off_moves_to_the_next_working_day(session: Session, office: Office):
    request = request_to_communes(given_directive(session, office), office, due_on=date(2026, 11, 29))
    made = studies.ask(session, office.office, request=request, ways=["Hội nghị"], by=office.clerk, at=NOW)
    assert owed_by(session, made, office.communes[0]).due_on == date(2026, 11, 30)


def test_one_act_confirms(session: Session, office: Office, asked: Regime):
    report = confirm(session, office, asked)
    assert report.state is ReportState.SUBMITTED
    assert reports.figures_of(session, report) == {"cells": 12, "attending": 230, "expected": 250}
    assert studies.totals(session, asked, office.clerk, on=TODAY)["attending"] == 230


def test_a_second_confirmation_says_who_was_first(session: Session, office: Office, asked: Regime):
    confirm(session, office, asked)
    with pytest.raises(Conflict, match=office.commune_clerk.full_name):
        confirm(session, office, asked)


def test_a_returned_confirmation_keeps_what_it_said_before(session: Session, office: Office, asked: Regime):
    report = confirm(session, office, asked)
    reports.return_(session, report, reason="Thiếu hai chi bộ.", by=office.clerk, at=NOW)
    confirm(session, office, asked, replace(SAID, cells=14))
    assert [edition.content["figures"]["cells"] for edition in report.editions] == ["12", "14"]


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        (end_of_day(DUE) - timedelta(seconds=1), Standing.SUBMITTED),
        (end_of_day(DUE), Standing.SUBMITTED_LATE),
    ],
)
def test_lateness_begins_with_the_second_after_the_due_day(
    session: Session, office: Office, asked: Regime, moment, standing: Standing
):
    report = confirm(session, office, asked, at=moment)
    timely_until = report.obligation.timely_until
    assert reports.standing(report.state, report.submitted_on, timely_until, today=DUE) is standing


def test_a_day_to_come_cannot_be_confirmed(session: Session, office: Office, asked: Regime):
    with pytest.raises(InvalidFields) as refusal:
        confirm(session, office, asked, replace(SAID, studied_on=TODAY + timedelta(1)))
    assert set(refusal.value.fields) == {"studied_on"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"attending": 300}, "attending"), ({"way": "Gọi điện"}, "way"), ({"cells": -1}, "cells")],
)
def test_what_cannot_be_is_refused_beside_its_field(
    session: Session, office: Office, asked: Regime, wrong: dict, field: str
):
    with pytest.raises(InvalidFields) as refusal:
        confirm(session, office, asked, replace(SAID, **wrong))
    assert set(refusal.value.fields) == {field}


def test_where_the_head_approves_the_clerk_only_lays_it_before_the_head(
    session: Session, office: Office, asked: Regime
):
    office.communes[0].needs_sign_off = True
    assert confirm(session, office, asked).state is ReportState.PROPOSED


@pytest.mark.parametrize("who", ["clerk", "other_clerk", "inspector", "administrator"])
def test_nobody_confirms_for_another_unit(session: Session, office: Office, asked: Regime, who: str):
    owed = owed_by(session, asked, office.communes[0])
    with pytest.raises(NotAllowed):
        studies.confirm(session, owed, confirmation=SAID, by=getattr(office, who), at=NOW)


def test_only_an_office_asks(session: Session, office: Office):
    request = request_to_communes(given_directive(session, office), office)
    with pytest.raises(NotAllowed):
        studies.ask(session, office.office, request=request, ways=["x"], by=office.agency_head, at=NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"due_on": TODAY - timedelta(1)}, "due_on"), ({"selection": Selection(kinds=("branch",))}, "units")],
)
def test_a_request_nobody_can_meet_is_refused(session: Session, office: Office, change: dict, field: str):
    request = replace(request_to_communes(given_directive(session, office), office), **change)
    with pytest.raises(InvalidFields) as refusal:
        studies.ask(session, office.office, request=request, ways=["Hội nghị"], by=office.clerk, at=NOW)
    assert set(refusal.value.fields) == {field}


def test_the_ways_are_the_offices_own_and_a_new_list_is_a_new_version(
    session: Session, office: Office, asked: Regime
):
    request = request_to_communes(asked.directive, office, name="Lần hai")
    again = studies.ask(
        session, office.office, request=request, ways=[" Đối  thoại ", "Đối thoại"], by=office.clerk, at=NOW
    )
    assert studies.ways_of(again.form_version) == ["Đối thoại"]
    assert (asked.form_version.number, again.form_version.number) == (1, 2)
