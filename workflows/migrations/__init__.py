"""The shape of the database over time (Alembic), run without any ini file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from workflows.db import writing


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database forward, in one transaction."""
    with writing(engine).begin() as connection:
        command.upgrade(config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back, in one transaction."""
    with writing(engine).begin() as connection:
        command.downgrade(config(connection), revision)


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
