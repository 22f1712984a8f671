"""Made-up members in the frequencies of real Vietnamese names, typed as people type; the truth is known.

`people(count, seed)` gives persons; `rosters(count, seed)` puts them on the lists of six organisations, eight
in a hundred on more than one, each writing of a name as careless as the next. Nobody in it exists.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

ORGANISATIONS = ("union", "youth", "women", "farmers", "veterans", "front")
OVERLAP = 0.08
WITH_IDENTITY = 0.70

# Shares of family names as counted in surveys of Vietnamese names, in a hundred.
_FAMILIES = {
    "Nguyễn": 38.4, "Trần": 11.0, "Lê": 9.5, "Phạm": 7.1, "Hoàng": 3.0, "Huỳnh": 2.1, "Phan": 4.5,
    "Vũ": 2.1, "Võ": 1.8, "Đặng": 2.1, "Bùi": 2.0, "Đỗ": 1.4, "Hồ": 1.3, "Ngô": 1.3, "Dương": 1.0,
    "Lý": 0.5, "Đinh": 0.9, "Trương": 1.2, "Mai": 0.7, "Đào": 0.7, "Lương": 0.6, "Hà": 0.6,
    "Tạ": 0.4, "Cao": 0.6, "Châu": 0.3, "Tô": 0.3, "Thái": 0.4, "Quách": 0.2, "Kiều": 0.2,
    "Lâm": 0.6, "Vương": 0.3, "La": 0.2, "Nông": 0.4, "Triệu": 0.4, "Hứa": 0.2, "Tống": 0.2,
    "Phùng": 0.5, "Trịnh": 0.6, "Tăng": 0.2, "Doãn": 0.1,
}  # fmt: skip
_MIDDLES = {
    "m": (
        "Văn Văn Văn Đức Hữu Minh Quang Xuân Công Đình Thanh Ngọc Duy Anh Quốc Trọng Thành Hoàng Viết Bá Gia"
    ),
    "f": (
        "Thị Thị Thị Thị Ngọc Thanh Thuỳ Kim Minh Phương Bích Thu Hồng Mỹ Diệu Khánh Lan Hoài Tuyết Như Quỳnh"
    ),
}
_SECOND = {
    "m": "Anh Hoàng Quang Minh Tuấn Thanh Nhật Đăng Bảo Mạnh",
    "f": "Thanh Ngọc Thu Phương Mai Kim Hồng Quỳnh Diệu Khánh",
}
_GIVENS = {
    "m": (
        "Hùng Dũng Tuấn Anh Minh Hải Nam Long Sơn Thắng Đức Cường Hiếu Trung Thành Quân Tùng Kiên "
        "Bình Phong Khoa Duy Huy Hoàng Lâm Vinh Tài Phúc Lộc Thịnh Toàn Tâm Tín Nghĩa Việt Khánh "
        "Đạt Phát Quý Hoà Khôi Bảo Trí Hậu Chiến Tiến Công Luân Mạnh Thuỷ Khuê Uy Thuận Điệp Ngà "
        "Trường Giang Hưng Linh Hào Quyền Sáng Tráng"
    ),
    "f": (
        "Lan Hương Hoa Mai Thảo Trang Linh Hà Hằng Nga Thuỷ Ngọc Phương Yến Huyền Thu Vân Nhung "
        "Hạnh Dung Oanh Hiền Hồng Nhàn Tuyết Loan Liên Quyên Như Trinh Thư Vy Chi Châu Diễm My Ngân "
        "Quỳnh Trâm Tiên Xuân Cúc Đào Hoà Thuý Khuyên Duyên Bích Lý Sen Thơm Tâm Ánh Giang Nhi Uyên "
        "Kiều Thắm Lệ Gấm Lụa Miên Hoài"
    ),
}
_PLACES = [
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Trung",
    "Thượng",
    "Hạ",
    "Đoài",
    "Nội",
    "Ngoại",
    "Trại",
    "Đình",
    "Chùa",
    "Bến",
    "Gò",
    "Đồng",
    "Sông",
    "Núi",
    "Cầu",
    "Giếng",
]
_OLD_TONES = (
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("uỷ", "ủy"),
    ("uý", "úy"),
    ("uỳ", "ùy"),
    ("oè", "òe"),
)


@dataclass(frozen=True)
class Made:
    """A made-up person as one list has them; `person` is the same wherever it is the same person."""

    person: int
    name: str
    born: date
    born_as_typed: date | int | str
    is_female: bool
    identity: str
    place: str
    organisation: str = ""


def people(count: int, seed: int = 1) -> Iterator[Made]:
    """Different persons, each with a true name, day of birth and identity number."""
    dice = Random(seed)
    families, weights = list(_FAMILIES), list(_FAMILIES.values())
    first = date(1950, 1, 1)
    for person in range(count):
        sex = "f" if dice.random() < 0.52 else "m"
        name = [dice.choices(families, weights)[0], dice.choice(_MIDDLES[sex].split())]
        if dice.random() < 0.28:
            name.append(dice.choice(_SECOND[sex].split()))
        name.append(_common(dice, _GIVENS[sex].split()))
        born = first + timedelta(days=dice.randrange(58 * 365))
        identity = (
            f"{dice.randrange(1, 97):03}{_century(sex, born)}{born.year % 100:02}{person % 1_000_000:06}"
        )
        place = f"thôn {dice.choice(_PLACES)} {dice.randrange(1, 40)}"
        yield Made(person, " ".join(name), born, born, sex == "f", identity, place)


def rosters(count: int, seed: int = 1, *, overlap: float = OVERLAP) -> Iterator[Made]:
    """`count` rows on the lists of six organisations; `overlap` of the persons stand on more than one."""
    dice = Random(seed * 7 + 1)
    left = count
    for person in people(count, seed):
        lists = dice.sample(ORGANISATIONS, _lists(dice, overlap))[:left]
        left -= len(lists)
        for organisation in lists:
            yield typed(replace(person, organisation=organisation), dice)
        if left == 0:
            return


def typed(made: Made, dice: Random) -> Made:
    """A person as some clerk typed them: capitals, no accents, old tones, the year alone, no number."""
    name, roll = made.name, dice.random()
    if roll < 0.12:
        name = name.upper()
    elif roll < 0.17:
        name = plain(name)
    elif roll < 0.27:
        for new, old in _OLD_TONES:
            name = name.replace(new, old)
    elif roll < 0.29:
        name = unicodedata.normalize("NFD", name)
    born: date | int | str = made.born
    roll = dice.random()
    if roll < 0.25:
        born = f"{made.born:%d/%m/%Y}"
    elif roll < 0.33:
        born = made.born.year
    identity = made.identity if dice.random() < WITH_IDENTITY else ""
    return replace(made, name=name, born_as_typed=born, identity=identity)


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """The name as it is typed without a Vietnamese keyboard."""
    loose = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in loose if not unicodedata.combining(letter))


def _lists(dice: Random, overlap: float) -> int:
    roll = dice.random()
    return 1 if roll >= overlap else 2 if roll >= overlap * 0.15 else 3


def _common(dice: Random, names: list[str]) -> str:
    """A few given names are everywhere, most are rare: the first of the list about eight times the last."""
    return names[min(int(dice.random() ** 1.6 * len(names)), len(names) - 1)]


def _century(sex: str, born: date) -> int:
    """The fourth digit of an identity number: century and sex."""
    return (born.year // 100 - 19) * 2 + (sex == "f")
