"""What is done with the register itself: reserve and cancel numbers, share sequences, begin terms."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from document_templates import profile_in_force
from workflows.calendar import local_day
from workflows.documents.register.models import NumberState, RegisterEntry, SharedSeries, Term
from workflows.documents.register.numbers import Numbering, reserve_number
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit, letterhead_in_force
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("register.reserve", Permission.DOCUMENT_ISSUE)
def reserve(
    session: Session,
    issuer: Unit,
    *,
    type: str,
    subject: str,
    reason: str,
    by: Person,
    at: datetime,
    dated: date | None = None,
) -> RegisterEntry:
    """Keep the next number of a type for a paper that comes later."""
    if not subject.strip():
        raise InvalidFields({"subject": N_("Ghi trích yếu của văn bản sẽ dùng số này.")})
    day = dated or local_day(at)
    letterhead = letterhead_in_force(session, issuer, on=day)
    profile = profile_in_force(letterhead.profile, day)
    if type not in profile.types.values():
        raise InvalidFields({"type": N_("Chọn loại văn bản.")})
    numbering = Numbering(issuer, type, profile, letterhead.symbol)
    return reserve_number(
        session, numbering, dated=day, subject=subject.strip(), reason=reason.strip(), by=by, at=at
    )


@verb("register.cancel", Permission.DOCUMENT_ISSUE)
def cancel(session: Session, entry: RegisterEntry, *, reason: str, by: Person, at: datetime) -> None:
    """Give up a reserved number for good; it stays in the register, so that no gap is unexplained."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do huỷ số.")})
    if entry.state is not NumberState.RESERVED:
        raise Conflict(
            "Chưa huỷ được số %(symbol)s: chỉ huỷ được số đang giữ chỗ. Văn bản đã ban hành thì thu hồi"
            " tại trang của văn bản.",
            symbol=entry.symbol,
        )
    entry.state, entry.reason = NumberState.CANCELLED, reason.strip()


@verb("register.share", Permission.DOCUMENT_ISSUE)
def share(
    session: Session, issuer: Unit, *, type: str, shares_with: str, by: Person, at: datetime
) -> SharedSeries:
    """Let a type take its numbers from another type's sequence, from the next number on."""
    if type == shares_with:
        raise InvalidFields({"shares_with": N_("Chọn hai loại văn bản khác nhau.")})
    known = session.scalar(
        select(SharedSeries).where(SharedSeries.issuer_id == issuer.id, SharedSeries.type == type)
    )
    if known is not None:
        known.shares_with = shares_with
        return known
    chained = session.scalar(
        select(SharedSeries.id).where(
            SharedSeries.issuer_id == issuer.id,
            (SharedSeries.type == shares_with) | (SharedSeries.shares_with == type),
        )
    )
    if chained is not None:
        raise Refused(
            "Chưa dùng chung được: một trong hai loại đã dùng chung dãy số với loại khác. Bỏ việc dùng chung"
            " đó trước."
        )
    sharing = SharedSeries(issuer=issuer, type=type, shares_with=shares_with)
    session.add(sharing)
    return sharing


@verb("register.unshare", Permission.DOCUMENT_ISSUE)
def unshare(session: Session, sharing: SharedSeries, *, by: Person, at: datetime) -> None:
    """Give a type its own sequence again."""
    session.delete(sharing)


@verb("register.begin-term", Permission.UNITS_MANAGE)
def begin_term(
    session: Session,
    unit: Unit,
    *,
    name: str,
    starts_on: date,
    by: Person,
    at: datetime,
) -> Term:
    """Begin a committee's term: the running one ends the day before, numbers begin at 01."""
    latest = session.scalar(
        select(Term).where(Term.unit_id == unit.id).order_by(Term.starts_on.desc()).limit(1)
    )
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = N_("Nhập tên nhiệm kỳ, ví dụ 2025–2030.")
    elif latest is not None and latest.name == name.strip():
        wrong["name"] = N_("Đã có nhiệm kỳ mang tên này.")
    if latest is not None and starts_on <= latest.starts_on:
        wrong["starts_on"] = N_("Nhiệm kỳ mới phải bắt đầu sau nhiệm kỳ trước.")
    if wrong:
        raise InvalidFields(wrong)
    if latest is not None and (latest.ends_on is None or latest.ends_on >= starts_on):
        latest.ends_on = starts_on - timedelta(1)
    term = Term(unit=unit, name=name.strip(), starts_on=starts_on)
    session.add(term)
    return term
