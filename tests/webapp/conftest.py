"""The whole application on a small office."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.small_office import furnish, sign_in
from webapp.runtime import runtime


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application with people and units in it; tests of one module share it and only read."""
    folder = tmp_path_factory.mktemp("office")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        # Tests post without fetching a page first; what the token is worth has a test of its own.
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which the office's clerk has signed in."""
    return sign_in(app)
