"""The small office at work, for the pages of tasks, reports, regimes, statistics and the desk."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.working_office import furnish_working_office


@pytest.fixture(scope="module")
def working_app(
    databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The whole application on the small office; tests of one module share it, each makes its own work."""
    folder = tmp_path_factory.mktemp("working-office")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        furnish_working_office(app)
        yield app
