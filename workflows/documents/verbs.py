"""What is done with official documents: draft, edit, prepare, sign off, issue, send, revoke, replace."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, cast

from sqlalchemy.orm import Session

from document_templates import Particulars, load_form, profile_in_force
from workflows import aftermath, audit, office_days
from workflows.calendar import local_day
from workflows.documents import facts as facts_of_forms
from workflows.documents.facts import Desk, Source
from workflows.documents.models import OfficialDocument
from workflows.documents.paper import Incomplete, Paper, Unfit, paper_of, profile_of, subject_of, text_of
from workflows.documents.register import Numbering, RegisterEntry, take_number, use_reserved
from workflows.documents.rules import gaps, letterhead_of, signatory_of
from workflows.documents.states import MOVES, DocumentMove, DocumentState
from workflows.documents.wordings import wording_in_force
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit, letterhead_in_force
from workflows.people import Person, Role, holders
from workflows.permissions import Permission, allows, require
from workflows.reports import Report
from workflows.verb import verb
from workflows.wording import N_

P = ParamSpec("P")
UNIT_REPORT = "unit-report"
SIGNERS = (Role.UNIT_HEAD, Role.OFFICE_LEADER)


@dataclass(frozen=True)
class Drafting:
    """What is to be drafted: a form, in whose name, about what, to whom."""

    form: str
    issuer: Unit
    source: Source = field(default_factory=Source)
    partners: tuple[Unit, ...] = ()
    recipients: tuple[Unit, ...] = ()


@verb("document.draft", Permission.DOCUMENT_DRAFT)
def draft(
    session: Session, office: Unit, *, drafting: Drafting, by: Person, at: datetime
) -> OfficialDocument:
    """Begin a paper with the facts the office has."""
    day = local_day(at)
    source, issuer = drafting.source, drafting.issuer
    desk = Desk(session, source, issuer, by, day, office_days.working_calendar(session))
    facts = facts_of_forms.gather(drafting.form, desk)
    units = drafting.recipients or tuple(facts_of_forms.recipients(drafting.form, desk))
    return _begin(session, office, replaced(drafting, recipients=units), facts, by=by, at=at)


def _one_record_a_sitting(perform: Callable[P, None]) -> Callable[P, None]:
    """A page saves what is typed every few seconds: the trail says once what a sitting changed."""

    @wraps(perform)
    def fold(*args: P.args, **kwargs: P.kwargs) -> None:
        perform(*args, **kwargs)
        session, document = cast(tuple[Session, OfficialDocument], args)
        audit.fold_newest(session, document, action="document.edit")

    return fold


@_one_record_a_sitting
@verb("document.edit", Permission.DOCUMENT_DRAFT)
def edit(
    session: Session,
    document: OfficialDocument,
    *,
    facts: Mapping[str, Any],
    by: Person,
    at: datetime,
    particulars: Mapping[str, Any] | None = None,
    recipients: Sequence[Unit] | None = None,
    version: int | None = None,
) -> None:
    """Keep what the drafter typed, complete or not; `version` is the one the person began from."""
    if version is not None and version != document.version:
        raise Conflict(
            "Chưa lưu được: văn bản vừa được người khác sửa. Nội dung bạn nhập vẫn còn trên trang; mở bản mới"
            " ở cửa sổ khác để đối chiếu rồi nhập lại."
        )
    _refuse_unless_draft(document, by=by, at=at)
    document.facts = dict(facts)
    if particulars is not None:
        document.particulars = dict(particulars)
    if recipients is not None:
        document.recipients = list(recipients)
    _describe(session, document, at=at)


@verb("document.prepare", MOVES[DocumentMove.PREPARE].permission)
def prepare(session: Session, document: OfficialDocument, *, by: Person, at: datetime) -> None:
    """Hand a complete draft to the leader; facts, letterhead and wording are frozen."""
    if missing := gaps(load_form(document.form).fields, document.facts):
        raise Incomplete(list(dict.fromkeys(gap.label for gap in missing)))
    paper = paper_of(session, document, on=local_day(at))
    composed = paper.composed()
    _move(document, DocumentMove.PREPARE, by=by, at=at)
    document.letterhead, document.profile = dict(paper.letterhead), paper.profile
    document.wording = paper.wording
    document.subject, document.text = subject_of(composed, document.form), text_of(composed)
    document.return_reason = ""


@verb("document.take-back", MOVES[DocumentMove.TAKE_BACK].permission)
def take_back(session: Session, document: OfficialDocument, *, by: Person, at: datetime) -> None:
    """The drafter fetches the paper back to change it."""
    _move(document, DocumentMove.TAKE_BACK, by=by, at=at)
    _thaw(document)


@verb("document.sign-off", MOVES[DocumentMove.SIGN_OFF].permission)
def sign_off(session: Session, document: OfficialDocument, *, by: Person, at: datetime) -> None:
    """The leader approves the paper as it is."""
    _move(document, DocumentMove.SIGN_OFF, by=by, at=at)
    document.signed_off_by = by


@verb("document.return", MOVES[DocumentMove.RETURN].permission)
def return_(session: Session, document: OfficialDocument, *, reason: str, by: Person, at: datetime) -> None:
    """The leader gives the paper back and says why."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ lý do trả lại để người soạn biết và sửa.")})
    _move(document, DocumentMove.RETURN, by=by, at=at)
    _thaw(document)
    document.signed_off_by, document.return_reason = None, reason.strip()


