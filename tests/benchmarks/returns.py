"""Saving and submitting a form of 300 cells, with its rules and expected ranges, over the application."""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.benchmarks._apps import opened_app
from tests.support.databases import SqliteDatabases
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK, OFFICE, furnish_working_office, work_in
from webapp.runtime import calendar, now, today
from workflows import regimes
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Selection, Terms

ROWS, COLUMNS = 30, 10
PERIODS = int(os.environ.get("PERIODS", "24"))
MOST_MS = 250
WARM = 8
JSON = {"Accept": "application/json"}


def returns() -> Iterator[dict[str, Any]]:
    """Month after month the same unit saves, then submits; the later ones have the earlier as their past."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        url = SqliteDatabases(Path(folder)).create()
        with opened_app(Path(folder), database_url=url, redis_url="redis://127.0.0.1:1") as app:
            app.config["WTF_CSRF_ENABLED"] = False
            furnish_working_office(app)
            pages = _owed(app)
            saving, submitting = [], []
            clerk = sign_in(app, COMMUNE_CLERK)
            for month, page in enumerate(pages):
                saving.append(_posted(clerk, page, _typed(month), ""))
                submitting.append(_posted(clerk, page, _typed(month), "submit"))
            yield _line("saving a form of 300 cells", saving[WARM:] or saving)
            yield _line("submitting a form of 300 cells", submitting[WARM:] or submitting)


def _line(name: str, taken: list[float]) -> dict[str, Any]:
    value = round(sorted(taken)[int(len(taken) * 0.95) - 1])
    return {"name": f"{name}: p95", "value": value, "unit": "ms", "bar": MOST_MS, "holds": value <= MOST_MS}


def _posted(clerk: Any, page: str, typed: dict[str, str], act: str) -> float:
    version = (
        "0" if not act else clerk.get(page).text.partition('name="version" value="')[2].partition('"')[0]
    )
    began = time.perf_counter()
    answer = clerk.post(page, data={**typed, "version": version, "act": act}, headers=JSON)
    taken = 1000 * (time.perf_counter() - began)
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:300]}")
    return taken


def _typed(month: int) -> dict[str, str]:
    """Figures that hold every rule: the first column is the sum of the others."""
    typed = {}
    for row in range(ROWS):
        parts = [10 + row + column + month % 3 for column in range(1, COLUMNS)]
        typed |= {f"number:work.r{row}.c{column}": str(part) for column, part in enumerate(parts, start=1)}
        typed[f"number:work.r{row}.c0"] = str(sum(parts))
    return typed


def _form() -> dict[str, Any]:
    others = " + ".join(f"work.r{{row}}.c{column}" for column in range(1, COLUMNS))
    rows = [{"code": f"r{row}", "label": f"Nội dung {row}"} for row in range(ROWS)]
    columns = [{"code": f"c{column}", "label": f"Loại {column}"} for column in range(COLUMNS)]
    grid = {"code": "work", "label": "Kết quả công tác", "rows": rows, "columns": columns, "required": True}
    rules = [
        {"left": "work.{row}.c0", "operator": "=", "right": others.replace("work.r{row}", "work.{row}")},
        {"left": "work.{row}.c0", "operator": ">=", "right": "work.{row}.c1"},
    ]
    said = {"importance": "error", "sentence": "Tổng phải bằng các phần."}
    return {
        "title": "Biểu 300 ô",
        "sections": [{"title": "Số liệu", "grids": [grid]}],
        "rules": [{**rule, **said} for rule in rules],
    }


def _owed(app: Flask) -> list[str]:
    """The addresses of what the first commune owes, oldest first."""
    with work_in(app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = regimes.publish_form(session, office, code="large", definition=_form(), by=clerk, at=now())
        day = today()
        month = day.year * 12 + day.month - PERIODS
        terms = Terms(
            name="Báo cáo lớn",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(units=("DU-AB",)),
            starts_on=date(month // 12, month % 12 + 1, 1),
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=day, calendar=calendar())
        owed = select(Obligation).where(Obligation.regime_id == regime.id).order_by(Obligation.last_day)
        return [f"/reports/{one.period}/{one.id}" for one in session.scalars(owed)]
