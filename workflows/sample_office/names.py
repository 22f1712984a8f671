"""Names for as many communes and provinces as a scale asks for, put together from common syllables."""

import re
import unicodedata
from functools import cache
from itertools import islice, product

from workflows.sample_office.shapes import Scale
from workflows.sample_office.tables import table

PROVINCES = {Scale.OFFICE: 1, Scale.PROVINCE: 1, Scale.NATION: 34}
COMMUNES = {Scale.OFFICE: 60, Scale.PROVINCE: 150, Scale.NATION: 3321}
_STRIDE = 101  # coprime to the number of pairs, so that steps of it meet every pair once


_GENERATED = re.compile(r"T\d\d-")


def is_generated(code: str) -> bool:
    """Whether a unit belongs to one of the provinces beside the full one."""
    return _GENERATED.match(code) is not None


def slug(name: str) -> str:
    """The proper name of a commune as part of a code: "xã An Bình Đông" → "AN-BINH-DONG"."""
    plain = unicodedata.normalize("NFD", proper(name).upper().replace("Đ", "D"))
    return re.sub(r"[^A-Z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))


def proper(name: str) -> str:
    """The name without its kind: "xã An Bình" → "An Bình", "thị trấn Sông Trầm" → "Sông Trầm"."""
    return name[next(i for i, letter in enumerate(name) if letter.isupper()) :]


def commune_names(used: frozenset[str], count: int, province: int) -> list[str]:
    """`count` names of communes, every fifth a ward; provinces start at different places of the list."""
    taken = {slug(name) for name in used}
    pairs = _pairs()
    start = province * 37
    walk = (pairs[(start + index) * _STRIDE % len(pairs)] for index in range(len(pairs)))
    fresh = islice((pair for pair in walk if slug(pair) not in taken), count)
    return [f"{'phường' if index % 5 == 0 else 'xã'} {pair}" for index, pair in enumerate(fresh)]


def province_place(number: int) -> str:
    """A name of a province that nobody takes for a real one."""
    return f"Mẫu {number:02}"


def communes_in(scale: Scale, province: int) -> int:
    """How many communes the `province`-th province has, counted from 0; they add up to those of the scale."""
    least, more = divmod(COMMUNES[scale], PROVINCES[scale])
    return least + (province < more)


@cache
def _pairs() -> list[str]:
    """Two-syllable names, no two with the same slug."""
    syllables = table("syllables")
    pairs = product(syllables["first"].split(), syllables["second"].split())
    by_slug = {slug(f"{first} {second}"): f"{first} {second}" for first, second in pairs if first != second}
    return list(by_slug.values())
