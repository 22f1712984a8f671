"""Somebody at a desk finds things as they type, and the keeper of the house sees how it stands."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import LiveOffice, assert_accessible, assert_fits
from tests.workflows.office import NOW, Office, found_office
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows import aftermath
from workflows.people import Appointment, Person, Role

pytestmark = pytest.mark.browser

PASSWORD = "mùa nước nổi 2026"


@pytest.fixture
def office(live_office: LiveOffice) -> LiveOffice:
    """The small office, everything filed; its clerk keeps the house and inspects it too."""
    with live_office.app.app_context(), runtime().unit_of_work() as session:
        found = found_office(session)
        allow_everything(found, found.clerk)
        aftermath.hand_over(session, "rebuild-index", at=NOW)
    live_office.work_off()
    return live_office


def allow_everything(office: Office, person: Person) -> None:
    """Every role of the office for one person with a password."""
    assert person.account is not None
    person.account.password_hash = hasher.hash(PASSWORD)
    for role in (Role.ADMINISTRATOR, Role.INSPECTOR):
        person.appointments.append(Appointment(unit=office.office, role=role, valid_from=NOW.date()))


@pytest.fixture
def desk(office: LiveOffice, page: Page) -> Page:
    """The clerk, signed in."""
    page.goto(office.url)
    page.fill("input[name=username]", "chuyenvien")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    expect(page.locator("h1")).to_be_visible()
    return page


def test_results_come_while_one_types(office: LiveOffice, desk: Page):
    desk.goto(f"{office.url}/search/")
    desk.locator("#search-words").press_sequentially("binh th")
    expect(desk.locator(".hit h2").first).to_contain_text("Bình Thạnh")
    expect(desk.locator(".hit mark").first).to_be_visible()
    expect(desk).to_have_url(f"{office.url}/search/?q=binh+th")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Đảng uỷ xã Bình Thạnh")


def test_what_was_typed_is_taken_along_kept_and_shared(office: LiveOffice, desk: Page):
    desk.goto(f"{office.url}/search/?q=uy&kind=unit")
    desk.locator("html[data-scripts=ready]").wait_for()
    desk.keyboard.press("/")
    expect(desk.locator("#search-words")).to_be_focused()
    desk.keyboard.type("dang uy")
    expect(desk).to_have_url(f"{office.url}/search/?q=dang+uy&kind=unit")
    desk.get_by_label(re.compile("cả .* kết quả")).check()
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="Tải Excel").click()
    assert taken.value.suggested_filename.startswith("tra-cuu-")
    desk.get_by_text("Lưu tìm kiếm này").click()
    expect(desk.get_by_label("Tên của tìm kiếm")).to_be_focused()
    expect(desk.get_by_role("button", name="Để sau")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Đã lưu tìm kiếm")).to_be_visible()
    desk.goto(office.url)
    desk.get_by_role("link", name="Tất cả tìm kiếm đã lưu").click()
    desk.get_by_role("button", name="Dùng chung với").click()
    expect(desk.get_by_text("dùng chung:")).to_be_visible()
    desk.get_by_role("button", name="dang uy").click()
    expect(desk).to_have_url(f"{office.url}/search/?q=dang+uy&kind=unit")


def test_the_page_of_results_fits_and_can_be_used_by_everybody(office: LiveOffice, desk: Page):
    for address in ("/search/", "/search/?q=dang+uy", "/search/?q=dang+uy&kind=unit&order=newest"):
        desk.goto(office.url + address)
        assert_fits(desk)
        assert_accessible(desk)


def test_the_results_are_narrowed_without_scripts(office: LiveOffice, desk: Page):
    desk.goto(f"{office.url}/search/?q=van")
    desk.get_by_role("complementary").get_by_role("link", name="Người dùng").click()
    expect(desk.locator(".hit-kind").first).to_contain_text("Người dùng")
    expect(desk.locator(".search-facets [aria-current]")).to_contain_text("Người dùng")


@pytest.mark.parametrize(
    "address",
    [
        "/administration/units",
        "/administration/people",
        "/administration/people/new",
        "/administration/working-days",
        "/administration/trail?check=1",
        "/administration/system",
        "/units/1",
    ],
)
def test_the_administration_fits_and_can_be_used_by_everybody(office: LiveOffice, desk: Page, address: str):
    desk.goto(office.url + address)
    expect(desk.locator("h1")).to_be_visible()
    assert_fits(desk)
    assert_accessible(desk)
