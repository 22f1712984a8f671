"""Finding units: by code, by branch of the tree, by day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.db import in_vietnamese_order
from workflows.errors import Refused
from workflows.organisations.models import Letterhead, Succession, Unit


def by_code(session: Session, code: str) -> Unit:
    """The unit with this code; a refusal names a code that does not exist."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise Refused(
            "Không có đơn vị mang mã %(code)s. Kiểm tra lại mã trong mục Quản trị, Đơn vị.", code=code
        )
    return unit


def roots(session: Session) -> Sequence[Unit]:
    """The units that have none above them."""
    return session.scalars(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id)).all()


def children(session: Session, unit: Unit, *, on: date) -> Sequence[Unit]:
    """The units directly below one, in Vietnamese order, that exist on that day."""
    return session.scalars(existing(on).where(Unit.parent_id == unit.id)).all()


def existing(on: date) -> Select[Unit]:
    """All units in being on a day, in Vietnamese order, to be narrowed further."""
    lives = (Unit.founded_on <= on) & (Unit.dissolved_on.is_(None) | (Unit.dissolved_on > on))
    return select(Unit).where(lives).order_by(in_vietnamese_order(Unit.name))


def find(session: Session, words: str, *, on: date, limit: int = 20) -> Sequence[Unit]:
    """Units whose name or code holds the words."""
    pattern = f"%{words}%"
    named = or_(Unit.name.ilike(pattern), Unit.short_name.ilike(pattern), Unit.code.ilike(pattern))
    return session.scalars(existing(on).where(named).limit(limit)).all()


def within(*branches: Unit) -> ColumnElement[bool]:
    """The condition that a unit stands in one of the branches (nothing for no branch)."""
    return or_(false(), *(Unit.path.startswith(branch.path) for branch in branches))


def ancestors(session: Session, unit: Unit) -> Sequence[Unit]:
    """The units above one, from the root down."""
    above = [int(id_) for id_ in unit.path.strip("/").split("/")[:-1]]
    return session.scalars(select(Unit).where(Unit.id.in_(above)).order_by(Unit.path)).all()


def successions(session: Session, unit: Unit) -> tuple[Sequence[Succession], Sequence[Succession]]:
    """How the unit came to be from others, and how it went on as others."""
    wanted = select(Succession).options(joinedload(Succession.predecessor), joinedload(Succession.successor))
    came_from = session.scalars(wanted.where(Succession.successor_id == unit.id)).all()
    return came_from, session.scalars(wanted.where(Succession.predecessor_id == unit.id)).all()


def successors(session: Session, unit: Unit, *, on: date) -> Sequence[Unit]:
    """The units that a dissolved one went on as, followed to those in being on a day."""
    found: dict[int, Unit] = {}
    waiting, seen = [unit], {unit.id}
    while waiting:
        heirs = session.scalars(
            select(Unit)
            .join(Succession, Succession.successor_id == Unit.id)
            .where(Succession.predecessor_id == waiting.pop().id)
        ).all()
        for heir in heirs:
            if heir.id in seen:
                continue
            seen.add(heir.id)
            if heir.existed_on(on):
                found[heir.id] = heir
            else:
                waiting.append(heir)
    return list(found.values())


def letterhead_in_force(session: Session, unit: Unit, *, on: date) -> Letterhead:
    """The letterhead a unit's papers bear on a day."""
    letterhead = session.scalar(
        select(Letterhead)
        .where(Letterhead.unit_id == unit.id, Letterhead.valid_from <= on)
        .order_by(Letterhead.valid_from.desc())
        .limit(1)
    )
    if letterhead is None:
        raise Refused(
            "Chưa soạn được văn bản: %(unit)s chưa có phần đầu văn bản (tên cơ quan, ký hiệu, địa danh)."
            " Nhờ quản trị bổ sung trong mục Quản trị, Đơn vị.",
            unit=unit.name,
        )
    return letterhead
