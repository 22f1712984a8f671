"""Writing the ledger: a movement is added, and the membership repeats what follows from all of them."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.db import Versioned
from workflows.errors import Conflict, Refused
from workflows.members.models import Branch, Membership, Movement, Transfer
from workflows.members.queries import movements_of
from workflows.members.states import MovementKind, delta_of, standing
from workflows.people import Person


def move(
    session: Session,
    membership: Membership,
    branch: Branch,
    kind: MovementKind,
    on: date,
    *,
    by: Person,
    at: datetime,
    paper: str = "",
    ground: str = "",
    note: str = "",
    transfer: Transfer | None = None,
) -> Movement:
    """Add a movement and let the membership follow."""
    movement = Movement(
        membership=membership,
        branch=branch,
        kind=kind,
        delta=delta_of(kind),
        on=on,
        paper=paper.strip(),
        reason=ground,
        note=note.strip(),
        transfer_id=transfer.id if transfer else None,
        by=by,
        at=at,
    )
    session.add(movement)
    session.flush()
    follow(session, membership)
    return movement


def take_back(session: Session, movement: Movement, why: str, *, by: Person, at: datetime) -> Movement:
    """Add the opposite of a movement, on its day."""
    opposite = Movement(
        membership=movement.membership,
        branch=movement.branch,
        kind=movement.kind,
        delta=-movement.delta,
        on=movement.on,
        note=why.strip(),
        counters=movement,
        transfer_id=movement.transfer_id,
        by=by,
        at=at,
    )
    session.add(opposite)
    session.flush()
    return opposite


def follow(session: Session, membership: Membership) -> None:
    """Let state, day and branch of a membership be what its movements say."""
    now = standing(movements_of(session, membership))
    membership.state, membership.since = now.state, now.since
    if now.branch_id is not None and now.branch_id != membership.branch_id:
        membership.branch = session.get_one(Branch, now.branch_id)
    session.flush()


def refuse_stale(row: Versioned, version: int) -> None:
    """Refuse to overwrite what somebody else changed since the form was opened."""
    if row.version != version:
        raise Conflict(
            "Chưa lưu được: người khác vừa sửa nội dung này. Nội dung bạn nhập vẫn còn trên trang; tải lại để"
            " đối chiếu rồi lưu lại."
        )


def refuse_closed(branch: Branch) -> None:
    """Nobody joins a branch that is no more."""
    if branch.dissolved_on:
        raise Refused("Chưa ghi được: %(branch)s đã giải thể. Chọn nơi sinh hoạt khác.", branch=branch.name)
