"""How quickly papers are drawn, as shares of what LibreOffice takes for the same Word files in one run.

The quickest of several tries counts on both sides: other work on the machine only ever adds time.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pypdfium2

from document_templates import (
    Document,
    draw_pdf,
    draw_word,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from tests.benchmarks._memory import most_megabytes

LETTERS = 100
WORKERS = 2
REPEATS = 10
OFFICE_REPEATS = 3
REPORT_ROWS, REPORT_COLUMNS = 102, 12
LONG_REPORT_PARAGRAPHS = 660
LONG_REPORT_PAGES = 60


def measure_two_page_letter() -> Iterator[dict[str, Any]]:
    """The PDF of a reminder letter with its appendix."""
    yield _against_office("two_page_letter_pdf", _letter(0), bar=0.10)


def measure_seven_page_report() -> Iterator[dict[str, Any]]:
    """The PDF of a report with a table of 102 rows and 12 columns."""
    yield _against_office("seven_page_report_pdf", _report(), bar=0.8)


def measure_hundred_letters() -> Iterator[dict[str, Any]]:
    """A hundred letters, Word and PDF, on two workers; LibreOffice converts the same hundred in one call."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as workers:
        list(workers.map(_draw_both, range(WORKERS)))
        ours = min(
            _seconds(lambda: list(workers.map(_draw_both, range(LETTERS), chunksize=5))) for _ in range(2)
        )
    letters = [draw_word(_letter(at)) for at in range(LETTERS)]
    theirs = min(_office_seconds(letters) for _ in range(2))
    yield {
        "name": "hundred_letters_word_and_pdf",
        "value": round(ours, 2),
        "unit": "s",
        "bar": None,
        "holds": None,
    }
    yield _row("hundred_letters_of_libreoffice", ours / theirs, "ratio", 0.5)


def measure_memory_of_a_worker() -> Iterator[dict[str, Any]]:
    """The most memory that a worker takes for a report of sixty pages."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        pages, megabytes = worker.submit(_draw_long_report).result()
    yield _row("sixty_page_report_pages", pages, "pages", LONG_REPORT_PAGES, at_least=True)
    yield _row("sixty_page_report_memory", megabytes, "MB", 500)


def _row(name: str, value: float, unit: str, bar: float, *, at_least: bool = False) -> dict[str, Any]:
    holds = value >= bar if at_least else value <= bar
    return {"name": name, "value": round(value, 3), "unit": unit, "bar": bar, "holds": holds}


def _against_office(name: str, document: Document, bar: float) -> dict[str, Any]:
    draw_pdf(document)
    word = draw_word(document)
    ours = min(_seconds(lambda: draw_pdf(document)) for _ in range(REPEATS))
    theirs = min(_office_seconds([word]) for _ in range(OFFICE_REPEATS))
    return _row(f"{name}_of_libreoffice", ours / theirs, "ratio", bar)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _office_seconds(files: list[bytes]) -> float:
    """Seconds that headless LibreOffice, started before with this profile, takes to convert Word files."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise RuntimeError("LibreOffice Writer is missing: there is nothing to measure against")
    with tempfile.TemporaryDirectory() as folder:
        for at, data in enumerate(files):
            (Path(folder) / f"{at}.docx").write_bytes(data)
        (Path(folder) / "warm").mkdir()
        command = [
            soffice,
            f"-env:UserInstallation=file://{folder}/home",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        first = [*command, "--outdir", f"{folder}/warm", f"{folder}/0.docx"]
        subprocess.run(first, check=True, capture_output=True)
        names = sorted(map(str, Path(folder).glob("*.docx")))
        whole = [*command, "--outdir", folder, *names]
        return _seconds(lambda: subprocess.run(whole, check=True, capture_output=True))


def _letter(at: int) -> Document:
    facts = sample("reminder-letter")
    facts["addressees"] = [f"Đảng uỷ xã số {at}"]
    letterhead, particulars = sample_office("party")
    numbered = replace(particulars, number=at + 1)
    return render(load_form("reminder-letter"), facts, letterhead, profile_for("party-2026"), numbered)


def _report() -> Document:
    head = "| " + " | ".join(f"Cột {at}" for at in range(REPORT_COLUMNS)) + " |\n"
    row = "| " + " | ".join(["1.234", "Xã Vĩnh Thạnh", *["56,7"] * (REPORT_COLUMNS - 2)]) + " |\n"
    own = load_form("implementation-report").wording + "\n@phụ lục: Số liệu\n" + head + row * REPORT_ROWS
    return _worded(own)


def _worded(text: str) -> Document:
    letterhead, particulars = sample_office("party")
    form = load_form("implementation-report")
    return render(form, sample(form.code), letterhead, profile_for("party-2026"), particulars, text=text)


def _draw_both(at: int) -> int:
    document = _letter(at)
    return len(draw_word(document)) + len(draw_pdf(document))


def _draw_long_report() -> tuple[int, float]:
    """Pages of a long report, and the most megabytes this process has held."""
    own = load_form("implementation-report").wording
    matter = "{{ leadership|đoạn }}\n" * (LONG_REPORT_PARAGRAPHS // 2)
    document = _worded(own.replace("# II- Kết quả", matter + "# II- Kết quả"))
    draw_word(document)
    pages = len(pypdfium2.PdfDocument(draw_pdf(document)))
    return pages, most_megabytes()
