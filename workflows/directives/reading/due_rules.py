"""Deadlines that are counted: "05 ngày làm việc kể từ ngày nhận", "trước ngày 15/6 và 15/12".

Each is told as one of the ways in which the calendar counts a due day, with its number. A day of the month or
of the year counts by the end of a period, so it means something only beside a cadence. All forms are matched
against folded text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from workflows.directives.reading.counts import count_form
from workflows.directives.reading.model import DueWords, Span
from workflows.directives.reading.since_issue import find_since_issue
from workflows.directives.reading.text import fold, readable

AFTER_RECEIPT = frozenset({"days-after-receipt", "working-days-after-receipt"})
_DAYS = rf"{count_form('days')}\s*ngay(?P<working>\s+lam viec)?"
_RECEIPT = (
    r"(?:ke\s+|tinh\s+)?(?:tu|sau)\s+(?:khi\s+|ngay\s+|thoi diem\s+|luc\s+)*"
    r"(?:duoc giao|(?:tiep\s+)?nhan)\b(?:\s+duoc)?"
    r"(?P<thing>[^.;,]{0,40})"
)
# What is received is the directive itself, not the file, the request or the findings of somebody else.
_THIS_DIRECTIVE = re.compile(
    r"\s*(?:$|[)\]]|(?:(?:van ban|cong van|chi thi|ke hoach|ket luan|nghi quyet|nhiem vu)\b|thong bao nay\b)"
    r"(?!\s+(?:de nghi|kien nghi|phan anh|khieu nai|to cao|gop y|xin|lay y kien|thanh tra|kiem tra)\b))"
)
_DAY = r"(?:ngay|truoc|cham nhat)\s+(?P<day>\d{1,2})"
# Without its accent "tháng sáu" reads as "tháng sau"; the year behind it tells.
_NEXT = r"(?:sau|ke tiep|tiep theo|lien ke)\b(?!\s+(?:(?:hang|moi)\s+nam|nam\s+\d))"
_OF_MONTH = r"\s*(?:/|-|\s(?:cua\s+)?thang\s)\s*"
_DATE = rf"(?P<day>\d{{1,2}}){_OF_MONTH}(?P<month>\d{{1,2}})(?!\s*[/\d-])"
_EVERY_YEAR = r"(?:hang|moi)\s+nam|cua nam"
# Not one month among others: "tháng 6", "tháng đầu quý", "tháng sáu hằng năm".
_ANY_MONTH = r"(?!\s+(?:\d|dau\b|giua\b|thu\b)|\s+(?!va\b)\w+(?:\s+\w+)?\s+(?:hang|moi)\s+nam\b)"
_EARLY_MONTHS = 2


@dataclass(frozen=True)
class _Rule:
    """A way to count and its number, or nothing where the words do not make one."""

    kind: str
    number: int


_Meaning = Callable[[re.Match[str]], _Rule | None]


def _from_receipt(found: re.Match[str]) -> _Rule | None:
    if not _THIS_DIRECTIVE.match(found["thing"]):
        return None
    return _Rule(
        "working-days-after-receipt" if found["working"] else "days-after-receipt", int(found["days"])
    )


def _before_end(found: re.Match[str]) -> _Rule:
    kind = "working-days-before-period-end" if found["working"] else "days-before-period-end"
    return _Rule(kind, int(found["days"]))


def _day_of_month(found: re.Match[str]) -> _Rule:
    return _Rule("day-of-last-month", int(found["day"]))


def _day_after(found: re.Match[str]) -> _Rule:
    return _Rule("day-after-period", int(found["day"]))


def _twice_a_year(found: re.Match[str]) -> _Rule | None:
    """15/6 and 15/12 are the same day of the last month of either half."""
    same_day = found["day"] == found["other_day"]
    return (
        _day_of_month(found)
        if same_day and {found["month"], found["other_month"]} <= _ENDS_OF_HALVES
        else None
    )


_ENDS_OF_HALVES = {"6", "06", "12"}


def _once_a_year(found: re.Match[str]) -> _Rule | None:
    """A day of every year, counted by its end; early ones belong to the year before."""
    day, month = int(found["day"]), int(found["month"])
    if month == 12:
        return _Rule("day-of-last-month", day)
    if month == 1:
        return _Rule("day-after-period", day)
    if month <= _EARLY_MONTHS:
        return None
    try:
        return _Rule("days-before-period-end", (date(2001, 12, 31) - date(2001, month, day)).days)
    except ValueError:
        return None


_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (re.compile(rf"{_DAYS}[\s,]*{_RECEIPT}"), _from_receipt),
    (
        re.compile(
            rf"{_DAYS}\s*truoc\s+(?:khi\s+|ngay\s+)?(?:(?:het|ket thuc|cuoi|den)\s+)?"
            r"(?:ky|han|thang|quy|nam)\b(?!\s*\d)"
        ),
        _before_end,
    ),
    (
        re.compile(
            rf"\btruoc\s+(?:khi\s+)?(?:het\s+|ket thuc\s+)?ky(?:\s+bao cao)?\s+(?:it nhat\s+)?{_DAYS}"
        ),
        _before_end,
    ),
    (
        re.compile(
            rf"\bngay\s+{_DATE}\s*(?:va|,|;)\s*(?:truoc\s+)?(?:ngay\s+)?"
            rf"(?P<other_day>\d{{1,2}}){_OF_MONTH}(?P<other_month>\d{{1,2}})(?!\s*[/\d-])"
        ),
        _twice_a_year,
    ),
    (re.compile(rf"\bngay\s+{_DATE}[\s,]*(?:{_EVERY_YEAR})"), _once_a_year),
    (
        re.compile(rf"\b{_DAY}[\s,]*(?:cua\s+)?thang\s+(?:dau\s+(?:cua\s+)?)?(?:(?:quy|ky|nam)\s+)?{_NEXT}"),
        _day_after,
    ),
    (re.compile(rf"\b{_DAY}[\s,]*(?:cua\s+)?thang\s+cuoi\b"), _day_of_month),
    (re.compile(rf"\b{_DAY}[\s,]*(?:(?:hang|moi)\s+|cua\s+(?:moi\s+)?)thang\b{_ANY_MONTH}"), _day_of_month),
)
_DAYS_OF_MONTH = ("day-of-last-month", "day-after-period")
# What counts from the receipt takes a day at least; by the end of a period, 0 is its last day.
_NUMBERS = {**dict.fromkeys(_DAYS_OF_MONTH, range(1, 32)), **dict.fromkeys(AFTER_RECEIPT, range(1, 366))}


def find_due_rules(
    text: str, start: int = 0, end: int | None = None, *, type: str | None = None
) -> list[DueWords]:
    """The rules in `text[start:end]` by which a due day is counted, in the order of the text.

    `type` is that of the paper, which may call itself by it.
    """
    folded = fold(readable(text[start:end])).replace("\n", " ")
    found = [
        DueWords(
            rule.kind,
            rule.number,
            text[start + span[0] : start + span[1]],
            (start + span[0], start + span[1]),
        )
        for rule, span in [*_rules(folded), *_since_issue(folded, type)]
        if rule.number in _NUMBERS.get(rule.kind, range(366))
    ]
    return sorted(found, key=lambda words: words.span)


def _since_issue(folded: str, type: str | None) -> Iterator[tuple[_Rule, Span]]:
    for kind, number, span in find_since_issue(folded, type):
        yield _Rule(kind, number), span


def _rules(folded: str) -> Iterator[tuple[_Rule, Span]]:
    taken: list[Span] = []
    for form, meaning in _FORMS:
        for match in form.finditer(folded):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            # Words that make no rule are not read as another one by a part of them.
            taken.append(match.span())
            if (rule := meaning(match)) is not None:
                yield rule, match.span()
