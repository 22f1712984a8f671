"""What is done with the list of trusted roots; every change has the signatures looked at again."""

import hashlib
from datetime import datetime

from asn1crypto.x509 import Certificate
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import aftermath
from workflows.errors import Conflict, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.signatures.certificates import facts_of
from workflows.signatures.models import TrustedRoot
from workflows.verb import verb


@verb("trust.add-root", Permission.TRUST_MANAGE)
def add_root(
    session: Session, office: Unit, *, certificate: Certificate, by: Person, at: datetime
) -> TrustedRoot:
    """Trust whatever this authority vouches for; one that expired still vouches for what it did before."""
    facts, der = facts_of(certificate), certificate.dump()
    if not (certificate.ca or certificate.self_signed in ("yes", "maybe")):
        raise Refused(
            "Chưa thêm được: chứng thư của %(subject)s là của người ký, không phải của nơi cấp. Tải chứng thư"
            " gốc từ trang của tổ chức chứng thực rồi thêm lại.",
            subject=facts.subject,
        )
    fingerprint = hashlib.sha256(der).hexdigest()
    if session.scalar(select(TrustedRoot.id).where(TrustedRoot.fingerprint == fingerprint)):
        raise Conflict("Chứng thư của %(subject)s đã có trong danh sách.", subject=facts.subject)
    aftermath.hand_over(session, "verify-signatures-again", at=at)
    root = TrustedRoot(
        fingerprint=fingerprint,
        certificate=der,
        subject=facts.subject,
        serial=facts.serial,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        added_by=by,
        added_at=at,
    )
    session.add(root)
    return root


@verb("trust.drop-root", Permission.TRUST_MANAGE)
def drop_root(session: Session, root: TrustedRoot, *, by: Person, at: datetime) -> None:
    """Trust it no longer."""
    session.delete(root)
    aftermath.hand_over(session, "verify-signatures-again", at=at)
