"""How often a duty comes round: "hằng năm", "định kỳ 06 tháng", "đột xuất".

"Hằng năm" that only qualifies a plan, a budget or another thing is no cadence. All forms are matched against
folded text.
"""

import re
from dataclasses import dataclass

from workflows.directives.reading.model import Span
from workflows.directives.reading.text import fold, readable
from workflows.directives.reading.tokens import any_of


@dataclass(frozen=True, slots=True)
class Cadence:
    """Weekly, monthly, quarterly, half-yearly, yearly or ad-hoc, with the place of the words."""

    name: str
    span: Span


_OFTEN = r"\b(?:hang |dinh ky (?:hang )?|bao cao |so ket |quy,? )"
_EVERY = r"\b(?:hang|moi|tung|dinh ky)(?:\s+hang)?\s+"
_SIX_MONTHS = r"(?:0?6|sau) thang"
_AND_YEAR = rf"\b{_SIX_MONTHS},?\s+(?:va |hoac |hang )?(?:mot |1 )?nam\b"
# "15/6 và 15/12 hằng năm" comes twice.
_END_OF_HALF = r"\d{1,2}\s*(?:/|-|\s(?:cua\s)?thang\s)\s*(?:0?6|12)"
_TWICE = rf"\b{_END_OF_HALF}\s*(?:va|,|;)\s*(?:truoc\s+)?(?:ngay\s+)?{_END_OF_HALF}[\s,]*"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("weekly", re.compile(rf"{_EVERY}tuan\b|\b\d lan\s*/\s*tuan\b")),
    ("monthly", re.compile(rf"{_EVERY}thang\b|\bdinh ky (?:0?1|mot) thang\b|\b\d lan\s*/\s*thang\b")),
    (
        "quarterly",
        re.compile(rf"{_EVERY}quy\b|\b(?:0?3|ba) thang (?:mot|1) lan\b|\bbao cao quy\b(?! (?:i|v|\d))"),
    ),
    (
        "half-yearly",
        re.compile(
            rf"{_OFTEN}{_SIX_MONTHS}\b(?!\s+(?:dau|cuoi)\s+nam\s+\d)"
            rf"|{_AND_YEAR}|\b{_SIX_MONTHS} (?:mot|1) lan\b|{_TWICE}(?:hang|moi)\s+nam\b"
        ),
    ),
    ("yearly", re.compile(rf"{_EVERY}nam\b|{_AND_YEAR}|\bquy,?\s+(?:{_SIX_MONTHS},?\s+)?(?:va\s+)?nam\b")),
    ("ad-hoc", re.compile(r"\bdot xuat\b|\bkhi (?:can thiet|co yeu cau)\b")),
)
# "ngân hàng", "mặt hàng", "mới", "mời" fold into "hằng", "mỗi"
_OTHER_WORD = re.compile(r"(?:ngan|mat|don|khach|ban|cua|xuat|nhap)\s+$")
_SOUNDS_LIKE_EVERY = ("mới", "mời", "môi")

_PLAN = re.compile(
    r"\b"
    + any_of("""
        ke hoach; du toan; ngan sach; kinh phi; chi tieu; chuong trinh cong tac; nghi quyet; de tai; danh muc;
        nhiem vu; thi dua; tong ket; von; so voi; binh quan; quyet toan; kiem toan""")
    + r"\b[^.;,:]{0,90}$"
)
_REGULAR = re.compile(r"(?:dinh ky|thuong xuyen|hang nam|hang quy|hang thang|nam)[^.;]{0,40}$")
_REPORTED = re.compile(r"bao cao\s*(?:nhanh\s*|,\s*)?$")
_TO_REPORT = re.compile(r"[^.;,]{0,12}bao cao")
_ENDS_WITH_TWICE = re.compile(rf"{_TWICE}$")
_OPENS = re.compile(r"(?:^|[.;:,(]\s*|\bva\s+|-\s*)$")
_ACTS_AFTER = re.compile(r"\s*(?:,|\()?\s*(?:bao cao|tong hop|gui|ra soat|to chuc|danh gia)")


def find_cadences(text: str, start: int = 0, end: int | None = None) -> list[Cadence]:
    """How often the duty in `text[start:end]` comes round, most frequent first, each name once."""
    words = readable(text[start:end])
    folded = fold(words).replace("\n", " ")
    found = []
    for name, form in _FORMS:
        for match in form.finditer(folded):
            if not _is_another_word(words, folded, match) and _is_of_duty(name, folded, match):
                found.append(Cadence(name, (start + match.start(), start + match.end())))
                break
    return found


def _is_another_word(words: str, folded: str, match: re.Match[str]) -> bool:
    if words[match.start() : match.start() + 3].lower() in _SOUNDS_LIKE_EVERY:
        return True
    before = folded[max(0, match.start() - 8) : match.start()]
    return match.group().startswith("hang") and bool(_OTHER_WORD.search(before))


def _is_of_duty(name: str, folded: str, match: re.Match[str]) -> bool:
    """Whether the words say how often something is to be done."""
    before = folded[max(0, match.start() - 100) : match.start()]
    after = folded[match.end() : match.end() + 40]
    if re.match(r"\s*la\b", after) or (name == "yearly" and _ENDS_WITH_TWICE.search(before)):
        return False
    if name == "ad-hoc":
        return bool(_REGULAR.search(before) or _REPORTED.search(before) or _TO_REPORT.match(after))
    if "dinh ky" in match.group() or re.search(r"dinh ky\s*(?:vao\s*)?$", before) or _OPENS.search(before):
        return True
    return bool(_ACTS_AFTER.match(after)) or _PLAN.search(before) is None
