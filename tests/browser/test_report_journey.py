"""A commune fills a form by keys, by paste, offline for a while; one cell is sent back, then all accepted.

The cell is put right in Excel; board and totals show what was accepted.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.support.browser import LiveOffice, assert_accessible, assert_fits, photograph
from tests.support.working_office import (
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    GRID,
    OFFICE,
    furnish_working_office,
    work_in,
)
from webapp.auth import session_times
from webapp.runtime import calendar, now, today
from workflows import regimes
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, Selection, Terms, forms
from workflows.reports.sheets import lay_out
from workflows.statistics import member_form

pytestmark = pytest.mark.browser

FORM = member_form.definition()
FORM["sections"] = [*FORM["sections"], {"title": "Sinh hoạt", "grids": [GRID]}]
TYPED = {
    "eligible": "200", "opening": "100", "admitted": "10", "transferred_in": "2", "transferred_out": "3",
    "struck_off": "1", "left": "1", "closing": "108", "female": "50", "ethnic_minority": "4",
    "religious": "9", "party_members": "20", "non_state": "30", "branches": "5", "cells": "9",
}  # fmt: skip
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const init = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
}"""


@pytest.fixture
def address(live_office: LiveOffice) -> str:
    """The page of the half-yearly return that the first commune owes now."""
    furnish_working_office(live_office.app)
    with work_in(live_office.app) as session:
        session.get_one(Unit, COMMUNE).organisation = "youth"
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = regimes.publish_form(
            session, office, code=member_form.CODE, definition=FORM, by=clerk, at=now()
        )
        terms = Terms(
            name="Thống kê đoàn viên 6 tháng",
            cadence=Cadence.HALF_YEARLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=20,
            selection=Selection(organisations=("youth",)),
            starts_on=date(today().year, 1, 1),
        )
        regime = regimes.establish(session, office, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
        owed = session.scalars(select(Obligation).order_by(Obligation.last_day.desc())).first()
        assert owed is not None
        return f"{live_office.url}/reports/{owed.period}/{owed.id}"


def be(page: Page, office: LiveOffice, person: int) -> None:
    """From now on the browser is this person's."""
    said = {"_user_id": f"{person}:0", **session_times(datetime.now(UTC))}
    cookie = office.app.session_interface.get_signing_serializer(office.app).dumps(said)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "session", "value": cookie, "url": office.url}])


def look_at(page: Page, address: str) -> None:
    """Open a page, wait for its scripts, and see that it fits and may be used by all."""
    page.goto(address)
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    assert_fits(page)
    assert_accessible(page)


def fill_by_keyboard(page: Page) -> None:
    """Every figure typed where Tab leads, comments passed over; the grid by arrows and by a pasted block."""
    page.locator("#cell-eligible").focus()
    while (
        cell := page.evaluate("document.activeElement.name ?? ''")
    ) != "number:meetings_held.first.planned":
        if cell.startswith("number:") and cell.removeprefix("number:") in TYPED:
            page.keyboard.type(TYPED[cell.removeprefix("number:")])
        elif cell == "words:eligible_source":
            page.keyboard.type("Công an xã")
        elif cell == "words:eligible_day":
            page.keyboard.type("14/06/2026")
        page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.locator("[name='number:meetings_held.second.planned']")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.evaluate(PASTE, "4\t3\n5\t5\n")


