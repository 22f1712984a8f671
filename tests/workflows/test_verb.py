"""A verb checks its permission, records its act and has the search entry renewed, always."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from workflows import administration, aftermath, audit
from workflows.errors import InvalidFields, NotAllowed
from workflows.people import Role


def test_a_person_without_the_permission_is_refused_and_nothing_is_recorded(session: Session, office: Office):
    with pytest.raises(NotAllowed):
        administration.rename_unit(
            session, office.agency, name="Ban khác", short_name="Ban", by=office.clerk, at=NOW
        )
    assert office.agency.name == "Ban Tuyên giáo và Dân vận Tỉnh uỷ"
    assert session.scalars(select(audit.AuditEntry)).all() == []


def test_an_act_is_recorded_with_what_changed(session: Session, office: Office):
    administration.rename_unit(
        session, office.agency, name="Ban Tuyên giáo", short_name="BTG", by=office.administrator, at=NOW
    )
    entry = audit.history(session, office.agency)[0]
    assert (entry.action, entry.person, entry.at) == ("unit.rename", office.administrator, NOW)
    assert entry.changes["name"] == ["Ban Tuyên giáo và Dân vận Tỉnh uỷ", "Ban Tuyên giáo"]


def test_the_record_of_a_founding_names_what_was_made(session: Session, office: Office):
    made = administration.add_person(
        session,
        office.agency,
        username="moi.ve",
        full_name="Trịnh Văn Lâm",
        role=Role.UNIT_CLERK,
        password_hash="!",
        by=office.administrator,
        at=NOW,
    )
    entry = audit.history(session, made)[0]
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("person.add", "person", made.id)
    assert "password_hash" not in entry.changes


def test_every_act_hands_over_the_renewal_of_its_search_entry(session: Session, office: Office):
    administration.rename_unit(
        session, office.agency, name="Ban Tuyên giáo", short_name="BTG", by=office.administrator, at=NOW
    )
    (job,) = aftermath.due(session, at=NOW, job="index")
    assert (job.job, job.arguments) == ("index", {"kind": "unit", "id": office.agency.id})


def test_a_part_that_was_made_has_its_whole_filed_anew(session: Session, office: Office):
    post = administration.appoint(
        session, office.clerk, unit=office.agency, role=Role.UNIT_HEAD, by=office.administrator, at=NOW
    )
    jobs = [job.arguments for job in aftermath.due(session, at=NOW, job="index")]
    assert jobs == [{"kind": "appointment", "id": post.id}, {"kind": "person", "id": office.clerk.id}]


def test_a_rolled_back_act_leaves_neither_record_nor_job(session: Session, office: Office):
    point = session.begin_nested()
    administration.rename_unit(
        session, office.agency, name="Ban khác", short_name="BTG", by=office.administrator, at=NOW
    )
    point.rollback()
    assert session.scalars(select(audit.AuditEntry)).all() == []
    assert aftermath.waiting(session) == 0


def test_all_wrong_fields_are_named_at_once(session: Session, office: Office):
    with pytest.raises(InvalidFields) as refusal:
        administration.add_person(
            session,
            office.agency,
            username="Ôi Không",
            full_name=" ",
            role=Role.UNIT_CLERK,
            password_hash="!",
            by=office.administrator,
            at=NOW,
        )
    assert set(refusal.value.fields) == {"username", "full_name"}
