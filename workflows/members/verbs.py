"""What is done with members: admit, edit, record what happened to them, take a mistake back."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.members.ledger import follow, move, refuse_closed, refuse_stale, take_back
from workflows.members.models import Branch, Member, Membership, Movement
from workflows.members.queries import habits_of, movements_of, open_transfer, same_identity
from workflows.members.records import hidden_identity, known_or_new, mark, put, refuse_card, refuse_namesake
from workflows.members.rules import Details, Entry, check_day, check_details, check_exit
from workflows.members.states import ENTRIES, MovementKind, delta_of, effective, standing
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("member.admit", Permission.MEMBERS_MANAGE)
def admit(
    session: Session,
    branch: Branch,
    *,
    details: Details,
    entry: Entry,
    secret: bytes,
    by: Person,
    at: datetime,
    is_no_namesake: bool = False,
) -> Membership:
    """Put somebody on the list of a branch; whoever was in the organisation before keeps their record.

    `is_no_namesake`: the person admitting has looked and says that the one of this name is somebody else.
    """
    today = local_day(at)
    refuse_closed(branch)
    check_details(details, on=today)
    check_day(entry.on, since=None, on=today)
    if entry.on < branch.founded_on:
        raise InvalidFields(
            {
                "on": N_(
                    "Ngày vào danh sách không thể trước ngày thành lập chi đoàn, chi hội. Kiểm tra lại ngày."
                )
            }
        )
    if entry.kind not in ENTRIES:
        raise InvalidFields({"kind": N_("Chọn kết nạp, chuyển đến hoặc vào sổ ban đầu.")})
    member = known_or_new(session, branch, details, secret)
    if not is_no_namesake:
        refuse_namesake(session, member, branch.unit)
    refuse_card(session, branch, entry.card_number)
    membership = Membership(
        member=member,
        branch=branch,
        card_number=entry.card_number.strip() or None,
        joined_on=entry.joined_on or (entry.on if entry.kind is MovementKind.ADMITTED else None),
    )
    session.add(membership)
    session.flush()
    move(session, membership, branch, entry.kind, entry.on, paper=entry.paper, by=by, at=at)
    return membership


@verb("member.edit", Permission.MEMBERS_MANAGE)
def edit(
    session: Session,
    member: Member,
    *,
    details: Details,
    card_numbers: Mapping[int, str],
    secret: bytes,
    version: int,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Correct what the register says of a person; an empty identity number leaves the known one."""
    refuse_stale(member, version)
    if member.erased_at:
        raise Refused("Không sửa được: dữ liệu cá nhân của hồ sơ này đã xoá theo yêu cầu.")
    check_details(details, on=local_day(at))
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi căn cứ sửa, ví dụ giấy khai sinh, căn cước.")})
    typed = hidden_identity(details.identity, secret) if details.identity.strip() else None
    if typed:
        other = same_identity(session, member.organisation, typed.key)
        if other is not None and other.id != member.id:
            raise InvalidFields(
                {"identity": N_("Số định danh này đã có trong một hồ sơ khác của tổ chức. Kiểm tra lại.")}
            )
    put(member, details)
    if typed:
        mark(member, typed)
    for membership in member.memberships:
        if membership.id in card_numbers:
            membership.card_number = card_numbers[membership.id].strip() or None


@verb("movement.record", Permission.MEMBERS_MANAGE)
def record(
    session: Session,
    membership: Membership,
    *,
    kind: MovementKind,
    on: date,
    by: Person,
    at: datetime,
    paper: str = "",
    ground: str = "",
    note: str = "",
) -> Movement:
    """Something happened: left for outside, struck off on a ground, matured, deceased, honoured."""
    past = movements_of(session, membership)
    now = standing(past)
    check_exit(kind, now, ground=ground, grounds=habits_of(session, membership.branch.unit).reasons)
    check_day(on, since=now.since, on=local_day(at))
    if open_transfer(session, membership) is not None:
        raise Conflict(
            "Chưa ghi được: đang chờ nơi khác tiếp nhận sinh hoạt. Rút đề nghị chuyển sinh hoạt trước."
        )
    return move(
        session, membership, membership.branch, kind, on, paper=paper, ground=ground, note=note, by=by, at=at
    )


@verb("movement.counter", Permission.MEMBERS_MANAGE)
def counter(session: Session, movement: Movement, *, reason: str, by: Person, at: datetime) -> Movement:
    """Take back a movement entered by mistake, by its opposite on the same day; both stay on record."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ vì sao rút biến động này.")})
    past = movements_of(session, movement.membership)
    holding = effective(past)
    if movement not in holding:
        raise Conflict("Biến động này đã được rút, hoặc chính nó là bút toán rút. Tải lại trang để xem.")
    counting = [moved for moved in holding if delta_of(moved.kind)]
    ends = [moved for moved in counting if _same_act(moved, movement)]
    if delta_of(movement.kind) and counting[-1] not in ends:
        raise Refused("Chưa rút được: sau đó đã có biến động khác. Rút biến động gần nhất trước.")
    if open_transfer(session, movement.membership) is not None:
        raise Conflict("Chưa rút được: đang chờ nơi khác tiếp nhận sinh hoạt. Rút đề nghị chuyển trước.")
    # A handing over has two ends: whoever takes back one takes back both.
    taken = {moved.id: take_back(session, moved, reason, by=by, at=at) for moved in ends or [movement]}
    follow(session, movement.membership)
    return taken[movement.id]


def _same_act(moved: Movement, other: Movement) -> bool:
    """Is it the movement itself, or the other end of the same handing over?"""
    return moved is other or (moved.transfer_id is not None and moved.transfer_id == other.transfer_id)
