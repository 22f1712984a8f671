"""The whole application on databases and folders of a test, closed again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from webapp.app import create_app
from webapp.config import Settings
from webapp.runtime import Runtime


@contextmanager
def opened_app(folder: Path, *, database_url: str, redis_url: str) -> Iterator[Flask]:
    """An application whose files lie in a folder of the test; its connections are closed with the context."""
    environment = {"INSTANCE_DIR": str(folder), "DATABASE_URL": database_url, "REDIS_URL": redis_url}
    app = create_app(replace(Settings.from_env(environment), testing=True))
    yield app
    office: Runtime = app.extensions["dondoc"]
    if "index" in vars(office):
        office.index.close()
    office.engine.dispose()
    if "redis" in vars(office):
        office.redis.close()
