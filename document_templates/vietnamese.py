"""Numbers, dates and counting as Vietnamese official papers write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from document_templates.errors import DocumentError

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number(value: float | Decimal | str | None, digits: int = 1) -> str:
    """1234.5 as "1.234,5"; whole numbers without decimals; None as an empty string."""
    if value is None or value == "":
        return ""
    exact = _decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def percent(value: float | Decimal | str | None, digits: int = 1) -> str:
    """45.25 as "45,3%"; None as an empty string."""
    written = number(value, digits)
    return f"{written}%" if written else ""


def read_number(written: str) -> float | None:
    """The value of "1.234,5" or "45,3%"; None for an empty cell; a refusal for anything else."""
    bare = written.replace("%", "").replace("\xa0", "").replace(" ", "").strip()
    if not bare:
        return None
    try:
        return float(bare.replace(".", "").replace(",", "."))
    except ValueError as error:
        raise DocumentError(
            "“%(written)s” không phải là số. Viết số như 1.234,5.", written=written
        ) from error


def short_date(day: date | str | None) -> str:
    """15/12/2026 or 09/3/2026; also from an ISO string; None as an empty string."""
    if not day:
        return ""
    known = _date(day)
    return f"{known.day:02d}/{_month(known)}/{known.year}"


def long_date(day: date | str) -> str:
    """ "ngày 09 tháng 3 năm 2026": days below 10 and months 1 and 2 take a zero (Hướng dẫn 05-HD/VPTW)."""
    known = _date(day)
    return f"ngày {known.day:02d} tháng {_month(known)} năm {known.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def roman(value: int) -> str:
    """4 as "IV", for 1 to 39."""
    written = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            written, value = written + letters, value - worth
    return written


def _decimal(value: float | Decimal | str) -> Decimal:
    try:
        exact = Decimal(str(value))
    except ArithmeticError as error:
        raise DocumentError("“%(value)s” không phải là số.", value=str(value)) from error
    if not exact.is_finite():
        raise DocumentError("“%(value)s” không phải là số.", value=str(value))
    return exact


def _date(day: date | str) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise DocumentError(
            "“%(day)s” không phải là ngày. Viết ngày dạng năm-tháng-ngày.", day=day
        ) from error
