"""The record of a person: found again by its keyed identity, filled from what was typed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import InvalidFields, Refused
from workflows.members.identity import (
    Hidden,
    folded_name,
    hidden,
    normal_identity,
    normal_name,
    sort_name,
)
from workflows.members.models import Branch, Member, Membership
from workflows.members.queries import namesakes, same_identity
from workflows.members.rules import Details, is_minority, is_religious
from workflows.members.states import MembershipState
from workflows.organisations import Unit
from workflows.wording import N_


def known_or_new(session: Session, branch: Branch, details: Details, secret: bytes) -> Member:
    """The record of somebody who comes back, or a new one; refused while they are on another list."""
    organisation = branch.unit.organisation or ""
    known = hidden_identity(details.identity, secret) if details.identity.strip() else None
    member = same_identity(session, organisation, known.key) if known else None
    if member is None:
        member = Member(organisation=organisation)
        session.add(member)
    elif active := [each for each in member.memberships if each.state is MembershipState.ACTIVE]:
        raise Refused(
            "Người này đang sinh hoạt tại %(where)s. Đề nghị nơi đó chuyển sinh hoạt, không kết nạp lần hai.",
            where=active[0].branch.label,
        )
    put(member, details)
    mark(member, known)
    session.flush()
    return member


def put(member: Member, details: Details) -> None:
    """Fill a record from what was typed, in its normal forms; the identity number is no part of it."""
    member.name = normal_name(details.name)
    member.folded_name, member.sort_name = folded_name(member.name), sort_name(member.name)
    member.born_on = details.born_on
    member.birth_year = details.born_on.year if details.born_on else details.birth_year
    member.sex, member.sector = details.sex, details.sector
    member.ethnicity, member.religion = details.ethnicity.strip(), details.religion.strip()
    member.ethnic_minority, member.religious = is_minority(details.ethnicity), is_religious(details.religion)
    member.party_member = details.party_member
    member.occupation, member.place = details.occupation.strip(), details.place.strip()


def mark(member: Member, known: Hidden | None) -> None:
    """Let a record be known again by an identity number, or by none."""
    member.identity_key = known.key if known else None
    member.identity_tail = known.tail if known else None
    member.identity_digits = known.digits if known else None


def hidden_identity(typed: str, secret: bytes) -> Hidden:
    """What is kept of an identity number as it was typed; refused if it cannot be one."""
    number = normal_identity(typed)
    if number is None:
        raise InvalidFields({"identity": N_("Số định danh phải có 12 chữ số (hoặc 9 số theo mẫu cũ).")})
    return hidden(number, secret)


def refuse_namesake(session: Session, member: Member, unit: Unit) -> None:
    """Ask before a second person of one name and birth joins the lists of a unit."""
    if alike := namesakes(session, member, unit=unit):
        raise Refused(
            "Đơn vị đã có người cùng họ tên, ngày sinh tại %(where)s. Nếu là người khác, đánh dấu “là người"
            " khác” rồi ghi lại.",
            where=alike[0].branch.name,
        )


def refuse_card(session: Session, branch: Branch, number: str) -> None:
    """No two members of an organisation bear one card."""
    if not number.strip():
        return
    known = (
        select(Membership.id)
        .join(Membership.member)
        .where(
            Membership.card_number == number.strip(),
            Membership.state == MembershipState.ACTIVE,
            Member.organisation == (branch.unit.organisation or ""),
        )
    )
    if session.scalar(known.limit(1)) is not None:
        raise InvalidFields({"card_number": N_("Số thẻ này đã cấp cho người khác. Kiểm tra lại số thẻ.")})
