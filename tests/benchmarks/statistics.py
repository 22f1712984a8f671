"""Member statistics of a province and of the nation: pages, series, roll-ups, opening a period, the board.

Values are made inside the database, whole tables at once. BENCH_SHARE=0.1 tries a tenth of the units.
"""

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, insert, literal, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from tests.benchmarks._apps import opened_app, settle_tables
from tests.benchmarks._duckdb import same_rows, statements_of
from tests.support import postgres
from tests.support.databases import PostgresDatabases, SqliteDatabases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, LEADER, OFFICE, furnish_working_office, work_in
from webapp.runtime import calendar, now, today
from workflows import regimes, statistics
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import Indicator, Obligation, Regime, Selection, Terms
from workflows.reports import Figure, Report, ReportState
from workflows.statistics import Line, member_form

SHARE = float(os.environ.get("BENCH_SHARE", "1"))
COMMUNES, PROVINCES, COMMUNES_OF_ALL = int(150 * SHARE), 34, int(3_321 * SHARE)
OWED_AT_ONCE = int(20_000 * SHARE)
INDICATORS = 30
BOARD = 150
STARTS_ON = date(2023, 1, 1)
FIRST_UNIT = 101
TIMES = 20
MS_OF_A_PERIOD, MS_OF_A_SERIES, MS_OF_A_BOARD, SECONDS_OF_OPENING = 120, 80, 250, 8
MS_OF_A_ROLL_UP, MS_OF_A_YEAR, TIMES_DUCKDB, MS_OF_PUBLISHED = 350, 1_200, 8, 50
MOST_QUERIES = 22

ANSWERS_IN_DUCKDB = """CREATE TABLE answer AS SELECT report.id, split_part(path, '/', 3) AS branch
    FROM report JOIN obligation ON obligation.id = obligation_id JOIN unit ON unit.id = unit_id"""
GROUPED_IN_DUCKDB = """SELECT branch, indicator_id, sum(value)
    FROM figure JOIN answer ON answer.id = report_id GROUP BY branch, indicator_id"""


@dataclass(frozen=True)
class Filled:
    """What lies in the database: a regime and the periods for which everybody answered."""

    regime_id: int
    periods: list[str]


