"""A form of 300 cells with all its rules: read, reckoned, checked, compared with earlier periods."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from workflows.regimes.forms import Form, read
from workflows.reports import Content, findings, settled
from workflows.reports.usual import Usual, usual_of

ROWS, COLUMNS = 50, 5
TIMES = 50
MOST_MS = 5.0
READING_MS = 60.0


def forms() -> Iterator[dict[str, Any]]:
    """Fifty rows by six columns, one of them calculated; rules row by row and across periods."""
    definition = _definition()
    yield _measured("form of 300 cells: read", lambda: read(definition), READING_MS)
    form = read(definition)
    content, before = _content(form), _before(form)
    yield _measured("form of 300 cells: reckon", lambda: settled(form, content, before), MOST_MS)
    whole = settled(form, content, before)
    yield _measured(
        "form of 300 cells: all rules", lambda: findings(form, whole, before, _usual(form)), MOST_MS
    )
    series = [Decimal(number) for number in (150, 152, 149, 151, 150, 148, 153, 150)]
    yield _measured(
        "form of 300 cells: usual ranges",
        lambda: [usual_of(series, form.outliers) for _ in form.labels],
        MOST_MS * 4,
    )


def _definition() -> dict[str, Any]:
    columns = [{"code": f"c{number}", "label": f"Cột {number}"} for number in range(1, COLUMNS + 1)]
    total = {"code": "total", "label": "Cộng", "formula": "grid.{row}.c1 + grid.{row}.c2 - grid.{row}.c3"}
    grid = {
        "code": "grid",
        "label": "Bảng",
        "rows": [{"code": f"h{number}", "label": f"Hàng {number}"} for number in range(1, ROWS + 1)],
        "columns": [*columns, total],
        "required": True,
    }
    rules = [
        ("grid.{row}.c4", "<=", "grid.{row}.total"),
        ("grid.{row}.c5", "<=", "grid.{row}.total"),
        ("grid.{row}.c1", "=", "previous(grid.{row}.total)"),
        ("grid._.total", ">=", "grid._.c4"),
    ]
    return {
        "title": "Biểu 300 ô",
        "sections": [{"title": "I", "parts": [grid]}],
        "rules": [
            {"left": left, "operator": sign, "right": right, "importance": "error", "sentence": "Sai."}
            for left, sign, right in rules
        ],
    }


def _content(form: Form) -> Content:
    figures = {"c1": 100, "c2": 10, "c3": 5, "c4": 50, "c5": 40}
    return Content(
        figures={
            cell.name: Decimal(figures[cell.name.rsplit(".", 1)[1]])
            for cell in form.number_cells()
            if cell.formula is None
        }
    )


def _before(form: Form) -> dict[str, Decimal]:
    return {cell.name: Decimal(100) for cell in form.number_cells() if cell.formula is not None}


def _usual(form: Form) -> dict[str, Usual]:
    return {cell: Usual(Decimal(0), Decimal(1_000), 8) for cell in form.labels}


def _measured(name: str, act: Callable[[], object], bar: float) -> dict[str, Any]:
    """The middle of many times, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1_000)
    middle = round(sorted(taken)[TIMES // 2], 2)
    return {"name": name, "value": middle, "unit": "ms", "bar": bar, "holds": middle <= bar}
