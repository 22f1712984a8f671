"""Side by side with Redmine 5 over HTTP: the same 20,000 tasks, the list of the overdue ones by deadline.

Both on SQLite, one process with two threads each, asked in turns by one client that has signed in to both.
Needs Debian's packages redmine, redmine-sqlite, puma. BENCH_SHARE=0.05 tries a twentieth of the size.
"""

import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.benchmarks import _redmine
from tests.benchmarks._apps import opened_app, settle_tables
from tests.benchmarks._redmine import Redmine
from tests.benchmarks._served import Answer, ask, free_port, served
from tests.benchmarks._tasks import fill
from tests.support.databases import SqliteDatabases
from tests.support.needs import ROOT
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, furnish_working_office, work_in
from webapp.config import Settings
from webapp.run import web_command
from workflows.tasks import Task

OURS = "/tasks/?timeliness=overdue&sort=deadline"
WARMING, TIMES = 8, 60
ROWS = 50
TIMES_FASTER = 3


def side_by_side() -> Iterator[dict[str, Any]]:
    """The list of overdue tasks, ours and Redmine's, in one run."""
    if not _redmine.is_installed():
        print("redmine: not measured; redmine, redmine-sqlite and puma are not installed", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        redmine = Redmine(folder, free_port())
        environment = _environment(folder)
        cookie = _furnish(environment, redmine)
        settings = Settings.from_env(environment)
        with (
            served(redmine.command, redmine.folder, redmine.environment, redmine.port),
            served(_two_threads(settings), ROOT, {**os.environ, **environment}, settings.port),
        ):
            theirs = redmine.sign_in()
            taken = _in_turns(
                lambda: ask(settings.port, OURS, cookie), lambda: ask(redmine.port, _redmine.LIST, theirs)
            )
    yield from _compared(*taken)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "INSTANCE_DIR": str(folder / "instance"),
        "DATABASE_URL": SqliteDatabases(folder).create(),
        "REDIS_URL": "redis://127.0.0.1:1",
        "PORT": str(free_port()),
    }


def _furnish(environment: dict[str, str], redmine: Redmine) -> str:
    """Fill our database, Redmine's from ours; the cookie of the office's clerk."""
    place = {"database_url": environment["DATABASE_URL"], "redis_url": environment["REDIS_URL"]}
    with opened_app(Path(environment["INSTANCE_DIR"]), **place) as app:
        furnish_working_office(app)
        with work_in(app) as session:
            fill(session)
        settle_tables(app)
        with work_in(app) as session:
            redmine.put(session.scalars(select(Task).options(joinedload(Task.lead))))
        cookie = sign_in(app, CLERK).get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


def _two_threads(settings: Settings) -> list[str]:
    """The command of the web server with two threads instead of its own number."""
    *command, application = web_command(settings)
    return [*command, "--threads=2", application]


def _in_turns(ours: Callable[[], Answer], theirs: Callable[[], Answer]) -> tuple[list[float], list[float]]:
    """Milliseconds of each, asked one after the other, so that both meet the same moods of the machine."""
    _same(ours().body, theirs().body)
    for _ in range(WARMING):
        ours(), theirs()
    pairs = [(ours().milliseconds, theirs().milliseconds) for _ in range(TIMES)]
    return sorted(pair[0] for pair in pairs), sorted(pair[1] for pair in pairs)


def _same(ours: str, theirs: str) -> None:
    """Both show the same number of rows, of the same number of tasks."""
    shown = len(re.findall(r'name="ids" value=', ours)), len(re.findall(r'<tr id="issue-', theirs))
    total = re.search(r"trong tổng số ([\d.]+)", ours), re.search(r"\(\d+-\d+/(\d+)\)", theirs)
    assert shown == (ROWS, ROWS), shown
    assert total[0], "our list does not say how many tasks it has"
    assert total[1], "Redmine's list does not say how many issues it has"
    assert total[0][1].replace(".", "") == total[1][1], (total[0][1], total[1][1])


def _compared(ours: list[float], theirs: list[float]) -> Iterator[dict[str, Any]]:
    for name, taken in (("Đôn Đốc", ours), ("Redmine", theirs)):
        yield _line(f"overdue tasks over HTTP, {name}: p50", round(statistics.median(taken)), "ms")
        yield _line(f"overdue tasks over HTTP, {name}: p95", round(_p95(taken)), "ms")
    times = round(_p95(theirs) / _p95(ours), 1)
    held = times >= TIMES_FASTER
    yield _line("overdue tasks over HTTP: times faster at p95", times, "times", TIMES_FASTER, holds=held)


def _p95(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.95) - 1]


def _line(
    name: str, value: float, unit: str, bar: float | None = None, *, holds: bool = True
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": holds}
