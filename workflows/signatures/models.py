"""Tables of electronic signatures: the office's trusted roots, and what was found in files once read."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, short
from workflows.people import Person
from workflows.permissions import Parties


class TrustedRoot(Base):
    """A certificate authority whose certificates this installation trusts."""

    __tablename__ = "trusted_root"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(short(64), unique=True, comment="SHA-256 of the certificate")
    certificate: Mapped[bytes] = mapped_column(LargeBinary, comment="DER")
    subject: Mapped[str]
    serial: Mapped[str] = mapped_column(short(80))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]

    added_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """How the trail speaks of it."""
        return f"{self.subject} ({self.serial})"

    def parties(self) -> Parties:
        """It concerns no unit more than another: only who looks after the whole installation may touch it."""
        return Parties()


class SignatureReading(Base):
    """What was found when the signatures of a file were verified: once for each file, not for each look."""

    __tablename__ = "signature_reading"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True)
    signatures: Mapped[list[Any]] = mapped_column(default=list, comment="Finding.to_json, in signing order")
    read_at: Mapped[datetime]
