"""A reminder letter on its whole way: drafted, looked at, approved, numbered, taken away, found again."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as open_docx
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import LiveOffice, assert_accessible, assert_fits, photograph
from tests.workflows.documents.conftest import assign, new_directive
from tests.workflows.office import FOUNDED, found_office
from webapp.auth import hasher
from webapp.runtime import runtime
from workflows.documents import Term

pytestmark = pytest.mark.browser

PASSWORD = "mùa nước nổi 2026"


@pytest.fixture
def office(live_office: LiveOffice) -> LiveOffice:
    """The small office with a directive under which two units are late."""
    with live_office.app.app_context(), runtime().unit_of_work() as session:
        found = found_office(session)
        session.add(Term(unit=found.province, name="2025–2030", starts_on=FOUNDED))
        directive = new_directive(session, found)
        for unit in (found.agency, found.communes[0]):
            assign(session, found, directive, unit, "Đối chiếu danh sách đoàn viên, hội viên")
        found.leader.post = "Chánh Văn phòng"
        for person in (found.clerk, found.leader):
            person.account.password_hash = hasher.hash(PASSWORD)
    return live_office


def sign_in(page: Page, office: LiveOffice, name: str) -> None:
    """Come in as this person."""
    page.goto(f"{office.url}/documents/")
    page.fill("input[name=username]", name)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    expect(page.locator("nav.places, .places").first).to_be_visible()


def look_at(page: Page, name: str) -> None:
    """Nothing overlaps or is cut, everybody can use it."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    assert_fits(page)
    assert_accessible(page)
    photograph(page, f"documents-{name}")


def test_a_reminder_letter_from_draft_to_register(
    page: Page, office: LiveOffice, chromium: Browser, tmp_path: Path
):
    sign_in(page, office, "chuyenvien")
    draft_the_letter(page, office)
    type_into_it(page)
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_text("đã trình duyệt", exact=False).first).to_be_visible()
    look_at(page, "prepared")
    address = page.url.partition("#")[0]

    approve(chromium, office, address)

    page.goto(f"{office.url}/documents/?view=signed-off&state=signed-off")
    page.get_by_role("link", name="đôn đốc thực hiện Chỉ thị số 06-CT/TU").click()
    page.get_by_text("Ban hành, lấy số").first.click()
    page.locator("details[open], dialog[open]").get_by_role("button", name="Ban hành, lấy số").click()
    expect(page.locator(".first-line-number")).to_contain_text("01-CV/VPTU")
    look_at(page, "issued")
    open_the_files(page, tmp_path)

    page.goto(f"{office.url}/registers/")
    expect(page.get_by_role("cell", name="01-CV/VPTU")).to_be_visible()
    look_at(page, "register")
    page.get_by_role("link", name="đôn đốc thực hiện Chỉ thị số 06-CT/TU").click()
    expect(page.locator(".first-line-number")).to_contain_text("01-CV/VPTU")


def draft_the_letter(page: Page, office: LiveOffice) -> None:
    """Choose form and directive; the records fill the paper."""
    page.get_by_role("link", name="Soạn văn bản").first.click()
    look_at(page, "new")
    page.select_option("#form", "reminder-letter")
    page.select_option("#directive", label="06-CT/TU – Về tăng cường tập hợp đoàn viên, hội viên")
    page.get_by_role("button", name="Soạn văn bản").click()
    expect(page.locator("#facts-tasks_late")).to_have_value("2")
    expect(paper(page).locator("img").first).to_be_visible()
    look_at(page, "editor")


def paper(page: Page):
    """The paper beside the facts."""
    return page.frame_locator("iframe.paper-frame")


def type_into_it(page: Page) -> None:
    """What is typed is saved by itself, and the paper is drawn anew."""
    before = paper(page).locator("img").first.get_attribute("src")
    page.fill("#facts-consequence", "Sau thời hạn trên, Văn phòng Tỉnh uỷ báo cáo Thường trực Tỉnh uỷ.")
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    expect(paper(page).locator("img").first).not_to_have_attribute("src", str(before))
    page.fill("#facts-deadline", "")
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_role("alert")).to_contain_text("Thời hạn mới phải hoàn thành")
    look_at(page, "gaps")
    page.fill("#facts-deadline", "30/12/2026")


def approve(chromium: Browser, office: LiveOffice, address: str) -> None:
    """The leader, at another machine, looks at the paper and signs it off."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    try:
        page = context.new_page()
        sign_in(page, office, "lanhdao")
        page.goto(address)
        expect(paper(page).locator("img").first).to_be_visible()
        page.get_by_role("button", name="Duyệt văn bản").click()
        expect(page.get_by_text("Lê Văn Bách").first).to_be_visible()
    finally:
        context.close()


def open_the_files(page: Page, folder: Path) -> None:
    """Word and PDF under speaking names, with number, words and signer in them."""
    said = {}
    for label, kind in (("Tải Word", "docx"), ("Tải PDF", "pdf")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=label).click()
        name = waiting.value.suggested_filename
        assert name.startswith("CV-01-VPTU-")
        assert name.endswith(kind)
        waiting.value.save_as(folder / name)
        said[kind] = words_of((folder / name).read_bytes(), kind)
    for words in ("01-CV/VPTU", "Kính gửi", "báo cáo Thường trực Tỉnh uỷ", "Lê Văn Bách"):
        assert words in said["docx"]
        assert words in said["pdf"]


def words_of(content: bytes, kind: str) -> str:
    """Everything that is written in a file, in one line."""
    if kind == "docx":
        body = open_docx(BytesIO(content)).element.body
        return " ".join("".join(body.itertext()).split())
    with pypdfium2.PdfDocument(content) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
