"""The trail: who did what to which thing, when, and what changed by it."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, and_, inspect, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from workflows.db import Base, short
from workflows.people import Person

UNRECORDED = frozenset(
    {
        "version",
        "definition",
        "text",
        "likeness",
        "reading",
        "corrected",
        "password_hash",
        "second_factor",
        "recovery_codes",
        "epoch",
    }
)

SITTING = timedelta(minutes=30)
# Acts that the page repeats by itself while somebody types.
FOLDED = ("document.edit", "report.write")


class AuditEntry(Base):
    """One act; entries are only ever added, and chained so that a change in the past shows."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_history", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entry_person", "person_id", "id"),
        Index("ix_audit_entry_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(short(60), comment="the verb, e.g. report.submit")
    subject_kind: Mapped[str] = mapped_column(short(40))
    subject_id: Mapped[int | None]
    subject_label: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="", comment="the reason given by the person")
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="column → [before, after]")
    seal: Mapped[str | None] = mapped_column(short(64), comment="hash over this entry and the seal before")
    sealed_as: Mapped[int | None] = mapped_column(
        unique=True, comment="place in the chain; ids may reach the database out of order"
    )

    instead_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="the absent person in whose posts it was done"
    )

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    instead_of: Mapped[Person | None] = relationship(foreign_keys=[instead_of_id])


def record(
    session: Session,
    *,
    action: str,
    subject: object,
    by: Person | None,
    at: datetime,
    note: str = "",
    changes: dict[str, Any] | None = None,
    instead_of: Person | None = None,
) -> AuditEntry:
    """Add one act to the trail."""
    entry = AuditEntry(
        at=at,
        person_id=by.id if by else None,
        action=action,
        subject_kind=kind_of(subject),
        subject_id=getattr(subject, "id", None),
        subject_label=str(getattr(subject, "label", "") or getattr(subject, "name", "")),
        note=note,
        changes=changes or {},
        instead_of_id=instead_of.id if instead_of else None,
    )
    session.add(entry)
    return entry


def kind_of(subject: object) -> str:
    """The name under which the trail and the addresses know a thing: its table."""
    return str(getattr(subject, "__tablename__", "system"))


def snapshot(subject: object) -> dict[str, Any]:
    """The loaded columns of a row as plain data, to be compared after an act."""
    if not isinstance(subject, Base):
        return {}
    state = inspect(subject)
    return {
        column.key: _plain(state.dict[column.key])
        for column in state.mapper.column_attrs
        if column.key in state.dict and column.key not in UNRECORDED | _private(subject)
    }


def _private(subject: Base) -> frozenset[str]:
    """Columns with personal data, which the trail must not keep after they are erased."""
    private: frozenset[str] = getattr(type(subject), "PRIVATE", frozenset())
    return private


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Column → [before, after] for everything that is not the same."""
    return {
        key: [before.get(key), value]
        for key, value in after.items()
        if before.get(key) != value and not (key == "id" and not before)
    }


def history(session: Session, subject: Base, *also: Base, limit: int = 100) -> Sequence[AuditEntry]:
    """What happened to a thing, and to the other things named (its extensions, say), newest first."""
    kinds: dict[str, list[int]] = {}
    for thing in (subject, *also):
        kinds.setdefault(kind_of(thing), []).append(inspect(thing).identity[0])  # type: ignore[index]
    about = [
        and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(ids)) for kind, ids in kinds.items()
    ]
    wanted = (
        select(AuditEntry)
        .where(or_(*about))
        .options(joinedload(AuditEntry.person), joinedload(AuditEntry.instead_of))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return session.scalars(wanted).all()


def fold_newest(session: Session, subject: Base, *, action: str) -> None:
    """Fold the newest record of an act into the one before, if both are of the same person and sitting.

    What is saved by itself every few seconds would bury what people did. A sealed record stays as it is.
    """
    newest, *earlier = history(session, subject, limit=2)
    if not earlier or not _same_sitting(earlier[0], newest, action):
        return
    first = earlier[0]
    merged = {
        key: [change[0], newest.changes.get(key, change)[1]]
        for key, change in {**newest.changes, **first.changes}.items()
    }
    first.changes = {key: [was, now] for key, (was, now) in merged.items() if was != now}
    session.delete(newest)
    session.flush()


def _same_sitting(first: AuditEntry, newest: AuditEntry, action: str) -> bool:
    same_act = first.action == newest.action == action and first.seal is None
    same_hand = (first.person_id, first.instead_of_id) == (newest.person_id, newest.instead_of_id)
    return same_act and same_hand and newest.at - first.at <= SITTING


def seal_entries(session: Session, *, at: datetime | None = None, limit: int = 5_000) -> str | None:
    """Chain the entries not yet sealed and return the newest seal; who comes second waits for the first.

    With the instant, what may still be folded into (see `fold_newest`) is left for the end of its sitting.
    """
    unsealed = select(AuditEntry).where(AuditEntry.seal.is_(None)).order_by(AuditEntry.id).limit(limit)
    if at is not None:
        unsealed = unsealed.where(or_(AuditEntry.action.not_in(FOLDED), AuditEntry.at < at - SITTING))
    entries = session.scalars(unsealed.with_for_update()).all()
    newest = newest_seal(session)
    taken, last = (newest.sealed_as or 0, newest.seal) if newest else (0, None)
    for place, entry in enumerate(entries, start=taken + 1):
        entry.sealed_as = place
        last = entry.seal = _seal(entry, last)
    return last


def newest_seal(session: Session) -> AuditEntry | None:
    """The newest sealed entry, whose seal, kept elsewhere, vouches for all before it."""
    return session.scalar(
        select(AuditEntry)
        .where(AuditEntry.sealed_as.is_not(None))
        .order_by(AuditEntry.sealed_as.desc())
        .limit(1)
    )


def has_seal(session: Session, seal: str) -> bool:
    """Does an entry still bear a seal that was written down elsewhere?"""
    return session.scalar(select(AuditEntry.id).where(AuditEntry.seal == seal).limit(1)) is not None


def first_broken(session: Session) -> AuditEntry | None:
    """The first sealed entry that no longer agrees with the chain, or none."""
    previous: str | None = None
    sealed = select(AuditEntry).where(AuditEntry.sealed_as.is_not(None)).order_by(AuditEntry.sealed_as)
    with closing(session.scalars(sealed.execution_options(yield_per=1_000))) as entries:
        for entry in entries:
            if entry.seal != _seal(entry, previous):
                return entry
            previous = entry.seal
    return None


def _seal(entry: AuditEntry, previous: str | None) -> str:
    facts = [
        previous,
        entry.id,
        entry.at.isoformat(),
        entry.person_id,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.subject_label,
        entry.note,
        entry.changes,
    ]
    if entry.instead_of_id is not None:
        facts.append(entry.instead_of_id)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float | bool | None | dict | list):
        return value
    return str(value)
