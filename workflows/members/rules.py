"""What holds of branches, members and movements before anything is written. Pure, no session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflows.errors import InvalidFields, Refused
from workflows.members.states import EXITS, MembershipState, MovementKind, Sector, Sex, Standing
from workflows.wording import N_

OLDEST_BIRTH = 1900
MOST_GRADES = 5


@dataclass(frozen=True)
class Details:
    """What the register says of a person; the identity number goes no further than its keyed hash."""

    name: str
    born_on: date | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    identity: str = ""
    ethnicity: str = ""
    religion: str = ""
    party_member: bool = False
    sector: Sector | None = None
    occupation: str = ""
    place: str = ""


@dataclass(frozen=True)
class Entry:
    """How somebody comes onto the list of a branch."""

    kind: MovementKind
    on: date
    paper: str = ""
    card_number: str = ""
    joined_on: date | None = None


@dataclass(frozen=True)
class Habits:
    """An organisation's own words and terms for its register."""

    branch_word: str
    cell_word: str
    grades: tuple[str, ...]
    reasons: tuple[str, ...]
    answer_days: int = 30
    purpose: str = ""
    retention_years: int = 5


_FOUR_GRADES = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)
_FIVE_GRADES = ("Xuất sắc", "Tốt", "Khá", "Trung bình", "Yếu")
_REASONS = (
    "Đã rời địa bàn, không chuyển sinh hoạt",
    "Không tham gia sinh hoạt",
    "Không đóng đoàn phí, hội phí",
    "Vi phạm điều lệ",
    "Tự nguyện xin ra",
    "Trùng tên trong sổ",
)
_PURPOSE = (
    "Quản lý đoàn viên, hội viên theo điều lệ của tổ chức; thống kê; đối chiếu giữa các tổ chức ở dạng đã"
    " che danh tính."
)


def _habits(branch: str, cell: str, grades: tuple[str, ...]) -> Habits:
    return Habits(branch, cell, grades, _REASONS, purpose=_PURPOSE)


# Good defaults until an organisation settles its own (RegisterRules).
_USUAL = _habits("chi hội", "tổ hội", _FOUR_GRADES)
DEFAULTS: Mapping[str, Habits] = {
    "union": _habits("công đoàn cơ sở", "tổ công đoàn", _FOUR_GRADES),
    "youth": _habits("chi đoàn", "phân đoàn", _FOUR_GRADES),
    "women": _habits("chi hội", "tổ phụ nữ", _FIVE_GRADES),
    "farmers": _habits("chi hội", "tổ hội", _FOUR_GRADES),
    "veterans": _habits("chi hội", "phân hội", _FOUR_GRADES),
    "front": _habits("ban công tác mặt trận", "tổ liên gia", _FOUR_GRADES),
}


def usual_habits(organisation: str) -> Habits:
    """What holds for an organisation that has settled nothing of its own."""
    return DEFAULTS.get(organisation, _USUAL)


def is_minority(ethnicity: str) -> bool:
    """Does this word name an ethnic minority? The majority are Kinh (Việt)."""
    return ethnicity.strip().casefold() not in ("", "kinh", "việt", "viet")


def is_religious(religion: str) -> bool:
    """Does this word name a religion?"""
    return religion.strip().casefold() not in ("", "không", "khong", "ko", "0", "không có", "-")


def check_details(details: Details, *, on: date) -> None:
    """Refuse what cannot be said of a person."""
    wrong: dict[str, str] = {}
    if not details.name.strip():
        wrong["name"] = N_("Nhập họ và tên.")
    if details.born_on and details.born_on > on:
        wrong["born"] = N_("Ngày sinh không thể sau hôm nay.")
    elif details.birth_year and not OLDEST_BIRTH <= details.birth_year <= on.year:
        wrong["born"] = N_("Năm sinh không hợp lý. Kiểm tra lại.")
    if wrong:
        raise InvalidFields(wrong)


def check_day(day: date, *, since: date | None, on: date) -> None:
    """A movement happens neither before the one it follows nor in the future."""
    if day > on:
        raise InvalidFields({"on": N_("Ngày biến động không thể sau hôm nay.")})
    if since and day < since:
        raise InvalidFields(
            {"on": N_("Ngày biến động không thể trước biến động gần nhất của người này. Kiểm tra lại ngày.")}
        )


def check_exit(kind: MovementKind, standing: Standing, *, ground: str, grounds: tuple[str, ...]) -> None:
    """Only somebody on the list can leave it; whoever is struck off is so for one of the reasons."""
    if kind not in EXITS and kind is not MovementKind.HONOURED:
        raise InvalidFields({"kind": N_("Chọn một loại biến động.")})
    if kind in EXITS and standing.state is not MembershipState.ACTIVE:
        raise Refused(
            "Chưa ghi được: người này %(state)s. Nếu ghi nhầm, rút biến động gần nhất trước.",
            state=standing.state.label,
        )
    if kind is MovementKind.STRUCK_OFF and ground not in grounds:
        raise InvalidFields({"ground": N_("Chọn lý do đưa ra khỏi danh sách.")})
