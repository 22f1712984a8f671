"""How a person is told apart without keeping what identifies them: normal forms and keyed hashes. Pure.

The identity number never reaches the database: only `identity_key` of its normal form, an HMAC under the
register's secret (kept outside the database), and its last three digits. A reconciliation round makes its own
keys out of these under a secret of its own.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from workflows.vietnamese_order import ALPHABET, TONES

KEY_LENGTH = 32
TAIL_LENGTH = 3
PERSONAL_NUMBER, OLD_NUMBER = 12, 9  # căn cước (2016 on), chứng minh nhân dân

_JUNK = re.compile(r"[\s.\-'’]+")
_SPACES = re.compile(r"\s+")
_LETTERS = dict(zip(ALPHABET, "123456789abcdefghijklmnopqrstuvwx", strict=True))


def normal_identity(typed: str) -> str | None:
    """The digits of an identity number; none if it cannot be one.

    A sheet that took the number for a figure lost the nought every province code before 100 begins with, so a
    number one digit short gets it back.
    """
    digits = _JUNK.sub("", unicodedata.normalize("NFKC", typed))
    if not digits.isascii() or not digits.isdigit():
        return None
    if len(digits) in (PERSONAL_NUMBER - 1, OLD_NUMBER - 1):
        digits = "0" + digits
    return digits if len(digits) in (PERSONAL_NUMBER, OLD_NUMBER) and digits.strip("0") else None


def identity_key(number: str, secret: bytes) -> str:
    """The keyed hash (HMAC-SHA256, 128 bits, hexadecimal) of a normal identity number."""
    return hmac.new(secret, number.encode(), hashlib.sha256).hexdigest()[:KEY_LENGTH]


class Hidden(NamedTuple):
    """What is kept of an identity number: enough to know it again, not enough to know it."""

    key: str
    tail: str
    digits: int
    """Old and new numbers are two numberings: one person has another number in each."""


def hidden(number: str, secret: bytes) -> Hidden:
    """What is kept of a normal identity number."""
    return Hidden(identity_key(number, secret), identity_tail(number), len(number))


def identity_tail(number: str) -> str:
    """The digits by which a person recognises the number as theirs."""
    return number[-TAIL_LENGTH:]


def normal_name(typed: str) -> str:
    """A name composed (NFC), evenly spaced, in the capitals people write: NGUYỄN THỊ LAN → Nguyễn Thị Lan."""
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", typed)).strip(" .,;")
    if name.isupper() or name.islower():
        return " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))
    return name


def folded_name(name: str) -> str:
    """The name as it is searched and compared: lower case, no accents, so tone placement cannot differ."""
    return " ".join(map(_folded_word, name.split()))


def sort_name(name: str) -> str:
    """A key that sorts names as Vietnamese lists do, under any collation.

    Given name first, then family and middle names; within a word letters first, then the tone. Only digits
    and a to x, in which every collation agrees.
    """
    words = unicodedata.normalize("NFC", name).lower().split()
    return "".join(map(_word_key, [*words[-1:], *words[:-1]]))


def folded_place(place: str) -> str:
    """The place as it is compared: words without accents, without what kind of place it is."""
    words = re.findall(r"[a-z0-9]+", folded_name(place))
    return " ".join(word for word in words if word not in _KINDS_OF_PLACE)


def birth(day: date | None, year: int | None) -> str:
    """Date of birth as it is compared: ISO day, or the year alone, or nothing."""
    return day.isoformat() if day else str(year) if year else ""


_KINDS_OF_PLACE = frozenset({"xa", "phuong", "tinh", "thanh", "pho", "thi", "tran", "huyen", "quan", "tp"})


# Names are made of few different words: a million rows hold some thousands of them.
@lru_cache(maxsize=16_384)
def _folded_word(word: str) -> str:
    loose = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in loose if not unicodedata.combining(letter))


@lru_cache(maxsize=16_384)
def _word_key(word: str) -> str:
    letters, tone = [], 0
    for character in word:
        marks = unicodedata.normalize("NFD", character)
        tone = next((TONES.index(mark) + 1 for mark in marks if mark in TONES), tone)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        letters.append(_LETTERS.get(bare, ""))
    return "".join(letters) + "0" + str(tone)
