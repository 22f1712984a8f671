"""Opening accounts: what a new one needs; and the accounts that the keeper of the machine opens."""

import re
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import aftermath, audit
from workflows.calendar import local_day
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role
from workflows.wording import N_

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,58}[a-z0-9]")
FROM_THE_MACHINE = N_("từ dòng lệnh trên máy chủ")


def new_person(
    session: Session,
    unit: Unit,
    *,
    username: str,
    full_name: str,
    role: Role,
    password_hash: str,
    since: date,
    post: str = "",
    email: str | None = None,
) -> Person:
    """Somebody with an account and a role in the unit; the first password must be changed."""
    username = username.strip().lower()
    wrong: dict[str, str] = {}
    if not USERNAME.fullmatch(username):
        wrong["username"] = N_(
            "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch, bắt đầu bằng chữ."
        )
    elif session.scalar(select(Person.id).where(Person.username == username)):
        wrong["username"] = N_("Tên đăng nhập này đã có người dùng. Chọn tên khác.")
    if not full_name.strip():
        wrong["full_name"] = N_("Nhập họ và tên.")
    if wrong:
        raise InvalidFields(wrong)
    person = Person(username=username, full_name=full_name.strip(), post=post.strip(), email=email or None)
    person.account = Account(password_hash=password_hash, must_change=True)
    person.appointments = [Appointment(unit=unit, role=role, valid_from=since)]
    session.add(person)
    return person


def open_account(
    session: Session,
    unit: Unit,
    *,
    username: str,
    full_name: str,
    role: Role,
    password_hash: str,
    at: datetime,
    post: str = "",
) -> Person:
    """Open an account on the machine itself, where nobody is signed in; so the first administrator comes."""
    person = new_person(
        session,
        unit,
        username=username,
        full_name=full_name,
        role=role,
        password_hash=password_hash,
        since=local_day(at),
        post=post,
    )
    session.flush()
    _record(session, "person.add", person, at)
    return person


def unlock_account(session: Session, person: Person, *, at: datetime) -> None:
    """Take the second factor off on the machine itself, for whoever finds no administrator to ask."""
    if person.account is None or person.account.second_factor is None:
        raise Refused("Tài khoản này chưa bật xác thực hai bước, đăng nhập chỉ cần mật khẩu.")
    person.account.forget_second_factor()
    person.account.end_sessions()
    _record(session, "person.reset-second-factor", person, at)


def found_committee(session: Session, *, code: str, name: str, level: Level, at: datetime) -> Unit:
    """Put the unit at the head of the tree into an office that has none yet."""
    if session.scalar(select(Unit.id).limit(1)):
        raise Refused("Cây đơn vị đã có gốc. Thêm đơn vị trong mục Quản trị, Đơn vị.")
    unit = Unit(
        code=code,
        name=name,
        short_name=name,
        kind=UnitKind.PARTY_COMMITTEE,
        level=level,
        path="",
        founded_on=local_day(at),
    )
    session.add(unit)
    session.flush()
    unit.path = f"/{unit.id}/"
    _record(session, "unit.add", unit, at)
    return unit


def _record(session: Session, action: str, subject: Unit | Person, at: datetime) -> None:
    entry = audit.record(session, action=action, subject=subject, by=None, at=at, note=FROM_THE_MACHINE)
    aftermath.hand_over(session, "index", at=at, kind=entry.subject_kind, id=entry.subject_id)
