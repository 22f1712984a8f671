"""What whoever keeps the machine types: first accounts, a check-up, finding, the index, the trail."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from tests.support.apps import opened_app
from tests.support.small_office import furnish
from webapp import health
from webapp.health import Level
from webapp.runtime import runtime
from workflows import administration, audit
from workflows.audit import AuditEntry
from workflows.people import Person, Role


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An office without anybody in it."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        yield app


@pytest.fixture
def filled(app: Flask) -> Flask:
    """The small office, with its index."""
    with app.app_context(), runtime().unit_of_work() as session:
        furnish(session)
    assert run(app, "index", "rebuild").exit_code == 0
    return app


def run(app: Flask, *words: str) -> Result:
    """A command as typed after `flask --app wsgi`."""
    return app.test_cli_runner().invoke(args=list(words))


def add(app: Flask, *more: str) -> Result:
    """Open the account of a first administrator."""
    words = ("quantri", "--name", "Bế Xuân Trực", "--unit", "TU", "--role", "administrator")
    return run(app, "person", "add", *words, *more)


def test_the_first_administrator_comes_from_the_command_line(app: Flask):
    done = add(app, "--unit-name", "Tỉnh uỷ Tân Hưng")
    assert done.exit_code == 0, done.output
    assert "Mật khẩu lần đầu" in done.output
    with app.app_context(), runtime().reading() as session:
        person = session.scalars(select(Person)).one()
        assert person.appointments[0].role is Role.ADMINISTRATOR
        assert person.account is not None
        assert person.account.must_change
        trail = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(entry.action, entry.person_id) for entry in trail] == [
            ("unit.add", None),
            ("person.add", None),
        ]


def test_a_unit_that_does_not_exist_is_named(app: Flask):
    refused = add(app)
    assert refused.exit_code == 1
    assert "TU" in refused.output


def test_a_second_account_of_the_same_name_is_refused(app: Flask):
    assert add(app, "--unit-name", "Tỉnh uỷ Tân Hưng").exit_code == 0
    again = add(app)
    assert again.exit_code == 1
    assert "đã có người dùng" in again.output


def test_the_doctor_names_what_is_broken(filled: Flask):
    found = run(filled, "doctor")
    assert found.exit_code == 1
    assert "✗ Tiến trình xử lý việc: chưa chạy lần nào" in found.output
    assert "✓ Hàng đợi (Redis)" in found.output
    checks = [json.loads(line) for line in run(filled, "doctor", "--json").output.splitlines()]
    assert {"database", "migrations", "redis", "worker", "clock", "index", "fonts", "disk"} <= {
        check["check"] for check in checks
    }
    levels = {check["check"]: check["level"] for check in checks}
    assert (levels["database"], levels["index"], levels["worker"]) == ("good", "good", "failure")


def test_the_doctor_is_content_with_a_whole_office(filled: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "PROCESSES", {})
    found = run(filled, "doctor")
    assert found.exit_code == 0, found.output


def test_the_doctor_speaks_even_without_a_database(tmp_path: Path, redis_url: str):
    nowhere = f"sqlite:///{tmp_path}/no/such/folder/office.sqlite3"
    with opened_app(tmp_path, database_url=nowhere, redis_url=redis_url) as app:
        found = run(app, "doctor")
    assert found.exit_code == 1
    assert "✗ Cơ sở dữ liệu" in found.output


@pytest.mark.parametrize(("entries", "level"), [(4_999, Level.GOOD), (5_000, Level.WARNING)])
def test_tantivy_is_recommended_to_large_offices_on_whoosh(
    filled: Flask, monkeypatch: pytest.MonkeyPatch, entries: int, level: Level
):
    monkeypatch.setattr(health.entries, "total", lambda _: entries)
    with filled.app_context():
        office = runtime()
        is_whoosh = office.index.engine == "whoosh"
        assert health._index(office).level is (level if is_whoosh else Level.GOOD)


def test_finding_as_somebody(filled: Flask):
    found = json.loads(run(filled, "search", "ea", "sup", "--as", "lan", "--json").output)
    assert found["total"] >= 7
    assert found["hits"][0]["url"].startswith("/units/")
    assert sum(found["facets"]["kind"].values()) == found["total"]
    nobody = run(filled, "search", "ea sup", "--as", "khongco")
    assert nobody.exit_code == 1
    assert "khongco" in nobody.output


def test_the_index_is_compared_and_mended(filled: Flask):
    assert run(filled, "index", "check").exit_code == 0
    with filled.app_context():
        runtime().index.delete(["unit:3"])
    differing = run(filled, "index", "check")
    assert differing.exit_code == 1
    assert "unit:3: thiếu trong chỉ mục" in differing.output
    assert run(filled, "index", "check", "--mend").exit_code == 0
    assert run(filled, "index", "check").exit_code == 0
    assert "62 mục" in run(filled, "index", "status").output


def test_the_trail_is_verified_against_an_anchor(app: Flask):
    add(app, "--unit-name", "Tỉnh uỷ Tân Hưng")
    with app.app_context(), runtime().unit_of_work() as session:
        anchor = audit.seal_entries(session)
    assert run(app, "audit", "verify", "--anchor", str(anchor)).exit_code == 0
    assert "cắt bớt" in run(app, "audit", "verify", "--anchor", "0" * 64).output
    with app.app_context(), runtime().unit_of_work() as session:
        session.execute(update(AuditEntry).values(subject_label="khác"))
    broken = run(app, "audit", "verify")
    assert broken.exit_code == 1
    assert "Chuỗi bị đứt" in broken.output


def test_the_last_administrator_comes_in_again_from_the_command_line(filled: Flask):
    def lan() -> Person:
        with filled.app_context(), runtime().reading() as session:
            person = session.scalars(select(Person).where(Person.username == "lan")).one()
            assert person.account is not None
            return person

    words = ("account", "reset-second-factor", "lan")
    assert "chưa bật" in run(filled, *words).output
    with filled.app_context(), runtime().unit_of_work() as session:
        person = session.get_one(Person, lan().id)
        administration.switch_on_second_factor(
            session,
            person,
            secret="-",
            step=1,
            recovery_codes=["a"],
            by=person,
            at=datetime(2026, 5, 4, tzinfo=UTC),
        )
    done = run(filled, *words)
    assert done.exit_code == 0, done.output
    assert (lan().account.second_factor, lan().account.epoch) == (None, 2)
    with filled.app_context(), runtime().reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.action, entry.person_id) == ("person.reset-second-factor", None)
    assert run(filled, "account", "reset-second-factor", "khong.co").exit_code == 1
