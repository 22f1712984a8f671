"""What is filed is what each person may see: tokens of the index and conditions of the database agree."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from workflows import entries, tasks
from workflows.directives import Directive
from workflows.entries import Fault
from workflows.entries.tasks import entry
from workflows.files import HoldsFiles, StoredFile
from workflows.organisations import UnitAlias
from workflows.people import Person
from workflows.permissions import tokens_of
from workflows.tasks import Assignment, TaskState
from workflows.wording import LabelledEnum


@pytest.fixture
def papers(session: Session, office: Office) -> Directive:
    """A directive sent to one commune, a task of the agency."""
    session.add(StoredFile(sha256="0" * 64, size=3, media_type="text/plain", stored_at=NOW))
    directive = Directive(
        office=office.office,
        number="11-CT/TU",
        type="CT",
        issuer="Tỉnh uỷ Tân Hưng",
        issued_on=date(2026, 3, 1),
        subject="về cấp nước sạch nông thôn",
        text="Toàn văn",
        sha256="0" * 64,
        file_name="ct.docx",
        registered_by=office.clerk,
        registered_at=NOW,
        audience=[office.communes[0]],
    )
    session.add(directive)
    assignment = Assignment(
        title="Rà soát công trình", lead=office.agency, coordinators=(office.communes[1],)
    )
    tasks.assign(session, office.office, assignment=assignment, by=office.clerk, at=NOW)
    session.flush()
    return directive


def test_index_and_database_agree_for_everybody(session: Session, office: Office, papers: Directive):
    everybody = [person.id for person in office.people()]
    filed = [entry for batch in entries.everything(session) for entry in batch]
    for person in (session.get_one(Person, id_) for id_ in everybody):
        shown = tokens_of(person, on=TODAY)
        for kind in entries.SOURCES:
            found = {entry.key for entry in filed if entry.kind == kind and entry.tokens & shown}
            assert len(found) == entries.count_visible(session, kind, person, on=TODAY), (person, kind)
            assert entries.still_visible(session, found, person, on=TODAY) == found


def test_what_is_filed_of_a_unit_heeds_no_order_of_its_names(session: Session, office: Office):
    for name in ("Ban Tuyên giáo Tỉnh uỷ", "Ban Dân vận Tỉnh uỷ"):
        office.agency.aliases.append(UnitAlias(name=name))
    session.flush()
    (before,) = entries.of(session, "unit", [office.agency.id])
    office.agency.aliases.reverse()
    (after,) = entries.of(session, "unit", [office.agency.id])
    assert after.version == before.version


@pytest.mark.parametrize(
    ("state", "reported", "found"),
    [
        (TaskState.IN_PROGRESS, None, TODAY),
        (TaskState.AWAITING_CONFIRMATION, TODAY, None),
        (TaskState.AWAITING_CONFIRMATION, TODAY + timedelta(1), TODAY),
    ],
)
def test_what_was_reported_in_time_is_not_found_as_overdue(
    session: Session,
    office: Office,
    papers: Directive,
    state: TaskState,
    reported: date | None,
    found: date | None,
):
    task = session.scalars(select(tasks.Task)).one()
    task.state, task.reported_on = state, reported
    task.deadline = task.original_deadline = TODAY
    assert entry(task).deadline == found


def test_who_only_keeps_the_house_finds_units_and_people(session: Session, office: Office, papers: Directive):
    keeper = office.administrator
    found = {kind: entries.count_visible(session, kind, keeper, on=TODAY) for kind in entries.SOURCES}
    assert found.pop("unit") == 7
    assert found.pop("person") == len(office.people())
    assert not any(found.values())


def test_people_are_found_by_those_who_keep_the_house_only(session: Session, office: Office):
    assert entries.count_visible(session, "person", office.leader, on=TODAY) == 0


def test_a_role_that_ended_shows_nothing_more(session: Session, office: Office, papers: Directive):
    key = entries.key("directive", papers.id)
    assert entries.still_visible(session, [key], office.commune_clerk, on=TODAY) == {key}
    office.commune_clerk.appointments[0].valid_to = FOUNDED
    session.flush()
    assert entries.still_visible(session, [key], office.commune_clerk, on=TODAY) == set()


def test_every_difference_is_named(session: Session, office: Office, papers: Directive):
    filed = {entry.key: entry.version for batch in entries.everything(session) for entry in batch}
    assert entries.faults(session, filed) == {}
    kept = entries.key("unit", office.agency.id)
    lost = entries.key("directive", papers.id)
    changed = {**filed, kept: "old", "task:999": "gone"}
    del changed[lost]
    assert entries.faults(session, changed) == {
        kept: Fault.STALE,
        lost: Fault.MISSING,
        "task:999": Fault.LEFT_OVER,
    }


def test_the_version_follows_the_names_of_the_units(session: Session, office: Office, papers: Directive):
    (task,) = (entry for batch in entries.everything(session) for entry in batch if entry.kind == "task")
    session.get(type(office.agency), office.agency.id).name = "Ban Tuyên giáo"  # type: ignore[union-attr]
    session.flush()
    session.expire_all()
    (after,) = entries.of(session, "task", [entries.split_key(task.key)[1]])
    assert after.version != task.version


def test_every_state_of_every_kind_has_its_words():
    for kind, states in entries.STATES.items():
        assert kind in entries.KINDS
        assert issubclass(states, LabelledEnum)
        assert all(state.label for state in states)


def test_every_kind_is_filed_under_its_name():
    assert entries.SOURCES.keys() == entries.KINDS.keys()


def test_files_are_found_wherever_they_may_hang():
    assert {thing.__tablename__ for thing in HoldsFiles.__subclasses__()} <= entries.HOLDERS.keys()
