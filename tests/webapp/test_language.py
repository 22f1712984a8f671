"""Pages speak Vietnamese, or English to whoever chose it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_pages_are_vietnamese_unless_somebody_chose_otherwise(app: Flask):
    page = app.test_client().get("/account/sign-in").text
    assert '<html lang="vi">' in page
    assert "Mật khẩu" in page


def test_english_is_chosen_for_good_and_leads_back(client: FlaskClient):
    answer = client.post("/account/language/en", data={"back": "/account/password?x=1"})
    assert answer.headers["Location"] == "/account/password?x=1"
    page = client.get("/account/password").text
    assert '<html lang="en">' in page
    assert "Present password" in page


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil", ""])
def test_the_way_back_never_leads_outside(client: FlaskClient, back: str):
    assert client.post("/account/language/en", data={"back": back}).headers["Location"] == "/"


def test_a_language_the_office_does_not_speak_is_not_there(client: FlaskClient):
    assert client.post("/account/language/xx").status_code == 404


def test_refusals_are_translated_with_their_figures(client: FlaskClient):
    client.set_cookie("language", "en")
    page = client.post("/account/password", data={"current": "a", "new": "b", "again": "c"}).text
    assert "The password needs at least 10 characters." in page
