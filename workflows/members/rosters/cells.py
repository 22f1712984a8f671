"""What the cells of a roster mean: days as text, numbers or years, marks of all kinds. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from workflows.members.identity import folded_name
from workflows.members.states import Sector, Sex

_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_MONTH = re.compile(r"\d{1,2}\s*[/.\-]\s*(\d{4})")
_YEAR = re.compile(r"(19|20)\d\d")
# Excel counts days from here (its 29th of February 1900 never was).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(3_000, 60_000)
_NO = frozenset({"", "0", "khong", "k", "ko", "-", "false", "no"})


@dataclass(frozen=True)
class Day:
    """A day, or only its year."""

    day: date | None = None
    year: int | None = None


def text(cell: Any) -> str:
    """The cell as words; a whole number without the point a sheet gives it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return str(cell).strip()


def day(cell: Any) -> Day | None:
    """A day in any of the shapes rosters have it; nothing for a blank; ValueError for what is no day."""
    if cell in ("", None):
        return None
    if isinstance(cell, datetime):
        return Day(cell.date(), cell.year)
    if isinstance(cell, date):
        return Day(cell, cell.year)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell))
    return _from_words(str(cell).strip())


def _from_number(number: float) -> Day:
    if 1900 <= number <= 2100 and number.is_integer():
        return Day(None, int(number))
    if int(number) in _EXCEL_DAYS:
        found = _EXCEL_EPOCH + timedelta(days=int(number))
        return Day(found, found.year)
    raise ValueError("no day")


@lru_cache(maxsize=65_536)
def _from_words(words: str) -> Day | None:
    words = words.lstrip("'").strip()
    if not words:
        return None
    if found := _DAY.fullmatch(words):
        day_, month, year = (int(part) for part in found.groups())
        whole = year if year > 99 else 1900 + year if year > 30 else 2000 + year
        return Day(date(whole, month, day_), whole)
    if found := _ISO.fullmatch(words):
        year, month, day_ = (int(part) for part in found.groups())
        return Day(date(year, month, day_), year)
    if found := _MONTH.fullmatch(words):
        return Day(None, int(found.group(1)))
    if _YEAR.fullmatch(words):
        return Day(None, int(words))
    if words.replace(".", "", 1).isdigit():
        return _from_number(float(words))
    raise ValueError("no day")


@lru_cache(maxsize=256)
def sex(words: str) -> Sex | None:
    """Nam, nữ, and what else stands for them; ValueError for what stands for neither."""
    folded = folded_name(words)
    if folded in ("nam", "m", "male", "1"):
        return Sex.MALE
    if folded in ("nu", "f", "female", "x", "0"):
        return Sex.FEMALE
    if not folded:
        return None
    raise ValueError("no sex")


@lru_cache(maxsize=4_096)
def marked(words: str) -> bool:
    """Is a box ticked: x, có, 1, a date of admission?"""
    return folded_name(words) not in _NO


@lru_cache(maxsize=4_096)
def sector(words: str) -> Sector | None:
    """State or not, as far as the words tell."""
    folded = folded_name(words)
    if not folded:
        return None
    outside = ("ngoai", "tu nhan", "tu do", "doanh nghiep", "fdi", "hop tac")
    if any(word in folded for word in outside):
        return Sector.NON_STATE
    return Sector.STATE if "nha nuoc" in folded or "cong lap" in folded else None
