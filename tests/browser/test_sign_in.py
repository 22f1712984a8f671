"""The first page anybody meets."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import LiveOffice, assert_accessible, assert_fits

pytestmark = pytest.mark.browser


def test_a_stranger_is_led_to_the_sign_in_page(live_office: LiveOffice, page: Page):
    page.goto(live_office.url)
    expect(page.locator("input[type=password]")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


def test_a_wrong_password_is_refused_and_the_name_is_kept(live_office: LiveOffice, page: Page):
    page.goto(live_office.url)
    page.fill("input[name=username]", "chuyenvien")
    page.fill("input[type=password]", "không phải mật khẩu này")
    page.press("input[type=password]", "Enter")
    expect(page.locator("input[name=username]")).to_have_value("chuyenvien")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
