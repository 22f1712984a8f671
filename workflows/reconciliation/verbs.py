"""What people do with a round: open it, open one's list, compare, decide, close."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from workflows import aftermath
from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, allows
from workflows.reconciliation.models import DoubtfulPair, Round, RoundList
from workflows.reconciliation.states import MOVES, Decision, RoundMove, RoundState
from workflows.regimes import Regime
from workflows.verb import verb
from workflows.wording import N_


@verb("round.open", Permission.ROUND_MANAGE)
def open_round(
    session: Session,
    office: Unit,
    *,
    name: str,
    purpose: str,
    heads: Sequence[Unit],
    regime: Regime | None = None,
    period: str | None = None,
    by: Person,
    at: datetime,
) -> Round:
    """Invite organisations, each by its uppermost unit, to have their lists compared."""
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = N_("Đặt tên đợt đối chiếu, ví dụ: Đối chiếu đoàn viên, hội viên năm 2026.")
    if not purpose.strip():
        wrong["purpose"] = N_("Ghi mục đích, căn cứ để các tổ chức biết danh sách được dùng vào việc gì.")
    inside = [head for head in heads if head.path.startswith(office.served_branch)]
    families = {head.organisation for head in inside if head.organisation}
    if len(families) != len(heads) or not heads:
        wrong["heads"] = N_("Chọn ít nhất một tổ chức, mỗi tổ chức một lần.")
    if wrong:
        raise InvalidFields(wrong)
    round_ = Round(
        office=office,
        name=name.strip(),
        purpose=purpose.strip(),
        regime=regime,
        period=period if regime else None,
        opened_by=by,
        opened_at=at,
        lists=[RoundList(place=place, head=head) for place, head in enumerate(heads)],
    )
    session.add(round_)
    return round_


@verb("round.open-list", Permission.MEMBERS_MANAGE)
def open_list(session: Session, list_: RoundList, *, is_open: bool, by: Person, at: datetime) -> None:
    """Let names of the organisation's list be shown beside those of other open lists, or no longer."""
    if list_.round.state in (RoundState.CLOSED, RoundState.ABANDONED):
        raise Refused("Đợt đối chiếu đã kết thúc nên không mở hay đóng danh sách được nữa.")
    list_.is_open, list_.answered_by_id, list_.answered_at = is_open, by.id, at


@verb("round.compare", Permission.ROUND_MANAGE)
def start_comparing(session: Session, round_: Round, *, version: int, by: Person, at: datetime) -> None:
    """Have all lists of the round compared by a worker."""
    _move(round_, RoundMove.COMPARE, version=version)
    aftermath.hand_over(session, "compare-lists", at=at, id=round_.id)


@verb("round.decide", Permission.ROUND_MANAGE)
def decide(
    session: Session,
    pair: DoubtfulPair,
    *,
    decision: Decision | None,
    note: str,
    version: int,
    by: Person,
    at: datetime,
) -> None:
    """Say whether two entries are one person; nothing but the counts follows, and it can be taken back."""
    if pair.round.state is not RoundState.REVIEWING:
        raise Conflict("Chưa ghi được: đợt đối chiếu không còn ở bước xem xét cặp nghi trùng. Tải lại trang.")
    if pair.version != version:
        raise Conflict(
            "Chưa ghi được: người khác vừa quyết định cặp này. Nội dung bạn nhập vẫn còn trên trang; tải"
            " lại để xem rồi quyết định lại."
        )
    pair.decision, pair.note = decision, note.strip()
    pair.decided_by_id, pair.decided_at = (by.id, at) if decision else (None, None)
    aftermath.hand_over(session, "count-round", at=at, id=pair.round_id)


@verb("round.close", Permission.ROUND_MANAGE)
def close(session: Session, round_: Round, *, version: int, by: Person, at: datetime) -> None:
    """End the round with the figures as they stand; pairs nobody settled stay in the bounds of the count."""
    if round_.counted_at is None:
        raise Refused("Chưa kết thúc được: đợt này chưa có kết quả đối chiếu.")
    _move(round_, RoundMove.CLOSE, version=version)
    round_.ended_at = at
    aftermath.hand_over(session, "count-round", at=at, id=round_.id)


@verb("round.abandon", Permission.ROUND_MANAGE)
def abandon(session: Session, round_: Round, *, version: int, reason: str, by: Person, at: datetime) -> None:
    """Give the round up."""
    if not reason.strip():
        raise InvalidFields({"reason": N_("Ghi lý do huỷ đợt đối chiếu.")})
    _move(round_, RoundMove.ABANDON, version=version)
    round_.ended_at = at


def open_moves(round_: Round, person: Person, *, at: datetime) -> list[RoundMove]:
    """What the person may do with the round now."""
    return [
        move
        for move, step in MOVES.items()
        if round_.state in step.sources and allows(person, step.permission, round_, on=local_day(at))
    ]


def _move(round_: Round, move: RoundMove, *, version: int) -> None:
    step = MOVES[move]
    if round_.version != version or round_.state not in step.sources:
        raise Conflict(
            "Chưa thực hiện được: đợt đối chiếu vừa được người khác chuyển bước. Tải lại trang để xem."
        )
    round_.state = step.target
