"""What the office does with directives: take a paper in, register it, send it on, close it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.directives.models import (
    Clause,
    Directive,
    DirectiveLink,
    DirectiveState,
    ImportDraft,
    LikenessKey,
)
from workflows.directives.queries import find_by_number, same_paper
from workflows.directives.reading.similarity import Signature
from workflows.directives.rules import (
    AlreadyRegistered,
    Registration,
    check,
    identity,
    number_key,
    refuse_secret,
    without_doubles,
)
from workflows.directives.sheet import Sheet
from workflows.directives.sheet_json import to_json
from workflows.errors import Conflict, Refused
from workflows.files import StoredFile
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb


@verb("directive.take-in", Permission.DIRECTIVE_REGISTER)
def take_in(
    session: Session,
    office: Unit,
    *,
    file: StoredFile,
    file_name: str,
    text: str,
    sheet: Sheet,
    by: Person,
    at: datetime,
    notes: Sequence[str] = (),
) -> ImportDraft:
    """Keep a file that was read, with what was proposed, until a person confirms it."""
    refuse_secret(text)
    _refuse_same_file(session, office, file)
    draft = ImportDraft(
        office=office,
        person=by,
        sha256=file.sha256,
        file_name=file_name,
        text=text,
        likeness=str(Signature.of(text)),
        notes=list(notes),
        reading=to_json(sheet),
        taken_in_at=at,
        changed_at=at,
    )
    session.add(draft)
    return draft


@verb("directive.save-draft", Permission.DIRECTIVE_REGISTER)
def save_draft(session: Session, draft: ImportDraft, *, sheet: Sheet, by: Person, at: datetime) -> None:
    """Keep what the person has made of the proposals so far."""
    _refuse_confirmed(draft)
    draft.corrected, draft.changed_at = to_json(sheet), at


@verb("directive.discard-draft", Permission.DIRECTIVE_REGISTER)
def discard_draft(session: Session, draft: ImportDraft, *, by: Person, at: datetime) -> None:
    """Throw a draft away; the file was not registered."""
    _refuse_confirmed(draft)
    session.delete(draft)


@verb("directive.register", Permission.DIRECTIVE_REGISTER)
def register(
    session: Session,
    office: Unit,
    *,
    registration: Registration,
    file: StoredFile,
    file_name: str,
    text: str,
    by: Person,
    at: datetime,
    issuer_unit: Unit | None = None,
) -> Directive:
    """Enter a directive into the register, with its clauses and the documents it names."""
    check(registration, on=local_day(at))
    refuse_secret(text)
    signature = Signature.of(text)
    _refuse_same_paper(session, office, registration, file)
    directive = Directive(
        office=office,
        number=registration.number,
        type=registration.type,
        issuer=registration.issuer,
        issuer_unit=issuer_unit,
        issued_on=registration.issued_on,
        place=registration.place,
        subject=registration.subject,
        addressees=list(registration.addressees),
        recipients=list(registration.recipients),
        signer=registration.signer,
        urgency=registration.urgency,
        text=text,
        identity=identity(registration.number, registration.issuer, registration.issued_on),
        likeness=str(signature),
        sha256=file.sha256,
        file_name=file_name,
        registered_by=by,
        registered_at=at,
        clauses=_clauses(registration, text),
        links=_links(session, office, registration),
    )
    session.add(directive)
    session.flush()
    session.add_all(LikenessKey(directive_id=directive.id, key=key) for key in set(signature.keys()))
    _adopt_citations(session, directive)
    return directive


@verb("directive.send-to", Permission.DIRECTIVE_EDIT)
def send_to(
    session: Session, directive: Directive, *, units: Sequence[Unit], by: Person, at: datetime
) -> None:
    """Let units read a directive from now on."""
    _refuse_withdrawn(directive)
    known = {unit.id for unit in directive.audience}
    directive.audience.extend(unit for unit in dict.fromkeys(units) if unit.id not in known)


@verb("directive.close", Permission.DIRECTIVE_EDIT)
def close(session: Session, directive: Directive, *, reason: str, by: Person, at: datetime) -> None:
    """Stop following a directive; everything stays readable."""
    _move(directive, DirectiveState.FOLLOWED, DirectiveState.CLOSED)


@verb("directive.reopen", Permission.DIRECTIVE_EDIT)
def reopen(session: Session, directive: Directive, *, reason: str, by: Person, at: datetime) -> None:
    """Follow a closed directive again."""
    _move(directive, DirectiveState.CLOSED, DirectiveState.FOLLOWED)


@verb("directive.withdraw", Permission.DIRECTIVE_EDIT)
def withdraw(session: Session, directive: Directive, *, reason: str, by: Person, at: datetime) -> None:
    """Mark a directive as withdrawn by its issuer."""
    _refuse_withdrawn(directive)
    directive.state = DirectiveState.WITHDRAWN


def _move(directive: Directive, from_: DirectiveState, to: DirectiveState) -> None:
    if directive.state is not from_:
        raise Conflict(
            "Văn bản này %(state)s nên không chuyển được. Tải lại trang để xem trạng thái mới.",
            state=directive.state.label,
        )
    directive.state = to


def _refuse_withdrawn(directive: Directive) -> None:
    if directive.state is DirectiveState.WITHDRAWN:
        raise Conflict("Văn bản này đã bị thu hồi nên không thao tác được nữa.")


def _refuse_confirmed(draft: ImportDraft) -> None:
    if draft.directive_id is not None:
        raise Conflict("Văn bản này đã được đăng ký. Mở văn bản trong mục Văn bản chỉ đạo để sửa tiếp.")


def _refuse_same_file(session: Session, office: Unit, file: StoredFile) -> None:
    known = session.scalar(
        select(Directive).where(Directive.office_id == office.id, Directive.sha256 == file.sha256)
    )
    if known is not None:
        raise AlreadyRegistered("Tệp này đã được đăng ký là %(label)s. Mở văn bản đó để theo dõi.", known)


def _refuse_same_paper(session: Session, office: Unit, registration: Registration, file: StoredFile) -> None:
    known = same_paper(
        session,
        office,
        number=registration.number,
        issuer=registration.issuer,
        issued_on=registration.issued_on,
        sha256=file.sha256,
    )
    if known is not None:
        raise AlreadyRegistered(
            "Chưa đăng ký được: văn bản cùng số, cơ quan ban hành và ngày (hoặc cùng tệp) đã có trong hệ"
            " thống là %(label)s. Mở văn bản đó, hoặc kiểm tra lại số và ngày.",
            known,
        )


def _clauses(registration: Registration, text: str) -> list[Clause]:
    clauses = []
    for position, passage in enumerate(registration.passages):
        if not 0 <= passage.start <= passage.end <= len(text):
            raise Refused(
                "Khoản %(address)s nằm ngoài văn bản. Đánh dấu lại đoạn đó.", address=passage.address
            )
        clauses.append(
            Clause(
                position=position,
                address=passage.address,
                heading=passage.heading,
                span_start=passage.start,
                span_end=passage.end,
            )
        )
    return clauses


def _links(session: Session, office: Unit, registration: Registration) -> list[DirectiveLink]:
    return [
        DirectiveLink(
            relation=citation.relation,
            number=citation.number,
            type=citation.type,
            issued_on=citation.issued_on,
            issuer=citation.issuer,
            target=find_by_number(session, office, citation.number, citation.issued_on),
        )
        for citation in without_doubles(registration.citations)
    ]


def _adopt_citations(session: Session, directive: Directive) -> None:
    """Lead earlier citations of this paper to it, now that it is registered."""
    if directive.number is None:
        return
    waiting = (
        select(DirectiveLink)
        .join(DirectiveLink.directive)
        .where(DirectiveLink.target_id.is_(None), Directive.office_id == directive.office_id)
        .where(DirectiveLink.issued_on == directive.issued_on)
    )
    for link in session.scalars(waiting):
        if number_key(link.number) == number_key(directive.number) and link.directive_id != directive.id:
            link.target = directive
