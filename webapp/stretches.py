"""Long tables that no listing draws, shown stretch by stretch; the address says from which row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

Row = TypeVar("Row")


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """The rows to draw, the place of the first, how many there are in all, the ends of every stretch."""

    rows: Sequence[Row]
    first: int
    total: int
    ends: Sequence[tuple[int, int]]


def asked_stretch(rows: Sequence[Row], size: int) -> Stretch[Row]:
    """The stretch of `rows` that the address asks for (`from`), the first one if it makes no sense."""
    ends = [(start, min(start + size, len(rows))) for start in range(0, len(rows), size)]
    first = next((start for start, _ in ends if str(start) == request.args.get("from")), 0)
    return Stretch(rows[first : first + size], first, len(rows), ends)
