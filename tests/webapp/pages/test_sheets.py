"""Long lists become sheets by a worker, with the rights and the language of whoever asked."""

from io import BytesIO
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, update

from tests.support.small_office import sign_in
from tests.support.working_office import AGENCY_CLERK, CLERK, COMMUNE, given_task, work_in
from webapp import listing, sheet_writing
from webapp.work import work_off
from workflows import sheet_orders
from workflows.people import Person
from workflows.sheet_orders import SheetOrder
from workflows.tasks import Task, TaskState

LIST = "/tasks/?state=assigned&format=xlsx"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are already a long list."""
    monkeypatch.setattr(listing, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(sheet_writing, "NOTED_EVERY", 1)


@pytest.fixture
def app(working_app: Flask) -> Flask:
    """The small office at work."""
    return working_app


@pytest.fixture
def page(app: Flask) -> str:
    """The page of a sheet of two tasks that the clerk ordered."""
    with work_in(app) as session:
        session.execute(delete(SheetOrder))
        session.execute(update(Task).values(state=TaskState.SUSPENDED))
    for title in ("Rà soát cơ sở", "Tổng hợp kết quả"):
        given_task(app, title=title, lead=COMMUNE)
    browser = sign_in(app, CLERK)
    assert "Danh sách có 2 dòng" in browser.get(LIST).text
    return ordered(browser)


def ordered(browser: FlaskClient, address: str = LIST) -> str:
    """Press the button of the page that a long list leads to; where it leads."""
    return browser.post("/sheets/", data={"address": address}).headers["Location"]


def work(app: Flask) -> None:
    """Do what a worker would do now."""
    with app.app_context():
        work_off()


def rows(content: bytes) -> list[list[object]]:
    """The cells of a sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_long_list_is_written_by_a_worker_and_fetched(app: Flask, page: str):
    browser = sign_in(app, CLERK)
    waiting = browser.get(page)
    assert waiting.headers["Refresh"]
    assert browser.get(f"{page}/file").status_code == 404

    work(app)
    ready = browser.get(page)
    assert "Refresh" not in ready.headers
    assert "Đã lập xong bảng 2 dòng" in ready.text
    sheet = browser.get(f"{page}/file")
    assert sheet.headers["Content-Disposition"].startswith("attachment; filename=nhiem-vu-")
    assert [row[0] for row in rows(sheet.data)][1:] == ["Tổng hợp kết quả", "Rà soát cơ sở"]
    assert "sẵn sàng" in browser.get("/sheets/").text


def test_nobody_else_gets_it(app: Flask, page: str):
    work(app)
    stranger = sign_in(app, AGENCY_CLERK)
    assert stranger.get(page).status_code == stranger.get(f"{page}/file").status_code == 404
    assert page not in stranger.get("/sheets/").text


def test_a_worker_that_was_killed_half_way_begins_anew(
    app: Flask, page: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as fallen:
        fallen.setattr(sheet_orders, "hand_out", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            work(app)
    assert "Đã ghi 1/2 dòng" in sign_in(app, CLERK).get(page).text
    work(app)
    assert "Đã lập xong" in sign_in(app, CLERK).get(page).text


def test_what_may_not_be_seen_any_more_is_not_written(app: Flask, page: str):
    with work_in(app) as session:
        session.get_one(Person, CLERK).active = False
    work(app)
    with work_in(app) as session:
        ended = session.query(SheetOrder).one()
        session.get_one(Person, CLERK).active = True
    assert ended.problem
    assert ended.file_sha256 is None


def test_what_is_no_list_gives_no_sheet(app: Flask, page: str):
    browser = sign_in(app, CLERK)
    work(app)
    other = ordered(browser, "/?format=xlsx")
    work(app)
    assert "không mở được" in browser.get(other).text


@pytest.mark.parametrize("address", ["/khong-co?format=xlsx", "/tasks/", "//evil.example/x?format=xlsx"])
def test_only_lists_of_this_office_can_be_ordered(app: Flask, address: str):
    assert sign_in(app, CLERK).post("/sheets/", data={"address": address}).status_code == 404
