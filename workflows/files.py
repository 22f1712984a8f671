"""Files are kept by what is in them: written once under their SHA-256, never changed."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from sqlalchemy import Index, delete, inspect, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows import aftermath
from workflows.db import Base, short


class FileStore(Protocol):
    """Where the bytes lie: a folder by default, an object store when shared."""

    def write(self, sha256: str, content: bytes) -> None:
        """Keep the bytes under their digest; writing the same again changes nothing."""

    def read(self, sha256: str) -> bytes:
        """The bytes under a digest; FileNotFoundError when they are missing."""

    def holds(self, sha256: str) -> bool:
        """Are the bytes there?"""

    def forget(self, sha256: str) -> None:
        """Remove the bytes; removing what is not there changes nothing."""


class StoredFile(Base):
    """What is known of a file beside its bytes."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(short(64), primary_key=True)
    size: Mapped[int] = mapped_column(comment="bytes")
    media_type: Mapped[str] = mapped_column(short(120))
    stored_at: Mapped[datetime]


class Attachment(Base):
    """A stored file hung on a thing under the name it came with."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_of", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(short(40))
    subject_id: Mapped[int]
    sha256: Mapped[str] = mapped_column(short(64), index=True)
    name: Mapped[str]
    place: Mapped[str] = mapped_column(
        short(60), default="", comment="what of the thing asked for it, e.g. a field of a form"
    )
    added_by_id: Mapped[int | None]
    added_at: Mapped[datetime]


class HoldsFiles(Base):
    """A thing on which files may hang; `entries.HOLDERS` says of each how its files are found."""

    __abstract__ = True


def keep(session: Session, store: FileStore, content: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Store the bytes once and note them; the same bytes again give the same file."""
    digest = hashlib.sha256(content).hexdigest()
    # The row is held before the bytes are looked for, so that nobody forgets either from here on.
    known = session.get(StoredFile, digest, with_for_update={"read": True, "key_share": True})
    if known is None:
        known = StoredFile(sha256=digest, size=len(content), media_type=media_type, stored_at=at)
        session.add(known)
        session.flush()
    store.write(digest, content)
    return known


def forget_unless_held(session: Session, sha256: str, *, at: datetime) -> None:
    """Forget a file that no row names any more: somebody may have handed in the very bytes they fetched.

    The bytes go by the job "forget-file" once this transaction committed: none are lost when it is undone.
    """
    # Whoever hands in the same bytes meanwhile is waited for, and counted.
    session.get(StoredFile, sha256, with_for_update=True)
    tables = [table for table in Base.metadata.tables.values() if table.name != StoredFile.__tablename__]
    # By name, since not every table that names a file does so by a foreign key.
    holders = [column for table in tables for column in table.columns if column.name.endswith("sha256")]
    if not any(session.scalar(select(literal(1)).where(column == sha256).limit(1)) for column in holders):
        session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256))
        aftermath.hand_over(session, "forget-file", at=at, sha256=sha256)


def forget_bytes(session: Session, store: FileStore, sha256: str, *, at: datetime) -> None:
    """Remove the bytes of a file that was forgotten, unless it was handed in anew."""
    if session.get(StoredFile, sha256) is None:
        # A row of its own makes whoever hands in the same bytes now wait, and then write them again.
        claim = StoredFile(sha256=sha256, size=0, media_type="", stored_at=at)
        session.add(claim)
        session.flush()
        store.forget(sha256)
        session.delete(claim)
        session.flush()


def attach(
    session: Session,
    subject: HoldsFiles,
    file: StoredFile,
    *,
    name: str,
    by_id: int,
    at: datetime,
    place: str = "",
) -> Attachment:
    """Hang a stored file on a thing that has its id."""
    attachment = Attachment(
        subject_kind=subject.__tablename__,
        subject_id=inspect(subject).identity[0],  # type: ignore[index]
        sha256=file.sha256,
        name=name,
        place=place,
        added_by_id=by_id,
        added_at=at,
    )
    session.add(attachment)
    return attachment


def attached(session: Session, kind: type[Base], ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """Id → the files that hang on the thing, in the order in which they came."""
    wanted = select(Attachment).where(
        Attachment.subject_kind == kind.__tablename__, Attachment.subject_id.in_(list(ids))
    )
    found: dict[int, list[Attachment]] = {}
    for attachment in session.scalars(wanted.order_by(Attachment.id)):
        found.setdefault(attachment.subject_id, []).append(attachment)
    return found
