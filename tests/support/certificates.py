"""Certificates and keys invented for a test: an authority, and people it vouches for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSPHRASE = "mật khẩu khoá 2026"
SINCE, UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """Who issues certificates."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate as a file."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as a text file."""
        return self.certificate.public_bytes(Encoding.PEM)


@cache
def authority(name: str = "Tổ chức chứng thực thử nghiệm") -> Authority:
    """A root that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(key, _certificate(name, name, key.public_key(), key, is_authority=True))


def key_file(
    name: str = "Lê Văn Bách",
    *,
    issuer: Authority | None = None,
    key: Any = None,
    since: datetime = SINCE,
    until: datetime = UNTIL,
    passphrase: str = PASSPHRASE,
    signs: bool = True,
) -> bytes:
    """A PKCS#12 file with a person's key and certificate."""
    by, own = issuer or authority(), key or ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        name, _common(by.certificate), own.public_key(), by.key, since=since, until=until, signs=signs
    )
    return pkcs12.serialize_key_and_certificates(
        "khoá".encode(), own, certificate, [by.certificate], BestAvailableEncryption(passphrase.encode())
    )


@cache
def weak_key() -> Any:
    """A key nobody should sign with."""
    return rsa.generate_private_key(65537, 1024)


def _common(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _name(common: str) -> x509.Name:
    parts = ((NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, "Văn phòng Tỉnh uỷ"))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _certificate(
    subject: str,
    issuer: str,
    public: Any,
    signer: Any,
    *,
    is_authority: bool = False,
    since: datetime = SINCE,
    until: datetime = UNTIL,
    signs: bool = True,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=signs and not is_authority,
        content_commitment=signs and not is_authority,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(seconds=1))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, SHA256())
    )