def fill_workbook(path: Path, figures: dict[str, str]) -> bytes:
    """The workbook after somebody typed the figures into their cells, by the labels beside them."""
    book, plan = load_workbook(BytesIO(path.read_bytes())), lay_out(forms.read(FORM))
    for name, figure in figures.items():
        place = plan.by_name[name].place
        said: int | str = int(figure) if figure.isdigit() else figure
        book[place.sheet].cell(place.row + 1, place.column + 1).value = said
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def send_workbook(page: Page, content: bytes) -> None:
    """Send a filled workbook and wait for the look at it."""
    file = {"name": "bieu.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#workbook-sent", file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Gửi bảng Excel").click()
    expect(page.get_by_role("heading", name="Xem trước bảng Excel")).to_be_visible()


def correct_by_workbook(page: Page) -> None:
    """The one cell that was sent back is put right in the workbook; the first try is no number."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng Excel").click()
    out = download.value.path()
    send_workbook(page, fill_workbook(out, {"female": "năm mươi"}))
    expect(page.locator(".faults")).to_contain_text("“năm mươi” không phải là số")
    assert_fits(page)
    assert_accessible(page)
    photograph(page, "report-workbook")
    page.get_by_role("link", name="Không đưa vào").click()
    expect(page.locator("#cell-female")).to_have_value("50")
    send_workbook(page, fill_workbook(out, {"female": "48"}))
    page.get_by_role("button", name="Đưa vào báo cáo").click()
    expect(page.locator("#cell-female")).to_have_value("48")


def test_from_the_first_key_to_the_totals(page: Page, live_office: LiveOffice, address: str):
    be(page, live_office, COMMUNE_CLERK)
    look_at(page, f"{live_office.url}/")
    photograph(page, "report-desk")
    look_at(page, address)
    fill_by_keyboard(page)
    assert page.locator(".grid-total").all_inner_texts() == ["7", "10", "9", "8", "17"]
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    photograph(page, "report-filled")

    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".faults")).to_contain_text("Số cuối kỳ phải bằng đầu kỳ cộng tăng trừ giảm.")
    expect(page.locator("#cell-closing")).to_have_value("108")
    expect(page.locator("#cell-non_state")).to_have_value("30")
    assert_accessible(page)
    photograph(page, "report-refused")
    page.locator(".faults a").first.click()
    expect(page.locator("#cell-closing")).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.press("Control+a")
    page.keyboard.type("107")
    expect(page.locator("[data-saved-at]")).to_contain_text("Chưa gửi được")
    photograph(page, "report-offline")
    page.context.set_offline(False)
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    page.goto(address)
    expect(page.locator("#cell-closing")).to_have_value("107")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".message-success")).to_have_text("Đã nộp báo cáo.")

    be(page, live_office, CLERK)
    look_at(page, f"{live_office.url}/reports/?mine=1")
    page.get_by_role("link", name="Thống kê đoàn viên 6 tháng").click()
    page.locator("[name=why-cell]").first.select_option("female")
    page.locator("[name=why-words]").first.fill("Chưa khớp danh sách.")
    photograph(page, "report-review")
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.locator(".message-success")).to_be_visible()

    be(page, live_office, COMMUNE_CLERK)
    look_at(page, address)
    expect(page.locator("#cell-female-reason")).to_have_text("Văn phòng trả lại: Chưa khớp danh sách.")
    photograph(page, "report-returned")
    correct_by_workbook(page)
    file = {"name": "danh-sach.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 danh"}
    page.set_input_files("#files-sent", file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Gửi tệp").click()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".message-success")).to_have_text("Đã nộp báo cáo.")

    be(page, live_office, CLERK)
    look_at(page, address)
    assert page.locator("#changes tbody tr").all_inner_texts() == ["Nữ\t50\t48"]
    expect(page.locator("#changes")).to_contain_text("danh-sach.pdf")
    photograph(page, "report-resubmitted")
    page.get_by_role("button", name="Tiếp nhận báo cáo").click()
    expect(page.locator(".first-line-states")).to_contain_text("đã tiếp nhận", ignore_case=True)

    page.get_by_role("link", name="Bảng đơn vị theo kỳ").click()
    expect(page.locator("td.cell").last).to_contain_text("đã tiếp nhận")
    assert_accessible(page)
    photograph(page, "report-board")
    period = address.split("/")[-2]
    look_at(page, f"{live_office.url}/statistics/?period={period}")
    expect(page.locator("tbody tr").first).to_contain_text("53,5 %")
    photograph(page, "report-statistics")


def test_what_two_people_type_at_once_is_shown_side_by_side(
    page: Page, live_office: LiveOffice, address: str
):
    be(page, live_office, COMMUNE_CLERK)
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.fill("#cell-eligible", "150")
    expect(other.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    page.fill("#cell-eligible", "200")
    expect(page.locator("[data-saved-at]")).to_contain_text("vừa sửa báo cáo này")
    expect(page.locator("#cell-eligible")).to_have_value("200")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("heading", name="Nội dung bạn nhập chưa được lưu")).to_be_visible()
    expect(page.locator("#cell-eligible")).to_have_value("200")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".message-success")).to_have_text("Đã lưu.")


def test_nothing_to_report_puts_the_form_away(page: Page, live_office: LiveOffice, address: str):
    be(page, live_office, COMMUNE_CLERK)
    look_at(page, address)
    page.fill("#cell-eligible", "200")
    page.press("#cell-eligible", "Enter")
    expect(page.locator("#cell-opening")).to_be_focused()
    page.check("#nil")
    expect(page.locator("#cell-eligible")).to_be_hidden()
    photograph(page, "report-nil")
    page.uncheck("#nil")
    expect(page.locator("#cell-eligible")).to_have_value("200")
    page.check("#nil")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".message-success")).to_have_text("Đã nộp báo cáo.")
