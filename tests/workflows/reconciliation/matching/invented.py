"""Rows written by hand, and whole invented registers whose truth is known."""

import unicodedata
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from workflows.reconciliation.matching import Birth, Rows

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
MIDDLES = ("Thị", "Văn", "Ngọc", "Minh", "Thu", "Đức", "Hữu", "Quang", "Thanh", "Xuân")
# fmt: off
GIVEN = (
    "An", "Anh", "Ánh", "Bình", "Chi", "Cúc", "Dũng", "Duyên", "Đạt", "Đông", "Giang", "Hà", "Hạnh",
    "Hào", "Hiền", "Hoa", "Hòa", "Hùng", "Hương", "Khánh", "Lan", "Lâm", "Liên", "Linh", "Long", "Mai",
    "Minh", "Nam", "Nga", "Ngân", "Nhung", "Oanh", "Phong", "Phúc", "Quân", "Quyên", "Sơn", "Tài", "Tâm",
    "Thảo", "Thắng", "Thủy", "Tiến", "Trang", "Tuấn", "Tùng", "Tuyết", "Uyên", "Vân", "Việt", "Vinh",
    "Yến",
)
# fmt: on


@dataclass(frozen=True)
class Entry:
    """One membership, as a person would write it."""

    name: str = "Nguyễn Thị Lan"
    birth: tuple[int, int, int] = (1991, 2, 3)
    number: int = 0
    number_length: int = 12
    organisation: int = 0
    place: int = 1
    hamlet: int = 0
    sex: int = 2
    truth: int = 0


def letters(name: str) -> str:
    """A name without its accents."""
    apart = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(character for character in apart if not unicodedata.combining(character))


def rows(*entries: Entry) -> Rows:
    """The entries as columns."""
    folded, spelt = [letters(entry.name) for entry in entries], [entry.name for entry in entries]
    names, spellings = sorted(set(folded)), sorted(set(spelt))
    signatures = count(1)
    known: dict[tuple[object, ...], int] = {}
    return Rows(
        organisation=_column(entry.organisation for entry in entries),
        place=_column(entry.place for entry in entries),
        hamlet=_column(entry.hamlet for entry in entries),
        sex=_column(entry.sex for entry in entries),
        ethnicity=_column(1 for _ in entries),
        religion=_column(0 for _ in entries),
        birth=Birth(*(_column(entry.birth[part] for entry in entries) for part in range(3))),
        identity=np.array([entry.number for entry in entries], np.uint64),
        identity_length=_column(entry.number_length if entry.number else 0 for entry in entries),
        signature=np.array(
            [
                known.setdefault((name, entry.birth, entry.sex, entry.place), next(signatures))
                if entry.birth[2]
                else 0
                for name, entry in zip(folded, entries, strict=True)
            ],
            np.uint64,
        ),
        name=_places(folded),
        spelling=_places(spelt),
        names=names,
        spellings=spellings,
    )


def _column(values) -> np.ndarray:
    return np.fromiter(values, np.int32)


def _places(words: list[str]) -> np.ndarray:
    """Where each word stands among the distinct words, sorted."""
    return np.unique(np.array(words, object), return_inverse=True)[1].astype(np.int32)


def register(size: int, seed: int, with_number: float = 0.7, overlap: float = 0.08) -> list[Entry]:
    """A register of six organisations, with slips of the pen and second entries of some persons."""
    dice = np.random.default_rng(seed)
    persons = [_person(dice, truth) for truth in range(round(size / (1 + overlap)))]
    again = dice.choice(len(persons), size - len(persons), replace=False)
    seconds = [
        replace(persons[who], organisation=(persons[who].organisation + int(dice.integers(1, 6))) % 6)
        for who in again
    ]
    return [_entered(dice, entry, with_number) for entry in (*persons, *seconds)]


def _person(dice: np.random.Generator, truth: int) -> Entry:
    middles = dice.choice(MIDDLES, int(dice.integers(1, 3)), replace=False)
    name = " ".join((dice.choice(FAMILIES), *middles, dice.choice(GIVEN)))
    birth = int(dice.integers(1950, 2010)), int(dice.integers(1, 13)), int(dice.integers(1, 29))
    place = int(dice.integers(1, 60))
    return Entry(
        name=name,
        birth=birth,
        organisation=int(dice.integers(0, 6)),
        place=place,
        hamlet=place * 20 + int(dice.integers(1, 9)),
        sex=int(dice.integers(1, 3)),
        truth=truth,
    )


def _entered(dice: np.random.Generator, entry: Entry, with_number: float) -> Entry:
    """The entry as somebody typed it."""
    slip = dice.random()
    year, month, day = entry.birth
    if dice.random() < with_number:
        entry = replace(entry, number=entry.truth + 1)
    if slip < 0.06:
        return replace(entry, name=letters(entry.name))
    if slip < 0.08:
        at = int(dice.integers(1, len(entry.name)))
        return replace(entry, name=entry.name[:at] + entry.name[at + 1 :])
    if slip < 0.12:
        return replace(entry, birth=(year, 0, 0), hamlet=0)
    if slip < 0.13 and day <= 12:
        return replace(entry, birth=(year, day, month))
    if slip < 0.17:
        return replace(entry, place=int(dice.integers(1, 60)), hamlet=0)
    return entry
