"""A branch confirms its list on a telephone; a roster with faults goes in, and out again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import TELEPHONE, LiveOffice, assert_accessible, assert_fits
from tests.workflows.members.register import NOW, Register, admitted, found_register
from tests.workflows.members.rosters.sheets import HEAD, someone, xlsx
from tests.workflows.office import found_office
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows import members
from workflows.calendar import local_day

pytestmark = pytest.mark.browser

PASSWORD = "mùa nước nổi 2026"
NAMES = ("Nguyễn Văn Đông", "Trần Thị Hạ", "Lê Văn Thu")


@pytest.fixture
def office(live_office: LiveOffice) -> LiveOffice:
    """The small register: three names on one list, a review open, passwords for clerk and secretary."""
    with live_office.app.app_context(), runtime().unit_of_work() as session:
        register = found_register(session, found_office(session))
        for name in NAMES:
            admitted(session, register.branch, name, register.clerk)
        _review(session, register)
        for person in (register.clerk, register.secretary):
            person.account.password_hash = hasher.hash(PASSWORD)
    return live_office


def _review(session, register: Register) -> None:
    at = max(NOW, datetime.now(UTC))
    due = local_day(at) + timedelta(days=20)
    members.reviews.open_review(
        session, register.youth_here, year=due.year, due_on=due, paper="", by=register.clerk, at=at
    )


def sign_in(page: Page, office: LiveOffice, username: str, address: str) -> None:
    """Sign in and go to an address."""
    page.goto(f"{office.url}{address}")
    page.fill("input[name=username]", username)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.goto(f"{office.url}{address}")


def wait_for_scripts(page: Page) -> None:
    """Buttons that ask first do so only once the scripts of the page have started."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()


def test_a_secretary_confirms_the_list_name_by_name_on_a_telephone(page: Page, office: LiveOffice):
    page.set_viewport_size(TELEPHONE)
    sign_in(page, office, "bithudong", "/members/reviews")
    page.get_by_role("link", name="Đoàn xã An Bình").click()
    page.get_by_role("link", name="Chi đoàn thôn Đông").click()
    expect(page.get_by_role("status").first).to_contain_text("Còn 3 trên 3 tên")
    assert_fits(page)
    page.set_viewport_size(TELEPHONE)
    assert_accessible(page)

    doubtful = page.locator("li", has_text="Lê Văn Thu")
    wait_for_scripts(page)
    doubtful.get_by_text("Không xác nhận được").click()
    page.get_by_label("Vì sao, ví dụ đã đi nơi khác").locator("visible=true").fill(
        "đi làm xa, không rõ nơi ở"
    )
    page.get_by_role("button", name="Đánh dấu").locator("visible=true").click()
    expect(doubtful).to_contain_text("đi làm xa")
    page.locator("li", has_text="Nguyễn Văn Đông").get_by_role("button", name="Còn sinh hoạt").click()
    expect(page.get_by_role("status").first).to_contain_text("Còn 1 trên 3 tên")
    wait_for_scripts(page)
    page.get_by_text("Xác nhận phần còn lại").first.click()
    page.get_by_role("button", name="Xác nhận phần còn lại").locator("visible=true").last.click()
    expect(page.get_by_role("status").first).to_contain_text("Còn 0 trên 3 tên")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster of four, two of them with faults."""
    path = tmp_path / "danh-sach.xlsx"
    rows = [someone(1), someone(2), someone(3, name=""), someone(4, identity="123")]
    path.write_bytes(xlsx([HEAD, *rows]))
    return path


def test_a_roster_with_faults_is_checked_taken_in_and_taken_back(
    page: Page, office: LiveOffice, roster: Path
):
    sign_in(page, office, "doanab", "/members/rosters")
    page.select_option("select[name=unit]", label="Đoàn xã An Bình")
    page.set_input_files("input[type=file]", roster)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_label("Nội dung cột B")).to_have_value("name")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Kiểm tra danh sách").click()
    office.work_off()
    page.reload()
    expect(page.get_by_text("2 trên 4 dòng nhập được. Chưa có gì vào sổ.")).to_be_visible()
    problems = page.locator("#problems tbody tr")
    expect(problems.nth(0)).to_contain_text("4")
    expect(problems.nth(0)).to_contain_text("thiếu họ và tên")
    expect(problems.nth(1)).to_contain_text("số định danh phải có 12 chữ số")
    assert_fits(page)
    assert_accessible(page)

    page.get_by_label("Chỉ nhập các dòng đúng").check()
    page.get_by_role("button", name="Nhập vào sổ").click()
    office.work_off()
    page.reload()
    expect(page.get_by_text("Đã nhập 2 người")).to_be_visible()
    wait_for_scripts(page)
    page.get_by_text("Hoàn tác", exact=True).first.click()
    page.locator("[name=reason]").locator("visible=true").fill("nhầm tệp")
    page.get_by_role("button", name="Hoàn tác lần nhập").locator("visible=true").click()
    office.work_off()
    page.reload()
    expect(page.get_by_text("đã hoàn tác").first).to_be_visible()
    page.goto(f"{office.url}/members/")
    expect(page.locator("tbody tr")).to_have_count(3)
