"""The frame shows each person the places they may go to, and what waits there."""

from datetime import date

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from webapp import navigation
from webapp.runtime import runtime
from workflows.people import Account, Appointment, Person, Role


@pytest.fixture(scope="module")
def app(app: Flask) -> Flask:
    """The office with two people more: a clerk of a unit, and somebody who never signed in."""
    with app.app_context(), runtime().unit_of_work() as session:
        add(session, 2, Role.UNIT_CLERK, must_change=False)
        add(session, 3, Role.UNIT_CLERK, must_change=True)
    return app


def add(session: Session, number: int, role: Role, *, must_change: bool) -> None:
    """A person with one role in unit 5."""
    person = Person(id=number, username=f"nguoi{number}", full_name=f"Người Thứ {number}")
    person.account = Account(password_hash="-", must_change=must_change)
    session.add(person)
    session.flush()
    session.add(Appointment(person_id=number, unit_id=5, role=role, valid_from=date(2020, 1, 1)))


def labels(app: Flask, person_id: int) -> list[str]:
    """What the left side offers a person."""
    with sign_in(app, person_id) as client:
        client.get("/account/password")
        return [place.label for place in navigation.places()]


def test_a_unit_is_not_offered_what_only_the_office_does(app: Flask):
    assert {"Soạn thảo", "Quản trị"}.isdisjoint(labels(app, 2))
    assert set(labels(app, 2)) <= set(labels(app, 1))


def test_a_place_without_a_page_is_not_offered(app: Flask, monkeypatch: pytest.MonkeyPatch):
    nowhere = navigation.Place("Nơi chưa có", "nowhere.index", navigation.PLACES[0].permissions)
    monkeypatch.setattr(navigation, "PLACES", (*navigation.PLACES, nowhere))
    assert "Nơi chưa có" not in labels(app, 1)


def test_the_place_of_the_page_is_marked(client: FlaskClient):
    assert client.get("/").text.count('aria-current="page"') >= 1


def test_what_waits_is_counted_beside_its_place(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "_counts", {})
    navigation.waiting("home.index")(lambda person, today: select(literal(1234)))
    assert (
        '<span class="count">1.234<span class="visually-hidden"> việc đang chờ</span></span>'
        in client.get("/").text
    )


def test_what_waits_is_counted_once_a_page_though_a_place_is_drawn_twice(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    monkeypatch.setattr(navigation, "_counts", {})
    navigation.waiting("registers.index")(lambda person, today: asked.append("") or select(literal(7)))
    assert client.get("/").text.count('<span class="count">7<') == 2
    assert len(asked) == 1


def test_what_waits_follows_the_posts_a_person_holds(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "_counts", {})
    navigation.waiting("home.index")(lambda person, on: select(literal(len(person.appointments_on(on)))))
    client = sign_in(app, 2)
    assert ">1<" in waiting_at_home(client)
    with app.app_context(), runtime().unit_of_work() as session:
        session.add(Appointment(person_id=2, unit_id=7, role=Role.UNIT_CLERK, valid_from=date(2020, 1, 1)))
    assert ">2<" in waiting_at_home(client)


def test_what_waits_follows_the_unit_of_a_post(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "_counts", {})
    navigation.waiting("home.index")(
        lambda person, on: select(literal(len("".join(post.reach for post in person.appointments_on(on)))))
    )
    with app.app_context(), runtime().unit_of_work() as session:
        add(session, 4, Role.UNIT_CLERK, must_change=False)
    client = sign_in(app, 4)
    assert f">{len('/1/5/')}<" in waiting_at_home(client)
    with app.app_context(), runtime().unit_of_work() as session:
        session.query(Appointment).filter_by(person_id=4).one().unit_id = 12
    assert f">{len('/1/12/')}<" in waiting_at_home(client)


def waiting_at_home(client: FlaskClient) -> str:
    """The entry of the first page in the navigation."""
    return client.get("/").text.partition('class="place" href="/"')[2].partition("</a>")[0]


def test_the_frame_names_the_committee_the_person_and_the_unit(app: Flask):
    page = sign_in(app, 2).get("/").text
    for words in ("Tỉnh uỷ Hà Bình", "Người Thứ 2", "Đảng uỷ 5", "chuyên viên đơn vị"):
        assert words in page


def test_whoever_must_change_the_password_first_gets_no_places(app: Flask):
    page = sign_in(app, 3).get("/account/password").text
    assert 'class="places"' not in page
    assert "Đăng xuất" in page


def test_the_frame_asks_the_database_three_times(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "_counts", {})
    monkeypatch.setitem(app.view_functions, "home.index", lambda: render_template("base.html"))
    client = sign_in(app, 2)
    client.get("/")
    with counted_queries(app) as statements:
        client.get("/")
    assert len(statements) == 3, statements


def test_a_stranger_gets_no_places(app: Flask):
    assert 'class="places"' not in app.test_client().get("/account/sign-in").text


def test_a_page_that_does_not_exist_is_said_inside_the_frame(client: FlaskClient):
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text
    assert 'class="places"' in answer.text


def test_a_failure_is_said_without_asking_anybody(app: Flask, monkeypatch: pytest.MonkeyPatch):
    def fail():
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "home.index", fail)
    answer = sign_in(app).get("/")
    assert answer.status_code == 500
    assert "chưa được lưu" in answer.text
    assert 'class="places"' not in answer.text
