"""Somebody who must sign in in two steps switches it on, and comes in by telephone, then by paper."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.support.browser import LiveOffice, assert_accessible, assert_fits, photograph
from tests.support.small_office import CLERK, furnish
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows.people import Account, Role, SignInRules

pytestmark = pytest.mark.browser

PASSWORD = "mot cau dai de nho"


@pytest.fixture
def demanding_office(live_office: LiveOffice) -> LiveOffice:
    """An office whose administrators must sign in in two steps."""
    with live_office.app.app_context(), runtime().unit_of_work() as session:
        furnish(session)
        session.get_one(Account, CLERK).password_hash = hasher.hash(PASSWORD)
        session.add(SignInRules(id=1, second_factor_roles=[Role.ADMINISTRATOR.value]))
    return live_office


def look_at(page: Page, name: str) -> None:
    """The page fits, is accessible, and its picture is kept."""
    assert_fits(page)
    assert_accessible(page)
    photograph(page, name)


def give_password(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("input[name=username]", "lan")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")


def code_of(secret: str, steps: int = 0) -> str:
    """What the telephone shows, some steps of 30 seconds from now."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


def test_from_the_first_code_to_the_last_way_in(page: Page, demanding_office: LiveOffice, tmp_path: Path):
    url = demanding_office.url
    give_password(page, f"{url}/tasks/")
    expect(page.get_by_role("heading", name="Bật xác thực hai bước")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 200")
    look_at(page, "second-factor-on")
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mã 6 số trên ứng dụng").fill(code_of(secret))
    page.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    look_at(page, "second-factor-codes")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) == 1
    assert "Trần Thị Lan (lan)" in printed.pages[0].extract_text()
    codes = page.locator(".recovery-codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    download.value.save_as(tmp_path / "codes.txt")
    assert set(codes) <= set((tmp_path / "codes.txt").read_text("utf-8").split())
    page.get_by_role("link", name="Đã cất các mã").click()
    expect(page.get_by_role("navigation", name="Các mục làm việc")).to_be_visible()

    sign_out(page)
    give_password(page, f"{url}/administration/sign-in")
    expect(page.get_by_role("heading", name="Nhập mã xác thực")).to_be_visible()
    look_at(page, "second-factor-door")
    page.get_by_label("Mã 6 số trên ứng dụng").fill("12345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    page.get_by_label("Mã 6 số trên ứng dụng").fill(code_of(secret, 1))
    page.keyboard.press("Enter")
    expect(page.get_by_label("quản trị hệ thống")).to_be_checked()
    look_at(page, "second-factor-rules")
    page.goto(f"{url}/account/two-step")
    look_at(page, "second-factor-own")

    sign_out(page)
    give_password(page, f"{url}/tasks/")
    page.get_by_role("link", name="Dùng mã dự phòng").click()
    look_at(page, "second-factor-paper")
    page.get_by_label("Mã dự phòng").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{url}/tasks/")
    page.goto(f"{url}/account/two-step")
    expect(page.get_by_text("Còn 9 mã dự phòng")).to_be_visible()


def test_without_scripts_it_is_switched_on_too(page: Page, demanding_office: LiveOffice):
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    give_password(page, f"{demanding_office.url}/")
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mã 6 số trên ứng dụng").fill(code_of(secret))
    page.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)


def sign_out(page: Page) -> None:
    page.locator("details.top-person > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
