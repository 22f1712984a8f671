"""Verbs on people: their accounts and the roles they hold."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.administration.accounts import new_person
from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role, reach_of
from workflows.permissions import Permission, keeps
from workflows.verb import verb
from workflows.wording import N_


@verb("person.add", Permission.PEOPLE_MANAGE)
def add_person(
    session: Session,
    unit: Unit,
    *,
    username: str,
    full_name: str,
    role: Role,
    password_hash: str,
    by: Person,
    at: datetime,
    post: str = "",
    email: str | None = None,
) -> Person:
    """Open an account for somebody who holds a role in the unit; the first password must be changed."""
    _refuse_wider_reach(unit, role, by=by, at=at)
    return new_person(
        session,
        unit,
        username=username,
        full_name=full_name,
        role=role,
        password_hash=password_hash,
        since=local_day(at),
        post=post,
        email=email,
    )


@verb("person.appoint", Permission.PEOPLE_MANAGE)
def appoint(
    session: Session,
    person: Person,
    *,
    unit: Unit,
    role: Role,
    by: Person,
    at: datetime,
    valid_from: date | None = None,
) -> Appointment:
    """Give a person another role in a unit."""
    _refuse_wider_reach(unit, role, by=by, at=at)
    since = valid_from or local_day(at)
    if any(p.unit_id == unit.id and p.role is role and p.valid_to is None for p in person.appointments):
        raise Conflict(
            "%(person)s đã giữ vai trò %(role)s tại %(unit)s, không cần giao lại.",
            person=person.full_name,
            role=role.label,
            unit=unit.name,
        )
    appointment = Appointment(person=person, unit=unit, role=role, valid_from=since)
    session.add(appointment)
    return appointment


@verb("person.end-appointment", Permission.PEOPLE_MANAGE)
def end_appointment(
    session: Session, person: Person, *, appointment: Appointment, last_day: date, by: Person, at: datetime
) -> Appointment:
    """End a role on a day."""
    if last_day < appointment.valid_from:
        raise InvalidFields({"last_day": N_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    if person.id == by.id and appointment.role is Role.ADMINISTRATOR:
        raise Refused("Bạn không thể tự thôi vai trò quản trị của mình. Nhờ một quản trị khác thực hiện.")
    appointment.valid_to = last_day
    return appointment


@verb("person.reset-password", Permission.PEOPLE_MANAGE)
def reset_password(session: Session, person: Person, *, password_hash: str, by: Person, at: datetime) -> None:
    """Give a new first password and end all sessions of the person."""
    _set_password(person, password_hash, must_change=True)


@verb("person.change-password", Permission.OWN_ACCOUNT)
def change_password(
    session: Session, person: Person, *, password_hash: str, by: Person, at: datetime
) -> None:
    """Take the password the person chose and end all their other sessions."""
    _set_password(person, password_hash, must_change=False)


@verb("person.sign-in", Permission.OWN_ACCOUNT)
def note_sign_in(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Note that the person came in."""
    if person.account:
        person.account.signed_in_at = at


@verb("person.sign-out", Permission.OWN_ACCOUNT)
def note_sign_out(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Note that the person left, and end all their sessions."""
    if person.account:
        person.account.end_sessions()


@verb("person.close", Permission.PEOPLE_MANAGE)
def close_account(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Close the account; what the person did stays in the trail."""
    if person.id == by.id:
        raise Refused("Bạn không thể tự khoá tài khoản của mình. Nhờ một quản trị khác thực hiện.")
    person.active = False
    if person.account:
        person.account.end_sessions()


def _refuse_wider_reach(unit: Unit, role: Role, *, by: Person, at: datetime) -> None:
    """Nobody hands out a role that covers more than the branch they administer themselves."""
    if not keeps(by, reach_of(unit, role), on=local_day(at)):
        raise InvalidFields(
            {
                "role": N_(
                    "Vai trò này bao quát cả những đơn vị ngoài phạm vi bạn quản trị. Chọn vai trò khác,"
                    " hoặc nhờ quản trị cấp trên giao."
                )
            }
        )


def _set_password(person: Person, password_hash: str, *, must_change: bool) -> None:
    if person.account is None:
        person.account = Account(password_hash=password_hash)
    person.account.password_hash = password_hash
    person.account.must_change = must_change
    person.account.end_sessions()
