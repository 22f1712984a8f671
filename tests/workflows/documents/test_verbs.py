"""The life of a paper: who may move it when, what is frozen, who may read it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.documents.conftest import Desk as Records
from tests.workflows.documents.conftest import approve, complete, draft
from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from workflows import audit, documents
from workflows.administration import give_letterhead
from workflows.audit import AuditEntry, history
from workflows.documents import (
    ACTS,
    MOVES,
    DocumentMove,
    DocumentState,
    OfficialDocument,
    Source,
    paper_of,
)
from workflows.documents.paper import Incomplete
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Appointment, Person, Role

REASONED = (DocumentMove.RETURN, DocumentMove.REVOKE)
THE_WAY = (DocumentMove.PREPARE, DocumentMove.SIGN_OFF, DocumentMove.ISSUE, DocumentMove.SEND)


def act(session: Session, office: Office, document: OfficialDocument, move: DocumentMove) -> None:
    """Make a move as somebody who may."""
    said = {"reason": "nhầm số liệu"} if move in REASONED else {}
    ACTS[move](session, document, by=office.leader, at=NOW, **said)


def bring_to(session: Session, office: Office, document: OfficialDocument, state: DocumentState) -> None:
    """Take a fresh draft as far as a state."""
    for move in THE_WAY:
        if document.state is state:
            return
        act(session, office, document, move)
    if state is DocumentState.REVOKED:
        act(session, office, document, DocumentMove.REVOKE)


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("move", DocumentMove)
def test_every_move_keeps_to_the_table(
    session: Session, office: Office, letter: OfficialDocument, state: DocumentState, move: DocumentMove
):
    bring_to(session, office, letter, state)
    assert letter.state is state
    if state in MOVES[move].sources:
        act(session, office, letter, move)
        assert letter.state is MOVES[move].target
    else:
        with pytest.raises(Conflict, match="trạng thái"):
            act(session, office, letter, move)
        assert letter.state is state


@pytest.mark.parametrize("state", DocumentState)
def test_the_buttons_are_the_moves_that_succeed(
    session: Session, office: Office, letter: OfficialDocument, state: DocumentState
):
    bring_to(session, office, letter, state)
    leaders = set(documents.moves_open_to(office.leader, letter, on=TODAY))
    clerks = set(documents.moves_open_to(office.clerk, letter, on=TODAY))
    assert leaders == {move for move, step in MOVES.items() if state in step.sources}
    assert leaders - clerks == leaders & {DocumentMove.SIGN_OFF, *REASONED}
    assert documents.moves_open_to(office.commune_clerk, letter, on=TODAY) == []


def test_only_the_leader_signs_off(session: Session, office: Office, letter: OfficialDocument):
    documents.prepare(session, letter, by=office.clerk, at=NOW)
    with pytest.raises(NotAllowed):
        documents.sign_off(session, letter, by=office.clerk, at=NOW)
    documents.sign_off(session, letter, by=office.leader, at=NOW)
    assert letter.signed_off_by is office.leader


def test_a_prepared_paper_stays_as_it_is_whatever_changes_around_it(
    session: Session, office: Office, letter: OfficialDocument
):
    documents.prepare(session, letter, by=office.clerk, at=NOW)
    session.flush()
    before = paper_of(session, letter, on=TODAY)
    give_letterhead(
        session,
        office.office,
        valid_from=FOUNDED + timedelta(days=1),
        issuing_lines="VĂN PHÒNG MỚI",
        symbol="VPM",
        place="Nơi khác",
        by=office.administrator,
        at=NOW,
    )
    documents.change_wording(
        session,
        office.office,
        form=letter.form,
        wording="@trích yếu: {{ subject }}\nLời văn khác.",
        by=office.clerk,
        at=NOW,
    )
    office.agency.name = "Ban khác"
    session.flush()
    session.expire(letter)
    after = paper_of(session, letter, on=TODAY + timedelta(days=3_000))
    assert after.digest == before.digest
    assert after.drawn("docx") == before.drawn("docx")
    assert after.drawn("pdf") == before.drawn("pdf")


def test_a_draft_follows_the_office_s_wording(session: Session, office: Office, letter: OfficialDocument):
    documents.change_wording(
        session,
        office.office,
        form=letter.form,
        wording="@trích yếu: {{ subject }}\nLời văn của văn phòng.",
        by=office.clerk,
        at=NOW,
    )
    session.flush()
    documents.prepare(session, letter, by=office.clerk, at=NOW)
    assert letter.text.splitlines()[0] == "Lời văn của văn phòng."


def test_what_is_missing_is_named_before_anything_is_frozen(session: Session, office: Office, desk: Records):
    invitation = draft(session, office, "invitation", Source(desk.directive))
    with pytest.raises(Incomplete, match="Người chủ trì"):
        documents.prepare(session, invitation, by=office.clerk, at=NOW)
    assert invitation.state is DocumentState.DRAFT
    assert invitation.wording is None
    documents.edit(session, invitation, facts=complete(invitation), by=office.clerk, at=NOW)
    documents.prepare(session, invitation, by=office.clerk, at=NOW)
    assert invitation.subject == "dự họp giao ban"


def test_the_second_to_save_is_told_and_nothing_is_overwritten(
    session: Session, office: Office, letter: OfficialDocument
):
    seen = letter.version
    facts = {**letter.facts, "consequence": "Lần một."}
    documents.edit(session, letter, facts=facts, version=seen, by=office.clerk, at=NOW)
    session.flush()
    with pytest.raises(Conflict, match="người khác sửa"):
        documents.edit(session, letter, facts={}, version=seen, by=office.leader, at=NOW)
    assert letter.facts["consequence"] == "Lần một."


def test_only_a_draft_is_edited(session: Session, office: Office, signed_off: OfficialDocument):
    with pytest.raises(Conflict, match="Sửa dự thảo"):
        documents.edit(session, signed_off, facts={}, by=office.clerk, at=NOW)


def test_a_paper_comes_back_with_the_reason(session: Session, office: Office, signed_off: OfficialDocument):
    with pytest.raises(InvalidFields):
        documents.return_(session, signed_off, reason=" ", by=office.leader, at=NOW)
    documents.return_(session, signed_off, reason="Sai thời hạn", by=office.leader, at=NOW)
    assert signed_off.state is DocumentState.DRAFT
    assert (signed_off.return_reason, signed_off.signed_off_by) == ("Sai thời hạn", None)
    assert (signed_off.letterhead, signed_off.wording) == ({}, None)


def test_issuing_prints_number_and_day(session: Session, office: Office, signed_off: OfficialDocument):
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    assert (signed_off.symbol, signed_off.issued_on) == ("01-CV/VPTU", TODAY)
    front = paper_of(session, signed_off, on=TODAY).composed().front
    assert (front.number, front.place_date) == ("Số 01-CV/VPTU", "Tân Hưng, ngày 16 tháng 11 năm 2026")
    assert documents.file_name(signed_off, "docx") == "CV-01-VPTU-2026-11-16.docx"


def test_a_paper_is_not_dated_ahead(session: Session, office: Office, signed_off: OfficialDocument):
    with pytest.raises(InvalidFields) as refused:
        documents.issue(session, signed_off, dated=TODAY + timedelta(1), by=office.clerk, at=NOW)
    assert "dated" in refused.value.fields


def test_the_marks_of_a_draft_are_gone_once_it_is_prepared(
    session: Session, office: Office, letter: OfficialDocument
):
    assert paper_of(session, letter, on=TODAY).composed().front.draft == "Dự thảo"
    documents.prepare(session, letter, by=office.clerk, at=NOW)
    assert paper_of(session, letter, on=TODAY).composed().front.draft == ""


def test_recipients_read_it_from_sending_on(session: Session, office: Office, signed_off: OfficialDocument):
    commune = office.commune_clerk
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    assert seen_by(session, commune) == []
    documents.send(session, signed_off, by=office.clerk, at=NOW)
    session.flush()
    assert seen_by(session, commune) == [signed_off]
    assert seen_by(session, office.other_clerk) == []
    documents.revoke(session, signed_off, reason="nhầm", by=office.leader, at=NOW)
    session.flush()
    assert seen_by(session, commune) == [signed_off]


def test_what_was_never_sent_is_not_seen_when_it_is_revoked(
    session: Session, office: Office, signed_off: OfficialDocument
):
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    documents.revoke(session, signed_off, reason="nhầm", by=office.leader, at=NOW)
    session.flush()
    assert seen_by(session, office.commune_clerk) == []


def seen_by(session: Session, person: Person) -> list[OfficialDocument]:
    """The papers a person may read."""
    wanted = select(OfficialDocument).where(documents.visible_to(person, on=TODAY))
    return list(session.scalars(wanted))


def test_the_leader_of_a_recipient_s_office_has_no_say_over_it(
    session: Session, office: Office, letter: OfficialDocument
):
    commune = office.communes[0]
    branch = Unit(
        code="VP-AB",
        name="Văn phòng Đảng uỷ xã An Bình",
        short_name="Văn phòng Đảng uỷ",
        kind=UnitKind.PARTY_OFFICE,
        level=Level.COMMUNE,
        parent=commune,
        path=f"{commune.path}9999/",
        founded_on=FOUNDED,
    )
    post = Appointment(unit=branch, role=Role.OFFICE_LEADER, valid_from=FOUNDED)
    stranger = Person(username="lanhdaoxa", full_name="Cao Văn Lâm", appointments=[post])
    session.add_all([branch, stranger])
    session.flush()
    bring_to(session, office, letter, DocumentState.SENT)
    assert seen_by(session, stranger) == [letter]
    assert documents.moves_open_to(stranger, letter, on=TODAY) == []
    with pytest.raises(NotAllowed):
        documents.revoke(session, letter, reason="không thích", by=stranger, at=NOW)


def test_the_new_paper_revokes_the_one_it_replaces(
    session: Session, office: Office, signed_off: OfficialDocument
):
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    session.flush()
    better = documents.replace(session, signed_off, by=office.clerk, at=NOW)
    session.flush()
    assert better.facts == signed_off.facts
    assert signed_off.state is DocumentState.ISSUED
    approve(session, office, better)
    documents.issue(session, better, by=office.clerk, at=NOW)
    session.flush()
    assert (signed_off.state, signed_off.number) == (DocumentState.REVOKED, 1)
    assert better.number == 2
    newest = audit.history(session, signed_off)[0]
    assert (newest.action, newest.note) == ("document.revoke", "được thay thế bằng 02-CV/VPTU")


def test_only_an_issued_paper_is_replaced(session: Session, office: Office, letter: OfficialDocument):
    with pytest.raises(Conflict):
        documents.replace(session, letter, by=office.clerk, at=NOW)


def test_a_lone_appendix_takes_no_number(session: Session, office: Office, letter: OfficialDocument):
    letter.form = "statistics-appendix"
    letter.state = DocumentState.SIGNED_OFF
    letter.signed_off_by = office.leader
    assert DocumentMove.ISSUE not in documents.moves_open_to(office.leader, letter, on=TODAY)
    with pytest.raises(Refused, match="không lấy số riêng"):
        documents.issue(session, letter, by=office.clerk, at=NOW)


def test_a_joint_paper_bears_both_names_and_the_lead_s_number(
    session: Session, office: Office, desk: Records
):
    joint = draft(session, office, "reminder-letter", Source(desk.directive), partners=(office.agency,))
    approve(session, office, joint)
    documents.issue(session, joint, by=office.clerk, at=NOW)
    front = paper_of(session, joint, on=TODAY).composed().front
    assert joint.symbol == "01-CV/VPTU-BTG"
    assert " ".join(front.issuer) == ("VĂN PHÒNG TỈNH UỶ - BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH UỶ")
    signatures = paper_of(session, joint, on=TODAY).composed().closing.signatures
    assert [signature.name for signature in signatures] == ["Lê Văn Bách", "Bùi Thị Hà"]


def edits_of(session: Session, document: OfficialDocument) -> list[AuditEntry]:
    """What the trail says of editing, oldest first."""
    return [entry for entry in reversed(history(session, document)) if entry.action == "document.edit"]


def save(session: Session, letter: OfficialDocument, words: str, *, by: Person, minutes: int) -> None:
    """Save a draft with other words, so many minutes after NOW."""
    facts = {**letter.facts, "consequence": words}
    documents.edit(session, letter, facts=facts, by=by, at=NOW + timedelta(minutes=minutes))


def test_a_sitting_leaves_one_record_of_what_it_changed(
    session: Session, office: Office, letter: OfficialDocument
):
    before = letter.facts.get("consequence")
    for minute, words in enumerate(("Sau thời", "Sau thời hạn", "Sau thời hạn trên")):
        save(session, letter, words, by=office.clerk, minutes=minute)
    (record,) = edits_of(session, letter)
    was, now = record.changes["facts"]
    assert was.get("consequence") == before
    assert now["consequence"] == "Sau thời hạn trên"


def test_another_person_another_hour_and_another_act_begin_another_record(
    session: Session, office: Office, letter: OfficialDocument
):
    save(session, letter, "một", by=office.clerk, minutes=0)
    save(session, letter, "hai", by=office.leader, minutes=1)
    save(session, letter, "ba", by=office.clerk, minutes=2)
    save(session, letter, "bốn", by=office.clerk, minutes=40)
    assert len(edits_of(session, letter)) == 4


def test_the_chain_waits_for_the_end_of_a_sitting(session: Session, office: Office, letter: OfficialDocument):
    save(session, letter, "một", by=office.clerk, minutes=0)
    audit.seal_entries(session, at=NOW + timedelta(minutes=1))
    save(session, letter, "hai", by=office.clerk, minutes=2)
    (record,) = edits_of(session, letter)
    assert record.seal is None
    audit.seal_entries(session, at=NOW + timedelta(hours=1))
    assert record.seal is not None
    save(session, letter, "ba", by=office.clerk, minutes=3)
    assert len(edits_of(session, letter)) == 2
    assert audit.first_broken(session) is None


def test_typing_a_word_and_taking_it_away_again_changes_nothing(
    session: Session, office: Office, letter: OfficialDocument
):
    before = dict(letter.facts)
    save(session, letter, "một", by=office.clerk, minutes=0)
    documents.edit(session, letter, facts=before, by=office.clerk, at=NOW)
    (record,) = edits_of(session, letter)
    assert "facts" not in record.changes
