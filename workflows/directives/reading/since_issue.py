"""Deadlines counted from the issue of the paper itself: "30 ngày kể từ ngày ban hành Chỉ thị này".

The day of issue is known, so the words make one fixed day; which one depends on days off and is not for the
reader to say. Another paper, a contract or an effect begins on another day: such words make no rule. All
forms are matched against folded text.
"""

import re
from collections.abc import Iterator
from functools import cache

from workflows.directives.reading.counts import count_form
from workflows.directives.reading.model import Span
from workflows.directives.reading.text import fold
from workflows.directives.reading.tokens import any_of
from workflows.directives.reading.types import NAMES

AFTER_ISSUE = frozenset({"days-after-issue", "working-days-after-issue", "months-after-issue"})
MOST = 365
_KINDS = {
    "ngay": ("days-after-issue", 1),
    "tuan": ("days-after-issue", 7),
    "thang": ("months-after-issue", 1),
    "nam": ("months-after-issue", 12),
}
_WRITTEN = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
# "1 năm 6 tháng" is one length of time, which is not six months.
_COUNT = (
    rf"(?<!\bnam\s){count_form('number', '|'.join(_WRITTEN))}"
    r"\s*(?P<unit>ngay|tuan|thang|nam)(?P<working>\s+lam viec)?"
)
_SINCE = r"[\s,]*(?:(?:ke|tinh)\s+(?:tu|sau)|tu|sau)\s+(?:ngay|khi|luc|thoi diem)(?:\s+(?:ngay|duoc))*"
_ISSUED = r"(?:ky\s*,?\s*)?ban hanh|ky"
_STOPS = r"\s*(?:$|[.;:,)\]])"
# "Quá 30 ngày mà chưa …", "ít nhất 30 ngày", "có hiệu lực sau 10 ngày kể từ ngày ký" set no last day.
_NO_LAST_DAY = re.compile(
    r"(?:(?<!khong )\bqua|\bit nhat|\btoi thieu|\btren|\bhieu luc\b[^.;]{0,30})(?:\s+sau)?\s*$"
)
_REACH = 60


def find_since_issue(folded: str, type: str | None = None) -> Iterator[tuple[str, int, Span]]:
    """Kind, number and span of every count from the day of issue of a paper of this type, in order."""
    for found in _form(type).finditer(folded):
        if _NO_LAST_DAY.search(folded[max(0, found.start() - _REACH) : found.start()]):
            continue
        kind, times = _KINDS[found["unit"]]
        number = times * (_WRITTEN.get(found["number"]) or int(found["number"]))
        if found["working"]:
            kind = "working-days-after-issue"
        if 1 <= number <= MOST:
            yield kind, number, found.span()


@cache
def _form(type: str | None) -> re.Pattern[str]:
    """Without "này" only the paper's own type can mean the paper, and only where no number follows."""
    known = NAMES.get(type or "", ())
    own = any_of("; ".join(fold(name) for name in known)) if known else r"(?!)"
    named = own if known else any_of(*("; ".join(map(fold, names)) for names in NAMES.values()))
    this = rf"(?:{named}|van ban)\s+nay\b"
    return re.compile(
        rf"{_COUNT}{_SINCE}\s+(?:"
        rf"(?:{_ISSUED})(?:\s+{this}|(?:\s+{own})?(?={_STOPS}))"
        rf"|{this}\s+(?:duoc\s+)?(?:{_ISSUED})(?={_STOPS})"
        rf")"
    )
