"""Databases with the office's tables in them: made once for a backend, copied as often as tests ask."""

import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

from alembic import command

from tests.support.postgres import Server
from workflows import migrations
from workflows.db import create_collation, open_engine, writing
from workflows.tables import metadata


class Databases(Protocol):
    """A maker of databases on one backend."""

    def create(self) -> str:
        """The address of a new database that has all tables and no rows."""

    def create_empty(self) -> str:
        """The address of a new database without tables."""

    def close(self) -> None:
        """Remove every database that was made."""


class SqliteDatabases:
    """Databases as files in a folder that the caller removes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()
        self.template: Path | None = None

    def create(self) -> str:
        """The address of a new database that has all tables and no rows."""
        if self.template is None:
            self.template = self._new_path()
            make_tables(f"sqlite:///{self.template}")
        return f"sqlite:///{shutil.copy(self.template, self._new_path())}"

    def create_empty(self) -> str:
        """The address of a new database without tables."""
        return f"sqlite:///{self._new_path()}"

    def close(self) -> None:
        """Nothing to do: the folder goes with all its files."""

    def _new_path(self) -> Path:
        return self.folder / f"office-{next(self.numbers)}.sqlite3"


class PostgresDatabases:
    """Databases on a server, dropped at the end."""

    def __init__(self, server: Server, prefix: str) -> None:
        self.server = server
        self.prefix = prefix
        self.made: list[str] = []
        self.template: str | None = None

    def create(self) -> str:
        """The address of a new database that has all tables and no rows."""
        if self.template is None:
            self.template = self._new_name()
            make_tables(self.server.create(self.template))
        return self.server.create(self._new_name(), template=self.template)

    def create_empty(self) -> str:
        """The address of a new database without tables."""
        return self.server.create(self._new_name())

    def close(self) -> None:
        """Remove every database that was made."""
        for name in self.made:
            self.server.drop(name)

    def _new_name(self) -> str:
        self.made.append(f"{self.prefix}_{len(self.made)}")
        return self.made[-1]


def make_tables(url: str) -> None:
    """Give an empty database the tables of the models; that migrations lead to the same has its own test."""
    engine = open_engine(url)
    try:
        with writing(engine).begin() as connection:
            create_collation(connection)
            metadata.create_all(connection)
            command.stamp(migrations.config(connection), "head")
    finally:
        engine.dispose()
