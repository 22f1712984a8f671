"""Certificates as people read them, and the trusted roots as files bring them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem
from asn1crypto.x509 import Certificate, Name

from workflows.errors import Unreadable

LARGEST_FILE = 256 * 1024
LONGEST_WORDS = 300
SHOWN = ("common_name", "organizational_unit_name", "organization_name")


@dataclass(frozen=True)
class CertificateFacts:
    """What a person is shown of a certificate."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime


def facts_of(certificate: Certificate) -> CertificateFacts:
    """Holder, issuer, serial number and validity of a certificate."""
    return CertificateFacts(
        spoken(certificate.subject),
        spoken(certificate.issuer),
        f"{certificate.serial_number:X}",
        certificate.not_valid_before,
        certificate.not_valid_after,
    )


def spoken(name: Name) -> str:
    """A name in a certificate: the person or body, then what it belongs to."""
    known = name.native
    parts = [known[part] for part in SHOWN if part in known]
    flat = [text for part in parts for text in ([part] if isinstance(part, str) else part)]
    words = ", ".join(dict.fromkeys(flat)) or str(name.human_friendly)
    return words[:LONGEST_WORDS]


def certificates_in(content: bytes) -> list[Certificate]:
    """The certificates in a PEM or DER file; a refusal for anything else."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("Tệp quá lớn so với một chứng thư. Chọn tệp chứng thư gốc (.cer, .crt, .pem).")
    try:
        found = [Certificate.load(der, strict=True) for der in _ders(content)]
        for certificate in found:
            facts_of(certificate)
            certificate.public_key.native  # noqa: B018 (reading is lazy: what cannot be read shows here)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(
            "Tệp không phải là chứng thư số đọc được. Chọn tệp chứng thư gốc dạng PEM hoặc DER"
            " (.cer, .crt, .pem) do tổ chức chứng thực cung cấp."
        ) from error
    return found


def _ders(content: bytes) -> Iterator[bytes]:
    if not pem.detect(content):
        yield content
        return
    for kind, _, der in pem.unarmor(content, multiple=True):
        if kind == "CERTIFICATE":
            yield der
