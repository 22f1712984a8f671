"""A confirmed draft becomes a directive with its tasks in one act, or nothing at all."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import directives, intake, tasks
from workflows.audit import AuditEntry
from workflows.directives import Decision, Directive, ImportDraft, ReadingCorrection, Sheet
from workflows.errors import Conflict, NotAllowed, Refused
from workflows.intake import Vocabulary
from workflows.tasks import Task


def confirmed(
    session: Session, office: Office, draft: ImportDraft, sheet: Sheet, keys: list[str]
) -> Directive:
    """The draft with these proposals accepted, confirmed by the clerk."""
    accepted = sheet.decided(keys, Decision.ACCEPTED)
    directives.save_draft(session, draft, sheet=accepted, by=office.clerk, at=NOW)
    return intake.confirm(session, draft, by=office.clerk, at=NOW)


def test_a_draft_becomes_a_directive_with_tasks(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    directive = confirmed(session, office, draft, sheet, ["1", "2"])
    assigned = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert [task.lead for task in assigned] == [office.agency, *office.communes]
    first = assigned[0]
    assert first.coordinators == [office.state]
    assert first.deadline.isoformat() == "2026-11-30"
    assert first.clause.address == "1"
    assert directive.text[first.span_start : first.span_end] == first.quote
    assert [target.unit for target in assigned[1].targets] == ["%"]
    assert draft.directive is directive


def test_everybody_concerned_may_read_it(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    directive = confirmed(session, office, draft, sheet, ["1"])
    assert set(directive.audience) == {office.agency, office.state, *office.communes}


def test_the_issuer_is_known_as_a_unit(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    assert confirmed(session, office, draft, sheet, []).issuer_unit is office.province


def test_an_accepted_task_without_a_known_lead_stops_everything(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    with pytest.raises(Refused):
        confirmed(session, office, draft, sheet, ["1", "3"])
    assert session.scalars(select(Task)).all() == []
    assert session.scalars(select(Directive)).all() == []


def test_a_draft_is_confirmed_once(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    confirmed(session, office, draft, sheet, ["1"])
    with pytest.raises(Conflict):
        intake.confirm(session, draft, by=office.clerk, at=NOW)


def test_only_the_office_confirms(session: Session, office: Office, draft: ImportDraft):
    with pytest.raises(NotAllowed):
        intake.confirm(session, draft, by=office.agency_head, at=NOW)


def test_what_was_corrected_is_kept(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    corrected = sheet.with_proposal(replace(sheet.proposals[2], lead=(office.agency.name,)))
    directive = confirmed(session, office, draft, corrected, ["3"])
    (kept,) = session.scalars(select(ReadingCorrection))
    assert (kept.directive, kept.person, kept.part) == (directive, office.clerk, "task.lead")
    assert kept.after == {"lead": [office.agency.name]}
    row = directives.as_row(kept)
    assert (row["person"], row["directive"], row["clause"]) == ("chuyenvien", "15-CT/TU", "3")


def test_the_act_is_recorded(
    session: Session, office: Office, vocabulary: Vocabulary, draft: ImportDraft, sheet: Sheet
):
    directive = confirmed(session, office, draft, sheet, ["1"])
    acts = session.scalars(
        select(AuditEntry.action).where(
            AuditEntry.subject_kind == "directive", AuditEntry.subject_id == directive.id
        )
    ).all()
    assert {"directive.register", "directive.send-to", "directive.confirm-import"} <= set(acts)
