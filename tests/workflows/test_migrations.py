"""Migrations are code: the newest shape equals the models, and each goes up and down with data in it."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select

from tests.support.databases import Databases
from tests.workflows.office import found_office
from workflows import migrations
from workflows.db import open_engine, session_factory
from workflows.migrations.types import same_type
from workflows.organisations import Unit
from workflows.tables import metadata


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


def test_the_migrations_stand_in_one_line():
    script = ScriptDirectory.from_config(migrations.config())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
