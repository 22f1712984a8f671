"""What can happen to a membership: movements as a table, and where a sequence of them leaves it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from workflows.wording import N_, LabelledEnum


class Sex(LabelledEnum):
    """As it stands in the identity paper."""

    FEMALE = "female", N_("nữ")
    MALE = "male", N_("nam")


class Sector(LabelledEnum):
    """Where a member works, as the returns count it."""

    STATE = "state", N_("khu vực nhà nước")
    NON_STATE = "non-state", N_("ngoài khu vực nhà nước")


class BranchKind(LabelledEnum):
    """A branch, or a cell below one; returns count them apart."""

    BRANCH = "branch", N_("chi đoàn, chi hội")
    CELL = "cell", N_("tổ, phân đoàn")


class MovementKind(LabelledEnum):
    """What happened to a membership on a day."""

    ENROLLED = "enrolled", N_("vào sổ ban đầu")
    ADMITTED = "admitted", N_("kết nạp")
    TRANSFERRED_IN = "transferred-in", N_("chuyển đến")
    TRANSFERRED_OUT = "transferred-out", N_("chuyển đi")
    STRUCK_OFF = "struck-off", N_("đưa ra khỏi danh sách")
    MATURED = "matured", N_("trưởng thành")
    DECEASED = "deceased", N_("từ trần")
    HONOURED = "honoured", N_("khen thưởng, ghi công")


class MembershipState(LabelledEnum):
    """Where a membership stands after everything that happened to it."""

    ACTIVE = "active", N_("đang sinh hoạt")
    GONE = "gone", N_("đã chuyển đi")
    STRUCK_OFF = "struck-off", N_("đã đưa ra khỏi danh sách")
    MATURED = "matured", N_("đã trưởng thành")
    DECEASED = "deceased", N_("đã từ trần")
    VOID = "void", N_("ghi nhầm, đã huỷ")


class TransferState(LabelledEnum):
    """Where the handing over of a member between two branches stands."""

    SENT = "sent", N_("chờ tiếp nhận")
    RECEIVED = "received", N_("đã tiếp nhận")
    REFUSED = "refused", N_("không tiếp nhận")
    WITHDRAWN = "withdrawn", N_("đã rút lại")


ENTRIES = frozenset({MovementKind.ENROLLED, MovementKind.ADMITTED, MovementKind.TRANSFERRED_IN})
EXITS: dict[MovementKind, MembershipState] = {
    MovementKind.TRANSFERRED_OUT: MembershipState.GONE,
    MovementKind.STRUCK_OFF: MembershipState.STRUCK_OFF,
    MovementKind.MATURED: MembershipState.MATURED,
    MovementKind.DECEASED: MembershipState.DECEASED,
}


def delta_of(kind: MovementKind) -> int:
    """What the movement adds to the number of members of its branch."""
    return 1 if kind in ENTRIES else -1 if kind in EXITS else 0


class Moved(Protocol):
    """A movement as far as the standing of a membership depends on it."""

    id: int
    branch_id: int
    kind: MovementKind
    on: date
    counters_id: int | None


@dataclass(frozen=True)
class Standing:
    """State of a membership, the branch it was last in, and the day since when."""

    state: MembershipState
    branch_id: int | None = None
    since: date | None = None


M = TypeVar("M", bound=Moved)


def effective(movements: Iterable[M]) -> list[M]:
    """The movements that hold, oldest first: neither countered nor themselves corrections."""
    known = sorted(movements, key=lambda moved: (moved.on, moved.id))
    countered = {moved.counters_id for moved in known}
    return [moved for moved in known if moved.counters_id is None and moved.id not in countered]


def standing(movements: Sequence[M]) -> Standing:
    """Where a membership stands after these movements."""
    counting = [moved for moved in effective(movements) if delta_of(moved.kind)]
    if not counting:
        return Standing(MembershipState.VOID)
    last = counting[-1]
    return Standing(EXITS.get(last.kind, MembershipState.ACTIVE), last.branch_id, last.on)
