"""Sổ văn bản over HTTP: reserving, cancelling, terms, shared sequences, the printed book."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.workflows.office import found_office
from webapp.runtime import runtime
from workflows.documents import register
from workflows.organisations import Unit

BUDGET = 12


@pytest.fixture
def app(databases: Databases, redis_url: str, tmp_path) -> Iterator[Flask]:
    """The office without a term; each test has its own."""
    with opened_app(tmp_path, database_url=databases.create(), redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            office = found_office(session)
            app.config["PEOPLE"] = {person.username: person.id for person in office.people()}
            app.config["OFFICE"], app.config["PROVINCE"] = office.office.id, office.province.id
        yield app


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The clerk's browser."""
    return sign_in(app, app.config["PEOPLE"]["chuyenvien"])


@pytest.fixture
def administrator(app: Flask) -> FlaskClient:
    """The administrator's browser."""
    return sign_in(app, app.config["PEOPLE"]["quantri"])


@pytest.fixture
def term(app: Flask) -> None:
    """The running term."""
    with app.app_context(), runtime().unit_of_work() as session:
        province = session.get_one(Unit, app.config["PROVINCE"])
        session.add(register.Term(unit=province, name="2025–2030", starts_on=province.founded_on))


def reserve(app: Flask, clerk: FlaskClient, type_: str = "CV", subject: str = "họp giao ban"):
    """Keep a number."""
    chosen = {"issuer": app.config["OFFICE"], "type": type_, "subject": subject, "reason": "chờ ký"}
    return clerk.post("/registers/reserve", data=chosen, follow_redirects=True)


def test_without_a_term_the_way_out_is_said(app: Flask, clerk: FlaskClient):
    answer = reserve(app, clerk)
    assert answer.status_code == 422
    assert "chưa khai báo nhiệm kỳ" in answer.get_data(as_text=True)
    assert "họp giao ban" in answer.get_data(as_text=True)


def test_an_administrator_begins_the_term(app: Flask, clerk: FlaskClient, administrator: FlaskClient):
    said = {"unit": app.config["PROVINCE"], "name": "2025–2030", "starts_on": "17/10/2025"}
    assert administrator.post("/registers/terms", data=said).status_code == 302
    assert "17/10/2025" in clerk.get("/registers/settings").get_data(as_text=True)
    assert administrator.post("/registers/terms", data=said).status_code == 422
    assert clerk.post("/registers/terms", data=said).status_code == 404


@pytest.mark.usefixtures("term")
def test_a_number_is_kept_and_given_up(app: Flask, clerk: FlaskClient):
    assert "Đã giữ số 01-CV/VPTU" in reserve(app, clerk).get_data(as_text=True)
    assert clerk.post("/registers/entries/1/cancel", data={"reason": ""}).status_code == 422
    done = clerk.post("/registers/entries/1/cancel", data={"reason": "không dùng"}, follow_redirects=True)
    assert "Đã huỷ số 01-CV/VPTU" in done.get_data(as_text=True)
    book = clerk.get("/registers/1").get_data(as_text=True)
    assert "không dùng" in book
    assert "01-CV/VPTU" in book


@pytest.mark.usefixtures("term")
def test_types_share_a_sequence_until_they_no_longer_do(app: Flask, clerk: FlaskClient):
    said = {"issuer": app.config["OFFICE"], "type": "TB", "shares_with": "KL"}
    clerk.post("/registers/share", data=said)
    for type_ in ("KL", "TB"):
        reserve(app, clerk, type_)
    assert "02-TB/VPTU" in clerk.get("/registers/").get_data(as_text=True)
    clerk.post("/registers/share/1/end")
    reserve(app, clerk, "TB")
    assert "01-TB/VPTU" in clerk.get("/registers/").get_data(as_text=True)


@pytest.mark.usefixtures("term")
def test_the_register_keeps_its_budget_and_can_be_taken_away(app: Flask, clerk: FlaskClient):
    for number in range(4):
        reserve(app, clerk, subject=f"việc {number}")
    with counted_queries(app) as statements:
        assert clerk.get("/registers/").status_code == 200
    assert len(statements) <= BUDGET, "\n".join(statements)
    with clerk.get("/registers/?format=xlsx") as answer:
        assert ZipFile(io.BytesIO(answer.data)).testzip() is None


@pytest.mark.usefixtures("term")
def test_a_commune_sees_nothing_of_the_office_s_register(app: Flask, clerk: FlaskClient):
    reserve(app, clerk)
    commune = sign_in(app, app.config["PEOPLE"]["xaanbinh"])
    assert "01-CV/VPTU" not in commune.get("/registers/").get_data(as_text=True)
    assert commune.get("/registers/1").status_code == 404
    assert commune.post("/registers/entries/1/cancel", data={"reason": "x"}).status_code == 404
