"""Tasks of a province on both databases: 4,000 units, 20,000 tasks, 200,000 entries of history.

The list with filters, counts and its first page; the office's first page; the whole list as xlsx, ordered,
written and fetched in a process of its own so that its memory can be seen. BENCH_SHARE=0.01 tries a
hundredth of the size.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.benchmarks._apps import opened_app, settle_tables
from tests.benchmarks._memory import most_megabytes
from tests.benchmarks._tasks import FIRST_UNIT, TASKS, fill
from tests.support import postgres
from tests.support.databases import PostgresDatabases, SqliteDatabases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, furnish_working_office, work_in
from webapp.work import work_off

TIMES = 40
MOST_QUERIES = 12
MS_OF_A_LIST, MS_OF_THE_DESK = 60, 150
SECONDS_OF_A_SHEET, MEGABYTES_OF_A_SHEET = 6, 300
LISTS = {
    "tasks": "/tasks/",
    "tasks overdue by deadline": "/tasks/?timeliness=overdue&sort=deadline",
    "tasks waiting for me": "/tasks/?mine=1&sort=deadline",
    "tasks in progress of a unit": f"/tasks/?state=in-progress&unit={FIRST_UNIT + 3}",
    "tasks with words": "/tasks/?words=nội+dung+số+7",
    "tasks, a late page": f"/tasks/?page={max(TASKS // 60, 1)}&sort=-deadline",
}


def embedded() -> Iterator[dict[str, Any]]:
    """On SQLite."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield from _on("SQLite", SqliteDatabases(Path(folder)).create(), Path(folder))


def shared() -> Iterator[dict[str, Any]]:
    """On PostgreSQL."""
    databases = PostgresDatabases(postgres.server(f"bench{os.getpid()}", os.getpid()), f"tasks{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
            yield from _on("PostgreSQL", databases.create(), Path(folder))
    finally:
        databases.close()


def _on(database: str, url: str, folder: Path) -> Iterator[dict[str, Any]]:
    with opened_app(folder, database_url=url, redis_url="redis://127.0.0.1:1") as app:
        furnish_working_office(app)
        with work_in(app) as session:
            fill(session)
        settle_tables(app)
        clerk = sign_in(app, CLERK)
        for name, path in LISTS.items():
            yield from _measured(app, clerk, f"{database}, {name}", path, MOST_QUERIES, MS_OF_A_LIST)
        commune = sign_in(app, COMMUNE_CLERK)
        yield from _measured(
            app, commune, f"{database}, tasks of a commune", "/tasks/", MOST_QUERIES, MS_OF_A_LIST
        )
        yield from _measured(app, clerk, f"{database}, the office's first page", "/", None, MS_OF_THE_DESK)
    seconds, megabytes = _sheet_elsewhere(url, folder)
    yield _line(f"{database}, {TASKS} tasks as xlsx", seconds, "s", SECONDS_OF_A_SHEET)
    yield _line(f"{database}, memory of the process that wrote them", megabytes, "MB", MEGABYTES_OF_A_SHEET)


def _measured(
    app: Flask, browser: FlaskClient, name: str, path: str, budget: int | None, bar: int
) -> Iterator[dict[str, Any]]:
    with counted_queries(app) as statements:
        assert browser.get(path).status_code == 200, path
    if budget is not None:
        yield _line(f"{name}: queries", len(statements), "queries", budget)
    taken = sorted(_milliseconds(browser, path) for _ in range(TIMES))
    yield _line(f"{name}: p95", round(taken[int(TIMES * 0.95) - 1]), "ms", bar)


def _line(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": value <= bar}


def _milliseconds(browser: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    browser.get(path)
    return 1000 * (time.perf_counter() - began)


def _sheet_elsewhere(url: str, folder: Path) -> tuple[float, int]:
    """Seconds and peak megabytes of a process that does nothing but write the whole list."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_sheet, (url, str(folder)))


def _sheet(url: str, folder: str) -> tuple[float, int]:
    with opened_app(Path(folder), database_url=url, redis_url="redis://127.0.0.1:1") as app:
        app.config["WTF_CSRF_ENABLED"] = False
        clerk = sign_in(app, CLERK)
        began = time.perf_counter()
        page = clerk.post("/sheets/", data={"address": "/tasks/?format=xlsx"}).headers["Location"]
        with app.app_context():
            work_off()
        size = len(clerk.get(f"{page}/file").data)
        seconds = time.perf_counter() - began
    assert size > TASKS
    return round(seconds, 1), round(most_megabytes())
