"""The application as servers have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.support import apps
from webapp import collector


@contextmanager
def opened_app(folder: Path, *, database_url: str, redis_url: str) -> Iterator[Flask]:
    """An application in a folder, settled as wsgi.py settles it."""
    with apps.opened_app(folder, database_url=database_url, redis_url=redis_url) as app:
        collector.settle()
        yield app
