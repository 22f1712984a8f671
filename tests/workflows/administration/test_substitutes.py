"""Substitutes: they act in the posts of the absent on their days, the trail says for whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import administration, audit, tasks
from workflows.errors import InvalidFields, NotAllowed, Refused
from workflows.people import Person, Substitution
from workflows.permissions import Permission, allows, tokens_of
from workflows.tasks import Assignment

FRIDAY = date(2026, 11, 20)


def stand_in(session: Session, absent: Person, substitute: Person, by: Person, **days) -> Substitution:
    wanted = {"first_day": TODAY, "last_day": FRIDAY, **days}
    return administration.name_substitute(session, absent, substitute=substitute, by=by, at=NOW, **wanted)


def test_a_substitute_acts_in_the_posts_of_the_absent_on_their_days_only(session: Session, office: Office):
    stand_in(session, office.leader, office.clerk, office.leader)
    for day, may in (
        (TODAY - timedelta(1), False),
        (TODAY, True),
        (FRIDAY, True),
        (date(2026, 11, 21), False),
    ):
        assert allows(office.clerk, Permission.DOCUMENT_SIGN_OFF, office.office, on=day) is may
    assert tokens_of(office.clerk, on=TODAY) >= tokens_of(office.leader, on=TODAY) - {
        f"person:{office.leader.id}"
    }


def test_the_trail_says_for_whom_and_only_where_their_posts_were_needed(session: Session, office: Office):
    wanted = Assignment(title="Việc", lead=office.agency)
    stand_in(session, office.agency_head, office.agency_clerk, office.agency_head)
    task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    assert audit.history(session, task)[0].instead_of is None
    stand_in(session, office.clerk, office.inspector, office.clerk)
    second = tasks.assign(session, office.office, assignment=wanted, by=office.inspector, at=NOW)
    assert audit.history(session, second)[0].instead_of is office.clerk


def test_what_was_lent_is_not_passed_on(session: Session, office: Office):
    stand_in(session, office.leader, office.clerk, office.leader)
    stand_in(session, office.clerk, office.inspector, office.clerk)
    assert not allows(office.inspector, Permission.DOCUMENT_SIGN_OFF, office.office, on=TODAY)
    with pytest.raises(NotAllowed):
        stand_in(session, office.leader, office.inspector, office.clerk, first_day=date(2026, 12, 1))


def test_the_keys_of_the_house_are_not_lent(session: Session, office: Office):
    stand_in(session, office.administrator, office.clerk, office.administrator)
    assert not allows(office.clerk, Permission.PEOPLE_MANAGE, office.agency_clerk, on=TODAY)


def test_whoever_comes_back_early_ends_it_at_once(session: Session, office: Office):
    made = stand_in(session, office.leader, office.clerk, office.leader)
    administration.end_substitution(session, office.leader, substitution=made, by=office.leader, at=NOW)
    assert not allows(office.clerk, Permission.DOCUMENT_SIGN_OFF, office.office, on=TODAY)
    with pytest.raises(Refused):
        administration.end_substitution(session, office.leader, substitution=made, by=office.leader, at=NOW)


def test_a_closed_account_lends_nothing(session: Session, office: Office):
    stand_in(session, office.leader, office.clerk, office.leader)
    office.leader.active = False
    assert not allows(office.clerk, Permission.DOCUMENT_SIGN_OFF, office.office, on=TODAY)


@pytest.mark.parametrize(
    ("absent", "substitute", "days", "field"),
    [
        ("leader", "leader", {}, "substitute"),
        ("leader", "agency_clerk", {}, "substitute"),
        ("leader", "clerk", {"last_day": TODAY - timedelta(1)}, "last_day"),
        ("leader", "clerk", {"first_day": FRIDAY, "last_day": TODAY}, "last_day"),
    ],
)
def test_a_substitution_that_cannot_be_is_refused(
    session: Session, office: Office, absent: str, substitute: str, days: dict, field: str
):
    who = getattr(office, absent)
    with pytest.raises(InvalidFields) as refusal:
        stand_in(session, who, getattr(office, substitute), who, **days)
    assert set(refusal.value.fields) == {field}


def test_two_substitutes_on_one_day_are_refused(session: Session, office: Office):
    stand_in(session, office.leader, office.clerk, office.leader)
    with pytest.raises(InvalidFields):
        stand_in(session, office.leader, office.inspector, office.leader, first_day=FRIDAY)


def test_the_administrator_names_substitutes_from_other_units_too(session: Session, office: Office):
    made = stand_in(session, office.leader, office.agency_head, office.administrator)
    assert made.named_by_id == office.administrator.id
