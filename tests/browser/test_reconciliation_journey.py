"""A round: the office opens it, two organisations open their lists, a person decides and takes it back."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_report_journey import be, look_at
from tests.support.browser import LiveOffice, assert_accessible, photograph
from tests.support.working_office import work_in
from tests.workflows.members.register import admitted, found_register
from tests.workflows.office import found_office
from tests.workflows.reconciliation.conftest import clerk_of

pytestmark = pytest.mark.browser

NAMES = ("Đinh Thị Ngọc Quỳ", "Đinh Thị Quỳ")
NUMBER = "036301001111"


@dataclass
class People:
    """Who walks through the round."""

    leader: int
    youth: int
    women: int
    secretary: int


@pytest.fixture
def people(live_office: LiveOffice) -> People:
    """Two organisations: somebody on both lists by her number, somebody perhaps, one on one list only."""
    with work_in(live_office.app) as session:
        office = found_office(session)
        register = found_register(session, office)
        women = clerk_of(session, "pntinh", register.women)
        ours, theirs = register.branch, register.branch_of_women
        admitted(session, ours, NAMES[0], register.clerk)
        admitted(session, theirs, NAMES[1], register.women_clerk)
        admitted(session, ours, "Tạ Thị Hoài", register.clerk, identity=NUMBER)
        admitted(session, theirs, "Ta Thi Hoai", register.women_clerk, identity=NUMBER)
        admitted(session, ours, "Cao Thị Sen", register.clerk)
        session.flush()
        return People(office.leader.id, register.head.id, women.id, register.secretary.id)


def press(page: Page, name: str) -> None:
    """Press a button that asks back, and say yes."""
    page.locator("summary").get_by_text(name, exact=True).click()
    page.locator("details[open], dialog[open]").get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".message-success")).to_be_visible()


def test_a_round_from_its_opening_to_its_appendix(page: Page, live_office: LiveOffice, people: People):
    be(page, live_office, people.leader)
    look_at(page, f"{live_office.url}/reconciliation/new")
    page.fill("#name", "Đối chiếu năm 2026")
    page.fill("#purpose", "Chỉ thị số 06-CT/TU, rà soát người tham gia nhiều tổ chức.")
    for organisation in ("Tỉnh đoàn", "Hội Phụ nữ tỉnh"):
        page.get_by_label(organisation, exact=True).check()
    photograph(page, "round-new")
    page.get_by_role("button", name="Mở đợt", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Đối chiếu năm 2026")
    round_ = page.url

    for person, mine in ((people.youth, "Tỉnh đoàn"), (people.women, "Hội Phụ nữ tỉnh")):
        be(page, live_office, person)
        look_at(page, round_)
        page.get_by_role("button", name="Mở danh sách").click()
        expect(page.locator(".message-success")).to_have_text("Đã mở danh sách.")
        assert mine in page.content()

    be(page, live_office, people.leader)
    look_at(page, round_)
    press(page, "Đối chiếu")
    live_office.work_off()
    look_at(page, round_)
    expect(page.locator("#persons")).to_contain_text("5 lượt đoàn viên, hội viên là khoảng")
    photograph(page, "round-found")

    page.get_by_role("link", name="1 cặp chưa quyết định").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
    photograph(page, "round-pairs")
    page.locator("tbody tr a").first.click()
    for name in NAMES:
        expect(page.get_by_text(name, exact=True)).to_be_visible()
    assert_accessible(page)
    photograph(page, "round-pair")
    pair = page.url
    overlap = page.locator("#overlap tbody tr").first.locator("td").nth(1)
    for button, persons in (("Xem sau", "1"), ("Cùng một người", "2"), ("Bỏ quyết định", "1")):
        page.goto(pair)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".message-success")).to_be_visible()
        live_office.work_off()
        page.goto(round_)
        expect(overlap).to_have_text(persons)
    page.goto(pair)
    page.get_by_role("button", name="Hai người khác nhau", exact=True).click()
    live_office.work_off()

    look_at(page, round_)
    press(page, "Kết thúc đợt")
    live_office.work_off()
    page.get_by_role("link", name="Tất cả đơn vị").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert_accessible(page)
    photograph(page, "round-units")
    with page.expect_download() as sheet:
        page.goto(round_)
        page.get_by_role("link", name="Tải Excel").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Soạn phụ lục").click()
    page.get_by_role("button", name="Soạn văn bản", exact=True).click()
    expect(page.locator(".message-success")).to_contain_text("Đã lấy số liệu vào dự thảo")
    photograph(page, "round-appendix")

    be(page, live_office, people.youth)
    look_at(page, round_)
    expect(page.get_by_role("button", name=re.compile("danh sách"))).to_have_count(0)
    assert page.goto(pair).status == 404
    be(page, live_office, people.secretary)
    assert page.goto(round_).status == 404
