"""The key a person signs with: opened for one act from a PKCS#12 file and its passphrase, never kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto.pkcs12 import Pfx
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from workflows.calendar import local_day
from workflows.errors import InvalidFields, Refused
from workflows.signatures.certificates import CertificateFacts, facts_of
from workflows.wording import N_

LARGEST_FILE = 64 * 1024
RSA_BITS, CURVE_BITS = 2048, 256
"""Shortest keys taken (NIST SP 800-131A; Circular 16/2019/TT-BTTTT asks for RSA 2048 or ECDSA 256)."""
SIGNING_USES = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True)
class SigningKey:
    """An opened key with its certificate; shows nothing of itself when printed."""

    certificate: Certificate = field(repr=False)
    chain: tuple[Certificate, ...] = field(repr=False)
    pkcs8: bytes = field(repr=False)

    @property
    def facts(self) -> CertificateFacts:
        """Whose key it is."""
        return facts_of(self.certificate)


def open_key(content: bytes, passphrase: str, *, at: datetime) -> SigningKey:
    """The key in a PKCS#12 file; a refusal names the file, the passphrase, or what is wrong with the key."""
    if len(content) > LARGEST_FILE or not _is_pkcs12(content):
        raise InvalidFields(
            {
                "key": N_(
                    "Tệp này không phải tệp khoá PKCS#12. Chọn tệp .p12 hoặc .pfx do nơi cấp chứng thư giao."
                )
            }
        )
    try:
        opened = pkcs12.load_pkcs12(content, passphrase.encode())
    except ValueError as error:
        # The library's own message stays unspoken: it may quote what it could not decipher.
        raise InvalidFields(
            {"passphrase": N_("Mật khẩu không mở được tệp khoá này. Nhập lại mật khẩu của tệp .p12.")}
        ) from error
    if opened.key is None or opened.cert is None:
        raise InvalidFields(
            {"key": N_("Tệp không chứa đủ khoá bí mật và chứng thư. Xuất lại tệp .p12 kèm khoá bí mật.")}
        )
    _refuse_weak(opened.key)
    certificate = _as_asn1(opened.cert)
    _refuse_unfit(certificate, at=at)
    chain = tuple(_as_asn1(other) for other in opened.additional_certs)
    pkcs8 = opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SigningKey(certificate, chain, pkcs8)


def _is_pkcs12(content: bytes) -> bool:
    try:
        return bool(Pfx.load(content, strict=True)["version"].native == "v3")
    except (ValueError, TypeError, KeyError):
        return False


def _as_asn1(held: Any) -> Certificate:
    return Certificate.load(held.certificate.public_bytes(Encoding.DER))


def _refuse_weak(key: object) -> None:
    if isinstance(key, RSAPrivateKey) and key.key_size >= RSA_BITS:
        return
    if isinstance(key, EllipticCurvePrivateKey) and key.key_size >= CURVE_BITS:
        return
    raise Refused(
        "Chưa ký được: khoá quá yếu hoặc thuộc loại không dùng để ký văn bản. Dùng khoá RSA từ 2048 bit"
        " hoặc ECDSA từ 256 bit; liên hệ nơi cấp chứng thư để được cấp lại."
    )


def _refuse_unfit(certificate: Certificate, *, at: datetime) -> None:
    facts = facts_of(certificate)
    if at < facts.valid_from:
        raise Refused(
            "Chưa ký được: chứng thư của %(subject)s có hiệu lực từ ngày %(day)s. Chờ đến ngày đó, hoặc dùng"
            " chứng thư khác.",
            subject=facts.subject,
            day=f"{local_day(facts.valid_from):%d/%m/%Y}",
        )
    if at > facts.valid_to:
        raise Refused(
            "Chưa ký được: chứng thư của %(subject)s đã hết hạn ngày %(day)s. Gia hạn chứng thư rồi ký lại.",
            subject=facts.subject,
            day=f"{local_day(facts.valid_to):%d/%m/%Y}",
        )
    uses = certificate.key_usage_value
    if uses is not None and not SIGNING_USES & uses.native:
        raise Refused(
            "Chưa ký được: chứng thư của %(subject)s không được cấp để ký. Dùng chứng thư ký số.",
            subject=facts.subject,
        )
