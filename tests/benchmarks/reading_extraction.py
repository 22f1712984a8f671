"""How quickly files become text, and how much memory that takes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.needs import ROOT
from tests.workflows.directives.reading.extraction.samples import p, pdf, word
from workflows.directives.reading.extraction import extract
from workflows.directives.reading.similarity import Signature, near_duplicates

SENTENCE = "Giao các sở, ban, ngành, Ủy ban nhân dân các xã, phường rà soát, báo cáo kết quả thực hiện. "
PAGES = 200

_MEASURE = """
import resource, sys, time
from workflows.directives.reading.extraction import extract
began = time.perf_counter()
pages = extract(sys.argv[1], filename="a.pdf").pages
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(pages, time.perf_counter() - began, most / 1024)
"""


def _measured(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": unit, "bar": f"≤ {bar}", "holds": value <= bar}


def _paper(pages: int) -> bytes:
    """A PDF of so many full pages."""
    page = f'<div style="page-break-after: always">{f"<p>{SENTENCE * 6}</p>" * 4}</div>'
    return pdf(page * pages)


def a_pdf_of_ten_pages() -> Iterator[dict[str, Any]]:
    """Seconds for a common paper."""
    data = _paper(10)
    began = time.perf_counter()
    extract(data, filename="a.pdf")
    yield _measured("extract: pdf, 10 pages", time.perf_counter() - began, "s", 1.0)


def a_pdf_of_two_hundred_pages() -> Iterator[dict[str, Any]]:
    """Seconds and memory for a very long paper, measured in a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(_paper(PAGES))
        run = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
    pages, seconds, memory = map(float, run.stdout.split())
    yield _measured(f"extract: pdf, {pages:.0f} pages", seconds, "s", 20.0)
    yield _measured(f"extract: memory for {pages:.0f} pages", memory, "MB", 300.0)


def a_word_file_of_two_hundred_pages() -> Iterator[dict[str, Any]]:
    """Seconds for a very long Word file."""
    data = word(p(SENTENCE * 6) * 5 * PAGES)
    began = time.perf_counter()
    extract(data, filename="a.docx")
    yield _measured(f"extract: docx, {PAGES} pages", time.perf_counter() - began, "s", 2.0)


def near_duplicates_among_many() -> Iterator[dict[str, Any]]:
    """Seconds to sign a long paper, and to compare it with all papers of many years."""
    text = "".join(f"{SENTENCE} {number} " for number in range(4_000))
    began = time.perf_counter()
    signature = Signature.of(text)
    yield _measured("similarity: sign 80 000 words", time.perf_counter() - began, "s", 1.0)
    others = [(number, Signature(tuple(h + number for h in signature.hashes))) for number in range(10_000)]
    began = time.perf_counter()
    near_duplicates(signature, others)
    yield _measured("similarity: compare with 10 000 papers", time.perf_counter() - began, "s", 2.0)
