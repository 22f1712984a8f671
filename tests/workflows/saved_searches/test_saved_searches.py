"""Saved searches: kept by one, used by a unit, each with a past of their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import saved_searches
from workflows.audit import AuditEntry
from workflows.errors import InvalidFields, NotAllowed, Refused
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.saved_searches import SavedSearch, kept_address
from workflows.saved_searches.rules import LONGEST_ADDRESS, MOST_SAVED


def saved(session: Session, person: Person, name: str = "Nước sạch", address: str = "q=n%C6%B0%E1%BB%9Bc"):
    search = saved_searches.save(session, person, name=name, address=address, by=person, at=NOW)
    session.flush()
    return search


def names(session: Session, person: Person) -> list[str]:
    return [kept.search.name for kept in saved_searches.shelf(session, person, on=TODAY, limit=9)]


@pytest.fixture
def colleague(session: Session, office: Office) -> Person:
    """Somebody else of the office."""
    person = Person(username="dongnghiep", full_name="Đồng nghiệp")
    person.appointments = [
        Appointment(unit=office.office, role=Role.OFFICE_CLERK, valid_from=TODAY - timedelta(days=9))
    ]
    session.add(person)
    session.flush()
    return person


def test_an_address_is_kept_without_what_is_no_part_of_the_search():
    typed = [
        ("page", "3"),
        ("year", "2026"),
        ("q", "nước sạch"),
        ("ids", "task:1"),
        ("kind", ""),
        ("next", "x"),
    ]
    assert kept_address(typed) == "q=n%C6%B0%E1%BB%9Bc+s%E1%BA%A1ch&year=2026"


def test_a_shared_search_is_on_the_shelves_of_the_unit_only(
    session: Session, office: Office, colleague: Person
):
    search = saved(session, office.clerk)
    assert names(session, colleague) == []
    unit = office.clerk.appointments[0].unit
    saved_searches.share(session, search, unit=unit, by=office.clerk, at=NOW)
    session.flush()
    assert names(session, colleague) == names(session, office.clerk) == ["Nước sạch"]
    assert names(session, office.commune_clerk) == []
    assert saved_searches.reachable(session, search.id, office.commune_clerk, on=TODAY) is None
    saved_searches.share(session, search, unit=None, by=office.clerk, at=NOW)
    session.flush()
    assert names(session, colleague) == []


def test_nobody_shares_with_a_unit_they_do_not_work_in(session: Session, office: Office):
    search = saved(session, office.clerk)
    with pytest.raises(InvalidFields):
        saved_searches.share(session, search, unit=office.communes[0], by=office.clerk, at=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda session, search, by: saved_searches.rename(session, search, name="x", by=by, at=NOW),
        lambda session, search, by: saved_searches.delete(session, search, by=by, at=NOW),
        lambda session, search, by: saved_searches.share(session, search, unit=None, by=by, at=NOW),
    ],
)
def test_only_the_owner_changes_a_shared_search(session: Session, office: Office, colleague: Person, act):
    search = saved(session, office.clerk)
    saved_searches.share(session, search, unit=office.office, by=office.clerk, at=NOW)
    session.flush()
    with pytest.raises(NotAllowed):
        act(session, search, colleague)


def test_each_reader_has_a_past_of_their_own(session: Session, office: Office, colleague: Person):
    search = saved(session, office.clerk)
    saved_searches.share(session, search, unit=office.office, by=office.clerk, at=NOW)
    later = NOW + timedelta(hours=2)
    saved_searches.note_visit(session, search, colleague, at=NOW)
    saved_searches.note_visit(session, search, colleague, at=later)
    session.flush()
    since = {
        person.id: saved_searches.reachable(session, search.id, person, on=TODAY).new_since  # type: ignore[union-attr]
        for person in (office.clerk, colleague)
    }
    assert since == {office.clerk.id: NOW, colleague.id: later}
    assert [kept.new_since for kept in saved_searches.shelf(session, colleague, on=TODAY, limit=9)] == [later]


def test_what_was_used_or_given_last_is_at_hand(session: Session, office: Office):
    def at_hand(limit: int) -> list[str]:
        kept = saved_searches.at_hand(session, office.clerk, on=TODAY, limit=limit)
        return [one.search.name for one in kept]

    first, second, _ = (saved(session, office.clerk, name=name) for name in ("An", "Bình", "Châu"))
    assert at_hand(2) == ["Châu", "Bình"]
    saved_searches.note_visit(session, first, office.clerk, at=NOW + timedelta(hours=2))
    saved_searches.note_visit(session, second, office.clerk, at=NOW + timedelta(hours=1))
    session.flush()
    assert at_hand(3) == ["An", "Bình", "Châu"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "Nước  sạch"])
def test_a_name_says_something_and_is_not_taken(session: Session, office: Office, name: str):
    search = saved(session, office.clerk)
    other = saved(session, office.clerk, name="Khác")
    with pytest.raises(InvalidFields):
        saved_searches.rename(session, other, name=name, by=office.clerk, at=NOW)
    saved_searches.rename(session, search, name=" Nước sạch ", by=office.clerk, at=NOW)
    assert search.name == "Nước sạch"


@pytest.mark.parametrize("address", ["", "q=" + "x" * LONGEST_ADDRESS])
def test_a_search_for_nothing_or_without_end_is_not_kept(session: Session, office: Office, address: str):
    with pytest.raises(InvalidFields):
        saved(session, office.clerk, address=address)


def test_there_is_an_end_to_keeping(session: Session, office: Office):
    for number in range(MOST_SAVED):
        saved(session, office.clerk, name=f"Tìm {number}")
    with pytest.raises(Refused):
        saved(session, office.clerk, name="Một tìm kiếm nữa")


def test_a_deleted_search_is_gone_with_its_visits_and_stays_in_the_trail(session: Session, office: Office):
    search = saved(session, office.clerk)
    saved_searches.note_visit(session, search, office.clerk, at=NOW)
    session.flush()
    saved_searches.delete(session, search, by=office.clerk, at=NOW)
    session.flush()
    assert session.scalars(select(SavedSearch)).all() == []
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["search.save", "search.delete"]


def test_a_unit_that_goes_leaves_the_search_to_its_owner(session: Session, office: Office):
    search = saved(session, office.clerk)
    unit = Unit(
        code="T", name="T", short_name="T", kind=office.agency.kind, level=office.agency.level,
        parent=office.agency, path="", founded_on=TODAY,
    )  # fmt: skip
    session.add(unit)
    search.unit = unit
    session.flush()
    session.delete(unit)
    session.flush()
    session.refresh(search)
    assert search.unit_id is None
