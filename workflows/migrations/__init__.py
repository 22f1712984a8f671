"""The shape of the database over time (Alembic), run without any ini file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from workflows.db import writing


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database forward, in one transaction."""
    with _reshaping(engine) as connection:
        command.upgrade(config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back, in one transaction."""
    with _reshaping(engine) as connection:
        command.downgrade(config(connection), revision)


@contextmanager
def _reshaping(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be made anew.

    SQLite changes a table by copying it and dropping the old one, and dropping it takes along every row that
    hangs on it: so the foreign keys rest meanwhile, and are all looked at before anything is committed.
    """
    with writing(engine).connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        # Has no effect inside a transaction, so it goes past the one that SQLAlchemy would begin.
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(
                        f"rows without what they hang on: {sorted({row[0] for row in broken})}"
                    )
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def draft(engine: Engine, message: str) -> None:
    """Write a new migration from how database and models differ, to be read and mended by hand."""
    with writing(engine).begin() as connection:
        command.revision(config(connection), message, autogenerate=True)


def current(engine: Engine) -> str | None:
    """The revision the database is at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision the program needs."""
    return ScriptDirectory.from_config(config()).get_current_head()


def config(connection: Connection | None = None) -> Config:
    """How Alembic finds our migrations, without any ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["connection"] = connection
    return settings
