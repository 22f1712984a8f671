"""What the office does with directives, and what it refuses to do."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import directives
from workflows.audit import AuditEntry
from workflows.directives import (
    AlreadyRegistered,
    Directive,
    DirectiveState,
    ImportDraft,
    Registration,
    Sheet,
)
from workflows.directives.reading.model import Reading
from workflows.directives.reading.similarity import Signature
from workflows.errors import Conflict, NotAllowed, Refused
from workflows.files import StoredFile


def register(
    session: Session, office: Office, registration: Registration, text: str, digit: str = "b"
) -> Directive:
    """Register a paper from a file of its own."""
    file = StoredFile(sha256=digit * 64, size=1, media_type="text/plain", stored_at=NOW)
    session.add(file)
    session.flush()
    return directives.register(
        session,
        office.office,
        registration=registration,
        file=file,
        file_name="tep.txt",
        text=text,
        by=office.clerk,
        at=NOW,
    )


@pytest.fixture
def directive(session: Session, office: Office, sheet: Sheet, reading: Reading) -> Directive:
    """The paper in the register."""
    return register(session, office, sheet.registration, reading.text)


def test_a_registered_directive_has_its_clauses_and_citations(directive: Directive):
    assert {"1", "2", "3"} <= {clause.address for clause in directive.clauses}
    assert [link.number for link in directive.links] == ["09-CT/TU"]


def test_only_the_office_registers(session: Session, office: Office, file: StoredFile, sheet: Sheet):
    with pytest.raises(NotAllowed):
        directives.take_in(
            session,
            office.office,
            file=file,
            file_name="x",
            text="x",
            sheet=sheet,
            by=office.agency_clerk,
            at=NOW,
        )


def test_the_same_file_is_refused_and_leads_to_what_is_known(
    session: Session, office: Office, draft: ImportDraft, file: StoredFile, sheet: Sheet
):
    known = directives.register(
        session,
        office.office,
        registration=sheet.registration,
        file=file,
        file_name="x",
        text=draft.text,
        by=office.clerk,
        at=NOW,
    )
    with pytest.raises(AlreadyRegistered) as refusal:
        directives.take_in(
            session,
            office.office,
            file=file,
            file_name="x",
            text="x",
            sheet=sheet,
            by=office.clerk,
            at=NOW,
        )
    assert refusal.value.directive is known


def test_the_same_number_issuer_and_date_are_refused(
    session: Session, office: Office, directive: Directive, sheet: Sheet
):
    with pytest.raises(AlreadyRegistered):
        register(session, office, replace(sheet.registration, number="15 -CT/TU"), "khác", "c")


def test_a_copy_with_small_changes_is_found_alike(
    session: Session, office: Office, directive: Directive, reading: Reading
):
    other = reading.text.replace("thăm hỏi", "thăm hỏi, động viên")
    found = directives.alike(session, office.office, _likeness(other))
    assert [one for one, share in found if share >= 0.9] == [directive]
    assert directives.alike(session, office.office, _likeness("một văn bản hoàn toàn khác về thuỷ lợi")) == []


def _likeness(text: str) -> str:
    return str(Signature.of(text))


def test_a_citation_leads_to_its_paper_whichever_came_first(
    session: Session, office: Office, directive: Directive, sheet: Sheet
):
    earlier = replace(
        sheet.registration, number="09-CT/TU", issued_on=date(2025, 8, 12), citations=(), passages=()
    )
    known = register(session, office, earlier, "văn bản trước", "c")
    assert directive.links[0].target is known
    later = replace(sheet.registration, number="20-CT/TU", issued_on=TODAY, passages=())
    newest = register(session, office, later, "văn bản sau", "d")
    assert newest.links[0].target is known
    citing = directives.cited_by(session, known, office.clerk, on=TODAY)
    assert {link.directive_id for link in citing} == {directive.id, newest.id}


def test_a_unit_sees_who_cites_only_what_it_may_read(
    session: Session, office: Office, directive: Directive, sheet: Sheet
):
    earlier = replace(
        sheet.registration, number="09-CT/TU", issued_on=date(2025, 8, 12), citations=(), passages=()
    )
    known = register(session, office, earlier, "văn bản trước", "c")
    assert directives.cited_by(session, known, office.commune_clerk, on=TODAY) == []


def test_a_clause_outside_the_text_is_refused(session: Session, office: Office, sheet: Sheet):
    with pytest.raises(Refused):
        register(session, office, sheet.registration, "ngắn")


def test_a_directive_sent_twice_has_each_reader_once(session: Session, office: Office, directive: Directive):
    for _ in range(2):
        directives.send_to(session, directive, units=office.communes[:2], by=office.clerk, at=NOW)
    assert list(directive.audience) == list(office.communes[:2])
    assert directive in session.scalars(directives.all_visible(office.commune_clerk, on=TODAY)).all()


def test_closing_reopening_withdrawing(session: Session, office: Office, directive: Directive):
    said = {"by": office.leader, "at": NOW, "reason": "đã xong"}
    directives.close(session, directive, **said)
    with pytest.raises(Conflict):
        directives.close(session, directive, **said)
    directives.reopen(session, directive, **said)
    directives.withdraw(session, directive, **said)
    assert directive.state is DirectiveState.WITHDRAWN
    with pytest.raises(Conflict):
        directives.send_to(session, directive, units=[office.agency], by=office.leader, at=NOW)


def test_saving_a_draft_keeps_its_sheet_out_of_the_trail(
    session: Session, office: Office, draft: ImportDraft, sheet: Sheet
):
    made = replace(sheet, registration=replace(sheet.registration, place="Hưng Thịnh"))
    directives.save_draft(session, draft, sheet=made, by=office.clerk, at=NOW)
    assert directives.sheet_of(draft) == made
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.action == "directive.save-draft"
    assert not {"corrected", "reading", "text"} & entry.changes.keys()


def test_a_discarded_draft_is_gone(session: Session, office: Office, draft: ImportDraft):
    directives.discard_draft(session, draft, by=office.clerk, at=NOW)
    assert directives.open_drafts(session, office.clerk) == []
