"""The hidden mark of a workbook: what it answers, what stood in it when it went out, signed by the office."""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflows.errors import Refused
from workflows.wording import N_

Row = tuple[str, str]
SIGNATURE = "signature"
CELL = "cell:"
ALTERED = N_(
    "Tệp không còn dấu của hệ thống, hoặc dấu đã bị sửa, nên không biết tệp thuộc báo cáo nào. Tải lại bảng"
    " Excel từ trang này, chép số liệu sang rồi gửi lại."
)


@dataclass(frozen=True)
class Stamp:
    """Which answer a workbook is for, and the likeness of each cell as it went out."""

    obligation: int
    unit: str
    period: str
    form: str
    number: int
    cells: dict[str, str]

    def rows(self, key: bytes) -> Iterator[Row]:
        """The mark as lines of words, the signature last."""
        yield from self._facts()
        for name, likeness in self.cells.items():
            yield CELL + name, likeness
        yield SIGNATURE, self._signature(key)

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, Any]], key: bytes) -> "Stamp":
        """The mark that was found in a workbook; a refusal where it is missing or was changed."""
        said = {str(name): "" if value is None else str(value) for name, value in rows if name}
        cells = {name.removeprefix(CELL): value for name, value in said.items() if name.startswith(CELL)}
        try:
            stamp = cls(
                obligation=int(said["obligation"]),
                unit=said["unit"],
                period=said["period"],
                form=said["form"],
                number=int(said["number"]),
                cells=cells,
            )
        except (KeyError, ValueError):
            raise Refused(ALTERED) from None
        if not hmac.compare_digest(stamp._signature(key), said.get(SIGNATURE, "")):
            raise Refused(ALTERED)
        return stamp

    def _facts(self) -> Iterator[Row]:
        yield "obligation", str(self.obligation)
        yield "unit", self.unit
        yield "period", self.period
        yield "form", self.form
        yield "number", str(self.number)

    def _signature(self, key: bytes) -> str:
        said = json.dumps([*self._facts(), *sorted(self.cells.items())], ensure_ascii=False)
        return hmac.new(key, b"filled-sheet\n" + said.encode(), hashlib.sha256).hexdigest()


def likeness(value: Decimal | str | None) -> str:
    """A short mark of what stands in a cell, the same after a workbook was saved elsewhere."""
    if value is None or value == "":
        return ""
    said = (
        as_excel_keeps(value) if isinstance(value, Decimal) else unicodedata.normalize("NFC", value).strip()
    )
    return hashlib.sha256(str(said).encode()).hexdigest()[:12]


def as_excel_keeps(value: Decimal) -> Decimal:
    """A number after a workbook held it: fifteen digits, no trailing zeros."""
    return round(Decimal(repr(float(value))), 4).normalize() + 0
