"""Pages of lists at 5,000 tasks and 10,000 obligations: how many queries, how long the server takes."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from tests.benchmarks._apps import opened_app, settle_tables
from tests.support.databases import SqliteDatabases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, OFFICE, SHEET, furnish_working_office, work_in
from webapp.runtime import now, today
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Person
from workflows.regimes import Indicator, Obligation, Regime, Selection, Terms, establish, publish_form
from workflows.reports import Figure, Report, ReportState
from workflows.sought_words import sought
from workflows.tasks import Task, TaskState

TASKS, UNITS, PERIODS = 5_000, 250, 40
MOST_QUERIES = 12
MOST_MS = 150
TIMES = 20
PAGES = {
    "tasks": "/tasks/",
    "tasks overdue": "/tasks/?timeliness=overdue",
    "tasks waiting": "/tasks/?mine=1",
    "tasks, page 90": "/tasks/?page=90&sort=-deadline",
    "reports": "/reports/",
    "reports missing": "/reports/?standing=missing",
    "reports waiting": "/reports/?mine=1",
    "reports, page 150": "/reports/?page=150&sort=unit",
    "regimes": "/regimes/",
    "forms of reports": "/report-forms/",
}
# Pages that are no lists have budgets of their own.
OTHER_PAGES = {"desk": ("/", 22), "board of 250 × 8": ("/regimes/1", 16)}


def lists() -> Iterator[dict[str, Any]]:
    """Every list for the office, and the two largest for a commune."""
    with _province() as app:
        clerk, commune = sign_in(app, CLERK), sign_in(app, COMMUNE_CLERK)
        for name, path in PAGES.items():
            yield from _measured(app, clerk, name, path, MOST_QUERIES)
        for name, (path, budget) in OTHER_PAGES.items():
            yield from _measured(app, clerk, name, path, budget)
        for name in ("tasks", "reports"):
            yield from _measured(app, commune, f"{name} of a commune", PAGES[name], MOST_QUERIES)


def _measured(
    app: Flask, browser: FlaskClient, name: str, path: str, budget: int
) -> Iterator[dict[str, Any]]:
    with counted_queries(app) as statements:
        answer = browser.get(path)
    assert answer.status_code == 200, path
    queries = len(statements)
    yield _line(f"{name}: queries", queries, "queries", budget)
    taken = sorted(_milliseconds(browser, path) for _ in range(TIMES))
    yield _line(f"{name}: p95", round(taken[int(TIMES * 0.95) - 1]), "ms", MOST_MS)


def _line(name: str, value: int, unit: str, bar: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": value <= bar}


def _milliseconds(browser: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    browser.get(path)
    return 1000 * (time.perf_counter() - began)


@contextmanager
def _province() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        url = SqliteDatabases(Path(folder)).create()
        with opened_app(Path(folder), database_url=url, redis_url="redis://127.0.0.1:1") as app:
            furnish_working_office(app)
            _add_units(app)
            _add_tasks(app)
            _add_obligations(app)
            yield app


def _add_units(app: Flask) -> None:
    with work_in(app) as session:
        province = session.get_one(Unit, 1)
        session.add_all(
            Unit(
                id=number,
                code=f"DU-{number}",
                name=f"Đảng uỷ xã số {number}",
                short_name=f"Đảng uỷ xã số {number}",
                kind=UnitKind.PARTY_COMMITTEE,
                level=Level.COMMUNE,
                parent=province,
                path=f"/1/{number}/",
                founded_on=province.founded_on,
            )
            for number in range(101, 101 + UNITS - 3)
        )


def _add_tasks(app: Flask) -> None:
    with work_in(app) as session:
        leads = cycle(session.scalars(select(Unit.id).where(Unit.level == Level.COMMUNE)))
        states = cycle([state for state in TaskState if state is not TaskState.DONE])
        day = today()
        rows = [
            {
                "office_id": OFFICE,
                "title": (title := f"Rà soát, tổng hợp và báo cáo kết quả nội dung số {number // 40}"),
                "title_sought": sought(title),
                "lead_id": next(leads),
                "deadline": (deadline := day + timedelta(days=number % 400 - 200)),
                "original_deadline": deadline,
                "state": next(states),
                "quote": "",
                "product": "",
                "report_to": "",
                "cadences": [],
                "progress": number % 100,
                "assigned_by_id": CLERK,
                "assigned_at": now(),
                "assessment": "",
                "version": 1,
            }
            for number in range(TASKS)
        ]
        session.execute(insert(Task), rows)


def _add_obligations(app: Flask) -> None:
    """Forty months of 250 units, two thirds answered, each answer with its figures."""
    with work_in(app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = publish_form(session, office, code="bench", definition=SHEET, by=clerk, at=now())
        terms = Terms(
            name="Báo cáo tháng",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(levels=("commune",)),
            starts_on=today().replace(day=1) - timedelta(days=30 * PERIODS),
        )
        regime = establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        _owe(app, session, regime)
        answered = session.scalars(select(Obligation.id).where(Obligation.id % 3 != 0)).all()
        session.execute(insert(Report), [_report(id_, today() - timedelta(days=40)) for id_ in answered])
        indicators = session.scalars(select(Indicator.id)).all()
        figures = [
            {"report_id": report, "indicator_id": indicator, "value": report % 97}
            for report in session.scalars(select(Report.id))
            for indicator in indicators
        ]
        session.execute(insert(Figure), figures)
    settle_tables(app)


def _owe(app: Flask, session: Any, regime: Regime) -> None:
    units = session.scalars(select(Unit.id).where(Unit.level == Level.COMMUNE)).all()
    first = regime.starts_on
    months = [first.year * 12 + first.month - 1 + number for number in range(PERIODS)]
    rows = [
        {
            "regime_id": regime.id,
            "unit_id": unit,
            "period": f"{month // 12}-{month % 12 + 1:02}",
            "form_version_id": regime.form_version_id,
            "first_day": (day := first.replace(year=month // 12, month=month % 12 + 1, day=1)),
            "last_day": day + timedelta(days=27),
            "due_on": day + timedelta(days=35),
            "timely_until": day + timedelta(days=35),
            "locked_after": None,
            "waived": False,
        }
        for month in months
        for unit in units
    ]
    session.execute(insert(Obligation), rows)


def _report(obligation_id: int, submitted_on: Any) -> dict[str, Any]:
    accepted = obligation_id % 7 != 0
    return {
        "obligation_id": obligation_id,
        "state": ReportState.ACCEPTED if accepted else ReportState.SUBMITTED,
        "nil": False,
        "narrative": {"results": "Đã thực hiện."},
        "cell_notes": {},
        "return_reasons": [],
        "changed_by_id": COMMUNE_CLERK,
        "changed_at": now(),
        "submitted_on": submitted_on,
        "accepted_by_id": CLERK if accepted else None,
        "accepted_at": now() if accepted else None,
        "version": 1,
    }
