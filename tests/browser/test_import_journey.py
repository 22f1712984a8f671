"""A directive is dropped in, checked by keyboard beside its text, and registered with its tasks."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import LiveOffice, assert_accessible, assert_fits, photograph
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import found_office
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows.organisations import UnitGroup

pytestmark = pytest.mark.browser

PASSWORD = "mùa nước nổi 2026"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """The paper as a file."""
    path = tmp_path / "15-CT-TU.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture
def office(live_office: LiveOffice) -> LiveOffice:
    """The small office, its clerk with a password."""
    with live_office.app.app_context(), runtime().unit_of_work() as session:
        found = found_office(session)
        session.add(UnitGroup(name="Các đảng uỷ xã, phường", members=list(found.communes)))
        found.clerk.account.password_hash = hasher.hash(PASSWORD)
    return live_office


def take_in(page: Page, office: LiveOffice, paper: Path) -> None:
    """Sign in and hand the paper in."""
    page.goto(f"{office.url}/imports/")
    page.fill("input[name=username]", "chuyenvien")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.goto(f"{office.url}/imports/")
    assert_fits(page)
    assert_accessible(page)
    page.set_input_files("#files", paper)
    page.get_by_role("button", name="Đọc văn bản").click()
    wait_for_scripts(page)


def wait_for_scripts(page: Page) -> None:
    """Keys do something only once the scripts of the page have started."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()


def test_from_the_file_to_the_tasks(page: Page, office: LiveOffice, paper: Path):
    take_in(page, office, paper)
    assert_fits(page)
    assert_accessible(page)
    photograph(page, "imports-bench")
    expect(page.locator("#p-1.here")).to_be_visible()

    page.keyboard.press("Enter")
    expect(page.locator("#p-1")).to_contain_text("chấp nhận", ignore_case=True)
    expect(page.locator("#p-2.here")).to_be_visible()
    wait_for_scripts(page)
    page.keyboard.press("Enter")
    expect(page.locator("#p-3.here")).to_be_visible()
    wait_for_scripts(page)
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Sửa nhiệm vụ")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    page.fill("input[name='lead-0']", "Ban Tuyên giáo và Dân vận Tỉnh uỷ")
    page.get_by_role("button", name="Lưu và chấp nhận").click()

    page.get_by_role("button", name="Xem trước và đăng ký").click()
    expect(page.get_by_text("3 đề xuất đã chấp nhận thành 5 nhiệm vụ")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    photograph(page, "imports-confirm")
    page.get_by_role("button", name="Đăng ký và giao 5 nhiệm vụ").click()

    expect(page.locator("#c-1 .clause-tasks")).to_contain_text("Ban Tuyên giáo và Dân vận")
    photograph(page, "directive")
    for part in ("", "/tasks", "/progress", "/reports", "/relations", "/history"):
        page.goto(f"{office.url}/directives/1{part}")
        assert_fits(page)
        assert_accessible(page)
    page.goto(f"{office.url}/directives/")
    assert_fits(page)
    assert_accessible(page)


def test_a_proposal_and_its_sentence_show_each_other(page: Page, office: LiveOffice, paper: Path):
    take_in(page, office, paper)
    page.locator("#p-2 h3").click()
    expect(page.locator("#m-2.here")).to_be_visible()
    expect(page.locator("#m-1.here")).to_have_count(0)
    page.locator("#m-1").click()
    expect(page.locator("#p-1.here")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#m-2.here")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#m-1.here")).to_be_visible()
    page.keyboard.press("x")
    expect(page.locator("#p-1.proposal-discarded")).to_be_visible()


def test_a_marked_passage_becomes_a_task(page: Page, office: LiveOffice, paper: Path):
    take_in(page, office, paper)
    page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll("[data-start]")].find((each) =>
                each.textContent.includes("phổ biến đến chi bộ"));
            const at = piece.firstChild.data.indexOf("Chỉ thị này phổ biến");
            const range = document.createRange();
            range.setStart(piece.firstChild, at);
            range.setEnd(piece.firstChild, at + "Chỉ thị này phổ biến đến chi bộ.".length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Thêm nhiệm vụ từ đoạn đã chọn").click()
    expect(page.locator("textarea[name=title]")).to_have_value("Chỉ thị này phổ biến đến chi bộ.")


def test_what_was_typed_survives_a_closed_browser(page: Page, office: LiveOffice, paper: Path):
    take_in(page, office, paper)
    page.locator("#header > summary").click()
    page.fill("input[name=place]", "Hưng Thịnh")
    expect(page.locator("#header [data-saved-at]")).to_contain_text("Đã lưu lúc")
    page.reload()
    page.locator("#header > summary").click()
    expect(page.locator("input[name=place]")).to_have_value("Hưng Thịnh")


def test_files_dropped_on_the_area_are_read(page: Page, office: LiveOffice, paper: Path):
    take_in(page, office, paper)
    page.goto(f"{office.url}/imports/")
    wait_for_scripts(page)
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "khac.txt", { type: "text/plain" }));
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        PAPER.replace("15-CT/TU", "21-CT/TU"),
    )
    expect(page.locator("#p-1")).to_be_visible()
    expect(page.get_by_text("21-CT/TU").first).to_be_visible()
