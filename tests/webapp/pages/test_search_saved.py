"""Saved searches on the pages: kept with one act, opened for what is new, never a figure too many."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from search_index import Unavailable
from tests.support.apps import opened_app
from tests.support.queries import counted_queries
from tests.support.small_office import CLERK, employ, furnish, sign_in
from webapp import work
from webapp.runtime import runtime
from workflows import aftermath
from workflows.people import Role
from workflows.saved_searches import SavedSearch
from workflows.tasks import Task, TaskState

HEAD, OTHER = 3, 4
QUERY_BUDGET = 12
SEARCH = {"q": "rà soát nước sạch", "kind": "task"}


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office with two people of one unit; an old task of theirs, everything filed."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
            for id_ in (HEAD, OTHER):
                employ(session, id_, f"nguoi{id_}", f"Người {id_}", Role.UNIT_HEAD, unit_id=2)
            aftermath.hand_over(session, "rebuild-index", at=datetime.now(UTC))
        assign(app, 2, datetime.now(UTC) - timedelta(days=9))
        yield app


def assign(app: Flask, lead: int, at: datetime) -> None:
    """A task for a unit, found at once."""
    with app.app_context(), runtime().unit_of_work() as session:
        task = Task(
            office_id=1,
            lead_id=lead,
            title="Rà soát nước sạch nông thôn",
            state=TaskState.ASSIGNED,
            assigned_by_id=CLERK,
            assigned_at=at,
        )
        session.add(task)
        session.flush()
        aftermath.hand_over(session, "index", at=datetime.now(UTC), kind="task", id=task.id)
    with app.app_context():
        work.work_off()


def kept(app: Flask) -> SavedSearch:
    with app.app_context(), runtime().reading() as session:
        return session.scalars(select(SavedSearch)).one()


def said(client: FlaskClient, address: str = "/") -> str:
    return client.get(address).get_data(as_text=True)


def test_a_search_is_kept_whole_and_opened_again(app: Flask):
    client = sign_in(app, HEAD)
    answer = client.post("/search/saved", data={**SEARCH, "page": "2", "name": "Nước sạch"})
    assert "Nước sạch" in said(client, "/search/")
    opened = client.post(f"/search/saved/{kept(app).id}/open")
    assert answer.location == opened.location
    assert "1 kết quả" in said(client, opened.location)


def test_what_is_new_is_counted_led_to_and_then_no_longer_new(app: Flask):
    client = sign_in(app, HEAD)
    client.post("/search/saved", data={**SEARCH, "name": "Nước sạch"})
    assert "mới:" not in said(client)
    for lead in (2, 2, 3):
        assign(app, lead, datetime.now(UTC) + timedelta(seconds=5))
    assert "mới: 2<" in said(client)
    opened = client.post(f"/search/saved/{kept(app).id}/open", data={"new": "1"})
    page = said(client, opened.location)
    assert "2 kết quả" in page
    assert "Chỉ hiện nội dung mới từ" in page


def test_a_shared_search_counts_with_the_rights_of_each_reader(app: Flask):
    owner = sign_in(app)
    owner.post("/search/saved", data={**SEARCH, "name": "Việc nước sạch"})
    with app.app_context(), runtime().unit_of_work() as session:
        session.scalars(select(SavedSearch)).one().unit_id = 2
    for lead in (2, 3, 4):
        assign(app, lead, datetime.now(UTC) + timedelta(seconds=5))
    assert "mới: 3<" in said(owner)
    assert "mới: 1<" in said(sign_in(app, OTHER))


def test_opening_makes_it_old_for_who_opened_only(app: Flask):
    owner, other = sign_in(app, HEAD), sign_in(app, OTHER)
    owner.post("/search/saved", data={**SEARCH, "name": "Nước sạch"})
    owner.post(f"/search/saved/{kept(app).id}/share", data={"unit_id": "2"})
    assign(app, 2, datetime.now(UTC))
    with app.app_context(), runtime().unit_of_work() as session:
        session.scalars(select(SavedSearch)).one().saved_at -= timedelta(hours=1)
    owner.post(f"/search/saved/{kept(app).id}/open")
    assert "mới:" not in said(owner)
    assert "mới: 1<" in said(other)
    assert "của Người 3" in said(other, "/search/saved")


def test_it_is_renamed_taken_back_and_deleted_by_its_owner_only(app: Flask):
    owner, other = sign_in(app, HEAD), sign_in(app, OTHER)
    owner.post("/search/saved", data={**SEARCH, "name": "Nước sạch"})
    place = f"/search/saved/{kept(app).id}"
    owner.post(f"{place}/share", data={"unit_id": "2"})
    for act in ("rename", "share", "delete"):
        assert other.post(f"{place}/{act}", data={"name": "x"}).status_code == 404
    owner.post(f"{place}/rename", data={"name": "Nước ở xã"})
    owner.post(f"{place}/share")
    assert (kept(app).name, kept(app).unit_id) == ("Nước ở xã", None)
    assert other.post(f"{place}/open").status_code == 404
    owner.post(f"{place}/delete")
    assert "Chưa có tìm kiếm nào được lưu" in said(owner, "/search/saved")


def test_a_refusal_says_what_to_do(app: Flask):
    client = sign_in(app, HEAD)
    client.post("/search/saved", data={"name": "Trống"})
    assert "Gõ từ cần tìm hoặc chọn điều kiện lọc trước" in said(client, "/search/")


def test_the_desk_opens_while_the_index_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch):
    client = sign_in(app, HEAD)
    client.post("/search/saved", data={**SEARCH, "name": "Nước sạch"})

    class Away:
        """An index whose disk is gone."""

        def search(self, *_: object, **__: object) -> None:
            raise Unavailable("no disk")

    monkeypatch.setitem(vars(app.extensions["dondoc"]), "index", Away())
    assert "chưa đếm được" in said(client)


def test_few_are_shown_and_counted_at_once(app: Flask):
    client = sign_in(app, HEAD)
    for number in range(12):
        client.post("/search/saved", data={**SEARCH, "name": f"Tìm {number}"})
    with counted_queries(app) as statements:
        page = said(client, "/search/saved")
    assert len(re.findall("/open", page)) == 10
    assert len(statements) <= QUERY_BUDGET, "\n".join(statements)
    assert len(re.findall("/open", said(client, "/search/saved?page=2"))) == 2
    for place in ("/", "/search/"):
        page = said(client, place)
        assert len(re.findall("/open", page)) == 5
        assert 'href="/search/saved"' in page
