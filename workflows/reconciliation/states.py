"""The life of a round and what can be decided of a doubtful pair."""

from workflows.moves import Step
from workflows.permissions import Permission
from workflows.wording import N_, LabelledEnum


class RoundState(LabelledEnum):
    """How far a round has come."""

    GATHERING = "gathering", N_("đang mời mở danh sách")
    COMPARING = "comparing", N_("đang đối chiếu")
    REVIEWING = "reviewing", N_("chờ xem xét cặp nghi trùng")
    CLOSED = "closed", N_("đã kết thúc")
    ABANDONED = "abandoned", N_("đã huỷ")


class RoundMove(LabelledEnum):
    """What may happen to a round; the label is the word on the button."""

    COMPARE = "compare", N_("Đối chiếu")
    CLOSE = "close", N_("Kết thúc đợt")
    ABANDON = "abandon", N_("Huỷ đợt")


class Decision(LabelledEnum):
    """What a person decided of two records that may be one person."""

    SAME = "same", N_("cùng một người")
    DIFFERENT = "different", N_("hai người khác nhau")
    LATER = "later", N_("xem sau")


_BEFORE_THE_END = frozenset({RoundState.GATHERING, RoundState.REVIEWING})

MOVES: dict[RoundMove, Step[RoundState]] = {
    RoundMove.COMPARE: Step(_BEFORE_THE_END, RoundState.COMPARING, Permission.ROUND_MANAGE),
    RoundMove.CLOSE: Step(frozenset({RoundState.REVIEWING}), RoundState.CLOSED, Permission.ROUND_MANAGE),
    RoundMove.ABANDON: Step(
        _BEFORE_THE_END | {RoundState.COMPARING},
        RoundState.ABANDONED,
        Permission.ROUND_MANAGE,
        needs_reason=True,
    ),
}
