"""What is trusted, and what was found in files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from workflows.directives import Directive
from workflows.files import StoredFile
from workflows.signatures.findings import Finding
from workflows.signatures.models import SignatureReading, TrustedRoot

PDF = "application/pdf"


def all_roots() -> Select[TrustedRoot]:
    """The trusted roots with what their list shows, to be narrowed and sorted."""
    return select(TrustedRoot).options(joinedload(TrustedRoot.added_by))


def root_certificates(session: Session) -> Sequence[bytes]:
    """The certificates (DER) of all trusted roots."""
    return session.scalars(select(TrustedRoot.certificate).order_by(TrustedRoot.id)).all()


def findings_of(session: Session, sha256: str) -> list[Finding]:
    """What was found about the signatures of a file; nothing for one that has none or was not read yet."""
    reading = session.get(SignatureReading, sha256)
    return [Finding.from_json(kept) for kept in reading.signatures] if reading else []


def keep_findings(session: Session, sha256: str, findings: Sequence[Finding], *, at: datetime) -> None:
    """Remember what was found in a stored file, in place of what was found before."""
    kept = SignatureReading(sha256=sha256, signatures=[finding.to_json() for finding in findings], read_at=at)
    session.merge(kept)
    session.flush()


def unread(session: Session, *, limit: int = 200) -> Sequence[str]:
    """Directives that came as PDF and whose signatures nobody has looked at, oldest first."""
    wanted = (
        select(Directive.sha256)
        .join(StoredFile, StoredFile.sha256 == Directive.sha256)
        .outerjoin(SignatureReading, SignatureReading.sha256 == Directive.sha256)
        .where(StoredFile.media_type == PDF, SignatureReading.sha256.is_(None))
    )
    return session.scalars(wanted.order_by(Directive.id).limit(limit)).unique().all()


def signed_files(session: Session) -> list[str]:
    """The files in which signatures were found."""
    rows = session.execute(select(SignatureReading.sha256, SignatureReading.signatures))
    return [sha256 for sha256, signatures in rows if signatures]
