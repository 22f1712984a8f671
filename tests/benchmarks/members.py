"""The register at a province's size: how long rosters take to go in, how long the page of a branch takes.

MEMBERS_SHARE shrinks everything for a trial (0.01 = a hundredth); the bars are those of the whole size.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from tests.benchmarks._apps import opened_app, settle_tables
from tests.benchmarks._rosters import Made, rosters
from tests.support import postgres
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.small_office import sign_in
from tests.workflows.members.register import SECRET, Register, found_register
from tests.workflows.office import found_office
from webapp.runtime import Runtime, now, runtime
from workflows.files import keep
from workflows.members import Branch, Member, RosterImport
from workflows.members import rosters as lists
from workflows.members.rosters import Field, Head

SHARE = float(os.environ.get("MEMBERS_SHARE", "1"))
SMALL, WHOLE = int(100_000 * SHARE), int(1_000_000 * SHARE)
BRANCH_SIZE = 34
TIMES = 40
HEADS = ("Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số thẻ", "Nơi ở", "Chi đoàn")
FIELDS = (Field.NAME, Field.BORN, Field.SEX, Field.IDENTITY, Field.CARD, Field.PLACE, Field.BRANCH)


def taking_in() -> Iterator[dict[str, Any]]:
    """100,000 rows on SQLite in a process of their own (for its memory), 1,000,000 on PostgreSQL."""
    script = f"import tests.benchmarks.members as b; b.measure_alone({SMALL})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split()[-2:])
    yield _line(f"roster of {SMALL} rows checked and taken in", round(seconds, 1), "s", 40)
    yield _line(f"memory for {SMALL} rows", round(megabytes), "MB", 400)
    with suppress(postgres.PostgresMissing), _register(_on_postgres) as (app, register):
        content = sheet(WHOLE)
        began = time.perf_counter()
        take_in(app, register, content)
        yield _line(f"roster of {WHOLE} rows on PostgreSQL", round(time.perf_counter() - began), "s", 8 * 60)
        yield from _pages(app, register)


def _pages(app: Flask, register: Register) -> Iterator[dict[str, Any]]:
    """Pages among all the members: a branch by the clerk of its unit, the whole list by the province."""
    with app.app_context(), runtime().reading() as session:
        total = session.scalar(select(func.count(Member.id)))
        wanted = select(Branch.id).where(Branch.import_id.is_not(None)).order_by(Branch.name).limit(TIMES)
        branches = [f"/members/branches/{id_}" for id_ in session.scalars(wanted)]
    settle_tables(app)
    taken = _p95(app, register.clerk.id, branches)
    yield _line(f"page of a branch at {total} members, p95", taken, "ms", 100)
    taken = _p95(app, register.head.id, ["/members/"] * TIMES)
    yield _line(f"first page of all members at {total} members, p95", taken, "ms", 100)


def _p95(app: Flask, person_id: int, addresses: list[str]) -> int:
    """Milliseconds within which nineteen in twenty of the pages come; the first of all opens connections."""
    browser = sign_in(app, person_id)
    browser.get("/")
    taken = []
    for address in addresses:
        began = time.perf_counter()
        answer = browser.get(address)
        taken.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200
    return round(sorted(taken)[int(len(taken) * 0.95) - 1])


def measure_alone(count: int) -> None:
    """Take a roster in; print the seconds and the most memory this process ever held."""
    with _register(lambda folder: SqliteDatabases(folder)) as (app, register):
        content = sheet(count)
        began = time.perf_counter()
        take_in(app, register, content)
        seconds = time.perf_counter() - began
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def sheet(count: int) -> bytes:
    """A roster of one organisation as CSV."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(HEADS)
    for number, made in enumerate(islice(rosters(count, seed=3, overlap=0), count)):
        writer.writerow(_row(number, made))
    return held.getvalue().encode()


def _row(number: int, made: Made) -> list[object]:
    born = made.born_as_typed
    typed = f"{born:%d/%m/%Y}" if isinstance(born, date) else born
    sex = "Nữ" if made.is_female else "Nam"
    branch = f"Chi đoàn số {number // BRANCH_SIZE}"
    return [made.name, typed, sex, made.identity, f"T{number:07}", made.place, branch]


def take_in(app: Flask, register: Register, content: bytes) -> None:
    """Check the whole roster, then write it, as the jobs do."""
    with app.app_context():
        office = runtime()
        id_ = _uploaded(office, register, content)
        with office.reading() as session:
            lists.check(session, office.unit_of_work, id_, content, SECRET)
        with office.unit_of_work() as session:
            roster = session.get_one(RosterImport, id_)
            lists.decide(session, roster, takes_good_rows=True, by=register.clerk, at=now())
        with office.reading() as session:
            lists.take_in(session, office.unit_of_work, id_, content, SECRET, now())


def _uploaded(office: Runtime, register: Register, content: bytes) -> int:
    head = Head(1, HEADS)
    with office.unit_of_work() as session:
        by = session.merge(register.clerk)
        file = keep(session, office.files, content, media_type="text/csv", at=now())
        unit = session.merge(register.youth_here)
        roster = lists.upload(session, unit, file=file, file_name="ds.csv", head=head, by=by, at=now())
        session.flush()
        mapping = {field: place for place, field in enumerate(FIELDS)}
        lists.settle_columns(
            session,
            roster,
            labels=HEADS,
            mapping=mapping,
            as_of=roster.as_of,
            branch=None,
            by=by,
            at=now(),
        )
        return roster.id


def _on_postgres(folder: Path) -> Databases:
    run = uuid4().hex[:8]
    return PostgresDatabases(postgres.server(run, os.getpid()), f"bench_{run}")


@contextmanager
def _register(databases: Any) -> Iterator[tuple[Flask, Register]]:
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        made = databases(Path(folder))
        try:
            url = made.create()
            with opened_app(Path(folder), database_url=url, redis_url="redis://127.0.0.1:1") as app:
                with app.app_context(), runtime().unit_of_work() as session:
                    register = found_register(session, found_office(session))
                yield app, register
        finally:
            made.close()


def _line(name: str, value: float, unit: str, bar: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": value <= bar}
