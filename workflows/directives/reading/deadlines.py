"""Deadlines in the words of a duty.

A deadline is the last day of the span named, and only where the words make it one: "trong tháng 6/2026",
"trước ngày 15/12", "hoàn thành trong quý III". Dates of events, of cited documents and of the past are none.
All forms are matched against folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.directives.reading.dates import PeriodMention, find_dates, find_periods
from workflows.directives.reading.model import Span
from workflows.directives.reading.text import fold, readable
from workflows.directives.reading.tokens import any_of

_REACH = 60


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, or None where the words name only a relative one, with these words."""

    date: date | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Found:
    """A last day and where its words stand in the text being read."""

    date: date | None
    start: int
    end: int


# What stands before a day and makes it a deadline; the hour may come between.
_BEFORE_DAY = r"truoc|cham nhat|muon nhat|den het|het|han cuoi|thoi han|han nop|den|xong|hoan thanh|toi|trong"
_HOUR = r"(?:\d{1,2}\s*(?:gio|h|g)\s*(?:\d{0,2}\s*(?:phut)?)?\s*,?\s*)?"
_DAY_CUE = re.compile(
    rf"\b(?:{_BEFORE_DAY})(?:\s*:)?(?:\s+(?:ngay|la|vao|den|truoc|trong|thoi diem|:))*\s*{_HOUR}(?:ngay\s*)?$"
)
_SPAN_OF_DAYS = re.compile(
    r"\btu\s+(?:ngay\s*)?[\d/.\-\s]{3,12}(?:nam \d{4}\s*)?(?:den|-)\s*(?:het\s*)?(?:ngay\s*)?$"
)
# The same before a month, quarter or year; OCR writes "frong" for "trong".
_BEFORE_PERIOD = (
    r"[tfi]?rong|truoc|het|den het|xong|hoan thanh|cuoi|cham nhat|muon nhat|thoi gian|thoi han|tien do"
)
_BETWEEN = r"trong|vao|la|den|het|cuoi|:|ngay|truoc|-|thuc hien|hoan thanh"
_PERIOD_CUE = re.compile(rf"\b(?:{_BEFORE_PERIOD})(?:\s+(?:{_BETWEEN}))*\s*:?\s*$")
_TO_YEAR = re.compile(r"\bden\s+(?:het\s+|cuoi\s+)?$")
_TO_YEAR_CUE = re.compile(
    r"(?:^|(?<=[.;:]))[\s-]*(?:phan dau\s+)?den\s+(?:het\s+|cuoi\s+)?$"
    r"|(?:hoan thanh|xong)[^.;]{0,30}den\s+(?:het\s+|cuoi\s+)?$"
)
# "…, quý II/2026." at the end of a clause says when by itself.
_COMMA = re.compile(r",\s*$")
_ENDS_CLAUSE = re.compile(r"\s*(?:[.;)]|$)")
_WORK_ENDS = re.compile(r"hoan thanh|xong|cham nhat|muon nhat")

# An event, a plan of years or a document carries the date, not the duty: close before the cue.
_CARRIES_DATE = re.compile(
    r"\b"
    + any_of("""
        giai doan; nhiem ky; quy hoach; tam nhin; khoa; ke tu; tinh tu; so voi; ky ket; so lieu; ap dung tu;
        hieu luc; quyet dinh so; dien ra; phien hop; hoi nghi; cuoc hop; ket luan tai; ket qua; boi canh;
        dai hoi""")
    + r"\s[^.;:,]{0,18}$"
)
_UP_TO_DAY = re.compile(r"\btinh den\s+(?:het\s+)?(?:ngay\s*)?$")
_ISSUED_BEFORE = re.compile(
    r"\b(?:da|duoc)\s+(?:ban hanh|cap|phe duyet|thanh lap|ky)\s*$|\b(?:xay ra|phat sinh)\s*$"
)
_PLAN_OF_YEARS = re.compile(
    r"\b"
    + any_of("""
        ke hoach; muc tieu; nghi quyet; du toan; chuong trinh; chi tieu; phan dau; dinh huong; ngan sach;
        tien do chi tiet""")
    + r"[^.;:]{0,30}$"
)
_OF_CITATION = re.compile(r"\bso\s*:?\s*\d[^;.]{0,30}ngay\s*$")
_TIME_IN_BRACKETS = re.compile(r"hoan thanh|xong|truoc|thoi gian|thoi han|^\s*\w{1,6}\s*$")
_BEGINNING = re.compile(r"\btu\s+(?:ngay\s*)?$")
_RELATIVE = re.compile(
    r"\b(?:trong (?:vong|thoi han)|cham nhat(?: la)?|sau)\s+\d{1,3}\s*(?:ngay|tuan|thang|gio)(?:\s+lam viec)?"
    r"(?:\s*(?:,|ke tu|tu|sau khi)[^.;,]{0,80})?"
)


