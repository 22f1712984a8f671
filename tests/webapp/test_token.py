"""What is posted without the token of its page is refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def _tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def test_a_post_without_the_token_says_what_to_do(client: FlaskClient):
    answer = client.post("/account/sign-out")
    assert answer.status_code == 400
    assert "Tải lại trang rồi gửi lại." in answer.text


def test_a_machine_is_told_the_same(client: FlaskClient):
    answer = client.post("/account/sign-out", headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["kind"] == "form-expired"