@verb("document.issue", MOVES[DocumentMove.ISSUE].permission)
def issue(
    session: Session,
    document: OfficialDocument,
    *,
    by: Person,
    at: datetime,
    dated: date | None = None,
    reserved: RegisterEntry | None = None,
) -> None:
    """Give the paper its number and day, in one transaction; what it replaces is revoked with it."""
    day = dated or local_day(at)
    if day > local_day(at):
        raise InvalidFields({"dated": N_("Ngày ban hành không thể sau hôm nay.")})
    if not has_number(document):
        raise Refused("Phụ lục, biểu thống kê không lấy số riêng: tải về và kèm theo văn bản chính.")
    # Whoever issues the same paper at the same moment waits here, and then finds it issued.
    session.refresh(document, ["state", "version"], with_for_update=True)
    _refuse_closed_to(document, DocumentMove.ISSUE, by=by, at=at)
    numbering = numbering_of(session, document, on=day)
    if reserved is not None:
        entry = use_reserved(session, reserved, document, numbering, dated=day)
    else:
        entry = take_number(session, document, numbering, dated=day, by=by, at=at)
    # State and number change together: the database refuses one without the other.
    document.number, document.symbol, document.issued_on = entry.number, entry.symbol, entry.dated
    _move(document, DocumentMove.ISSUE, by=by, at=at)
    if document.replaces is not None and document.replaces.state is not DocumentState.REVOKED:
        _replaced(session, document.replaces, document, by=by, at=at)
    session.flush()
    aftermath.hand_over(session, "draw-document", at=at, id=document.id)


@verb("document.send", MOVES[DocumentMove.SEND].permission)
def send(session: Session, document: OfficialDocument, *, by: Person, at: datetime) -> None:
    """Send the issued paper; its recipients may read it from now on."""
    _move(document, DocumentMove.SEND, by=by, at=at)
    document.sent_at = at


@verb("document.revoke", MOVES[DocumentMove.REVOKE].permission)
def revoke(session: Session, document: OfficialDocument, *, reason: str, by: Person, at: datetime) -> None:
    """Take an issued paper back; its number stays with it in the register."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do hoặc văn bản thu hồi.")})
    _move(document, DocumentMove.REVOKE, by=by, at=at)


@verb("document.replace", Permission.DOCUMENT_DRAFT)
def replace(session: Session, document: OfficialDocument, *, by: Person, at: datetime) -> OfficialDocument:
    """Draft a paper that takes the place of an issued one once it is issued itself."""
    require(by, Permission.DOCUMENT_DRAFT, document.office, on=local_day(at))
    if document.state not in (DocumentState.ISSUED, DocumentState.SENT):
        raise _wrong_state(document, N_("Soạn văn bản thay thế"))
    drafting = Drafting(
        document.form,
        document.issuer,
        Source(document.directive, document.regime, document.period),
        tuple(document.partners),
        tuple(document.recipients),
    )
    made = _begin(session, document.office, drafting, document.facts, by=by, at=at)
    made.particulars, made.replaces = dict(document.particulars), document
    return made


ACTS: dict[DocumentMove, Callable[..., None]] = {
    DocumentMove.PREPARE: prepare,
    DocumentMove.TAKE_BACK: take_back,
    DocumentMove.SIGN_OFF: sign_off,
    DocumentMove.RETURN: return_,
    DocumentMove.ISSUE: issue,
    DocumentMove.SEND: send,
    DocumentMove.REVOKE: revoke,
}


def moves_open_to(person: Person, document: OfficialDocument, *, on: date) -> list[DocumentMove]:
    """What the person may do with the paper now; draws the buttons."""
    return [
        move
        for move, step in MOVES.items()
        if document.state in step.sources
        and (move is not DocumentMove.ISSUE or has_number(document))
        and allows(person, step.permission, document.office, on=on)
    ]


def unit_paper(session: Session, report: Report, *, by: Person, at: datetime) -> Paper:
    """A unit's answer as a report of its own, without a number; nothing is kept of it."""
    unit, day = report.obligation.unit, local_day(at)
    head = letterhead_in_force(session, unit, on=day)
    desk = Desk(session, Source(report=report), unit, by, day, office_days.working_calendar(session))
    signer = next(iter(holders(session, unit, *SIGNERS, on=day)), None)
    return Paper(
        UNIT_REPORT,
        facts_of_forms.gather(UNIT_REPORT, desk),
        letterhead_of([head]).to_json(),
        profile_in_force(head.profile, day).code,
        Particulars(signatories=(signatory_of(head, signer),)).to_json(),
        wording_in_force(session, report.obligation.regime.office, UNIT_REPORT),
    )


