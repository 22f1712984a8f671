"""Verbs on the second factor: switched on and off, codes taken once, reset, required of roles.

Secrets come sealed and recovery codes hashed: how, is the business of the edge.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.audit import AuditEntry, kind_of
from workflows.errors import Conflict, Refused
from workflows.organisations import Unit
from workflows.people import Account, Person, Role, SignInRules
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_

WRONG_CODE = N_("Mã chưa đúng, đã hết hạn hoặc đã dùng. Chờ mã mới hiện trên ứng dụng rồi nhập lại.")
WRONG_RECOVERY_CODE = N_("Mã dự phòng chưa đúng hoặc đã dùng. Xem lại từng ký tự, hoặc nhập một mã khác.")


@verb("person.switch-on-second-factor", Permission.OWN_ACCOUNT)
def switch_on_second_factor(
    session: Session,
    person: Person,
    *,
    secret: str,
    step: int,
    recovery_codes: list[str],
    by: Person,
    at: datetime,
) -> None:
    """Ask for a code from now on; the code of the time step given was the first, other sessions end."""
    account = _locked(session, person)
    if account.second_factor is not None:
        raise Conflict("Xác thực hai bước đã bật từ trước. Tắt đi rồi mới bật lại với điện thoại khác.")
    account.second_factor, account.second_factor_step = secret, step
    account.recovery_codes = recovery_codes
    account.end_sessions()


@verb("person.take-code", Permission.OWN_ACCOUNT)
def take_code(session: Session, person: Person, *, step: int, by: Person, at: datetime) -> None:
    """Take the code of a time step; it and every older one are worth nothing from now on (RFC 6238, 5.2)."""
    account = _locked(session, person)
    if account.second_factor_step is None or step <= account.second_factor_step:
        raise Refused(WRONG_CODE)
    account.second_factor_step = step


@verb("person.use-recovery-code", Permission.OWN_ACCOUNT)
def use_recovery_code(session: Session, person: Person, *, code: str, by: Person, at: datetime) -> None:
    """Take one of the recovery codes, which is then gone."""
    account = _locked(session, person)
    kept = account.recovery_codes or []
    if code not in kept:
        raise Refused(WRONG_RECOVERY_CODE)
    account.recovery_codes = [other for other in kept if other != code]


@verb("person.give-wrong-code", Permission.OWN_ACCOUNT)
def note_wrong_code(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Note that a wrong code followed the right password: whoever gave it may not be the person."""


def wrong_codes_since_sign_in(session: Session, person: Person) -> int:
    """How often a wrong code followed the right password since the person came in last."""
    here = (AuditEntry.subject_kind == kind_of(person), AuditEntry.subject_id == person.id)
    signed_in = select(func.coalesce(func.max(AuditEntry.id), 0)).where(
        *here, AuditEntry.action == "person.sign-in"
    )
    wrong = select(func.count(AuditEntry.id)).where(
        *here,
        AuditEntry.action == "person.give-wrong-code",
        AuditEntry.id > signed_in.scalar_subquery(),
    )
    return session.scalar(wrong) or 0


@verb("person.renew-recovery-codes", Permission.OWN_ACCOUNT)
def renew_recovery_codes(
    session: Session, person: Person, *, recovery_codes: list[str], by: Person, at: datetime
) -> None:
    """Put new recovery codes in the place of all there were."""
    account = _locked(session, person)
    if account.second_factor is None:
        raise Refused("Chưa bật xác thực hai bước nên chưa có mã dự phòng. Bật xác thực hai bước trước.")
    account.recovery_codes = recovery_codes


@verb("person.switch-off-second-factor", Permission.OWN_ACCOUNT)
def switch_off_second_factor(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Ask for the password alone again; other sessions end. Whose role needs more switches it on anew."""
    _forget(session, person)


@verb("person.reset-second-factor", Permission.PEOPLE_MANAGE)
def reset_second_factor(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Take the second factor off for somebody who lost the telephone, and end all their sessions."""
    if person.id == by.id:
        raise Refused(
            "Không tự gỡ cho mình ở đây. Tắt ở trang Xác thực hai bước của bạn, hoặc nhờ quản trị khác."
        )
    _forget(session, person)


@verb("sign-in.require-second-factor", Permission.SIGN_IN_RULES)
def require_second_factor(
    session: Session, office: Unit, *, roles: Iterable[Role], by: Person, at: datetime
) -> SignInRules:
    """Decide of which roles, in every unit, a second factor is required."""
    rules = session.get(SignInRules, 1, with_for_update=True) or SignInRules(id=1)
    chosen = set(roles)
    rules.second_factor_roles = [role.value for role in Role if role in chosen]
    session.add(rules)
    return rules


def _forget(session: Session, person: Person) -> None:
    account = _locked(session, person)
    if account.second_factor is None:
        raise Refused("Xác thực hai bước chưa bật, không có gì để gỡ.")
    account.forget_second_factor()
    account.end_sessions()


def _locked(session: Session, person: Person) -> Account:
    """The account as it is, changed by nobody else until the commit: two hands must not use one code."""
    if person.account is None:
        raise Refused("Người này chưa có tài khoản. Cấp mật khẩu lần đầu trước.")
    session.refresh(person.account, with_for_update=True)
    return person.account
