"""What a person may ask of the register: what it knows of them, and that it forgets it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.errors import Conflict, InvalidFields, Refused
from workflows.members.models import Member, Movement, Transfer
from workflows.members.personal_data.reading import Read, readings_of
from workflows.members.queries import movements_of
from workflows.members.records import mark
from workflows.members.reviews import ReviewMark
from workflows.members.states import MembershipState
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("member.hand-out", Permission.MEMBERS_MANAGE)
def hand_out(session: Session, member: Member, *, reason: str, by: Person, at: datetime) -> dict[str, Any]:
    """Everything the register knows of a person, for them to have; `reason` names their request."""
    _insist(reason)
    return {
        "record": member.label,
        "name": member.name,
        "born": member.born_on.isoformat() if member.born_on else member.birth_year,
        "sex": member.sex,
        "identity_ends_with": member.identity_tail,
        "ethnicity": member.ethnicity,
        "religion": member.religion,
        "party_member": member.party_member,
        "sector": member.sector,
        "occupation": member.occupation,
        "place": member.place,
        "memberships": [
            {
                "branch": membership.branch.label,
                "state": membership.state,
                "card_number": membership.card_number,
                "joined_on": membership.joined_on.isoformat() if membership.joined_on else None,
                "movements": [_said(movement) for movement in movements_of(session, membership)],
            }
            for membership in member.memberships
        ],
        "read_by": [
            {"at": reading.at.isoformat(), "who": reading.person.full_name, "how": Read(reading.what)}
            for reading in readings_of(session, member, limit=10_000)
        ],
    }


@verb("member.erase", Permission.MEMBERS_MANAGE)
def erase(session: Session, member: Member, *, reason: str, by: Person, at: datetime) -> None:
    """Forget a person on request: the words go, what the counts of the past stand on remains."""
    _insist(reason)
    if member.erased_at:
        raise Conflict("Dữ liệu cá nhân của hồ sơ này đã xoá trước đó.")
    if any(membership.state is MembershipState.ACTIVE for membership in member.memberships):
        raise Refused(
            "Chưa xoá được: người này đang sinh hoạt. Ghi biến động đưa ra khỏi danh sách trước, rồi xoá."
        )
    member.name = member.folded_name = member.sort_name = ""
    member.ethnicity = member.religion = member.occupation = member.place = ""
    member.born_on = member.birth_year = None
    mark(member, None)
    member.erased_at = at
    ids = [membership.id for membership in member.memberships]
    for membership in member.memberships:
        membership.card_number = membership.joined_on = None
    moved = update(Movement).where(Movement.membership_id.in_(ids))
    session.execute(moved.values(note="", paper=""))
    session.execute(update(ReviewMark).where(ReviewMark.membership_id.in_(ids)).values(note=""))
    moves = select(Transfer).where(Transfer.membership_id.in_(ids))
    for transfer in session.scalars(moves):
        transfer.paper = transfer.decision = ""


def _said(movement: Movement) -> dict[str, Any]:
    return {
        "kind": movement.kind,
        "on": movement.on.isoformat(),
        "branch": movement.branch.label,
        "paper": movement.paper,
        "ground": movement.reason,
        "note": movement.note,
        "takes_back": movement.counters_id is not None,
    }


def _insist(reason: str) -> None:
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi căn cứ: đơn đề nghị của người đó, số và ngày.")})
