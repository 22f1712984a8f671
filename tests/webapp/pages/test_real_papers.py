"""The five real directives the product was first asked to serve go through page and command."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from tests.support.apps import opened_app
from tests.support.small_office import sign_in
from tests.workflows.office import found_office
from webapp.runtime import runtime

FIRST_FIVE = ("000_5c0", "001_af5", "002_2b1", "003_e8a", "004_f66")


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            found_office(session)
        yield app


@pytest.mark.parametrize("start", FIRST_FIVE)
def test_a_real_directive_is_registered_by_the_page(app: Flask, shared_texts: list[Path], start: str):
    path = next(path for path in shared_texts if path.name.startswith(start))
    client = sign_in(app, 1)
    bench = client.post("/imports/", data={"files": (BytesIO(path.read_bytes()), path.name)}).headers[
        "Location"
    ]
    assert client.get(bench).text.count('class="proposal ') >= 4
    client.post(f"{bench}/decide", data={"all": "1"})
    assert client.get(f"{bench}/confirm").status_code == 200
    done = client.post(f"{bench}/confirm")
    assert done.status_code == 302, done.text
    assert client.get(done.headers["Location"]).status_code == 200


def test_the_command_reads_them_all(app: Flask, shared_texts: list[Path]):
    for path in shared_texts:
        result = app.test_cli_runner().invoke(args=["directive", "read", str(path), "--json"])
        read = json.loads(result.stdout)
        assert result.exit_code == 0, path.name
        assert all(len(task["quote"]) == task["span"][1] - task["span"][0] for task in read["tasks"])
