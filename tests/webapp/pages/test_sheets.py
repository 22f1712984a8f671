"""Long lists become sheets by a worker, with the rights and the language of whoever asked."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, update

from tests.support.small_office import sign_in
from tests.support.working_office import AGENCY_CLERK, CLERK, COMMUNE, given_task, work_in
from webapp import runtime, sheet_writing, sheets
from webapp.work import work_off
from workflows import sheet_orders
from workflows.calendar import local_day
from workflows.errors import Refused
from workflows.people import Account, Person, Role, SignInRules
from workflows.sheet_orders import SheetOrder
from workflows.tasks import Task, TaskState

LIST = "/tasks/?state=assigned&format=xlsx"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are already a long list."""
    monkeypatch.setattr("webapp.listing.page.ROWS_AT_ONCE", 1)
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


def test_a_sheet_of_somebody_who_must_first_change_the_password_says_so(app: Flask, page: str):
    with work_in(app) as session:
        session.get_one(Account, CLERK).must_change = True
    work(app)
    with work_in(app) as session:
        session.get_one(Account, CLERK).must_change = False
    assert "phải đổi mật khẩu trước" in sign_in(app, CLERK).get(page).text


def test_a_sheet_is_written_before_the_second_step_is_on_and_waits(app: Flask, page: str):
    with work_in(app) as session:
        session.merge(SignInRules(id=1, second_factor_roles=[role.value for role in Role]))
    work(app)
    browser = sign_in(app, CLERK)
    assert browser.get(f"{page}/file").location == "/account/two-step/on"
    with work_in(app) as session:
        session.execute(delete(SignInRules))
    assert "Đã lập xong" in browser.get(page).text


class Tomorrow(datetime):
    """A clock a day ahead."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(days=1)


def test_every_sheet_is_written_at_its_own_time(app: Flask, page: str, monkeypatch: pytest.MonkeyPatch):
    other = ordered(sign_in(app, CLERK), f"{LIST}&size=25")
    with work_in(app) as session:
        last_day = session.get_one(Person, CLERK).appointments[0]
        last_day.valid_to = local_day(datetime.now(UTC))
        first, second = session.query(SheetOrder).order_by(SheetOrder.id)
    with app.app_context():
        office = runtime.runtime()
        with office.reading() as session:
            sheet_writing.write_sheets(office, session, [{"id": first.id}], datetime.now(UTC))
        # A worker goes on for days in the same context, and the post of the clerk has ended meanwhile.
        monkeypatch.setattr(runtime, "datetime", Tomorrow)
        with office.reading() as session:
            sheet_writing.write_sheets(office, session, [{"id": second.id}], datetime.now(UTC))
    monkeypatch.undo()
    with work_in(app) as session:
        session.get_one(Person, CLERK).appointments[0].valid_to = None
    browser = sign_in(app, CLERK)
    assert "Đã lập xong bảng 2 dòng" in browser.get(page).text
    assert "không mở được" in browser.get(other).text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (RuntimeError("the disk is full"), "do sự cố"),
        (Refused("Thêm điều kiện lọc."), "Thêm điều kiện lọc."),
    ],
)
def test_an_order_that_fails_ends_and_says_what_to_do(
    app: Flask, page: str, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
):
    monkeypatch.setattr("webapp.listing.answering.xlsx", Mock(side_effect=fault))
    work(app)
    shown = sign_in(app, CLERK).get(page)
    assert said in shown.text
    assert "Refresh" not in shown.headers


def test_a_list_longer_than_a_sheet_is_refused_at_once(
    app: Flask, page: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    answer = sign_in(app, CLERK).get(LIST)
    assert answer.status_code == 422
    assert "1.048.575" in answer.text


@pytest.mark.parametrize(
    "address", ["/?format=xlsx", "/tasks/?words=%00&format=xlsx", "{page}/file?format=xlsx"]
)
def test_what_is_no_list_gives_no_sheet(app: Flask, page: str, address: str):
    browser = sign_in(app, CLERK)
    work(app)
    other = ordered(browser, address.format(page=page))
    work(app)
    assert "không mở được" in browser.get(other).text


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co?format=xlsx",
        "/tasks/",
        "/tasks?format=xlsx",
        "//evil.example/x?format=xlsx",
        "http://[?format=xlsx",
    ],
)
def test_only_lists_of_this_office_can_be_ordered(app: Flask, address: str):
    assert sign_in(app, CLERK).post("/sheets/", data={"address": address}).status_code == 404
