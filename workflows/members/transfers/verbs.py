"""Handing a member from one branch to another: what one sends, the other receives or refuses."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.members.ledger import move, refuse_closed
from workflows.members.models import Branch, Membership, Transfer
from workflows.members.queries import habits_of, open_transfer, receiving_units
from workflows.members.rules import check_day
from workflows.members.states import MembershipState, MovementKind, TransferState
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("transfer.send", Permission.MEMBERS_MANAGE)
def send(
    session: Session,
    membership: Membership,
    *,
    to_unit: Unit,
    on: date,
    by: Person,
    at: datetime,
    paper: str = "",
    to_branch: Branch | None = None,
) -> Transfer:
    """Introduce a member to another unit of the organisation; inside one unit it is done at once."""
    home = membership.branch.unit
    if membership.state is not MembershipState.ACTIVE:
        raise Refused("Chưa chuyển được: người này %(state)s.", state=membership.state.label)
    if open_transfer(session, membership) is not None:
        raise Conflict("Đã có một đề nghị chuyển sinh hoạt đang chờ tiếp nhận. Rút đề nghị đó trước.")
    if to_unit.organisation != home.organisation:
        raise InvalidFields(
            {"to_unit": N_("Nơi đến thuộc tổ chức khác. Chỉ chuyển sinh hoạt trong cùng một tổ chức.")}
        )
    if not to_unit.existed_on(on):
        raise InvalidFields({"to_unit": N_("Đơn vị nơi đến không còn hoạt động. Chọn đơn vị kế thừa.")})
    if to_unit is home and to_branch in (None, membership.branch):
        raise InvalidFields({"to_branch": N_("Chọn chi đoàn, chi hội khác trong đơn vị.")})
    check_day(on, since=membership.since, on=local_day(at))
    transfer = Transfer(
        membership=membership,
        from_branch=membership.branch,
        to_unit=to_unit,
        to_branch=to_branch if to_unit is home else None,
        sent_on=on,
        answer_by=on + timedelta(days=habits_of(session, home).answer_days),
        paper=paper.strip(),
        sent_by=by,
        sent_at=at,
    )
    session.add(transfer)
    session.flush()
    if to_unit is home and to_branch is not None:
        _exchange(session, transfer, to_branch, on, by=by, at=at)
    return transfer


@verb("transfer.receive", Permission.MEMBERS_RECEIVE)
def receive(
    session: Session, transfer: Transfer, *, branch: Branch, on: date, by: Person, at: datetime
) -> None:
    """Take the member onto the list of a branch; from that day they count there, no more where they were."""
    _refuse_decided(transfer)
    if branch.unit not in receiving_units(session, transfer, on=local_day(at)):
        raise InvalidFields(
            {"branch": N_("Chọn chi đoàn, chi hội thuộc đơn vị tiếp nhận hoặc đơn vị kế thừa.")}
        )
    if on < transfer.sent_on:
        raise InvalidFields({"on": N_("Ngày tiếp nhận không thể trước ngày giới thiệu.")})
    check_day(on, since=transfer.membership.since, on=local_day(at))
    _exchange(session, transfer, branch, on, by=by, at=at)


@verb("transfer.refuse", Permission.MEMBERS_RECEIVE)
def refuse(session: Session, transfer: Transfer, *, reason: str, by: Person, at: datetime) -> None:
    """Do not take the member and say why; they stay where they were."""
    _decide(transfer, TransferState.REFUSED, reason, by=by, at=at)


@verb("transfer.withdraw", Permission.MEMBERS_MANAGE)
def withdraw(session: Session, transfer: Transfer, *, reason: str, by: Person, at: datetime) -> None:
    """The sender takes the introduction back."""
    _decide(transfer, TransferState.WITHDRAWN, reason, by=by, at=at)


def _exchange(
    session: Session, transfer: Transfer, branch: Branch, on: date, *, by: Person, at: datetime
) -> None:
    refuse_closed(branch)
    membership, paper = transfer.membership, transfer.paper
    transfer.state, transfer.to_branch = TransferState.RECEIVED, branch
    transfer.decided_by, transfer.decided_at = by, at
    for kind, end in (
        (MovementKind.TRANSFERRED_OUT, transfer.from_branch),
        (MovementKind.TRANSFERRED_IN, branch),
    ):
        move(session, membership, end, kind, on, paper=paper, transfer=transfer, by=by, at=at)


def _decide(transfer: Transfer, state: TransferState, reason: str, *, by: Person, at: datetime) -> None:
    _refuse_decided(transfer)
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi rõ lý do để nơi kia biết và thực hiện.")})
    transfer.state, transfer.decision = state, reason.strip()
    transfer.decided_by, transfer.decided_at = by, at


def _refuse_decided(transfer: Transfer) -> None:
    if transfer.state is not TransferState.SENT:
        raise Conflict(
            "Đề nghị chuyển sinh hoạt này %(state)s, có thể người khác vừa xử lý. Tải lại trang để xem.",
            state=transfer.state.label,
        )
