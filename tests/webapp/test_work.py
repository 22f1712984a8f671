"""Nothing handed over is lost: not by a killed worker, not by a lost Redis, not by a job that fails."""

import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.support.apps import opened_app
from tests.support.processes import eventually
from tests.support.redis import running_redis
from tests.support.small_office import CLERK, furnish
from tests.support.worker import running_worker
from webapp import jobs, work
from webapp.jobs import JOBS, READERS, TIMES
from webapp.runtime import Runtime, runtime
from workflows import administration, aftermath, entries
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Person

MANY = 1_500


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office, for one test alone."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app, app.app_context():
        with runtime().unit_of_work() as session:
            furnish(session)
        yield app


@pytest.fixture
def office(app: Flask) -> Runtime:
    """What the application holds."""
    return runtime()


def rename(office: Runtime, unit_id: int, name: str) -> None:
    """An act like any other."""
    with office.unit_of_work() as session:
        by, unit = session.get_one(Person, CLERK), session.get_one(Unit, unit_id)
        at = datetime.now(UTC)
        administration.rename_unit(session, unit, name=name, short_name=name, by=by, at=at)


def waiting(office: Runtime) -> int:
    with office.reading() as session:
        return aftermath.waiting(session)


def faults(office: Runtime) -> dict[str, entries.Fault]:
    with office.reading() as session:
        return entries.faults(session, office.index.versions())


def ask(office: Runtime, job: str, **arguments: object) -> None:
    with office.unit_of_work() as session:
        aftermath.hand_over(session, job, at=datetime.now(UTC), **arguments)


def add_many_units(office: Runtime) -> None:
    """Enough to be filed for some seconds."""
    with office.unit_of_work() as session:
        session.add_all(
            Unit(
                id=number,
                code=f"CB-{number}",
                name=f"Chi bộ thôn số {number}",
                short_name=f"Chi bộ {number}",
                kind=UnitKind.BRANCH,
                level=Level.BASE,
                parent_id=1,
                path=f"/1/{number}/",
                founded_on=date(2020, 1, 1),
            )
            for number in range(1_000, 1_000 + MANY)
        )


def test_a_worker_killed_in_the_middle_loses_nothing(office: Runtime):
    add_many_units(office)
    ask(office, "rebuild-index")
    with running_worker(office) as process:
        assert eventually(lambda: bool(office.index.status().building), patience=60)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert waiting(office) == 1
    work.work_off()
    assert waiting(office) == 0
    assert faults(office) == {}
    assert office.index.count() > MANY


def test_a_lost_redis_loses_nothing(fresh_database_url: str, tmp_path: Path):
    with running_redis() as url:
        pass
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=url) as app, app.app_context():
        office = runtime()
        with office.unit_of_work() as session:
            furnish(session)
        rename(office, 3, "Đảng uỷ xã Tân Lập")
        assert waiting(office) > 0
    with (
        running_redis() as url,
        opened_app(tmp_path, database_url=fresh_database_url, redis_url=url) as app,
        app.app_context(),
        running_worker(runtime()),
    ):
        assert eventually(lambda: waiting(runtime()) == 0, patience=60)
        assert faults(runtime()) == {}


def test_the_sweep_wakes_a_worker_for_what_no_wake_up_reached(office: Runtime):
    rename(office, 3, "Đảng uỷ xã Tân Lập")
    office.queue.empty()
    work.run_timed("sweep-waiting")
    assert office.queue.count == 1


