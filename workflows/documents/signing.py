"""Electronic signatures on issued papers: each of those whose names are printed signs in person, once."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy.orm import Session

from document_templates import Particulars
from workflows import aftermath
from workflows.calendar import local_day
from workflows.documents.models import OfficialDocument
from workflows.documents.paper import MEDIA_TYPES, keep_drawn
from workflows.documents.queries import drawn_file
from workflows.documents.states import SIGNABLE
from workflows.errors import Conflict, NotAllowed
from workflows.files import FileStore, keep
from workflows.people import Person
from workflows.permissions import Permission, allows
from workflows.signatures import Signed
from workflows.verb import verb


@dataclass(frozen=True)
class PaperSignature:
    """One signature on a paper of the office: whose name, by whose hand, with which certificate, when."""

    signatory: str
    person_id: int
    at: datetime
    subject: str
    issuer: str
    serial: str
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """Plain data for the document's row, and so for the trail."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The signature kept by `to_json`."""
        return cls(**{**data, "at": datetime.fromisoformat(data["at"])})


def signatures_of(document: OfficialDocument) -> list[PaperSignature]:
    """The signatures on a paper in signing order."""
    return [PaperSignature.from_json(kept) for kept in document.signatures]


def signatories_left(document: OfficialDocument) -> list[str]:
    """The names printed on the paper under which nobody has signed yet."""
    signed = {_plain(signature.signatory) for signature in signatures_of(document)}
    printed = Particulars.from_json(document.particulars).signatories
    return [one.name for one in printed if one.name.strip() and _plain(one.name) not in signed]


def signs_as(person: Person, document: OfficialDocument, *, on: date) -> str | None:
    """The printed name under which the person may sign the paper now; None for whoever may not."""
    if document.state not in SIGNABLE or not allows(person, Permission.DOCUMENT_SIGN, document, on=on):
        return None
    own = _plain(person.full_name)
    return next((name for name in signatories_left(document) if _plain(name) == own), None)


@verb("document.sign", Permission.DOCUMENT_SIGN)
def sign(
    session: Session,
    document: OfficialDocument,
    *,
    signed: Signed,
    base: bytes,
    store: FileStore,
    by: Person,
    at: datetime,
) -> None:
    """Take in the PDF that a signatory signed; the key has been used before and never comes here.

    `base` is the file that was signed: the newest edition, to which the signature only adds.
    """
    # Whoever signs the same paper at the same moment waits here, and then signs the new edition.
    session.refresh(document, ["state", "version", "signatures", "signed_sha256"], with_for_update=True)
    name = signs_as(by, document, on=local_day(at))
    if name is None or _plain(name) != _plain(signed.signer):
        raise _not_theirs(document, by)
    if not _adds_to_newest(session, document, signed, base):
        raise Conflict(
            "Chưa ký được: văn bản vừa có thêm chữ ký hoặc vừa được dựng lại. Tải lại trang rồi ký lại."
        )
    if document.signed_sha256 is None:
        keep_drawn(session, document, {"pdf": base}, store, at=at)
    file = keep(session, store, signed.content, media_type=MEDIA_TYPES["pdf"], at=at)
    facts = signed.certificate
    made = PaperSignature(name, by.id, signed.at, facts.subject, facts.issuer, facts.serial, file.sha256)
    document.signatures = [*document.signatures, made.to_json()]
    document.signed_sha256 = file.sha256
    aftermath.hand_over(session, "verify-signatures", at=at, sha256=file.sha256)


def _adds_to_newest(session: Session, document: OfficialDocument, signed: Signed, base: bytes) -> bool:
    newest = drawn_file(session, document, "pdf")
    return newest in (None, signed.base_sha256) and signed.adds_to(base)


def _not_theirs(document: OfficialDocument, person: Person) -> Conflict | NotAllowed:
    if document.state not in SIGNABLE:
        return Conflict(
            "Chưa ký được: văn bản đang ở trạng thái %(state)s. Chỉ ký số văn bản đã ban hành, còn hiệu lực.",
            state=document.state.label,
        )
    if any(signature.person_id == person.id for signature in signatures_of(document)):
        return Conflict("Bạn đã ký văn bản này. Tải lại trang để xem chữ ký.")
    return NotAllowed(
        "Chưa ký được: %(name)s không phải người ký ghi trên văn bản này. Người ký tự ký bằng tài khoản"
        " của mình.",
        name=person.full_name,
    )


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
