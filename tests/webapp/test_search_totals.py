"""Totals and facets of a search are, for every role, what the database counts: nothing leaks by a figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from search_index import Query
from tests.support.apps import opened_app
from tests.support.everything import furnish_everything
from tests.workflows.office import NOW, TODAY
from webapp import work
from webapp.runtime import runtime
from workflows import aftermath, entries
from workflows.people import Person
from workflows.permissions import tokens_of


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The office with one of each thing and tasks for several units, everything filed."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app, app.app_context():
        with runtime().unit_of_work() as session:
            furnish_everything(session, runtime().files)
            aftermath.hand_over(session, "rebuild-index", at=NOW)
        work.work_off()
        yield app


@pytest.mark.usefixtures("app")
def test_for_every_role_totals_and_facets_are_those_of_the_database():
    office = runtime()
    seen = set()
    with office.reading() as session:
        for person in session.query(Person):
            shown = tokens_of(person, on=TODAY)
            counted = {
                kind: entries.count_visible(session, kind, person, on=TODAY) for kind in entries.SOURCES
            }
            expected = {kind: n for kind, n in counted.items() if n}
            results = office.index.search(Query(limit=1, today=TODAY), visible_to=shown)
            assert dict(results.facets["kind"]) == expected, person.username
            assert results.total == sum(expected.values())
            seen.update(expected)
    assert seen == entries.SOURCES.keys()
