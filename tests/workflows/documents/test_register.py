"""Numbers: one sequence per issuer × type × term, gapless, in the order of days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from document_templates import profile_for
from document_templates.profiles import CODES
from tests.workflows.documents.conftest import Desk as Records
from tests.workflows.documents.conftest import approve, draft
from tests.workflows.office import NOW, TODAY, Office
from workflows import documents
from workflows.documents import NumberState, OfficialDocument, RegisterEntry, Source, register
from workflows.documents.register import Numbering
from workflows.errors import Conflict, InvalidFields, NotAllowed, Refused

EARLIER = TODAY - timedelta(days=4)


@pytest.fixture
def numbered(session: Session, office: Office, desk: Records):
    """Makes letters of the office that are ready to be issued."""

    def make() -> OfficialDocument:
        return approve(session, office, draft(session, office, "reminder-letter", Source(desk.directive)))

    return make


def reserve(session: Session, office: Office, dated: date = TODAY, type: str = "CV") -> RegisterEntry:
    """A number kept by the clerk."""
    return register.reserve(
        session,
        office.office,
        type=type,
        subject="họp đột xuất",
        reason="chờ ký",
        dated=dated,
        by=office.clerk,
        at=NOW,
    )


def test_numbers_follow_each_other(session: Session, office: Office, numbered):
    letters = [numbered() for _ in range(3)]
    for letter in letters:
        documents.issue(session, letter, by=office.clerk, at=NOW)
    assert [letter.symbol for letter in letters] == ["01-CV/VPTU", "02-CV/VPTU", "03-CV/VPTU"]


def test_each_type_counts_for_itself(session: Session, office: Office, numbered):
    assert reserve(session, office, type="BC").symbol == "01-BC/VPTU"
    letter = numbered()
    documents.issue(session, letter, by=office.clerk, at=NOW)
    assert letter.number == 1


def test_a_number_is_never_dated_before_the_one_before_it(session: Session, office: Office, numbered):
    documents.issue(session, numbered(), by=office.clerk, at=NOW)
    with pytest.raises(Refused, match="sớm hơn ngày của số liền trước"):
        documents.issue(session, numbered(), dated=EARLIER, by=office.clerk, at=NOW)
    series = session.scalars(select(register.NumberSeries)).one()
    assert series.last_number == 1


def test_a_reserved_number_takes_a_day_between_its_neighbours(session: Session, office: Office, numbered):
    documents.issue(session, numbered(), dated=EARLIER, by=office.clerk, at=NOW)
    kept = reserve(session, office, EARLIER)
    documents.issue(session, numbered(), by=office.clerk, at=NOW)
    late = numbered()
    with pytest.raises(Refused, match="không khớp thứ tự của sổ"):
        documents.issue(session, late, dated=EARLIER - timedelta(1), reserved=kept, by=office.clerk, at=NOW)
    documents.issue(session, late, dated=EARLIER + timedelta(1), reserved=kept, by=office.clerk, at=NOW)
    assert (late.number, late.symbol, kept.state) == (2, "02-CV/VPTU", NumberState.TAKEN)
    assert kept.document is late


def test_a_reserved_number_serves_one_paper(session: Session, office: Office, numbered):
    kept = reserve(session, office)
    documents.issue(session, numbered(), reserved=kept, by=office.clerk, at=NOW)
    with pytest.raises(Conflict, match="không còn giữ chỗ"):
        documents.issue(session, numbered(), reserved=kept, by=office.clerk, at=NOW)


def test_a_number_of_another_type_is_refused(session: Session, office: Office, numbered):
    kept = reserve(session, office, type="BC")
    with pytest.raises(Refused, match="không thuộc sổ"):
        documents.issue(session, numbered(), reserved=kept, by=office.clerk, at=NOW)


def test_a_cancelled_number_stays_in_the_register(session: Session, office: Office, numbered):
    kept = reserve(session, office)
    with pytest.raises(InvalidFields):
        register.cancel(session, kept, reason="", by=office.clerk, at=NOW)
    register.cancel(session, kept, reason="không dùng", by=office.clerk, at=NOW)
    letter = numbered()
    documents.issue(session, letter, by=office.clerk, at=NOW)
    assert letter.number == 2
    entries = session.scalars(register.entries(office.clerk, on=TODAY).order_by(RegisterEntry.number)).all()
    assert [(entry.number, entry.state) for entry in entries] == [
        (1, NumberState.CANCELLED),
        (2, NumberState.TAKEN),
    ]


def test_the_number_of_an_issued_paper_is_not_cancelled(session: Session, office: Office, numbered):
    letter = numbered()
    documents.issue(session, letter, by=office.clerk, at=NOW)
    (entry,) = session.scalars(register.entries(office.clerk, on=TODAY))
    with pytest.raises(Conflict, match="thu hồi"):
        register.cancel(session, entry, reason="nhầm", by=office.clerk, at=NOW)


def test_a_new_term_begins_at_one(session: Session, office: Office, numbered):
    documents.issue(session, numbered(), dated=EARLIER, by=office.clerk, at=NOW)
    begun = register.begin_term(
        session,
        office.province,
        name="2026–2031",
        starts_on=TODAY,
        by=office.administrator,
        at=NOW,
    )
    letter = numbered()
    documents.issue(session, letter, by=office.clerk, at=NOW)
    assert letter.number == 1
    before = session.scalars(select(register.Term).where(register.Term.id != begun.id)).one()
    assert before.ends_on == TODAY - timedelta(1)


def test_terms_do_not_run_backwards(session: Session, office: Office, term: register.Term):
    said = {"by": office.administrator, "at": NOW}
    with pytest.raises(InvalidFields) as refused:
        register.begin_term(session, office.province, name=term.name, starts_on=term.starts_on, **said)
    assert set(refused.value.fields) == {"name", "starts_on"}
    with pytest.raises(NotAllowed):
        register.begin_term(
            session, office.province, name="2030–2035", starts_on=TODAY, by=office.clerk, at=NOW
        )


def test_without_a_term_no_party_number_is_taken(session: Session, office: Office):
    with pytest.raises(Refused, match="chưa khai báo nhiệm kỳ"):
        reserve(session, office)


def test_state_bodies_count_by_the_year(session: Session, office: Office):
    office.state.letterheads[0].profile = "state"

    def kept(dated: date) -> str:
        entry = register.reserve(
            session,
            office.state,
            type="BC",
            subject="báo cáo",
            reason="",
            dated=dated,
            by=office.clerk,
            at=NOW,
        )
        return f"{entry.symbol} {entry.series.term}"

    assert kept(date(2025, 12, 30)) == "01/BC-UBND 2025"
    assert kept(date(2025, 12, 31)) == "02/BC-UBND 2025"
    assert kept(date(2026, 1, 2)) == "01/BC-UBND 2026"


def test_types_may_share_a_sequence(session: Session, office: Office, term: register.Term):
    register.share(session, office.office, type="TB", shares_with="KL", by=office.clerk, at=NOW)
    session.flush()
    symbols = [reserve(session, office, type=type_).symbol for type_ in ("KL", "TB", "KL", "BC")]
    assert symbols == ["01-KL/VPTU", "02-TB/VPTU", "03-KL/VPTU", "01-BC/VPTU"]
    with pytest.raises(Refused, match="đã dùng chung"):
        register.share(session, office.office, type="KL", shares_with="BC", by=office.clerk, at=NOW)


def test_only_the_office_keeps_numbers(session: Session, office: Office, term: register.Term):
    with pytest.raises(NotAllowed):
        register.reserve(
            session,
            office.communes[0],
            type="BC",
            subject="báo cáo",
            reason="",
            by=office.commune_clerk,
            at=NOW,
        )


@pytest.mark.parametrize("code", CODES)
def test_the_register_writes_numbers_as_the_paper_prints_them(
    session: Session, office: Office, letter: OfficialDocument, code: str
):
    profile = profile_for(code)
    letter.profile = code
    approve(session, office, letter)
    letter.profile = code
    letter.particulars = {**letter.particulars, "signatories": []}
    numbering = Numbering(office.office, profile.types["Công văn"], profile, "VPTU")
    letter.number, letter.issued_on = 7, TODAY
    with session.no_autoflush:
        printed = documents.paper_of(session, letter, on=TODAY).composed().front.number
    assert printed.removeprefix("Số").lstrip(": ") == numbering.printed(7)
