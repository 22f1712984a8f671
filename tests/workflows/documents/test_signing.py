"""Signing issued papers: only those whose names are printed, each once, each adding to what was there."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from document_templates import Particulars, Signatory
from tests.support.certificates import PASSPHRASE, authority, key_file
from tests.workflows.documents.test_paper import Folder
from tests.workflows.office import NOW, TODAY, Office
from workflows import documents
from workflows.aftermath import PendingJob
from workflows.audit import history
from workflows.documents import DocumentState, OfficialDocument, paper_of
from workflows.errors import Conflict, NotAllowed
from workflows.people import Person
from workflows.signatures import Signed
from workflows.signatures.keys import open_key
from workflows.signatures.signing import sign
from workflows.signatures.verifying import verify


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    """Where files lie."""
    return Folder(tmp_path)


@pytest.fixture
def issued(session: Session, office: Office, signed_off: OfficialDocument) -> OfficialDocument:
    """The letter with its number, to be signed by the leader and by the head of a partner."""
    signed_off.partners = [office.agency]
    both = (Signatory("Chánh Văn phòng", "Lê Văn Bách"), Signatory("Trưởng ban", "Bùi Thị Hà"))
    particulars = Particulars.from_json(signed_off.particulars)
    signed_off.particulars = replace(particulars, signatories=both).to_json()
    documents.issue(session, signed_off, by=office.clerk, at=NOW)
    return signed_off


def newest(session: Session, document: OfficialDocument, store: Folder) -> bytes:
    """The PDF as it is handed out now."""
    kept = documents.drawn_file(session, document, "pdf")
    return store.read(kept) if kept else paper_of(session, document, on=TODAY).drawn("pdf")


def by_hand(base: bytes, person: Person) -> Signed:
    """What a person makes of a file with a key of their own."""
    key = open_key(key_file(person.full_name), PASSPHRASE, at=NOW)
    return sign(base, key, signer=person.full_name, at=NOW)


def put_name(session: Session, document: OfficialDocument, store: Folder, person: Person) -> None:
    """Sign the newest edition."""
    base = newest(session, document, store)
    signed = by_hand(base, person)
    documents.sign(session, document, signed=signed, base=base, store=store, by=person, at=NOW)


def test_the_signed_edition_is_handed_out_and_the_unsigned_one_stays(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    before = newest(session, issued, store)
    version = issued.version
    put_name(session, issued, store, office.leader)
    session.flush()
    after = newest(session, issued, store)
    assert after.startswith(before)
    assert len(after) > len(before)
    assert store.read(documents.unsigned_file(session, issued, "pdf")) == before
    assert issued.version > version


def test_row_and_trail_say_who_signed_with_which_certificate(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    put_name(session, issued, store, office.leader)
    (kept,) = documents.signatures_of(issued)
    assert (kept.signatory, kept.person_id, kept.at) == ("Lê Văn Bách", office.leader.id, NOW)
    assert "Lê Văn Bách" in kept.subject
    assert "Tổ chức chứng thực" in kept.issuer
    entry = history(session, issued)[0]
    assert entry.action == "document.sign"
    assert entry.person_id == office.leader.id
    assert entry.changes["signatures"][1] == [kept.to_json()]


def test_neither_passphrase_nor_key_is_kept_anywhere(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    put_name(session, issued, store, office.leader)
    session.flush()
    written = [str(vars(row)) for row in (*history(session, issued), *session.scalars(select(PendingJob)))]
    assert not any(PASSPHRASE in text for text in written)
    assert not any(PASSPHRASE.encode() in file.read_bytes() for file in store.path.iterdir())
    assert "pkcs8" not in repr(open_key(key_file(), PASSPHRASE, at=NOW))


def test_signatories_of_a_joint_paper_sign_one_after_the_other(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    assert documents.signatories_left(issued) == ["Lê Văn Bách", "Bùi Thị Hà"]
    put_name(session, issued, store, office.agency_head)
    assert documents.signatories_left(issued) == ["Lê Văn Bách"]
    put_name(session, issued, store, office.leader)
    found = verify(newest(session, issued, store), [authority().der], at=NOW)
    assert [finding.signer.split(",")[0] for finding in found] == ["Bùi Thị Hà", "Lê Văn Bách"]
    assert all(finding.holds for finding in found)


def test_nobody_signs_twice(session: Session, office: Office, issued: OfficialDocument, store: Folder):
    put_name(session, issued, store, office.leader)
    with pytest.raises(Conflict, match="đã ký"):
        put_name(session, issued, store, office.leader)


def test_only_those_named_on_the_paper_sign(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    office.leader.full_name = "Người Khác"
    with pytest.raises(NotAllowed, match="không phải người ký"):
        put_name(session, issued, store, office.leader)


def test_a_namesake_without_the_office_does_not_sign(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    for person in (office.clerk, office.commune_clerk, office.inspector, office.administrator):
        person.full_name = "Lê Văn Bách"
        assert documents.signs_as(person, issued, on=TODAY) is None
        with pytest.raises(NotAllowed):
            put_name(session, issued, store, person)


def test_a_name_is_the_same_however_it_is_spaced_and_composed(
    session: Session, office: Office, issued: OfficialDocument
):
    office.leader.full_name = "LÊ VĂN  BÁCH"
    assert documents.signs_as(office.leader, issued, on=TODAY) == "Lê Văn Bách"


@pytest.mark.parametrize("state", [state for state in DocumentState if state not in documents.SIGNABLE])
def test_only_papers_that_stand_are_signed(
    session: Session, office: Office, issued: OfficialDocument, state: DocumentState
):
    with session.no_autoflush:
        issued.state = state
        assert documents.signs_as(office.leader, issued, on=TODAY) is None


def test_a_revoked_paper_refuses_signatures(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    documents.revoke(session, issued, reason="Nhầm số liệu", by=office.leader, at=NOW)
    with pytest.raises(Conflict, match="đã thu hồi"):
        put_name(session, issued, store, office.leader)


def test_who_was_overtaken_signs_the_new_edition(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    old = newest(session, issued, store)
    late = by_hand(old, office.leader)
    put_name(session, issued, store, office.agency_head)
    with pytest.raises(Conflict, match="Tải lại trang"):
        documents.sign(session, issued, signed=late, base=old, store=store, by=office.leader, at=NOW)
    assert len(issued.signatures) == 1


def test_what_is_not_an_addition_to_the_paper_is_refused(
    session: Session, office: Office, issued: OfficialDocument, store: Folder
):
    base = newest(session, issued, store)
    other = replace(by_hand(base, office.leader), content=b"%PDF-1.7 something else")
    with pytest.raises(Conflict):
        documents.sign(session, issued, signed=other, base=base, store=store, by=office.leader, at=NOW)


def test_partners_see_the_paper_once_it_has_its_number(
    session: Session, office: Office, letter: OfficialDocument
):
    letter.partners = [office.agency]
    session.flush()
    assert documents.signs_as(office.agency_head, letter, on=TODAY) is None
    seen = documents.all_visible(office.agency_head, on=TODAY)
    assert session.scalars(seen).all() == []


def test_partners_find_the_issued_paper_in_their_list(
    session: Session, office: Office, issued: OfficialDocument
):
    session.flush()
    assert session.scalars(documents.all_visible(office.agency_head, on=TODAY)).all() == [issued]
    assert session.scalars(documents.all_visible(office.commune_clerk, on=TODAY)).all() == []