def test_a_job_that_fails_waits_and_stops_no_other(office: Runtime, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    done = []
    monkeypatch.setitem(READERS, "index", fail)
    monkeypatch.setitem(JOBS, "other", lambda *_: done.append(True))
    ask(office, "index", kind="unit", id=3)
    ask(office, "other")
    work.work_off()
    assert done == [True]
    with office.reading() as session:
        (failed,) = aftermath.backlog(session)
        assert (failed.job, failed.attempts) == ("index", 1)
        assert "the disk is full" in str(failed.last_error)
        later = datetime.now(UTC) + timedelta(minutes=1)
        assert len(aftermath.due(session, at=later, job="index")) == 1


def test_nobody_waits_for_a_job_that_only_reads(office: Runtime, monkeypatch: pytest.MonkeyPatch):
    def while_reading(office: Runtime, session: object, *_: object) -> None:
        rename(office, 4, "Đảng uỷ xã Mới")

    monkeypatch.setitem(READERS, "index", while_reading)
    ask(office, "index", kind="unit", id=3)
    assert work._read(office, "index", work._due(office, "index", at := datetime.now(UTC)), at) == 1
    with office.reading() as session:
        assert session.get_one(Unit, 4).name == "Đảng uỷ xã Mới"


def test_long_sheets_come_one_by_one_after_all_else(office: Runtime, monkeypatch: pytest.MonkeyPatch):
    done: list[tuple[str, int]] = []
    monkeypatch.setitem(
        READERS, "write-sheet", lambda _, __, orders, ___: done.append(("sheet", len(orders)))
    )
    monkeypatch.setitem(JOBS, "other", lambda _, __, others, ___: done.append(("other", len(others))))
    for number in (1, 2):
        ask(office, "write-sheet", id=number)
        ask(office, "other")
    work.work_off()
    assert done == [("other", 2), ("sheet", 1), ("sheet", 1)]


def test_what_the_index_lacks_or_has_too_much_is_mended(office: Runtime):
    ask(office, "rebuild-index")
    work.work_off()
    office.index.delete(["unit:3"])
    with office.unit_of_work() as session:
        session.delete(session.get_one(Unit, 61))
    work.run_timed("sweep-index")
    work.work_off()
    assert faults(office) == {}


def test_what_the_index_holds_in_an_old_version_is_mended(office: Runtime):
    ask(office, "rebuild-index")
    work.work_off()
    with office.unit_of_work() as session:
        session.get_one(Unit, 3).name = "Đổi tên ngoài chương trình"
    assert faults(office) == {"unit:3": entries.Fault.STALE}
    work.run_timed("check-index")
    work.work_off()
    assert faults(office) == {}


def test_an_index_that_is_missing_is_asked_for_once(office: Runtime):
    work.run_timed("sweep-index")
    work.run_timed("sweep-index")
    assert waiting(office) == 1
    work.work_off()
    assert faults(office) == {}


def test_a_new_name_reaches_everything_that_names_the_unit(office: Runtime):
    ask(office, "rebuild-index")
    work.work_off()
    rename(office, 1, "Tỉnh uỷ Hà Bình Mới")
    work.work_off()
    assert faults(office) == {}


@pytest.mark.parametrize("name", [timed.name for timed in TIMES])
def test_whatever_the_clock_has_done_may_be_done_twice(office: Runtime, name: str):
    work.run_timed(name)
    work.run_timed(name)
    with office.reading() as session:
        assert "clock" in aftermath.heartbeats(session)


def test_a_process_gives_signs_of_life_however_long_a_job_takes(office: Runtime):
    def last_beat() -> datetime | None:
        with office.reading() as session:
            return aftermath.heartbeats(session).get("worker")

    with work.pulse(office, "worker", every=0.02):
        assert eventually(lambda: last_beat() is not None)
        first = last_beat()
        assert eventually(lambda: last_beat() != first)
    ended = last_beat()
    assert not eventually(lambda: last_beat() != ended, patience=0.2)


def test_a_rebuild_files_what_waited_to_be_filed(office: Runtime):
    rename(office, 3, "Đảng uỷ xã Tân Lập")
    with office.reading() as session:
        jobs.rebuild_index(office, session, [], datetime.now(UTC))
    with office.reading() as session:
        assert aftermath.due(session, at=datetime.now(UTC), job="index") == []
    assert faults(office) == {}
