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
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back, in one transaction."""
    with writing(engine).begin() as connection:
        command.downgrade(_config(connection), revision)


def draft(engine: Engine, message: str) -> None:
    """Write a new migration from the difference between the database and the models, to be read and mended."""
    with writing(engine).begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def current(engine: Engine) -> str | None:
    """The revision the database is at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision the program needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
