"""Tasks of a province on both databases: 4,000 units, 20,000 tasks, 200,000 entries of history.

The list with filters, counts and its first page; the office's first page; the whole list as xlsx, written
by a process of its own so that its memory can be seen. BENCH_SHARE=0.01 tries a hundredth of the size.
"""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.support import postgres
from tests.support.apps import opened_app
from tests.support.databases import PostgresDatabases, SqliteDatabases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, OFFICE, furnish_working_office, work_in
from webapp.runtime import now, today
from workflows.audit import AuditEntry
from workflows.organisations import Level, Unit, UnitKind
from workflows.tasks import ProgressNote, Task, TaskState
from workflows.tasks.models import task_coordinator, task_watcher

SHARE = float(os.environ.get("BENCH_SHARE", "1"))
UNITS, TASKS, HISTORY = int(4_000 * SHARE), int(20_000 * SHARE), int(200_000 * SHARE)
FIRST_UNIT = 101
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
            _fill(session)
        with work_in(app) as session:
            session.connection().exec_driver_sql("ANALYZE")
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
        clerk = sign_in(app, CLERK)
        began = time.perf_counter()
        answer = clerk.get("/tasks/?format=xlsx")
        size = sum(len(part) for part in answer.iter_encoded())
        seconds = time.perf_counter() - began
    assert size > TASKS
    return round(seconds, 1), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def _bulk(session: Session, table: Any, size: int = 20_000) -> Iterator[Any]:
    """Takes rows one by one and inserts them many at a time."""
    rows: list[dict[str, Any]] = []

    def put(row: dict[str, Any]) -> None:
        rows.append(row)
        if len(rows) >= size:
            session.execute(insert(table), rows)
            rows.clear()

    yield put
    if rows:
        session.execute(insert(table), rows)


def _fill(session: Session) -> None:
    _add_units(session)
    leads = list(session.scalars(select(Unit.id).where(Unit.level == Level.COMMUNE)))
    _add_tasks(session, leads)
    ids = list(session.scalars(select(Task.id)))
    _add_parties(session, ids, leads)
    _add_history(session, ids, leads)


def _add_units(session: Session) -> None:
    founded_on = session.get_one(Unit, 1).founded_on
    with _bulk(session, Unit) as put:
        for number in range(FIRST_UNIT, FIRST_UNIT + UNITS):
            name = f"Đảng uỷ xã số {number}"
            put(
                {
                    "id": number,
                    "code": f"DU-{number}",
                    "name": name,
                    "short_name": name,
                    "kind": UnitKind.PARTY_COMMITTEE,
                    "level": Level.COMMUNE,
                    "parent_id": 1,
                    "path": f"/1/{number}/",
                    "founded_on": founded_on,
                }
            )


def _add_tasks(session: Session, leads: list[int]) -> None:
    """Nearly all are over, as after some years; the rest are spread over the states and the year."""
    lead, live = cycle(leads), cycle([state for state in TaskState if state is not TaskState.DONE])
    with _bulk(session, Task) as put:
        for number in range(TASKS):
            done = number % 10 >= 3
            deadline = today() + timedelta(days=number % 400 - (900 if done else 200))
            put(
                {
                    "office_id": OFFICE,
                    "title": f"Rà soát, tổng hợp và báo cáo kết quả nội dung số {number // 40}",
                    "lead_id": next(lead),
                    "deadline": deadline,
                    "original_deadline": deadline,
                    "state": TaskState.DONE if done else next(live),
                    "done_on": deadline + timedelta(days=number % 9 - 6) if done else None,
                    "quote": "",
                    "product": "",
                    "product_number": "",
                    "product_checked": False,
                    "in_charge": "",
                    "report_to": "",
                    "cadences": [],
                    "progress": 100 if done else number % 100,
                    "assigned_by_id": CLERK,
                    "assigned_at": now() - timedelta(hours=TASKS - number),
                    "assessment": "",
                    "version": 1,
                }
            )


def _add_parties(session: Session, ids: list[int], leads: list[int]) -> None:
    with _bulk(session, task_coordinator) as put:
        for place, id_ in enumerate(ids):
            put({"task_id": id_, "unit_id": leads[(place * 7 + 1) % len(leads)]})
    with _bulk(session, task_watcher) as put:
        for place, id_ in enumerate(ids[::4]):
            put({"task_id": id_, "unit_id": leads[(place * 11 + 2) % len(leads)]})


def _add_history(session: Session, ids: list[int], leads: list[int]) -> None:
    """Half of it notes of progress, half of it acts in the trail."""
    with _bulk(session, ProgressNote) as notes, _bulk(session, AuditEntry) as acts:
        for number in range(HISTORY // 2):
            task_id, at = ids[number % len(ids)], now() - timedelta(minutes=HISTORY - number)
            words = "Đã tổng hợp thêm số liệu của các chi bộ."
            said = {"unit_id": leads[number % len(leads)], "by_id": COMMUNE_CLERK, "at": at}
            notes({"task_id": task_id, "progress": number % 100, "words": words, **said})
            about = {"subject_kind": "task", "subject_id": task_id, "subject_label": "", "note": ""}
            acts({"at": at, "person_id": CLERK, "action": "task.note-progress", "changes": {}, **about})
