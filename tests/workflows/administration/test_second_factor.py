"""The office's rules of the second factor: a code counts once, who may take it off, who must have it."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import administration
from workflows.audit import AuditEntry
from workflows.errors import Conflict, NotAllowed, Refused
from workflows.people import Account, Person, Role, demands_second_factor, second_factor_roles

STEP = 1000


@pytest.fixture
def account(session: Session, office: Office) -> Account:
    """The clerk's account, switched on."""
    switch_on(session, office.clerk)
    assert office.clerk.account
    return office.clerk.account


def switch_on(session: Session, person: Person) -> None:
    administration.switch_on_second_factor(
        session, person, secret="niêm phong", step=STEP, recovery_codes=["a", "b"], by=person, at=NOW
    )


def require(session: Session, office: Office, *roles: Role) -> None:
    administration.require_second_factor(
        session, office.province, roles=roles, by=office.administrator, at=NOW
    )


def acts(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_switching_on_ends_other_sessions_and_counts_the_first_code(session: Session, account: Account):
    assert (account.epoch, account.second_factor_step) == (1, STEP)
    with pytest.raises(Refused):
        administration.take_code(session, account.person, step=STEP, by=account.person, at=NOW)


def test_it_is_switched_on_once(session: Session, account: Account):
    with pytest.raises(Conflict):
        switch_on(session, account.person)


def test_a_code_and_every_older_one_is_taken_once(session: Session, account: Account):
    person = account.person
    administration.take_code(session, person, step=STEP + 2, by=person, at=NOW)
    for step in (STEP + 2, STEP + 1):
        with pytest.raises(Refused):
            administration.take_code(session, person, step=step, by=person, at=NOW)
    administration.take_code(session, person, step=STEP + 3, by=person, at=NOW)


def test_what_another_hand_took_a_moment_ago_is_gone(session: Session, account: Account):
    stale = account.second_factor_step
    table = Account.__table__
    theirs = table.update().where(table.c.person_id == account.person_id)
    session.execute(theirs.values(second_factor_step=STEP + 5, recovery_codes=["b"]))
    assert account.second_factor_step == stale, "as read before the other hand"
    with pytest.raises(Refused):
        administration.take_code(session, account.person, step=STEP + 5, by=account.person, at=NOW)
    with pytest.raises(Refused):
        administration.use_recovery_code(session, account.person, code="a", by=account.person, at=NOW)


def test_a_recovery_code_is_used_once(session: Session, account: Account):
    person = account.person
    administration.use_recovery_code(session, person, code="a", by=person, at=NOW)
    assert account.recovery_codes == ["b"]
    for code in ("a", "c", ""):
        with pytest.raises(Refused):
            administration.use_recovery_code(session, person, code=code, by=person, at=NOW)


def test_new_recovery_codes_stand_in_the_place_of_all(session: Session, account: Account):
    person = account.person
    administration.renew_recovery_codes(session, person, recovery_codes=["c"], by=person, at=NOW)
    assert account.recovery_codes == ["c"]


def test_nothing_is_renewed_or_taken_off_that_is_not_there(session: Session, office: Office):
    person = office.clerk
    for act in (administration.switch_off_second_factor, administration.reset_second_factor):
        with pytest.raises(Refused):
            act(session, person, by=person if "off" in act.__name__ else office.administrator, at=NOW)
    with pytest.raises(Refused):
        administration.renew_recovery_codes(session, person, recovery_codes=["c"], by=person, at=NOW)
    with pytest.raises(Refused):
        administration.take_code(session, person, step=STEP, by=person, at=NOW)


def test_a_person_switches_it_off(session: Session, account: Account):
    administration.switch_off_second_factor(session, account.person, by=account.person, at=NOW)
    assert (account.second_factor, account.second_factor_step, account.recovery_codes) == (None, None, None)
    assert account.epoch == 2


def test_an_administrator_takes_it_off_for_others_only(session: Session, office: Office, account: Account):
    with pytest.raises(NotAllowed):
        administration.reset_second_factor(session, account.person, by=office.other_clerk, at=NOW)
    administration.reset_second_factor(session, account.person, by=office.administrator, at=NOW)
    assert (account.second_factor, account.epoch) == (None, 2)
    entry = acts(session)[-1]
    assert (entry.action, entry.person_id) == ("person.reset-second-factor", office.administrator.id)
    switch_on(session, office.administrator)
    with pytest.raises(Refused):
        administration.reset_second_factor(session, office.administrator, by=office.administrator, at=NOW)


def test_nobody_else_touches_ones_own_factor(session: Session, office: Office, account: Account):
    with pytest.raises(NotAllowed):
        administration.switch_off_second_factor(session, account.person, by=office.administrator, at=NOW)


def test_roles_are_required_of_everybody_who_acts_in_them(session: Session, office: Office):
    assert second_factor_roles(session) == frozenset()
    assert not demands_second_factor(session, office.clerk, on=TODAY)
    require(session, office, Role.OFFICE_CLERK, Role.ADMINISTRATOR)
    assert second_factor_roles(session) == {Role.OFFICE_CLERK, Role.ADMINISTRATOR}
    assert demands_second_factor(session, office.clerk, on=TODAY)
    assert not demands_second_factor(session, office.leader, on=TODAY)
    administration.name_substitute(
        session,
        office.clerk,
        substitute=office.leader,
        first_day=TODAY,
        last_day=TODAY,
        by=office.clerk,
        at=NOW,
    )
    assert demands_second_factor(session, office.leader, on=TODAY), "who stands in needs the same key"
    assert acts(session)[0].subject_label == f"{Role.OFFICE_CLERK.label}, {Role.ADMINISTRATOR.label}"
    require(session, office)
    assert second_factor_roles(session) == frozenset()


def test_who_must_have_it_switches_it_off_for_another_telephone(
    session: Session, office: Office, account: Account
):
    require(session, office, Role.OFFICE_CLERK)
    administration.switch_off_second_factor(session, account.person, by=account.person, at=NOW)
    assert account.second_factor is None
    switch_on(session, account.person)


def test_wrong_codes_are_counted_from_one_sign_in_to_the_next(
    session: Session, office: Office, account: Account
):
    for person in (account.person, account.person, office.other_clerk):
        administration.note_wrong_code(session, person, by=person, at=NOW)
    assert administration.wrong_codes_since_sign_in(session, account.person) == 2
    administration.note_sign_in(session, account.person, by=account.person, at=NOW)
    assert administration.wrong_codes_since_sign_in(session, account.person) == 0


def test_only_the_chief_administrator_requires_it(session: Session, office: Office):
    with pytest.raises(NotAllowed):
        administration.require_second_factor(
            session, office.province, roles=list(Role), by=office.leader, at=NOW
        )


def test_the_trail_keeps_no_secret(session: Session, account: Account):
    person = account.person
    administration.use_recovery_code(session, person, code="a", by=person, at=NOW)
    administration.take_code(session, person, step=STEP + 1, by=person, at=NOW)
    administration.switch_off_second_factor(session, person, by=person, at=NOW)
    entries = acts(session)
    assert [entry.action for entry in entries] == [
        "person.switch-on-second-factor",
        "person.use-recovery-code",
        "person.take-code",
        "person.switch-off-second-factor",
    ]
    assert all(entry.changes == {} and entry.note == "" for entry in entries)


@pytest.mark.parametrize(
    "half",
    [{"second_factor": "x"}, {"second_factor_step": 1}, {"recovery_codes": ["a"]}],
    ids=lambda half: next(iter(half)),
)
def test_the_database_keeps_no_half_of_a_factor(session: Session, office: Office, half: dict):
    for name, value in half.items():
        setattr(office.clerk.account, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
