"""Verbs on substitutes: who acts in the posts of somebody who is away, and from when to when."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import InvalidFields, Refused
from workflows.people import Person, Substitution, colleagues
from workflows.permissions import Permission, allows
from workflows.verb import verb
from workflows.wording import N_


@verb("person.name-substitute", Permission.SUBSTITUTES_NAME)
def name_substitute(
    session: Session,
    person: Person,
    *,
    substitute: Person,
    first_day: date,
    last_day: date,
    by: Person,
    at: datetime,
) -> Substitution:
    """Let somebody act in the person's posts on these days; they cannot pass the posts on."""
    today = local_day(at)
    wrong: dict[str, str] = {}
    if last_day < max(first_day, today):
        wrong["last_day"] = N_("Ngày cuối phải từ ngày đầu và từ hôm nay trở đi.")
    if _known(person, first_day, last_day, today):
        wrong["first_day"] = N_("Trong những ngày này đã có người thay. Kết thúc lần thay đó trước.")
    if substitute.id == person.id or not substitute.active or not substitute.own_appointments_on(today):
        wrong["substitute"] = N_("Người thay phải là người khác, đang làm việc. Chọn người khác.")
    elif not (_keeps(by, person, today) or substitute in colleagues(session, person, on=today)):
        wrong["substitute"] = N_("Người thay phải cùng cơ quan. Cần người ngoài cơ quan thì nhờ quản trị.")
    if wrong:
        raise InvalidFields(wrong)
    substitution = Substitution(
        absent=person,
        substitute=substitute,
        first_day=first_day,
        last_day=last_day,
        named_by_id=by.id,
        named_at=at,
    )
    session.add(substitution)
    return substitution


@verb("person.end-substitution", Permission.SUBSTITUTES_NAME)
def end_substitution(
    session: Session, person: Person, *, substitution: Substitution, by: Person, at: datetime
) -> Substitution:
    """The person acts in their own posts alone again, from now on."""
    if substitution.absent_id != person.id or not substitution.lasts(local_day(at)):
        raise Refused("Lần thay này đã kết thúc. Tải lại trang để xem ai đang thay.")
    substitution.ended_at = at
    return substitution


def _known(person: Person, first_day: date, last_day: date, today: date) -> bool:
    return any(
        held.lasts(today) and held.first_day <= last_day and first_day <= held.last_day
        for held in person.substitutions
    )


def _keeps(by: Person, person: Person, on: date) -> bool:
    return allows(by, Permission.PEOPLE_MANAGE, person, on=on)
