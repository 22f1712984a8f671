"""The envelope of the national document network (edXML, QCVN 102:2016/BTTTT) → header and attached files.

Elements are known by their local names: systems in use differ in namespace and nesting, some write "N/A" for
what they leave out, and some repeat the whole symbol in CodeNotation.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from workflows.directives.reading.extraction.guard import parse_xml
from workflows.directives.reading.extraction.wordxml import child, descend
from workflows.directives.reading.model import Header, Signer
from workflows.directives.reading.numbers import type_of_symbol
from workflows.directives.reading.types import type_of_title
from workflows.errors import Unreadable
from workflows.wording import N_

NOT_AN_ENVELOPE = N_(
    "Tệp XML này không phải gói văn bản điện tử edXML: không có phần MessageHeader. "
    "Hãy tải lên gói edXML hoặc chính văn bản dạng .docx, .pdf."
)

_CONTENT = ("ContentTransferEncoded", "Attachment", "Content", "Data")
_PARTY = re.compile(r"[A-ZĐa-z]{2,4}/(?:TW|TU|[A-ZĐ]*TU|ĐU|HU|ĐTN|TWĐTN)\b")
_NOTHING = {"", "N/A", "NULL", "NONE", "-"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside an envelope."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent which document to whom, and the files that came with it."""

    document_id: str | None
    sender_id: str | None
    content: str | None
    header: Header
    attachments: tuple[Attachment, ...]


def read_envelope(data: bytes) -> Envelope:
    """The fields and files of an envelope. Raises Unreadable."""
    root = parse_xml(data)
    message = next(descend(root, "MessageHeader"), None)
    if message is None:
        raise Unreadable(NOT_AN_ENVELOPE)
    sender = child(message, "From")
    return Envelope(
        _text(message, "DocumentId"),
        _text(sender, "OrganId"),
        _text(message, "Content"),
        _header(message),
        tuple(found for found in map(_attachment, _files(root)) if found),
    )


def _header(message: Element) -> Header:
    published = child(message, "PromulgationInfo")
    number = _number(child(message, "Code"))
    symbol = _symbol(number)
    addressees = (_text(receiver, "OrganName") for receiver in descend(message, "To"))
    return Header(
        number=number,
        symbol=symbol,
        type=_type(_text(child(message, "DocumentType"), "TypeName"), symbol),
        issuer=_text(child(message, "From"), "OrganName"),
        place=_text(published, "Place"),
        date=_day(_text(published, "PromulgationDate") or _text(published, "Date")),
        subject=_text(message, "Subject"),
        addressees=tuple(dict.fromkeys(name for name in addressees if name)),
        recipients=tuple(_texts(child(message, "ToPlaces"), "Place")),
        signer=_signer(message),
    )


def _signer(message: Element) -> Signer | None:
    info = child(message, "SignerInfo")
    if info is None:
        info = child(message, "Author")
    signer = Signer(
        _text(info, "Competence"), _text(info, "Position") or _text(info, "Function"), _text(info, "FullName")
    )
    return signer if signer.name or signer.role else None


def _number(code: Element | None) -> str | None:
    """`11` and `CT/TU` make 11-CT/TU, `193` and `KH-UBND` make 193/KH-UBND; a whole symbol is kept."""
    number, notation = _text(code, "CodeNumber"), _text(code, "CodeNotation")
    for whole in (notation, number):
        if whole and re.match(r"\d+\s*[-/]", whole):
            return re.sub(r"\s", "", whole)
    if not number or not notation:
        return number
    notation = re.sub(r"\s", "", notation)
    if notation[0] in "-/":
        return number + notation
    return f"{number}-{notation}" if _PARTY.match(notation) else f"{number}/{notation}"


def _symbol(number: str | None) -> str | None:
    found = re.match(r"\d+(?:/\d{4})?[-/](.+)", number or "")
    return found.group(1) if found else None


def _type(name: str | None, symbol: str | None) -> str | None:
    """The abbreviation of a type, by its symbol before its name, which many systems fill in by default."""
    named = type_of_title(name) if name else None
    return (type_of_symbol(symbol) if symbol else None) or (named[0] if named else None)


def _day(text: str | None) -> date | None:
    """A day written 2026-06-30, 2026/06/30 or 30/06/2026, with or without a time."""
    found = re.match(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})", text or "")
    if not found:
        return None
    first, month, last = map(int, found.groups())
    year, day = (first, last) if first > 31 else (last, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _files(root: Element) -> list[Element]:
    """Elements that hold a file: they know a name or type, and carry encoded content."""
    return [
        part
        for part in descend(root, "Attachment")
        if child(part, "AttachmentName") is not None or child(part, "ContentType") is not None
    ]


def _attachment(part: Element) -> Attachment | None:
    encoded = next((text for text in (_text(part, kind) for kind in _CONTENT) if text), None)
    if not encoded:
        return None
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Attachment(_text(part, "AttachmentName") or "", _text(part, "ContentType") or "", content)


def _text(element: Element | None, wanted: str) -> str | None:
    return next(iter(_texts(element, wanted)), None)


def _texts(element: Element | None, wanted: str) -> list[str]:
    if element is None:
        return []
    texts = ((part.text or "").strip() for part in element if part.tag.rpartition("}")[2] == wanted)
    return [text for text in texts if text.upper() not in _NOTHING]
