"""Tasks of a province to measure with: 4,000 units, 20,000 tasks, 200,000 entries of history.

BENCH_SHARE=0.01 makes a hundredth of them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.support.working_office import CLERK, COMMUNE_CLERK, OFFICE
from webapp.runtime import now, today
from workflows.audit import AuditEntry
from workflows.organisations import Level, Unit, UnitKind
from workflows.sought_words import sought
from workflows.tasks import ProgressNote, Task, TaskState
from workflows.tasks.models import task_coordinator, task_watcher

SHARE = float(os.environ.get("BENCH_SHARE", "1"))
UNITS, TASKS, HISTORY = int(4_000 * SHARE), int(20_000 * SHARE), int(200_000 * SHARE)
FIRST_UNIT = 101


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


def fill(session: Session) -> None:
    """Put the province into the database of a furnished working office."""
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
            title = f"Rà soát, tổng hợp và báo cáo kết quả nội dung số {number // 40}"
            put(
                {
                    "office_id": OFFICE,
                    "title": title,
                    "title_sought": sought(title),
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