def find_deadlines(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    issued: date | None = None,
    year: int | None = None,
    bare: bool = False,
) -> list[Deadline]:
    """Deadlines in `text[start:end]`: dated ones in order, then relative ones.

    Days without a year take `year`, days before `issued` are past. `bare` text is about nothing but time, as
    a cell of a table: there a day needs no word that makes it a deadline.
    """
    words = readable(text[start:end])
    folded = fold(words).replace("\n", " ")
    known = year or (issued.year if issued else None)
    dated = sorted(
        [*_days(folded, words, known), *_periods(folded, words, known)], key=lambda item: item.start
    )
    if bare and not dated:
        dated = _bare_days(folded, words, known)
    kept = [item for item in dated if item.date and not (issued and item.date < issued)]
    kept += [_Found(None, *match.span()) for match in _RELATIVE.finditer(folded)]
    return [
        Deadline(
            item.date, text[start + item.start : start + item.end], (start + item.start, start + item.end)
        )
        for item in kept
    ]


def _bare_days(folded: str, words: str, year: int | None) -> list[_Found]:
    """The last day named in words about nothing but time, unless they only say when to begin."""
    days = [_Found(mention.date, *mention.span) for mention in find_dates(words, year=year)]
    periods = [_Found(mention.last, *mention.span) for mention in find_periods(words, year=year)]
    last = max([*days, *periods], key=lambda item: item.end, default=None)
    return [last] if last and not _BEGINNING.search(folded[: last.start]) else []


def _days(folded: str, words: str, year: int | None) -> Iterator[_Found]:
    for mention in find_dates(words, year=year):
        at, before = _before(folded, mention.span[0])
        cue = _SPAN_OF_DAYS.search(before) or _DAY_CUE.search(before)
        if (
            cue is None
            or _OF_CITATION.search(before)
            or _UP_TO_DAY.search(before)
            or _belongs_elsewhere(before[: cue.start()])
        ):
            continue
        yield _Found(mention.date, at + _first_letter(before, cue), mention.span[1])


def _periods(folded: str, words: str, year: int | None) -> Iterator[_Found]:
    for mention in find_periods(words, year=year):
        at, before = _before(folded, mention.span[0])
        is_year = folded[mention.span[0]] == "n"
        cue = (_TO_YEAR_CUE if is_year and _TO_YEAR.search(before) else _PERIOD_CUE).search(before)
        if cue is None and not is_year and _ENDS_CLAUSE.match(folded, mention.span[1]):
            cue = _COMMA.search(before)
        if (
            cue is None
            or _in_bracket_of_event(before)
            or _UP_TO_DAY.search(before)
            or _belongs_elsewhere(before[: cue.start()])
        ):
            continue
        if is_year and not _WORK_ENDS.search(cue.group()) and _PLAN_OF_YEARS.search(before[: cue.start()]):
            continue
        yield _Found(_last_day(mention, before), at + _first_letter(before, cue), mention.span[1])


def _before(folded: str, place: int) -> tuple[int, str]:
    """The words just before a place, and where they begin."""
    start = max(0, place - _REACH)
    return start, folded[start:place]


def _first_letter(before: str, cue: re.Match[str]) -> int:
    return cue.start() + len(cue.group()) - len(cue.group().lstrip(" ,"))


def _last_day(mention: PeriodMention, before: str) -> date:
    """The last day of a period; "trước tháng 6" ends before the month begins."""
    return (
        date.fromordinal(mention.first.toordinal() - 1) if re.search(r"\btruoc\s+$", before) else mention.last
    )


def _belongs_elsewhere(before: str) -> bool:
    """Whether the words of the same sentence before a cue take the day for an event or a document."""
    return bool(_CARRIES_DATE.search(before) or _ISSUED_BEFORE.search(before))


def _in_bracket_of_event(before: str) -> bool:
    """Whether a bracket with more than the time in it carries the mention: "(đại hội trong năm 2022)"."""
    opened = before.rfind("(")
    return opened > before.rfind(")") and not _TIME_IN_BRACKETS.search(before[opened + 1 :])
