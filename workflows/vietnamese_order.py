"""The order of the Vietnamese alphabet, for lists that people read."""

import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark comes first
_LETTER = {letter: f"{rank:02}" for rank, letter in enumerate(ALPHABET, start=40)}

SortKey = tuple[tuple[str, ...], tuple[int, ...], str]


@lru_cache(maxsize=16_384)
def key(text: str) -> SortKey:
    """Letters first, tones second, the text itself last, so that the order is total."""
    letters: list[str] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", text).casefold():
        letter, tone = _parted(character)
        letters.append(_LETTER.get(letter, letter if letter < "a" else "~" + letter))
        tones.append(tone)
    return tuple(letters), tuple(tones), text


def compare(left: str, right: str) -> int:
    """Negative, zero or positive, as a database collation wants it."""
    a, b = key(left), key(right)
    return (a > b) - (a < b)


@lru_cache(maxsize=4_096)
def _parted(character: str) -> tuple[str, int]:
    """A character without its tone, and the tone's rank (0 = none)."""
    marks = unicodedata.normalize("NFD", character)
    tone = next((TONES.index(mark) + 1 for mark in marks if mark in TONES), 0)
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES)), tone
