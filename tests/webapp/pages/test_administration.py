"""Keeping the house: units, people, calendar, trail and system, each for whoever may and for nobody else."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.apps import opened_app
from tests.support.queries import counted_queries
from tests.support.small_office import employ, furnish, sign_in
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows import aftermath
from workflows.audit import AuditEntry
from workflows.db import Base
from workflows.office_days import OfficeDay
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role

OUTSIDER = 2
FIRST_NUMBER = 100
PAGES = ("units", "people", "sign-in", "working-days", "trail", "system")
QUERY_BUDGET = 16


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office and the head of one unit, for one test alone; no token is asked of forms."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
            employ(session, OUTSIDER, "truong", "Lê Thị Mai", Role.UNIT_HEAD, unit_id=2)
            count_on(session)
        yield app


def count_on(session) -> None:
    """Let PostgreSQL number new rows after those that were given numbers."""
    if session.get_bind().dialect.name == "postgresql":
        for table in (Unit, Person, Appointment):
            session.connection().exec_driver_sql(
                f"ALTER SEQUENCE {table.__tablename__}_id_seq RESTART WITH {FIRST_NUMBER}"
            )


def found(app: Flask, kind: type[Base], **columns: object) -> list[Base]:
    with app.app_context(), runtime().reading() as session:
        return list(session.scalars(select(kind).filter_by(**columns)).unique())


def acts(app: Flask) -> list[str]:
    return [entry.action for entry in sorted(found(app, AuditEntry), key=lambda entry: entry.id)]


@pytest.mark.parametrize("page", PAGES)
def test_the_administration_is_shown_to_those_who_may(app: Flask, client: FlaskClient, page: str):
    with counted_queries(app) as statements:
        assert client.get(f"/administration/{page}").status_code == 200
    assert len(statements) <= QUERY_BUDGET, "\n".join(statements)
    assert sign_in(app, OUTSIDER).get(f"/administration/{page}").status_code == 404


def test_the_first_part_opens_first(app: Flask, client: FlaskClient):
    assert client.get("/administration/").location == "/administration/units"
    assert sign_in(app, OUTSIDER).get("/administration/").location == "/"


def test_a_unit_is_shown_to_its_own_people_and_hidden_from_others(app: Flask):
    head = sign_in(app, OUTSIDER)
    assert head.get("/units/2").status_code == 200
    assert "Thêm đơn vị trực thuộc" not in head.get("/units/2").text
    assert head.get("/units/3").status_code == 404
    assert head.get("/units/1").status_code == 404


def test_a_unit_is_added_under_another(app: Flask, client: FlaskClient):
    form = {
        "name": "Đảng uỷ xã Tân Lập",
        "code": "DU-TAN-LAP",
        "kind": "party-committee",
        "level": "commune",
        "founded_on": "01/07/2025",
    }
    assert client.post("/administration/units/1/new", data=form).status_code == 302
    (unit,) = found(app, Unit, code="DU-TAN-LAP")
    assert unit.path == f"/1/{unit.id}/"
    again = client.post("/administration/units/1/new", data=form)
    assert again.status_code == 422
    assert "Mã này đã thuộc một đơn vị khác" in again.text
    assert "Đảng uỷ xã Tân Lập" in again.text
    assert acts(app) == ["unit.add"]


def test_a_unit_is_renamed_and_called_otherwise(app: Flask, client: FlaskClient):
    client.post("/administration/units/3/rename", data={"name": "Đảng uỷ xã Mới", "short_name": ""})
    client.post("/administration/units/3/alias", data={"name": "ĐU xã Mới"})
    page = client.get("/units/3").text
    assert "<h1>Đảng uỷ xã Mới</h1>" in page
    assert "ĐU xã Mới" in page
    assert acts(app) == ["unit.rename", "unit.call-also"]


def test_a_unit_goes_on_as_another(app: Flask, client: FlaskClient):
    form = {"on": "01/07/2025", "successors": ["4"], "source": "Nghị quyết 12"}
    assert client.post("/administration/units/3/dissolve", data=form).status_code == 302
    assert "Nghị quyết 12" in client.get("/units/3").text
    assert "Hình thành từ" in client.get("/units/4").text
    assert "đã giải thể" in client.post("/administration/units/3/dissolve", data=form).text.lower()


def test_a_letterhead_is_given_from_a_day_on(app: Flask, client: FlaskClient):
    form = {
        "valid_from": "01/07/2025",
        "issuing_lines": "ĐẢNG UỶ XÃ",
        "symbol": "ĐU",
        "place": "Tân Lập",
        "profile": "party",
    }
    assert client.post("/administration/units/3/letterhead", data=form).status_code == 302
    assert client.post("/administration/units/3/letterhead", data=form).status_code == 422
    assert "ĐẢNG UỶ XÃ" in client.get("/units/3").text


def test_a_first_password_is_shown_once_and_opens_the_door(app: Flask, client: FlaskClient):
    form = {"full_name": "Vũ Văn Giang", "username": "giang", "unit": "3", "role": "unit-clerk"}
    page = client.post("/administration/people/new", data=form).text
    (password,) = re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>", page)
    (person,) = found(app, Person, username="giang")
    (account,) = found(app, Account, person_id=person.id)
    assert hasher.verify(account.password_hash, password)
    assert account.must_change
    assert password not in client.get(f"/administration/people/{person.id}").text
    assert not [entry for entry in found(app, AuditEntry) if password in str(vars(entry))]


def test_a_password_given_anew_ends_the_sessions(app: Flask, client: FlaskClient):
    head = sign_in(app, OUTSIDER)
    assert head.get("/").status_code == 200
    assert client.post(f"/administration/people/{OUTSIDER}/password").status_code == 200
    assert "/account/sign-in" in head.get("/").location


def test_roles_are_given_and_ended(app: Flask, client: FlaskClient):
    address = f"/administration/people/{OUTSIDER}"
    role = {"unit": "4", "role": "unit-clerk"}
    assert client.post(f"{address}/roles", data=role).status_code == 302
    assert "không cần giao lại" in client.post(f"{address}/roles", data=role).text
    (post,) = found(app, Appointment, unit_id=4)
    assert client.post(f"{address}/roles/{post.id}/end", data={"last_day": "31/12/2099"}).status_code == 302
    assert found(app, Appointment, unit_id=4)[0].valid_to == date(2099, 12, 31)


def test_a_closed_account_stays_outside(app: Flask, client: FlaskClient):
    head = sign_in(app, OUTSIDER)
    assert client.post(f"/administration/people/{OUTSIDER}/close").status_code == 302
    assert "/account/sign-in" in head.get("/").location
    assert client.post("/administration/people/1/close").status_code == 422


def test_days_are_swapped_and_contradictions_refused(app: Flask, client: FlaskClient):
    form = {"day": "22/08/2026", "working": "working", "source": "QĐ 1", "effective_from": "01/01/2026"}
    look = client.post("/administration/working-days", data=form)
    assert "Không thời hạn nào phải dời" in look.text
    form["apply"] = "1"
    assert client.post("/administration/working-days", data=form).status_code == 302
    refused = client.post("/administration/working-days", data={**form, "working": "off", "source": "QĐ 2"})
    assert refused.status_code == 422
    assert "vừa là ngày làm việc" in refused.text
    assert "QĐ 2" in refused.text
    (row,) = found(app, OfficeDay)
    assert "trở lại theo lịch chung" in client.get(f"/administration/working-days/{row.id}/drop").text
    assert client.post(f"/administration/working-days/{row.id}/drop").status_code == 302
    assert found(app, OfficeDay) == []


def test_the_holidays_of_a_year_are_named(client: FlaskClient):
    assert "Quốc khánh" in client.get("/administration/working-days?year=2026").text
    assert client.get("/administration/working-days?year=99999").status_code == 200


def test_the_trail_speaks_in_words(app: Flask, client: FlaskClient):
    client.post("/administration/units/3/rename", data={"name": "Đảng uỷ xã Mới"})
    page = client.get("/administration/trail?check=1").text
    assert "đổi tên đơn vị" in page
    assert "unit.rename" not in page.replace('value="unit.rename"', "")
    assert 'href="/units/3"' in page
    assert "Chuỗi niêm phong còn nguyên" in page
    assert "Trần Thị Lan" in client.get("/administration/trail?person=lan&deed=unit.rename&kind=unit").text
    with client.get("/administration/trail?format=xlsx") as sheet:
        assert sheet.status_code == 200


def test_the_index_is_rebuilt_in_the_background(app: Flask, client: FlaskClient):
    assert client.post("/administration/system/rebuild-index").status_code == 302
    with app.app_context(), runtime().reading() as session:
        assert aftermath.newest(session, "rebuild-index")
    assert acts(app) == ["unit.rebuild-index"]
