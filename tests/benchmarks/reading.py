"""How quickly, how evenly and in how little memory a directive is read."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from workflows.directives.reading import read_text

FIXTURES = Path(__file__).parents[1] / "workflows" / "directives" / "reading" / "fixtures"
PAGE = 2_400  # characters on a printed page
NASTY = {
    "spaces": " ",
    "dots": ". ",
    "blank lines": "\n",
    "figures": "1",
    "numbers": "12-CT/TU ngày 1/2/2024, ",
    "dashes": "- a;\n",
    "capitals": "ỦY BAN\n",
    "dates": "ngày 1 tháng 2 ",
    "clauses": "1. Sở A chủ trì, phối hợp với Sở B\n",
    "brackets": "<sup>1",
    "asterisks": "*a",
}


def _document(pages: int) -> str:
    """A plan whose clauses are repeated until it has so many pages."""
    text = (FIXTURES / "state-plan-reading-order.txt").read_text(encoding="utf-8")
    head, rest = text.split("I. MỤC TIÊU", 1)
    clauses, tail = rest.split("Nơi nhận", 1)
    times = pages * PAGE // len(clauses) + 1
    return f"{head}I. MỤC TIÊU{clauses * times}Nơi nhận{tail}"


def _seconds(text: str, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        read_text(text)
        taken.append(time.perf_counter() - began)
    return median(taken)


def ten_pages() -> Iterator[dict[str, Any]]:
    text = _document(10)
    read_text(text)
    value = round(_seconds(text), 3)
    yield {
        "name": "read ten pages",
        "value": value,
        "unit": "s",
        "bar": 0.25,
        "holds": value <= 0.25,
    }


def growth() -> Iterator[dict[str, Any]]:
    """Eight times the text may take eight times as long; twelve leaves room for a busy machine."""
    for name, piece in NASTY.items():
        small, large = (piece * (size // len(piece)) for size in (20_000, 160_000))
        factor = round(_seconds(large, 1) / max(min(_seconds(small, 3), 10), 1e-3), 1)
        yield {
            "name": f"eightfold text of {name}",
            "value": factor,
            "unit": "times as long",
            "bar": 12,
            "holds": factor <= 12,
        }


_PEAK = """
import resource, sys
from tests.benchmarks.reading import _document
from workflows.directives.reading import read_text
read_text(_document(200))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def two_hundred_pages() -> Iterator[dict[str, Any]]:
    run = subprocess.run([sys.executable, "-c", _PEAK], capture_output=True, text=True, check=True)
    value = int(run.stdout)
    yield {
        "name": "read two hundred pages",
        "value": value,
        "unit": "MB at most",
        "bar": 300,
        "holds": value < 300,
    }