def embedded() -> Iterator[dict[str, Any]]:
    """A province on SQLite."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        yield from _province("SQLite", SqliteDatabases(Path(folder)).create(), Path(folder))


def shared() -> Iterator[dict[str, Any]]:
    """A province on PostgreSQL."""
    with _postgres() as (url, folder):
        yield from _province("PostgreSQL", url, folder)


def nation() -> Iterator[dict[str, Any]]:
    """All communes of the country on PostgreSQL, beside DuckDB."""
    with _postgres() as (url, folder), _office(url, folder) as app:
        provinces = [(number, 1) for number in range(FIRST_UNIT, FIRST_UNIT + PROVINCES)]
        first = FIRST_UNIT + PROVINCES
        communes = [
            (number, FIRST_UNIT + number % PROVINCES) for number in range(first, first + COMMUNES_OF_ALL)
        ]
        filled = _fill(app, [*provinces, *communes], communes, periods=12)
        yield from _opening(app, "PostgreSQL, the nation")
        yield from _rolled_up(app, filled, folder)


@contextmanager
def _postgres() -> Iterator[tuple[str, Path]]:
    databases = PostgresDatabases(postgres.server(f"bench{os.getpid()}", os.getpid()), f"stat{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
            yield databases.create(), Path(folder)
    finally:
        databases.close()


@contextmanager
def _office(url: str, folder: Path) -> Iterator[Flask]:
    with opened_app(folder, database_url=url, redis_url="redis://127.0.0.1:1") as app:
        furnish_working_office(app)
        yield app


def _province(database: str, url: str, folder: Path) -> Iterator[dict[str, Any]]:
    with _office(url, folder) as app:
        communes = [(number, 1) for number in range(FIRST_UNIT, FIRST_UNIT + COMMUNES)]
        filled = _fill(app, communes, communes, periods=40)
        clerk = sign_in(app, CLERK)
        base = f"/statistics/?regime={filled.regime_id}&period={filled.periods[-2]}"
        pages = {
            "a period by organisation": base,
            "a period by unit of an organisation": f"{base}&organisation=youth",
            "a period by branch": base.replace("/?", "/branches/1?"),
        }
        for name, path in pages.items():
            with counted_queries(app) as statements:
                assert clerk.get(path).status_code == 200, path
            yield _line(f"{database}, {name}: queries", len(statements), "queries", MOST_QUERIES)
            yield _timed(f"{database}, {name}", lambda path=path: clerk.get(path), MS_OF_A_PERIOD)
        with work_in(app) as session:
            regime, scope = _seen(session, filled)
            assert len(statistics.series(session, regime, member_form.CLOSING, scope)) == len(filled.periods)
            yield _timed(
                f"{database}, series of one indicator over {len(filled.periods)} periods",
                lambda: statistics.series(session, regime, member_form.CLOSING, scope),
                MS_OF_A_SERIES,
            )
        board = f"/regimes/{filled.regime_id}?all=1"
        assert clerk.get(board).text.count('scope="col"') > len(filled.periods)
        yield _timed(
            f"{database}, board of {min(BOARD, COMMUNES * 6)} units over {len(filled.periods)} periods",
            lambda: clerk.get(board),
            MS_OF_A_BOARD,
        )
        yield from _opening(app, database)


def _opening(app: Flask, name: str) -> Iterator[dict[str, Any]]:
    """A period opens for many units at once: by a regime of its own over all organisations."""
    with work_in(app) as session:
        _add_organisations(session, OWED_AT_ONCE)
    with work_in(app) as session:
        regime = _establish(session, "Báo cáo đột xuất", today().replace(day=1))
        began = time.perf_counter()
        made = regimes.generate_for(session, regime, on=today(), calendar=calendar())
        session.flush()
        seconds = time.perf_counter() - began
    assert made >= OWED_AT_ONCE
    yield _line(f"{name}, a period for {made} units opens", round(seconds, 1), "s", SECONDS_OF_OPENING)


def _rolled_up(app: Flask, filled: Filled, folder: Path) -> Iterator[dict[str, Any]]:
    with work_in(app) as session:
        regime, scope = _seen(session, filled)
        root = session.get_one(Unit, 1)

        def rolled_up(periods: list[str]) -> list[Line]:
            return statistics.by_branch(session, regime, periods, scope, root)

        period, year = filled.periods[-1], filled.periods
        name = f"the nation ({INDICATORS} indicators of {COMMUNES_OF_ALL * 6} units)"
        yield _timed(f"{name}, a period", lambda: rolled_up([period]), MS_OF_A_ROLL_UP)
        measured = _timed(f"{name}, a year", lambda: rolled_up(year), MS_OF_A_YEAR)
        yield measured
        same, grouping = _in_duckdb(session, folder, lambda: rolled_up(year))
        yield _line(f"{name}, a year in DuckDB, the same statements", round(same), "ms", MS_OF_A_YEAR)
        yield _line(f"{name}, a year in DuckDB, grouping alone", round(grouping), "ms", MS_OF_A_YEAR)
        times = round(measured["value"] / grouping, 1)
        yield _line(f"{name}, a year: times DuckDB's grouping", times, "times", TIMES_DUCKDB)
        leader = session.get_one(Person, LEADER)
        statistics.publish(session, regime, period=period, by=leader, at=now())
    with work_in(app) as session:
        regime, _ = _seen(session, filled)

        def published() -> None:
            session.expire_all()
            assert statistics.newest_publication(session, session.get_one(Regime, filled.regime_id), period)

        yield _timed(f"{name}, published totals", published, MS_OF_PUBLISHED)


def _in_duckdb(session: Session, folder: Path, act: Callable[[], list[Line]]) -> tuple[float, float]:
    """Milliseconds of DuckDB over the same rows: for the statements of an act, finding the same; for the
    grouping alone, where each return already knows its branch."""
    asked = statements_of(session, act)
    with same_rows(session, folder) as duck:

        def answered() -> list[list[Any]]:
            return [duck.execute(statement, values).fetchall() for statement, values in asked]

        code = regimes.indicator_code(member_form.CODE, member_form.CLOSING)
        totals = {str(key): total for key, indicator, total in answered()[0] if indicator == code}
        assert totals == {line.key: line.figures[member_form.CLOSING] for line in act() if line.figures}
        duck.execute(ANSWERS_IN_DUCKDB)
        return _p95(answered, TIMES), _p95(lambda: duck.execute(GROUPED_IN_DUCKDB).fetchall(), TIMES)


def _timed(name: str, act: Callable[[], object], bar: int, times: int = TIMES) -> dict[str, Any]:
    return _line(f"{name}: p95", round(_p95(act, times)), "ms", bar)


def _p95(act: Callable[[], object], times: int) -> float:
    act()
    taken = sorted(_milliseconds(act) for _ in range(times))
    return taken[math.ceil(times * 0.95) - 1]


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def _line(name: str, value: float, unit: str, bar: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "holds": value <= bar}


def _seen(session: Session, filled: Filled) -> tuple[Regime, Any]:
    """The regime, and the units whose returns the clerk may read."""
    clerk = session.get_one(Person, CLERK)
    return session.get_one(Regime, filled.regime_id), readable_units(clerk, on=today())


def _fill(
    app: Flask, bodies: list[tuple[int, int]], communes: list[tuple[int, int]], *, periods: int
) -> Filled:
    """Six organisations in each commune answered with all indicators for so many months."""
    with work_in(app) as session:
        _add_bodies(session, bodies)
        _add_organisations(session, len(communes) * 6, communes)
        regime = _establish(session, "Thống kê đoàn viên, hội viên", STARTS_ON)
        regime.ends_on = date(STARTS_ON.year + 1 + periods // 12, 1, 1)
        session.flush()
        codes = _answer(session, regime, periods)
        filled = Filled(regime.id, codes)
    settle_tables(app)
    return filled


def _establish(session: Session, name: str, starts_on: date) -> Regime:
    clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
    version = regimes.publish_form(
        session, office, code=member_form.CODE, definition=_form(), by=clerk, at=now()
    )
    terms = Terms(
        name=name,
        cadence=Cadence.MONTHLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=20,
        selection=Selection(organisations=tuple(member_form.ORGANISATIONS)),
        starts_on=starts_on,
    )
    regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
    session.flush()
    return regime


def _form() -> dict[str, Any]:
    """Member statistics with as many further cells as make thirty."""
    form = member_form.definition()
    known = sum(field["kind"] == "number" for section in form["sections"] for field in section["fields"])
    further = [
        {"code": f"further_{number}", "label": f"Chỉ tiêu {number}", "kind": "number"}
        for number in range(known, INDICATORS)
    ]
    return {**form, "sections": [*form["sections"], {"title": "Chỉ tiêu khác", "fields": further}]}


def _add_bodies(session: Session, bodies: list[tuple[int, int]]) -> None:
    """Committees, each below the one that is named with it."""
    paths = {1: "/1/"}
    for number, parent in bodies:
        paths[number] = f"{paths[parent]}{number}/"
    session.execute(insert(Unit), [_body(number, parent, paths[number]) for number, parent in bodies])


def _body(number: int, parent: int, path: str, organisation: str | None = None) -> dict[str, Any]:
    name = f"Đơn vị số {number}"
    return {
        "id": number,
        "code": f"U-{number}",
        "name": name,
        "short_name": name,
        "kind": UnitKind.ORGANISATION if organisation else UnitKind.PARTY_COMMITTEE,
        "level": Level.COMMUNE,
        "organisation": organisation,
        "parent_id": parent,
        "path": path,
        "founded_on": date(2020, 1, 1),
    }


def _add_organisations(session: Session, wanted: int, communes: list[tuple[int, int]] | None = None) -> None:
    """So many organisations in all, shared out among the communes."""
    there = session.scalars(select(Unit.id).where(Unit.organisation.is_not(None))).all()
    paths = dict(map(tuple, session.execute(select(Unit.id, Unit.path))))
    parents = [number for number, _ in communes or []] or [1]
    families, first = list(member_form.ORGANISATIONS), max(paths) + 1
    rows = []
    for place in range(wanted - len(there)):
        parent, number = parents[place // 6 % len(parents)], first + place
        rows.append(_body(number, parent, f"{paths[parent]}{number}/", families[place % 6]))
    if rows:
        session.execute(insert(Unit), rows)


def _answer(session: Session, regime: Regime, count: int) -> list[str]:
    """Everybody answered everything, month after month, and was accepted."""
    if session.get_bind().dialect.name == "postgresql":
        # Checking every reference of millions of rows takes longer than all that is measured.
        session.execute(text("SET LOCAL session_replication_role = 'replica'"))
    periods = list(regimes.periods_from(regime, STARTS_ON, count=count))
    for period in periods:
        dates = regime.timetable.dates_of(period, calendar())
        owed = {
            "regime_id": regime.id,
            "period": period.code,
            "form_version_id": regime.form_version_id,
            "first_day": dates.first_day,
            "last_day": dates.last_day,
            "due_on": dates.due,
            "timely_until": dates.timely_until,
        }
        _insert_from(session, Obligation, {"unit_id": Unit.id, **owed}, Unit.organisation.is_not(None))
    said = {
        "state": ReportState.ACCEPTED,
        "changed_by_id": CLERK,
        "changed_at": now(),
        "accepted_by_id": CLERK,
        "accepted_at": now(),
        "version": 1,
    }
    asked = {"obligation_id": Obligation.id, "submitted_on": Obligation.last_day, **said}
    _insert_from(session, Report, asked, Obligation.regime_id == regime.id)
    value = (Report.id * 7 + Indicator.id * 13) % 997 + 20
    every = Indicator.code.startswith(regimes.indicator_code(member_form.CODE, ""))
    rows = select(Report.id, Indicator.id, value).select_from(Report).join(Indicator, every)
    # Figures come report by report, and lie in this order.
    rows = rows.order_by(Report.id, Indicator.id)
    session.execute(insert(Figure).from_select(["report_id", "indicator_id", "value"], rows))
    return [period.code for period in periods]


def _insert_from(session: Session, table: Any, values: dict[str, Any], where: Any) -> None:
    """Rows made of columns of another table and of values that are the same in all of them."""
    own = ColumnElement | InstrumentedAttribute
    columns = [
        value if isinstance(value, own) else literal(value, getattr(table, name).type)
        for name, value in values.items()
    ]
    session.execute(insert(table).from_select(list(values), select(*columns).where(where)))
