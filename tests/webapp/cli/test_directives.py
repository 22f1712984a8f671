"""`flask directive …`: reading without a database, taking in and registering with one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from tests.support.apps import opened_app
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import found_office
from webapp.runtime import runtime
from workflows.directives import Directive, ImportDraft
from workflows.tasks import Task


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        with app.app_context(), runtime().unit_of_work() as session:
            found_office(session)
        yield app


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """The paper as a file."""
    path = tmp_path / "15-CT-TU.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


def run(app: Flask, *words: object) -> Result:
    """Type a command."""
    return app.test_cli_runner().invoke(args=["directive", *map(str, words)])


def count(app: Flask, kind: type) -> int:
    """How many rows of a kind there are."""
    with app.app_context(), runtime().unit_of_work() as session:
        return len(session.scalars(select(kind)).all())


def test_reading_prints_the_json_of_the_reading(app: Flask, paper: Path):
    result = run(app, "read", paper, "--json")
    assert result.exit_code == 0
    read = json.loads(result.stdout)
    assert (read["number"], read["type"], read["date"]) == ("15-CT/TU", "CT", "2026-10-05")
    assert [task["clause"] for task in read["tasks"]] == ["1", "2", "3"]
    assert all(PAPER[slice(*task["span"])] == task["quote"] for task in read["tasks"])


def test_reading_for_people_is_short(app: Flask, paper: Path):
    assert run(app, "read", paper).stdout.splitlines()[0].startswith("15-CT/TU – về chăm lo")


def test_a_bad_file_is_refused_in_words(app: Flask, tmp_path: Path):
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    result = run(app, "read", empty, "--json")
    assert result.exit_code == 1
    assert "Tệp rỗng" in result.output


def test_importing_takes_in(app: Flask, paper: Path):
    result = run(app, "import", paper, "--as", "chuyenvien")
    assert result.exit_code == 0
    assert "/imports/1" in result.stdout
    assert count(app, ImportDraft) == 1
    assert count(app, Directive) == 0


def test_confirming_assigns_what_is_sure_and_names_the_rest(app: Flask, paper: Path):
    result = run(app, "import", paper, "--as", "chuyenvien", "--confirm")
    assert "đã đăng ký tại /directives/1, giao 1 nhiệm vụ; chưa giao khoản 2; 3" in result.stdout
    assert count(app, Task) == 1


def test_one_bad_file_among_good_ones_tells_by_the_exit_code(app: Flask, paper: Path, tmp_path: Path):
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    result = run(app, "import", empty, paper, "--as", "chuyenvien")
    assert result.exit_code == 1
    assert "rong.txt: Tệp rỗng" in result.output
    assert count(app, ImportDraft) == 1


@pytest.mark.parametrize("name", ["nguoila", "xaanbinh"])
def test_who_may_not_register_is_refused(app: Flask, paper: Path, name: str):
    assert run(app, "import", paper, "--as", name).exit_code == 1
    assert count(app, ImportDraft) == 0


def test_corrections_are_handed_out_one_a_line(app: Flask, paper: Path):
    run(app, "import", paper, "--as", "chuyenvien", "--confirm")
    result = run(app, "feedback", "--as", "chuyenvien", "--jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
