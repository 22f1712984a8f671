"""The page of search shows what the person may open, and never stands in anybody's way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from search_index import Unavailable
from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.queries import counted_queries
from tests.support.small_office import furnish, sign_in
from webapp import work
from webapp.runtime import runtime
from workflows import aftermath
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role

KEEPER, HEAD = 2, 3
QUERY_BUDGET = 12


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The small office with an administrator and the head of one unit, everything filed."""
    folder = tmp_path_factory.mktemp("search")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
            for id_, username, unit_id, role in (
                (KEEPER, "giu", 1, Role.ADMINISTRATOR),
                (HEAD, "truong", 2, Role.UNIT_HEAD),
            ):
                person = Person(id=id_, username=username, full_name=f"Người {username}")
                person.account = Account(password_hash="-", must_change=False)
                person.appointments = [Appointment(unit_id=unit_id, role=role, valid_from=date(2020, 1, 1))]
                session.add(person)
            session.flush()
            aftermath.hand_over(session, "rebuild-index", at=datetime.now(UTC))
        with app.app_context():
            work.work_off()
        yield app


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_an_empty_box_asks_for_words(client: FlaskClient):
    assert "Gõ vài chữ" in text(client, "/search/")


def test_words_without_accents_are_found_and_marked(client: FlaskClient):
    page = text(client, "/search/?q=dong+hoa")
    assert "Đảng uỷ xã <mark>Đông</mark> <mark>Hoà</mark> 2<" in page.replace("</a>", "<")


def test_the_facets_count_and_narrow(client: FlaskClient):
    page = text(client, "/search/?q=an+binh&kind=unit")
    assert "Đơn vị" in page
    assert 'aria-current="true"' in page


def test_what_makes_no_sense_restricts_nothing(client: FlaskClient):
    assert "61" in text(client, "/search/?kind=unit&year=abc&unit=x&page=-3&order=up")


@pytest.mark.parametrize("words", ['"', "-", "loại:", "%%%", "(" * 3_000, "năm:xx -", "\u202e"])
def test_no_query_fails(client: FlaskClient, words: str):
    assert client.get("/search/", query_string={"q": words}).status_code == 200


def test_everybody_finds_their_own_part_only(app: Flask):
    assert "61 kết quả" in text(sign_in(app, KEEPER), "/search/?kind=unit")
    head = text(sign_in(app, HEAD), "/search/?kind=unit")
    assert "1 kết quả" in head


def test_people_are_found_by_who_keeps_the_house(app: Flask, client: FlaskClient):
    assert "Người truong" in text(sign_in(app, KEEPER), "/search/?q=truong&kind=person").replace(
        "<mark>", ""
    ).replace("</mark>", "")
    assert "0 kết quả" in text(sign_in(app, HEAD), "/search/?q=truong&kind=person")


def test_a_right_that_has_ended_hides_hits_before_the_index_knows(app: Flask):
    with app.app_context(), runtime().unit_of_work() as session:
        session.get(Unit, 3).path = "/2/3/"
    try:
        assert "0 kết quả" in text(sign_in(app, KEEPER), "/search/?kind=unit&unit=3")
    finally:
        with app.app_context(), runtime().unit_of_work() as session:
            session.get(Unit, 3).path = "/1/3/"


def test_suggestions_are_things_to_open(client: FlaskClient):
    found = client.get("/search/suggest?q=đảng+uỷ+xã+ea").get_json()
    assert found
    assert all(one["url"].startswith("/units/") for one in found)


def rows_of(client: FlaskClient, address: str) -> list[list[object]]:
    """The rows of a sheet without its head."""
    with client.get(address) as response:
        book = CalamineWorkbook.from_filelike(BytesIO(response.data))
    return book.get_sheet_by_index(0).to_python()[1:]


def test_all_hits_or_the_ticked_ones_leave_as_a_sheet(client: FlaskClient):
    assert len(rows_of(client, "/search/sheet?kind=unit&all=1")) == 61
    assert len(rows_of(client, "/search/sheet?kind=unit&ids=unit:3&ids=unit:4")) == 2


def test_a_sheet_holds_nothing_that_may_not_be_seen(app: Flask):
    assert len(rows_of(sign_in(app, HEAD), "/search/sheet?kind=unit&all=1&ids=unit:9")) == 1


def test_an_index_that_is_away_says_so(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    class Away:
        """An index whose disk is gone."""

        def search(self, *_, **__):
            raise Unavailable("no disk")

        suggest = find_keys = search

    monkeypatch.setitem(vars(app.extensions["dondoc"]), "index", Away())
    assert "tạm ngừng" in text(client, "/search/?q=an", 503)
    assert client.get("/search/suggest?q=an").get_json() == []
    assert client.get("/search/sheet?q=an").status_code == 503


def test_the_page_keeps_its_query_budget(app: Flask, client: FlaskClient):
    with counted_queries(app) as statements:
        text(client, "/search/?q=dang+uy")
    assert len(statements) <= QUERY_BUDGET, "\n".join(statements)
