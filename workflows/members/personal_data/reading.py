"""The log of readings: who looked at whose record, or at which list; never what stood in it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.members.models import Branch, Member, RegisterReading
from workflows.organisations import Unit
from workflows.people import Person
from workflows.wording import N_, LabelledEnum


class Read(LabelledEnum):
    """How somebody read in the register."""

    RECORD = "record", N_("xem hồ sơ")
    LIST = "list", N_("xem danh sách")
    EXPORT = "export", N_("tải danh sách")


def note_record(session: Session, member_id: int, *, by: Person, at: datetime) -> None:
    """Somebody opened one person's record."""
    session.add(RegisterReading(at=at, person_id=by.id, member_id=member_id, what=Read.RECORD.value))


def note_list(
    session: Session, of: Branch | Unit | None, rows: int, *, what: Read, by: Person, at: datetime
) -> None:
    """Somebody saw or took away a list: of a branch, of a unit, or of all they may read."""
    scope = f"{of.__tablename__}:{of.id}" if of is not None else ""
    session.add(RegisterReading(at=at, person_id=by.id, what=what.value, scope=scope, rows=rows))


def readings_of(session: Session, member: Member, *, limit: int = 50) -> Sequence[RegisterReading]:
    """Who opened a person's record, newest first."""
    wanted = select(RegisterReading).where(RegisterReading.member_id == member.id)
    newest = wanted.order_by(RegisterReading.id.desc()).limit(limit)
    return session.scalars(newest.options(joinedload(RegisterReading.person))).all()
