"""Deadlines and cadences in the words of a duty.

A deadline is the last day of the span named, and only where the words make it one: "trong tháng 6/2026",
"trước ngày 15/12", "hoàn thành trong quý III". Dates of events, of cited documents and of the past are none.
Cadences are read from "hằng năm", "định kỳ 06 tháng", "đột xuất" unless they only qualify a plan or a budget.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.directives.reading.dates import find_dates, find_periods
from workflows.directives.reading.model import Span
from workflows.directives.reading.text import fold, readable

_REACH = 60


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, or None where the words name only a relative one, with these words."""

    date: date | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often: weekly, monthly, quarterly, half-yearly, yearly or ad-hoc, with the words."""

    name: str
    span: Span


# ── deadlines ────────────────────────────────────────────────────────────────────────────────────────────

# What stands before a day and makes it a deadline. Matched against folded words that end where the day begins.
_DAY_CUE = re.compile(
    r"(?:\b(?:truoc|cham nhat|muon nhat|den het|het|han cuoi|thoi han|han nop|den|xong|hoan thanh|toi|trong)"
    r"(?:\s+(?:ngay|la|vao|den|truoc|trong|thoi diem|la truoc|la vao|:))*\s*"
    r"(?:\d{1,2}\s*(?:gio|h|g)\s*(?:\d{0,2}\s*(?:phut)?)?\s*,?\s*)?(?:ngay\s*)?)$"
)
_PERIOD_CUE = re.compile(
    r"(?:\b(?:[tfi]?rong|truoc|het|den het|xong|hoan thanh|cuoi|cham nhat|muon nhat|thoi gian|thoi han|tien do|vao cuoi|vao)"
    r"(?:\s+(?:trong|vao|la|den|het|cuoi|:|ngay|truoc|-|thuc hien|hoan thanh))*\s*:?\s*)$"
)
_YEAR_OPENS = re.compile(r"(?:^|[.;:]\s*|\n\s*)(?:phan dau\s+)?den\s+(?:het\s+|cuoi\s+)?$")
_SPAN_OF_DAYS = re.compile(r"\btu\s+(?:ngay\s*)?[\d/.\-\s]{3,12}(?:nam \d{4}\s*)?(?:den|-)\s*(?:het\s*)?(?:ngay\s*)?$")
# An event, a plan or a document carries the date, not the duty: close before the cue.
_NOT_A_DUTY = re.compile(
    r"\b(?:giai doan|nhiem ky|quy hoach|tam nhin|khoa|ke tu|tinh den|tinh tu|so voi|ky ket|so lieu|ap dung tu|hieu luc|quyet dinh so|dien ra"
    r"|phien hop|hoi nghi|cuoc hop|ket luan tai|ket qua|boi canh|dai hoi)\s[^.;:,]{0,18}$"
)
_PLAN_OF_YEARS = re.compile(
    r"(?:ke hoach|muc tieu|nghi quyet|du toan|chuong trinh|chi tieu|phan dau|dinh huong|ngan sach|tien do chi tiet)[^.;:]{0,30}$"
)
_RELATIVE = re.compile(
    r"\b(?:trong (?:vong|thoi han)|cham nhat(?: la)?|sau)\s+\d{1,3}\s*(?:ngay|tuan|thang|gio)(?:\s+lam viec)?"
    r"(?:\s*(?:,|ke tu|tu|sau khi)[^.;,]{0,80})?"
)
_WORK_ENDS = re.compile(r"hoan thanh|xong|cham nhat|muon nhat|^[.;:]")


def find_deadlines(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    issued: date | None = None,
    year: int | None = None,
    bare: bool = False,
) -> list[Deadline]:
    """Deadlines in `text[start:end]`, in order; days without a year take `year`, days before `issued` are past.

    `bare` text is about nothing but time, as a cell of a table: there a day needs no word that makes it a deadline.
    """
    words = readable(text[start:end])
    folded = fold(words).replace("\n", " ")
    known = year or (issued.year if issued else None)
    found = sorted([*_days(folded, words, known), *_periods(folded, words, known)], key=lambda item: item.span)
    if bare and not found:
        found = _bare_days(folded, words, known)
    kept = [item for item in found if item.date and not (issued and item.date < issued)]
    kept += [Deadline(None, words[m.start() : m.end()], m.span()) for m in _RELATIVE.finditer(folded)]
    return [
        Deadline(item.date, text[start + item.span[0] : start + item.span[1]], (start + item.span[0], start + item.span[1]))
        for item in sorted(kept, key=lambda item: (item.date is None, item.span))
    ]


def _bare_days(folded: str, words: str, year: int | None) -> list[Deadline]:
    """The last day named in words about nothing but time, unless they only say when to begin."""
    days = [Deadline(mention.date, "", mention.span) for mention in find_dates(words, year=year)]
    periods = [Deadline(mention.last, "", mention.span) for mention in find_periods(words, year=year)]
    last = max([*days, *periods], key=lambda item: item.span, default=None)
    if last is None or re.search(r"\btu\s+(?:ngay\s*)?$", folded[: last.span[0]]):
        return []
    return [last]


def _days(folded: str, words: str, year: int | None) -> Iterator[Deadline]:
    for mention in find_dates(words, year=year):
        at = mention.span[0]
        before = folded[max(0, at - _REACH) : at]
        cue = _SPAN_OF_DAYS.search(before) or _DAY_CUE.search(before)
        if cue is None or _in_bracket_of_citation(folded, at) or _qualifies_something(before[: cue.start()], cue.group()):
            continue
        yield Deadline(mention.date, "", (at - len(before) + cue.start(), mention.span[1]))


def _periods(folded: str, words: str, year: int | None) -> Iterator[Deadline]:
    for mention in find_periods(words, year=year):
        at = mention.span[0]
        before = folded[max(0, at - _REACH) : at]
        if _carries_no_duty(before):
            continue
        if re.search(r"\bden\s+(?:het\s+|cuoi\s+)?$", before) and mention.span[1] - at <= 9 and folded[at] == "n":
            cue = _YEAR_OPENS.search(before) or re.search(r"(?:hoan thanh|xong)[^.;]{0,30}den\s+(?:het\s+|cuoi\s+)?$", before)
        else:
            cue = _PERIOD_CUE.search(before)
        if cue is None or _qualifies_something(before[: cue.start()], cue.group()):
            continue
        if folded[at] == "n" and not _WORK_ENDS.search(cue.group()) and _PLAN_OF_YEARS.search(before[: cue.start()]):
            continue
        last = mention.first if re.search(r"\btruoc\s+$", before) else mention.last
        yield Deadline(last, "", (at - len(before) + cue.start(), mention.span[1]))


def _qualifies_something(before: str, cue: str) -> bool:
    """Whether the words of the same sentence before a cue take the day for a plan, an event or a document."""
    if cue.startswith((".", ";", ":")):
        return False
    return bool(_NOT_A_DUTY.search(before) or (cue.startswith("den") and before.endswith("tinh ")))


def _carries_no_duty(before: str) -> bool:
    """Whether a bracket with more than the time in it carries the mention: "(tổ chức đại hội trong năm 2022)"."""
    if before.rfind("(") <= before.rfind(")"):
        return False
    inside = before[before.rfind("(") + 1 :]
    return not re.search(r"hoan thanh|xong|truoc|thoi gian|thoi han|^\s*\w{1,6}\s*$", inside)


def _in_bracket_of_citation(folded: str, at: int) -> bool:
    return bool(re.search(r"\bso\s*:?\s*\d[^;.]{0,30}ngay\s*$", folded[max(0, at - _REACH) : at]))


# ── cadences ─────────────────────────────────────────────────────────────────────────────────────────────

_EVERY = r"(?:hang|hang|moi|tung|dinh ky(?: hang| moi)?)"
_CADENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("weekly", re.compile(r"\b(?:hang|moi|tung|dinh ky)(?:\s+hang)?\s+tuan\b|\b\d lan\s*/\s*tuan\b")),
    ("monthly", re.compile(r"\b(?:hang|moi|tung|dinh ky)(?:\s+hang)?\s+thang\b|\bdinh ky (?:0?1|mot) thang\b")),
    ("quarterly", re.compile(r"\b(?:hang|moi|tung|dinh ky)(?:\s+hang)?\s+quy\b|\b(?:0?3|ba) thang (?:mot|1) lan\b|\bbao cao quy\b")),
    ("half-yearly", re.compile(r"\b(?:hang |dinh ky (?:hang )?|bao cao |so ket )(?:0?6|sau) thang\b(?!\s+(?:dau|cuoi)\s+nam\s+\d)|\b(?:0?6|sau) thang,?\s+(?:va |hoac |hang )?(?:mot |1 )?nam\b|\b(?:0?6|sau) thang (?:mot|1) lan\b")),
    ("yearly", re.compile(r"\b(?:hang|moi|dinh ky)(?:\s+hang)?\s+nam\b|\b(?:0?6|sau) thang,?\s+(?:va |hoac |hang )?(?:mot |1 )?nam\b|\bquy,?\s+(?:0?6 thang,?\s+)?(?:va\s+)?nam\b")),
    ("ad-hoc", re.compile(r"\bdot xuat\b|\bkhi (?:can thiet|co yeu cau)\b")),
)
_QUALIFIED = re.compile(
    r"\b(?:ke hoach|du toan|ngan sach|kinh phi|chi tieu|chuong trinh cong tac|nghi quyet|de tai|danh muc|nhiem vu|thi dua|tong ket|von|so voi|binh quan|quyet toan|kiem toan)\b[^.;,:]{0,90}$"
)
_OPENS = re.compile(r"(?:^|[.;:,(]\s*|\bva\s+|-\s*)$")


def find_cadences(text: str, start: int = 0, end: int | None = None) -> list[Cadence]:
    """How often the duty in `text[start:end]` comes round, most frequent first, each name once."""
    folded = fold(readable(text[start:end])).replace("\n", " ")
    found = []
    for name, form in _CADENCES:
        for match in form.finditer(folded):
            if _is_duty(name, folded, match):
                found.append(Cadence(name, (start + match.start(), start + match.end())))
                break
    return found


def _is_duty(name: str, folded: str, match: re.Match[str]) -> bool:
    before = folded[max(0, match.start() - 100) : match.start()]
    after = folded[match.end() : match.end() + 40]
    if re.match(r"\s*la\b", after):
        return False
    if name == "ad-hoc":
        return bool(
            re.search(r"(?:dinh ky|thuong xuyen|hang nam|hang quy|hang thang|nam)[^.;]{0,40}$", before)
            or re.search(r"^[^.;,]{0,12}bao cao", after)
            or re.search(r"bao cao\s*(?:nhanh\s*|,\s*)?$", before)
        )
    if "dinh ky" in match.group() or re.search(r"dinh ky\s*(?:vao\s*)?$", before) or _OPENS.search(before):
        return True
    if re.search(r"^\s*(?:,|\()?\s*(?:bao cao|tong hop|gui|ra soat|to chuc|danh gia)", after):
        return True
    return _QUALIFIED.search(before) is None