def has_number(document: OfficialDocument) -> bool:
    """Is it a paper of its own? A lone appendix goes with another paper and its number."""
    return bool(load_form(document.form).type)


def numbering_of(session: Session, document: OfficialDocument, *, on: date) -> Numbering:
    """Under which sequence the paper takes its number: the lead body's, for its type."""
    paper = paper_of(session, document, on=on)
    return Numbering(document.issuer, document.type, profile_of(paper), str(paper.letterhead["symbol"]))


def _begin(
    session: Session, office: Unit, drafting: Drafting, facts: Mapping[str, Any], *, by: Person, at: datetime
) -> OfficialDocument:
    day, form = local_day(at), load_form(drafting.form)
    heads = [letterhead_in_force(session, unit, on=day) for unit in (drafting.issuer, *drafting.partners)]
    profile = profile_in_force(heads[0].profile, day)
    signers = [next(iter(holders(session, head.unit, *SIGNERS, on=day)), None) for head in heads]
    signatories = tuple(signatory_of(head, person) for head, person in zip(heads, signers, strict=True))
    document = OfficialDocument(
        office=office,
        issuer=drafting.issuer,
        partners=list(drafting.partners),
        recipients=list(drafting.recipients),
        form=form.code,
        type=profile.types.get(form.type, ""),
        subject=form.name,
        profile=profile.code,
        facts=dict(facts),
        particulars=Particulars(signatories=signatories, draft=1).to_json(),
        directive=drafting.source.subject,
        regime=drafting.source.regime,
        period=drafting.source.period,
        drafted_by=by,
        drafted_at=at,
    )
    session.add(document)
    session.flush()
    _describe(session, document, at=at)
    return document


def _describe(session: Session, document: OfficialDocument, *, at: datetime) -> None:
    """Say what the paper is about, as far as the draft is complete."""
    try:
        composed = paper_of(session, document, on=local_day(at)).composed()
    except Unfit:
        document.subject = str(document.facts.get("subject") or load_form(document.form).name)
        return
    document.subject, document.text = subject_of(composed, document.form), text_of(composed)


def _thaw(document: OfficialDocument) -> None:
    document.letterhead, document.wording = {}, None


def _replaced(
    session: Session, old: OfficialDocument, new: OfficialDocument, *, by: Person, at: datetime
) -> None:
    before = audit.snapshot(old)
    old.state = DocumentState.REVOKED
    changes = audit.differences(before, audit.snapshot(old))
    note = f"được thay thế bằng {new.symbol}"
    audit.record(session, action="document.revoke", subject=old, by=by, at=at, note=note, changes=changes)
    aftermath.hand_over(session, "index", at=at, kind="official_document", id=old.id)


def _move(document: OfficialDocument, move: DocumentMove, *, by: Person, at: datetime) -> None:
    _refuse_closed_to(document, move, by=by, at=at)
    document.state = MOVES[move].target


def _refuse_closed_to(document: OfficialDocument, move: DocumentMove, *, by: Person, at: datetime) -> None:
    # A recipient's own office has people in the same roles, but not over this paper.
    require(by, MOVES[move].permission, document.office, on=local_day(at))
    if document.state not in MOVES[move].sources:
        raise _wrong_state(document, move.label)


def _refuse_unless_draft(document: OfficialDocument, *, by: Person, at: datetime) -> None:
    require(by, Permission.DOCUMENT_DRAFT, document.office, on=local_day(at))
    if document.state is not DocumentState.DRAFT:
        raise _wrong_state(document, N_("Sửa dự thảo"))


def _wrong_state(document: OfficialDocument, what: str) -> Conflict:
    return Conflict(
        "Chưa thực hiện được “%(what)s”: văn bản đang ở trạng thái %(state)s, có thể người khác vừa xử lý."
        " Tải lại trang để xem trạng thái mới.",
        what=what,
        state=document.state.label,
    )
