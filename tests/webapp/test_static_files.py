"""Style sheets and scripts come small and are kept; their address changes with their content."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import static_files


@pytest.fixture
def sheet(app: Flask) -> str:
    """The address of a style sheet."""
    with app.test_request_context():
        return app.url_for("static", filename="css/frame.css")


def test_a_style_sheet_is_sent_compressed_to_whoever_takes_it(client: FlaskClient, sheet: str):
    packed = client.get(sheet, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = client.get(sheet, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.vary
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_style_sheet_may_be_kept_for_a_year(client: FlaskClient, sheet: str):
    assert client.get(sheet, buffered=True).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_is_neither_kept_nor_compressed(client: FlaskClient):
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers


def test_the_address_changes_with_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(static_files, "FOLDER", tmp_path)
    (tmp_path / "a.css").write_text("a {}")
    before = static_files.address()
    assert static_files.address() == before
    (tmp_path / "a.css").write_text("b {}")
    assert static_files.address() != before


def test_style_and_scripts_leave_room_for_the_page(app: Flask, client: FlaskClient):
    sheets = [("bootstrap.static", "css/bootstrap.min.css")]
    sheets += [("static", str(p.relative_to(static_files.FOLDER))) for p in static_files.FOLDER.rglob("*.*s")]
    with app.test_request_context():
        addresses = [app.url_for(endpoint, filename=name) for endpoint, name in sheets]
    answers = [
        client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True) for address in addresses
    ]
    assert len(answers) > 10
    assert sum(len(answer.data) for answer in answers) < 66_000
