"""The sweep over 20,000 open tasks of 400 units: how long, how many questions; a second run tells nobody."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, insert, select
from sqlalchemy.orm import Session

from tests.support import postgres
from tests.support.databases import PostgresDatabases, SqliteDatabases
from tests.workflows.office import Office, found_office
from workflows import reminders
from workflows.calendar import LOCAL_ZONE
from workflows.db import open_engine, session_factory
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Appointment, Person, Role
from workflows.reminders import Notice
from workflows.sought_words import sought
from workflows.tasks import Task, TaskState
from workflows.tasks.models import task_coordinator

TASKS, UNITS = 20_000, 400
MOST_SECONDS = 10
MOST_QUERIES = 60
AT = datetime(2026, 9, 16, 9, tzinfo=LOCAL_ZONE)
OPEN = (TaskState.ASSIGNED, TaskState.RECEIVED, TaskState.IN_PROGRESS)


def embedded() -> Iterator[dict[str, Any]]:
    """On SQLite."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield from _swept_twice("SQLite", SqliteDatabases(Path(folder)).create())


def shared() -> Iterator[dict[str, Any]]:
    """On PostgreSQL."""
    name = f"reminders{os.getpid()}"
    databases = PostgresDatabases(postgres.server(name, os.getpid()), name)
    try:
        yield from _swept_twice("PostgreSQL", databases.create())
    finally:
        databases.close()


def _swept_twice(database: str, url: str) -> Iterator[dict[str, Any]]:
    """The first sweep, which tells nearly everybody, the second, which tells nobody, and the mails."""
    with _province(url) as engine:
        first, told, queries = _swept(engine, AT)
        yield _line(f"{database}, sweep over {TASKS} tasks, {told} notices", first, "s", MOST_SECONDS)
        yield _line(f"{database}, questions of a sweep", queries, "queries", MOST_QUERIES)
        second, again, _ = _swept(engine, AT + timedelta(minutes=15))
        yield _line(f"{database}, second sweep", second, "s", MOST_SECONDS)
        yield _line(f"{database}, notices of the second sweep", again, "notices", 0)
        yield _line(f"{database}, gathering the mails", _gathered(engine), "s", MOST_SECONDS)


def _line(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "unit": unit, "bar": bar, "holds": value <= bar}


def _swept(engine: Engine, at: datetime) -> tuple[float, int, int]:
    """Seconds, new notices, questions."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    before, began = _notices(engine), time.perf_counter()
    with session_factory(engine).begin() as session:
        reminders.remind(session, at=at)
    taken = time.perf_counter() - began
    event.remove(engine, "before_cursor_execute", note)
    return taken, _notices(engine) - before, len(asked)


def _gathered(engine: Engine) -> float:
    began = time.perf_counter()
    with session_factory(engine).begin() as session:
        reminders.gather(session, at=AT, can_mail=True)
    return time.perf_counter() - began


def _notices(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Notice)) or 0


@contextmanager
def _province(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    with session_factory(engine).begin() as session:
        office = found_office(session)
        _add_units(session, office)
        _add_tasks(session, office)
    yield engine
    engine.dispose()


def _add_units(session: Session, office: Office) -> None:
    """Communes, each with a clerk and a head who can be written to."""
    root = office.province
    numbers = range(1_001, 1_001 + UNITS)
    units = [
        {
            "id": number,
            "code": f"DU-{number}",
            "name": f"Đảng uỷ xã số {number}",
            "short_name": f"Đảng uỷ xã số {number}",
            "kind": UnitKind.PARTY_COMMITTEE,
            "level": Level.COMMUNE,
            "parent_id": root.id,
            "path": f"{root.path}{number}/",
            "founded_on": root.founded_on,
        }
        for number in numbers
    ]
    session.execute(insert(Unit), units)
    people = [(2 * number + place, number, role) for number in numbers for place, role in enumerate(STAFF)]
    session.execute(
        insert(Person),
        [
            {
                "id": id_,
                "username": f"nguoi{id_}",
                "full_name": f"Người số {id_}",
                "email": f"{id_}@example.vn",
            }
            for id_, _, _ in people
        ],
    )
    session.execute(
        insert(Appointment),
        [
            {"person_id": id_, "unit_id": unit, "role": role, "valid_from": root.founded_on}
            for id_, unit, role in people
        ],
    )


STAFF = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def _add_tasks(session: Session, office: Office) -> None:
    """Due from half a year ago to half a year ahead, every third one with a unit that takes part."""
    leads, states = cycle(range(1_001, 1_001 + UNITS)), cycle(OPEN)
    given = datetime(2026, 1, 5, 9, tzinfo=LOCAL_ZONE)
    rows = [
        {
            "id": number,
            "office_id": office.office.id,
            "title": (title := f"Rà soát, tổng hợp và báo cáo kết quả nội dung số {number}"),
            "title_sought": sought(title),
            "lead_id": next(leads),
            "deadline": (deadline := date(2026, 3, 16) + timedelta(days=number % 365)),
            "original_deadline": deadline,
            "state": next(states),
            "cadences": [],
            "progress": number % 100,
            "assigned_by_id": office.clerk.id,
            "assigned_at": given,
            "version": 1,
        }
        for number in range(1, TASKS + 1)
    ]
    session.execute(insert(Task), rows)
    parts = [{"task_id": n, "unit_id": 1_001 + (7 * n + 1) % UNITS} for n in range(3, TASKS + 1, 3)]
    session.execute(insert(task_coordinator), parts)
