"""200 units that hand in within one minute, 50 at once, over HTTP: no error, nothing lost or doubled.

`UNITS=20 AT_ONCE=5 make bench ONLY=submitting` tries it small; PostgreSQL is measured where it is installed.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks._apps import opened_app
from tests.support import postgres
from tests.support.databases import PostgresDatabases, SqliteDatabases
from tests.support.submitting import Kept, Sent, answering, furnish_units, kept_by, submit_all

UNITS, AT_ONCE = int(os.environ.get("UNITS", "200")), int(os.environ.get("AT_ONCE", "50"))
FIGURES_EACH = 3
WEB_THREADS = 8
MOST_SECONDS = 60


def submitting_on_sqlite() -> Iterator[dict[str, Any]]:
    """The default database: one file, one writer at a time."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield from _rush("sqlite", Path(folder), SqliteDatabases(Path(folder)).create())


def submitting_on_postgresql() -> Iterator[dict[str, Any]]:
    """The database of shared installations."""
    try:
        server = postgres.server(f"rush{os.getpid()}", os.getpid())
    except postgres.PostgresMissing:
        return
    databases = PostgresDatabases(server, f"rush_{os.getpid()}")
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield from _rush("postgresql", Path(folder), databases.create())
    databases.close()


def _rush(backend: str, folder: Path, url: str) -> Iterator[dict[str, Any]]:
    with opened_app(folder, database_url=url, redis_url="redis://127.0.0.1:1") as app:
        wanted = furnish_units(app, UNITS)
        with answering(app, threads=WEB_THREADS) as address:
            began = time.perf_counter()
            sent = submit_all(app, address, wanted, at_once=AT_ONCE)
            taken = time.perf_counter() - began
        yield from _lines(backend, sent, kept_by(app), taken)


def _lines(backend: str, sent: list[Sent], kept: Kept, taken: float) -> Iterator[dict[str, Any]]:
    name = f"{UNITS} units submitting, {AT_ONCE} at once, {backend}"
    slowest = max(one.seconds for one in sent)
    lost = UNITS - kept.submitted + FIGURES_EACH * UNITS - kept.figures
    doubled = kept.editions - UNITS + kept.acts - UNITS
    yield _line(f"{name}: all done", round(taken, 1), "s", MOST_SECONDS)
    yield _line(f"{name}: the slowest", round(slowest, 1), "s", MOST_SECONDS)
    yield _line(f"{name}: errors", sum(one.status != 200 for one in sent), "answers", 0)
    yield _line(f"{name}: lost", lost, "reports and figures", 0)
    yield _line(f"{name}: doubled", doubled, "editions and acts", 0)


def _line(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": value <= bar}
