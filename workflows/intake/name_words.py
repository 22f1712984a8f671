"""The words of a body's name made comparable: abbreviations written out, what carries no meaning left out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from workflows.directives.reading.text import words

# The names of a province with its communes, several times over.
REMEMBERED = 20_000

# abbreviation, folded → the folded words it stands for
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc",
    "ubkt": "uy ban kiem tra",
    "btv": "ban thuong vu",
    "bch": "ban chap hanh",
    "bcs": "ban can su",
    "tu": "tinh uy",
    "vptu": "van phong tinh uy",
    "btgdv": "ban tuyen giao va dan van",
    "ldld": "lien doan lao dong",
    "lhpn": "lien hiep phu nu",
    "hlhpn": "hoi lien hiep phu nu",
    "nd": "nong dan",
    "hnd": "hoi nong dan",
    "ccb": "cuu chien binh",
    "hccb": "hoi cuu chien binh",
    "tncs": "thanh nien cong san",
    "hcm": "ho chi minh",
    "dtn": "doan thanh nien",
    "chqs": "chi huy quan su",
    "vksnd": "vien kiem sat nhan dan",
    "tand": "toa an nhan dan",
    "bhxh": "bao hiem xa hoi",
    "gd": "giao duc",
    "kh": "khoa hoc",
    "cn": "cong nghe",
    "dt": "dao tao",
}
# phrase, folded → the form all its spellings share
_SAME = (
    ("dong chi", ""),
    ("toan the", ""),
    ("uy ban mat tran to quoc", "mat tran to quoc"),
    ("co quan mat tran to quoc", "mat tran to quoc"),
    ("mat tran to quoc viet nam", "mat tran to quoc"),
    ("doan the chinh tri xa hoi", "to chuc chinh tri xa hoi"),
    ("xa phuong dac khu", "xa phuong"),
    ("xa phuong thi tran", "xa phuong"),
    ("phuong xa", "xa phuong"),
    ("cap xa", "xa phuong"),
    ("cap tinh", "tinh"),
)
_EMPTY = frozenset({"cac", "va", "cung", "nhung", "dc"})
_PERSONS = (
    *("ban thuong vu", "ban thuong truc", "thuong truc", "ban chap hanh", "thu truong", "lanh dao"),
    *("nguoi dung dau", "giam doc", "chu tich", "bi thu", "truong ban", "chanh van phong", "tap the"),
)
_TAILS = ("tinh uy", "thanh uy", "tinh", "thanh pho", "viet nam", "chuc nang")


@lru_cache(maxsize=REMEMBERED)
def key(name: str) -> str:
    """A name in the form in which all its spellings agree; empty for a name without words."""
    long = " ".join(_SHORT.get(word, word) for word in words(name))
    kept = f" {' '.join(word for word in long.split() if word not in _EMPTY)} "
    for phrase, same in _SAME:
        kept = kept.replace(f" {phrase} ", f" {same} ".replace("  ", " "))
    return kept.strip()


@lru_cache(maxsize=REMEMBERED)
def looser(name: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Keys that leave out ever more: the place, the person who stands for the body, the level."""
    return tuple(_ever_looser(name, places))


def _ever_looser(name: str, places: tuple[str, ...]) -> Iterator[str]:
    here = key(name)
    for place in places:
        here = re.sub(rf"(?<=\w) {re.escape(place)}$", "", here)
    yield here
    for person in _PERSONS:
        if here.startswith(f"{person} "):
            here = here.removeprefix(f"{person} ")
            yield here
    for tail in _TAILS:
        if here.endswith(f" {tail}"):
            here = here.removesuffix(f" {tail}")
            yield here
