"""What the columns of a roster mean: guessed from its head rows, whatever their spelling. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workflows.members.identity import folded_name
from workflows.wording import N_, LabelledEnum

HEAD_WITHIN = 25


class Field(LabelledEnum):
    """What a column can hold."""

    NAME = "name", N_("Họ và tên")
    FAMILY = "family", N_("Họ và đệm")
    GIVEN = "given", N_("Tên")
    BORN = "born", N_("Ngày sinh")
    BORN_MALE = "born-male", N_("Năm sinh nam")
    BORN_FEMALE = "born-female", N_("Năm sinh nữ")
    SEX = "sex", N_("Giới tính")
    IS_FEMALE = "is-female", N_("Nữ (đánh dấu)")
    IDENTITY = "identity", N_("Số định danh")
    CARD = "card", N_("Số thẻ")
    JOINED = "joined", N_("Ngày vào tổ chức")
    ETHNICITY = "ethnicity", N_("Dân tộc")
    RELIGION = "religion", N_("Tôn giáo")
    PARTY = "party", N_("Đảng viên")
    SECTOR = "sector", N_("Khu vực làm việc")
    OCCUPATION = "occupation", N_("Nghề nghiệp")
    PLACE = "place", N_("Nơi ở")
    BRANCH = "branch", N_("Chi đoàn, chi hội")
    UNIT = "unit", N_("Đơn vị")


_PATTERNS: tuple[tuple[Field, str], ...] = (
    (Field.BORN_MALE, r"(nam|ngay) sinh.* nam$"),
    (Field.BORN_FEMALE, r"(nam|ngay) sinh.* nu$"),
    (Field.BORN, r"(ngay|nam).*sinh|sinh (ngay|nam)|^ngay thang nam$"),
    (Field.IDENTITY, r"cccd|cmnd|can cuoc|dinh danh|chung minh|so cc\b"),
    (Field.CARD, r"the (doan|hoi)|so the|ma the|so huy hieu"),
    (Field.JOINED, r"(ngay|nam|thoi gian).*(vao|ket nap|gia nhap)|^vao (doan|hoi)"),
    (Field.PARTY, r"dang vien|^dang$|vao dang"),
    (Field.ETHNICITY, r"dan toc"),
    (Field.RELIGION, r"ton giao"),
    (Field.SECTOR, r"khu vuc"),
    (Field.OCCUPATION, r"nghe nghiep|cong viec|don vi cong tac|trinh do.*nghe"),
    (
        Field.BRANCH,
        r"^(chi (doan|hoi)|ten chi|to (hoi|phu nu)|phan (doan|hoi)|cong doan co so|noi sinh hoat)",
    ),
    (Field.UNIT, r"^(don vi|xa|phuong|doan xa|hoi xa|co so)"),
    (Field.PLACE, r"dia chi|noi o|cho o|thuong tru|que quan|^thon|khu pho|noi cu tru"),
    (Field.SEX, r"gioi tinh|^phai$|^nam nu$"),
    (Field.IS_FEMALE, r"^nu$"),
    (Field.FAMILY, r"^ho( va)?( chu)? (dem|lot)|^ho$|^ho dem"),
    (Field.NAME, r"ho.*ten|^ten (doan|hoi) vien|^hoi vien$|^doan vien$"),
    (Field.GIVEN, r"^ten$"),
)
_MEANINGS = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
_NUMBER = re.compile(r"^(stt|tt|so tt|so thu tu|no)$")


@dataclass(frozen=True)
class Head:
    """The head of a roster: how many rows stand above the first member, and what each column is called."""

    rows: int
    labels: tuple[str, ...]

    def guess(self) -> dict[Field, int]:
        """Field → number of its column, from 0; the first column that may mean it."""
        found: dict[Field, int] = {}
        for place, label in enumerate(self.labels):
            field = meaning(label)
            if field is not None and field not in found:
                found[field] = place
        return found


def meaning(label: str) -> Field | None:
    """What a column of this name holds."""
    words = " ".join(re.findall(r"[a-z0-9]+", folded_name(label)))
    return next((field for field, pattern in _MEANINGS if pattern.search(words)), None)


def head_of(rows: Sequence[tuple[int, Sequence[Any]]]) -> Head:
    """Find the head among the first filled rows; a second row below merged cells belongs to it."""
    scored = [(_known(row), -place) for place, (_, row) in enumerate(rows[:HEAD_WITHIN])]
    best, minus_place = max(scored, default=(0, 0))
    if best == 0:
        return Head(0, ())
    place = -minus_place
    upper, number = rows[place][1], rows[place][0]
    below = rows[place + 1][1] if place + 1 < len(rows) else []
    if not _continues(upper, below):
        return Head(number, tuple(map(_text, upper)))
    spread = _spread(upper, len(below))
    joined = (" ".join(filter(None, (above, _text(cell)))) for above, cell in zip(spread, below, strict=True))
    return Head(rows[place + 1][0], tuple(joined))


def _known(row: Sequence[Any]) -> int:
    return sum(meaning(_text(cell)) is not None for cell in row if isinstance(cell, str) and len(cell) < 80)


def _continues(upper: Sequence[Any], below: Sequence[Any]) -> bool:
    """Is the row below a second head row: words only, and blank where the upper one names the person?"""
    words = [_text(cell) for cell in below]
    if not any(words) or any(isinstance(cell, int | float) for cell in below if cell != ""):
        return False
    names = [place for place, cell in enumerate(upper) if meaning(_text(cell)) in (Field.NAME, Field.FAMILY)]
    return all(place >= len(words) or not words[place] for place in names)


def _spread(upper: Sequence[Any], width: int) -> list[str]:
    """The upper head row with merged cells filled to the right: only their first cell holds the words."""
    spread: list[str] = []
    for place in range(width):
        own = _text(upper[place]) if place < len(upper) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


def _text(cell: Any) -> str:
    text = cell.strip() if isinstance(cell, str) else ""
    return "" if _NUMBER.match(folded_name(text)) else " ".join(text.split())


def letters(place: int) -> str:
    """The letters of a column, from 0: A, B … Z, AA."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
