"""Days as people type them in the search box: 01/01/2025, 1/2025, 2025."""

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")


def first_day(text: str) -> date | None:
    """The first day of what the text names, or nothing when it names none."""
    return _read(text, last=False)


def last_day(text: str) -> date | None:
    """The last day of what the text names, or nothing when it names none."""
    return _read(text, last=True)


def _read(text: str, *, last: bool) -> date | None:
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    day, month, year = (int(part) if part else None for part in match.groups())
    try:
        month = month or (12 if last else 1)
        return date(year or 0, month, day or (monthrange(year or 0, month)[1] if last else 1))
    except ValueError:
        return None
