"""The application as servers have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from tests.support import apps
from tests.support.working_office import work_in
from webapp import collector
from workflows.db import look_through_tables


@contextmanager
def opened_app(folder: Path, *, database_url: str, redis_url: str) -> Iterator[Flask]:
    """An application in a folder, settled as wsgi.py settles it."""
    with apps.opened_app(folder, database_url=database_url, redis_url=redis_url) as app:
        collector.settle()
        yield app


def settle_tables(app: Flask) -> None:
    """Do at once what PostgreSQL does by itself, and the office's clock for SQLite, within an hour."""
    engine: Engine = app.extensions["dondoc"].engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    else:
        with work_in(app) as session:
            look_through_tables(session.connection())
