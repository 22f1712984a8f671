"""What makes a header acceptable, and when two papers are the same; pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.directives.models import Directive, Relation
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.wording import N_

EARLIEST = date(1945, 9, 2)
SECRECY_MARK = re.compile(r"^[ \t]*(?:TUYỆT MẬT|TỐI MẬT|MẬT)[ \t]*$", re.MULTILINE)
HEAD_OF_PAPER = 1_500


class AlreadyRegistered(Conflict):
    """The paper is in the register already; `directive` is the one to look at."""

    def __init__(self, message: str, directive: Directive) -> None:
        super().__init__(message, label=directive.label)
        self.directive = directive


@dataclass(frozen=True)
class Citation:
    """A document that the new one names, as the person confirmed it."""

    number: str
    type: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    relation: Relation = Relation.CITES


@dataclass(frozen=True)
class Passage:
    """A clause as the person confirmed it: address, heading and span in the text."""

    address: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True)
class Registration:
    """Everything the office writes down about a new directive."""

    type: str
    issuer: str
    subject: str
    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: dict[str, Any] = field(default_factory=dict)
    urgency: str | None = None
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()


def check(registration: Registration, *, on: date) -> None:
    """Refuse what cannot be the header of a paper, every fault at once."""
    wrong: dict[str, str] = {}
    if not registration.subject.strip():
        wrong["subject"] = N_("Nhập trích yếu nội dung văn bản.")
    if not registration.issuer.strip():
        wrong["issuer"] = N_("Nhập cơ quan ban hành.")
    if not registration.type.strip():
        wrong["type"] = N_("Chọn loại văn bản.")
    if registration.number and not registration.issued_on:
        wrong["issued_on"] = N_("Văn bản đã có số thì phải có ngày ban hành. Nhập ngày ban hành.")
    if registration.issued_on and registration.issued_on > on:
        wrong["issued_on"] = N_("Ngày ban hành ở sau hôm nay. Kiểm tra lại ngày trên văn bản.")
    if registration.issued_on and registration.issued_on < EARLIEST:
        wrong["issued_on"] = N_("Ngày ban hành quá xa. Kiểm tra lại năm trên văn bản.")
    if wrong:
        raise InvalidFields(wrong)


def refuse_secret(text: str) -> None:
    """Papers marked secret stay outside this system (Quy chế 08-QC/TW)."""
    if SECRECY_MARK.search(text[:HEAD_OF_PAPER]):
        raise Refused(
            "Không nhận tệp này: văn bản đóng dấu mật, mà hệ thống không lưu tài liệu mật."
            " Xoá tệp khỏi máy nối mạng và đăng ký ở sổ văn bản mật."
        )


def identity(number: str | None, issuer: str, issued_on: date | None) -> str | None:
    """The same for two copies of one paper, whatever the spelling; none for a draft without number."""
    if not number or not issued_on:
        return None
    return f"{folded(number)}|{folded(issuer)}|{issued_on.isoformat()}"[:300]


def folded(text: str) -> str:
    """Lower case, without accents, letters and digits only: for comparing names and numbers."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def number_key(number: str) -> str:
    """A document number without spaces and accents, for linking citations."""
    return folded(number).replace(" ", "-")


def without_doubles(citations: Sequence[Citation]) -> list[Citation]:
    """Each cited document once per relation."""
    unique: dict[tuple[str, Relation], Citation] = {}
    for citation in citations:
        unique.setdefault((number_key(citation.number), citation.relation), citation)
    return list(unique.values())
