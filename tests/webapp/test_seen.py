"""Two people at one form: the second is told what the first did and keeps what they typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.apps import opened_app
from tests.support.small_office import ROLES, employ, furnish, sign_in
from webapp.runtime import runtime

SECOND = 2


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office with two people who may do everything at the desk."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
            employ(session, SECOND, "mai", "Lê Thị Mai", *ROLES, unit_id=1)
        yield app


def seen_on(browser: FlaskClient, address: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', browser.get(address).text)
    return found.group(1) if found else "0"


@pytest.fixture
def two(app: Flask) -> tuple[FlaskClient, FlaskClient]:
    """The browsers of both."""
    return sign_in(app), sign_in(app, SECOND)


def test_a_unit_renamed_meanwhile(two: tuple[FlaskClient, FlaskClient]):
    first, second = two
    address = "/administration/units/3/rename"
    first.post(address, data={"name": "Đảng uỷ xã Cũ", "short_name": "Xã Cũ"})
    seen = seen_on(second, address)
    first.post(address, data={"name": "Đảng uỷ xã Một", "short_name": "Xã Một"})
    late = second.post(address, data={"name": "Đảng uỷ xã Hai", "short_name": "Xã Hai", "seen": seen})
    assert late.status_code == 409
    assert "Trần Thị Lan đã làm: đổi tên đơn vị" in late.text
    assert 'value="Đảng uỷ xã Hai"' in late.text
    again = {"name": "Đảng uỷ xã Hai", "short_name": "Xã Hai", "seen": seen_on(second, address)}
    assert second.post(address, data=again).status_code == 302


def test_ones_own_act_in_another_window_is_no_conflict(two: tuple[FlaskClient, FlaskClient]):
    first, _ = two
    address = "/administration/units/3/rename"
    seen = seen_on(first, address)
    first.post(address, data={"name": "Đảng uỷ xã Một", "short_name": "Xã Một"})
    own = {"name": "Đảng uỷ xã Hai", "short_name": "Xã Hai", "seen": seen}
    assert first.post(address, data=own).status_code == 302


def test_a_wording_changed_meanwhile(two: tuple[FlaskClient, FlaskClient]):
    first, second = two
    address = "/documents/forms/reminder-letter"
    page = first.get(address).text
    wording = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert wording is not None
    text = (
        wording.group(1).replace("&#34;", '"').replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<")
    )
    assert first.post(address, data={"wording": text}).status_code == 302
    seen = seen_on(second, address)
    assert first.post(address, data={"wording": text + "\n"}).status_code == 302
    late = second.post(address, data={"wording": text, "seen": seen})
    assert late.status_code == 409
    assert "Trần Thị Lan đã làm: sửa lời văn của mẫu" in late.text
