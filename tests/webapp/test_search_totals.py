"""Totals and facets of a search are, for every role, what the database counts: nothing leaks by a figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from search_index import Query
from tests.support.apps import opened_app
from tests.workflows.office import NOW, TODAY, found_office
from webapp import work
from webapp.runtime import runtime
from workflows import aftermath, entries, tasks
from workflows.people import Person
from workflows.permissions import tokens_of
from workflows.tasks import Assignment


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office with tasks for several units, everything filed."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app, app.app_context():
        with runtime().unit_of_work() as session:
            office = found_office(session)
            for lead in (office.agency, *office.communes):
                assignment = Assignment(title=f"Rà soát công trình, {lead.short_name}", lead=lead)
                tasks.assign(session, office.office, assignment=assignment, by=office.clerk, at=NOW)
            aftermath.hand_over(session, "rebuild-index", at=NOW)
        work.work_off()
        yield app


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("words", ["", "kind:task", "kind:unit"])
def test_for_every_role_totals_and_facets_are_those_of_the_database(words: str):
    office = runtime()
    seen = set()
    with office.reading() as session:
        for person in session.query(Person):
            shown = tokens_of(person, on=TODAY)
            counted = {
                kind: entries.count_visible(session, kind, person, on=TODAY) for kind in entries.SOURCES
            }
            wanted = words.partition(":")[2]
            expected = {kind: n for kind, n in counted.items() if n and wanted in ("", kind)}
            results = office.index.search(Query(words, limit=1, today=TODAY), visible_to=shown)
            assert dict(results.facets["kind"]) == expected, person.username
            assert results.total == sum(expected.values())
            seen.add(results.total)
    assert len(seen) > 1
