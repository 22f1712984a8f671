"""Words by which the parts of a document are known."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from workflows.directives.reading.text import fold, words

# the first words of names of bodies, folded
BODY_HEAD = re.compile(
    r"\W*(?:(?:tinh|thanh|huyen|thi|quan|dang|khoi|chi)\s+(?:uy|doan|hoi|bo)|xa doan|phuong doan|ubnd|hdnd|"
    r"ubmttq|uy ban|hoi dong|van phong|so|ban|bo|phong|cuc|chi cuc|tong cuc|vu|vien|toa an|thanh tra|cong an|"
    r"bo chi huy|trung tam|truong|hoc vien|dai hoc|benh vien|hoi|lien doan|lien hiep|lien minh|doan|mat tran|"
    r"tong cong ty|tong lien doan|cong ty|tap doan|bao|dai|kho bac|ngan hang|bao hiem|thue|hai quan|quy|"
    r"to cong tac|tieu ban|bch|btv|thuong truc|chinh phu|thu tuong|quoc hoi|kiem toan|buu dien|cong doan|"
    r"lien chi|thi doan|trung uong|ldld|lhpn|hlhpn|hnd|ccb|hccb|bql|bcd|ubkt|ubmt|mttq|dtn|tdtn|cdcs|"
    r"vpubnd)\b"
)
_OPENING = re.compile(
    r"\s*(?:thuc hien|can cu|theo|trong (?:nhung|thoi gian|nam|qua trinh|cac)|nham|de|thoi gian|ngay\s?\d+|"
    r"tren co so|qua|sau khi|hien nay|xet|nam\s\d{4}|vua qua|nhan duoc|phuc dap|tra loi|thi hanh|nhan dip|"
    r"quan triet|tiep theo|kinh thua|trien khai thuc hien|tiep tuc thuc hien|hom nay|dip|"
    r"tu (?:dau|ngay|thang|khi))\b"
)


def opens_body(line: str) -> bool:
    """Does this line begin the first paragraph of a body?"""
    stripped = line.lstrip()
    return stripped[:1].isupper() and bool(_OPENING.match(fold(stripped[:60]))) and not is_upper(stripped)


def letters(text: str) -> int:
    """How many letters there are."""
    return sum(sign.isalpha() for sign in text)


def has_word(text: str) -> bool:
    """Is there a word of two letters or more? Specks on a scan make single signs."""
    return bool(re.search(r"[^\W\d_]{2}", text))


def is_upper(text: str) -> bool:
    """Is this printed in capitals? OCR may have spoilt one letter in five."""
    alphabetic = [sign for sign in text if sign.isalpha()]
    return len(alphabetic) > 1 and sum(sign.isupper() for sign in alphabetic) >= 0.8 * len(alphabetic)


def is_damaged(text: str) -> bool:
    """Has OCR lost the accents of this text?"""
    sample = [sign for sign in text[:6000] if sign.isalpha()]
    return len(sample) > 150 and sum(not sign.isascii() for sign in sample) < 0.05 * len(sample)


_NATIONAL_WORDS = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")


def damaged_national_heading(phrase: str) -> bool:
    """Does this resemble a national heading or motto?"""
    squeezed = "".join(words(phrase))
    return 10 < len(squeezed) < 40 and any(
        SequenceMatcher(None, squeezed, whole).ratio() > 0.62 for whole in _NATIONAL_WORDS
    )


def one_line(pieces: Sequence[str]) -> str | None:
    """Pieces of a wrapped phrase as one, without the marks around it."""
    line = " ".join(" ".join(pieces).split()).strip(" .:;*_-")
    quoted = re.fullmatch(r"[“\"]([^“”\"]*)[”\"]", line)
    return (quoted[1] if quoted else line) or None
