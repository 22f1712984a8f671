"""What a stranger, a colleague of another place, or a page elsewhere on the web must not achieve."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.everything import Everything, furnish_everything
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from webapp.runtime import runtime

# What the parts of addresses mean that name no thing of the office.
WORDS = {"kind": "pdf", "number": 1, "move": None, "act": "accept", "key": "1", "tab": "history"}
MOVES = {
    "directives.act": "close",
    "documents.act": "prepare",
    "documents.act_on_batch": "prepare",
    "reports.act": "accept",
    "tasks.act": "receive",
    "tasks.move_together": "receive",
}
# Nothing is drawn of the batch, and the unit's paper is not complete.
NOT_THERE_YET = {"documents.batch_file"}
CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The office with one of each thing, shared by tests that change nothing of it."""
    folder = tmp_path_factory.mktemp("security")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        with app.app_context(), runtime().unit_of_work() as session:
            app.config["EVERYTHING"] = furnish_everything(session, runtime().files)
        yield app


@pytest.fixture
def everything(app: Flask) -> Everything:
    """The ids of the things."""
    return app.config["EVERYTHING"]


@pytest.fixture
def outsider(app: Flask, everything: Everything) -> FlaskClient:
    """The browser of somebody who may do everything, but only in another commune."""
    return sign_in(app, everything.outsider)


@pytest.fixture
def insider(app: Flask, everything: Everything) -> FlaskClient:
    """The browser of somebody who may do everything in the province."""
    return sign_in(app, everything.insider)


def rules_with_ids(app: Flask, method: str) -> list[Rule]:
    """Every address that names a thing of the office and takes this method."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and any(name.endswith("_id") for name in rule.arguments)
    ]


def address_of(app: Flask, rule: Rule, everything: Everything) -> str:
    """The address of the thing that exists; a part nobody has explained here fails the test."""
    known = {**WORDS, "move": MOVES.get(rule.endpoint), **everything.ids}
    unknown = [name for name in rule.arguments if known.get(name) is None]
    assert not unknown, f"say in tests/support/everything.py what {unknown} of {rule} is"
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def token(client: FlaskClient) -> str:
    """The token that the forms of this session carry."""
    page = client.get("/account/password").get_data(as_text=True)
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def statuses(app: Flask, client: FlaskClient, method: str, everything: Everything, **sent: object):
    """Address → endpoint and status of everything that names a thing."""
    found = {}
    for rule in rules_with_ids(app, method):
        address = address_of(app, rule, everything)
        found[address] = rule.endpoint, client.open(address, method=method, **sent).status_code
    return found


def test_what_a_person_may_not_see_does_not_exist_for_them(
    app: Flask, outsider: FlaskClient, everything: Everything
):
    found = statuses(app, outsider, "GET", everything)
    assert {address: status for address, (_, status) in found.items() if status != 404} == {}


def test_what_a_person_may_not_see_they_cannot_change(
    app: Flask, outsider: FlaskClient, everything: Everything
):
    form = {"csrf_token": token(outsider)}
    with counted_queries(app) as statements:
        found = statuses(app, outsider, "POST", everything, data=form)
    assert {address: status for address, (_, status) in found.items() if status not in (403, 404)} == {}
    assert [statement for statement in statements if CHANGES.match(statement)] == []


def test_those_it_concerns_see_all_of_it_and_looking_changes_nothing(
    app: Flask, insider: FlaskClient, everything: Everything
):
    with counted_queries(app) as statements:
        found = statuses(app, insider, "GET", everything)
    hidden = {address for address, (endpoint, status) in found.items() if status >= 300}
    assert {address for address in hidden if found[address][0] not in NOT_THERE_YET} == set()
    assert [statement for statement in statements if CHANGES.match(statement)] == []
