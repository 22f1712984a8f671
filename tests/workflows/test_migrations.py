"""Migrations are code: the newest shape equals the models, and each goes up and down with data in it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, delete, func, inspect, select, table, text

from tests.support.databases import Databases
from tests.support.everything import furnish_everything
from tests.workflows.office import NOW, found_office
from webapp.file_store import FolderOrBucket
from workflows import administration, migrations, tasks
from workflows.calendar import DueKind, local_day
from workflows.db import open_engine, session_factory
from workflows.migrations.types import same_type
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Role, second_factor_roles
from workflows.sought_words import sought
from workflows.tables import metadata
from workflows.tasks import Assignment, Due, Task


@pytest.fixture
def empty(databases: Databases) -> Iterator[Engine]:
    """The engine of a database without any table."""
    engine = open_engine(databases.create_empty())
    yield engine
    engine.dispose()


def test_the_newest_migration_makes_what_the_models_say(empty: Engine):
    migrations.upgrade(empty)
    assert migrations.current(empty) == migrations.head()
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type})
        assert compare_metadata(context, metadata) == []


def test_going_down_and_up_again_leaves_a_working_office(empty: Engine):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        found_office(session)
    migrations.downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        found_office(session)
        assert session.scalar(select(Unit.name).where(Unit.code == "VPTU")) == "Văn phòng Tỉnh uỷ"


def test_what_an_installation_holds_outlives_going_down_and_up(empty: Engine, tmp_path: Path):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        furnish_everything(session, FolderOrBucket(f"file://{tmp_path}"))
        # The first shape has no word for this role, so going down ends it.
        session.execute(delete(Appointment).where(Appointment.role == Role.BRANCH_SECRETARY))
    held = rows_of(empty)
    for revision in revisions()[1:]:
        migrations.downgrade(empty, revision)
        known = rows_of(empty)
        migrations.upgrade(empty)
        again = rows_of(empty)
        assert {table: again[table] for table in known} == {table: held[table] for table in known}, revision


def test_tasks_counted_in_days_go_down_to_the_nearest_way_there_was(empty: Engine):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        office = found_office(session)
        due = Due(DueKind.DAYS_AFTER_RECEIPT, 10)
        wanted = Assignment(title="Rà soát", lead=office.agency, due=due)
        tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    migrations.downgrade(empty, "0002")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT due_kind, due_number FROM task")).all() == [
            ("after-receipt", 10)
        ]


def test_tasks_that_wait_to_be_confirmed_keep_the_day_they_were_reported(empty: Engine):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        office = found_office(session)
        for title in ("Báo cáo rồi", "Chưa báo cáo"):
            wanted = Assignment(title=title, lead=office.agency)
            task = tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
            tasks.receive(session, task, by=office.agency_clerk, at=NOW)
            if title == "Báo cáo rồi":
                late = NOW + timedelta(hours=15)
                tasks.submit(session, task, result="Xong.", by=office.agency_clerk, at=late)
    migrations.downgrade(empty, "0003")
    migrations.upgrade(empty)
    with session_factory(empty)() as session:
        days = session.scalars(select(Task.reported_on).order_by(Task.id)).all()
    assert days == [local_day(NOW) + timedelta(days=1), None]


def test_titles_of_tasks_that_were_there_are_found_by_their_words(empty: Engine):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        office = found_office(session)
        wanted = Assignment(title="Rà soát, Đánh giá", lead=office.agency)
        tasks.assign(session, office.office, assignment=wanted, by=office.clerk, at=NOW)
    migrations.downgrade(empty, "0003")
    migrations.upgrade(empty)
    with empty.connect() as connection:
        kept = connection.scalar(text("SELECT title_sought FROM task"))
    assert kept == sought("Rà soát, Đánh giá")


def test_going_down_asks_for_the_password_alone_again(empty: Engine):
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        office = found_office(session)
        administration.switch_on_second_factor(
            session, office.clerk, secret="-", step=1, recovery_codes=["a"], by=office.clerk, at=NOW
        )
        administration.require_second_factor(
            session, office.province, roles=[Role.INSPECTOR], by=office.administrator, at=NOW
        )
        accounts = session.scalar(select(func.count()).select_from(Account))
    migrations.downgrade(empty, "0004")
    migrations.upgrade(empty)
    with session_factory(empty).begin() as session:
        kept = session.scalars(select(Account)).all()
        assert len(kept) == accounts
        assert all(account.second_factor is None and account.recovery_codes is None for account in kept)
        assert second_factor_roles(session) == frozenset()


def rows_of(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    names = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table(name))) for name in names}


def revisions() -> list[str]:
    """The revisions, the newest first."""
    script = ScriptDirectory.from_config(migrations.config())
    return [revision.revision for revision in script.walk_revisions()]


def test_the_migrations_stand_in_one_line():
    script = ScriptDirectory.from_config(migrations.config())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
