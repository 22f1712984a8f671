"""Verbs on the tree of units: founding, renaming, dissolving into successors."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import aftermath
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Letterhead, Level, Succession, Unit, UnitAlias, UnitKind, children
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("unit.add", Permission.UNITS_MANAGE)
def add_unit(
    session: Session,
    parent: Unit,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: UnitKind,
    level: Level,
    founded_on: date,
    by: Person,
    at: datetime,
    organisation: str | None = None,
    aliases: Sequence[str] = (),
) -> Unit:
    """Put a new unit under another one."""
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = N_("Nhập tên đơn vị.")
    if not code.strip():
        wrong["code"] = N_("Nhập mã đơn vị.")
    elif session.scalar(select(Unit.id).where(Unit.code == code.strip())):
        wrong["code"] = N_("Mã này đã thuộc một đơn vị khác. Chọn mã khác.")
    if founded_on < parent.founded_on:
        wrong["founded_on"] = N_("Ngày thành lập phải từ ngày thành lập của đơn vị cấp trên trở đi.")
    if wrong:
        raise InvalidFields(wrong)
    unit = Unit(
        code=code.strip(),
        name=name.strip(),
        short_name=short_name.strip() or name.strip(),
        kind=kind,
        level=level,
        organisation=organisation,
        parent=parent,
        path="",
        founded_on=founded_on,
        aliases=[UnitAlias(name=alias) for alias in aliases],
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path}{unit.id}/"
    return unit


@verb("unit.rename", Permission.UNITS_MANAGE)
def rename_unit(
    session: Session, unit: Unit, *, name: str, short_name: str, by: Person, at: datetime
) -> None:
    """Change how a unit is called; the old name goes on being understood."""
    if not name.strip():
        raise InvalidFields({"name": N_("Nhập tên đơn vị.")})
    if name.strip() != unit.name and all(alias.name != unit.name for alias in unit.aliases):
        unit.aliases.append(UnitAlias(name=unit.name))
    unit.name, unit.short_name = name.strip(), short_name.strip() or name.strip()
    # Whatever names the unit is found by its new name too.
    aftermath.hand_over(session, "check-index", at=at)


@verb("unit.call-also", Permission.UNITS_MANAGE)
def call_unit_also(session: Session, unit: Unit, *, name: str, by: Person, at: datetime) -> None:
    """Let a unit be understood under another name: an abbreviation, an old name."""
    if not name.strip():
        raise InvalidFields({"name": N_("Nhập tên gọi khác hoặc tên viết tắt.")})
    if any(alias.name == name.strip() for alias in unit.aliases):
        raise InvalidFields({"name": N_("Đơn vị đã có tên gọi này.")})
    unit.aliases.append(UnitAlias(name=name.strip()))


@verb("unit.rebuild-index", Permission.SYSTEM_VIEW)
def rebuild_index(session: Session, office: Unit, *, by: Person, at: datetime) -> None:
    """Have everything filed anew for the search."""
    aftermath.hand_over(session, "rebuild-index", at=at)


@verb("unit.dissolve", Permission.UNITS_MANAGE)
def dissolve_unit(
    session: Session,
    unit: Unit,
    *,
    on: date,
    successors: Sequence[Unit],
    source: str,
    by: Person,
    at: datetime,
) -> None:
    """End a unit on a day; its affairs go on with the successors."""
    if unit.dissolved_on is not None:
        raise Refused("%(unit)s đã giải thể từ trước, không cần giải thể lại.", unit=unit.name)
    if on < unit.founded_on:
        raise InvalidFields({"on": N_("Ngày giải thể phải từ ngày thành lập trở đi.")})
    if living := [child for child in children(session, unit, on=on) if child not in successors]:
        raise Refused(
            "Chưa giải thể được %(unit)s: còn %(count)d đơn vị trực thuộc. Giải thể hoặc chuyển các đơn vị"
            " đó trước.",
            unit=unit.name,
            count=len(living),
        )
    unit.dissolved_on = on
    for heir in successors:
        session.add(Succession(predecessor=unit, successor=heir, happened_on=on, source=source))


@verb("unit.letterhead", Permission.UNITS_MANAGE)
def give_letterhead(
    session: Session,
    unit: Unit,
    *,
    valid_from: date,
    issuing_lines: str,
    symbol: str,
    place: str,
    by: Person,
    at: datetime,
    upper_line: str | None = None,
    profile: str = "party",
) -> Letterhead:
    """Give a unit the letterhead its papers bear from a day on."""
    if any(known.valid_from == valid_from for known in unit.letterheads):
        raise InvalidFields({"valid_from": N_("Đã có phần đầu văn bản áp dụng từ ngày này.")})
    letterhead = Letterhead(
        unit=unit,
        valid_from=valid_from,
        upper_line=upper_line or None,
        issuing_lines=issuing_lines,
        symbol=symbol,
        place=place,
        profile=profile,
    )
    session.add(letterhead)
    return letterhead
