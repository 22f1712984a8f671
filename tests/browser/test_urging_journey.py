"""The office urges about one task, then about all late ones; a unit finds it; the list leaves as a sheet."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_report_journey import be, look_at
from tests.support.browser import LiveOffice, photograph
from tests.support.working_office import (
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    furnish_working_office,
    given_task,
)

pytestmark = pytest.mark.browser

LATE = "/tasks/?view=overdue&timeliness=overdue&sort=deadline"
ASKED = "Gửi kết quả trước thứ sáu."


@pytest.fixture
def task(live_office: LiveOffice) -> str:
    """The page of a late task of the agency; two more are late."""
    furnish_working_office(live_office.app)
    for number in (1, 2):
        given_task(live_office.app, lead=COMMUNE, days=-number, title=f"Rà soát đợt {number}")
    return f"{live_office.url}/tasks/{given_task(live_office.app, days=-3, title='Tổng hợp kết quả')}"


def test_urging_by_hand(page: Page, live_office: LiveOffice, task: str):
    be(page, live_office, CLERK)
    look_at(page, task)
    reminders = page.locator("#reminders")
    reminders.get_by_text("Đôn đốc", exact=True).first.click()
    reminders.get_by_label("Lời đôn đốc").fill(ASKED)
    reminders.get_by_role("button", name="Đôn đốc").click()
    expect(page.locator("[data-messages]")).to_contain_text("Đã đôn đốc.")

    look_at(page, f"{live_office.url}{LATE}")
    page.get_by_label("Chọn cả trang").check()
    page.get_by_role("button", name="Đôn đốc").click()
    expect(page.get_by_text("Sẽ đôn đốc về 2 nội dung sau")).to_be_visible()
    expect(page.get_by_text("Để nguyên 1 dòng")).to_be_visible()
    photograph(page, "urging-preview")
    page.get_by_role("button", name="Đôn đốc (2)").click()
    expect(page.locator("[data-messages]")).to_contain_text("Đã đôn đốc 2 nội dung")

    be(page, live_office, AGENCY_CLERK)
    look_at(page, f"{live_office.url}/notices/")
    page.get_by_role("link", name="Tổng hợp kết quả").first.click()
    expect(page.get_by_text(ASKED)).to_be_visible()


def test_a_long_list_becomes_a_sheet(
    page: Page, live_office: LiveOffice, task: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("webapp.listing.page.ROWS_AT_ONCE", 2)
    be(page, live_office, CLERK)
    look_at(page, f"{live_office.url}{LATE}")
    page.get_by_role("link", name="Tải Excel").click()
    page.get_by_role("button", name="Lập bảng").click()
    expect(page.get_by_text("Đang chờ đến lượt")).to_be_visible()
    live_office.work_off()
    expect(page.get_by_text("Đã lập xong bảng 3 dòng.")).to_be_visible()
    photograph(page, "sheet-ready")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải tệp").click()
    assert fetched.value.suggested_filename.startswith("nhiem-vu-")
