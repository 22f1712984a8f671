"""The scripts of the shared components, met by keyboard, mouse and a network that goes away."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Blueprint, current_app, render_template_string, request
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from tests.support.apps import opened_app
from tests.support.browser import TELEPHONE, LiveOffice, assert_accessible, assert_fits, serving
from tests.support.databases import SqliteDatabases
from tests.support.small_office import CLERK, furnish
from webapp.access import guarded
from webapp.auth import session_times
from webapp.badges import Badge, Tone
from webapp.boards import Board, Cell, Head, Line, State
from webapp.filters import Options, Words
from webapp.forms.base import OfficeForm
from webapp.listing import Column, Listing, View, answer
from webapp.runtime import runtime
from workflows.organisations import Unit, UnitKind
from workflows.permissions import Permission

pytestmark = pytest.mark.browser

HEAD = """{% extends "base.html" %}{% block title %}Thử{% endblock %}
{% import "components/forms.html" as forms with context %}
{% import "components/lists.html" as lists with context %}
{% import "components/board.html" as boards with context %}
{% import "components/dialogs.html" as dialogs with context %}
{% import "components/charts.html" as charts with context %}
{% import "components/record.html" as record with context %}
{% block content %}"""
LIST = """{{ lists.heading("Đơn vị") }}
{% set acts %}<button class="btn btn-plain">Đôn đốc</button>{% endset %}
{{ lists.whole(page, bulk_address="/bulk", bulk_actions=acts) }}"""
FORM = """<h1>Báo cáo</h1>{% call forms.form(form, autosave="/draft") %}
{{ forms.field(form.title, hint="Viết gọn", unit="%") }}{{ forms.field(form.text) }}
<div class="grid-hold"><table class="grid" data-grid><caption>Số liệu</caption><tbody>
{% for row in "ab" %}<tr><th scope="row">Dòng {{ row }}</th>
{% for cell in (row ~ 1, row ~ 2) %}<td><input name="{{ cell }}" aria-label="{{ cell }}"></td>{% endfor %}
<td class="grid-total" data-total="{{ row }}1 {{ row }}2"></td></tr>{% endfor %}
</tbody></table></div>
{% call forms.buttons() %}{{ forms.button("Nộp báo cáo", "main") }}{% endcall %}{% endcall %}"""
RECORD = """{% call record.first_line("Chỉ thị về công tác đoàn viên", "12-CT/TU", "Chỉ thị", [badge]) %}
{{ forms.post("Tiếp nhận", "/bulk", "main") }}
{{ dialogs.confirm("Trả lại", "/bulk", "Đơn vị sẽ sửa.", reason="required") }}{% endcall %}
{{ record.tabs([("a", "Nội dung", "#a"), ("b", "Lịch sử", "#b", 2)], "a") }}
{% call record.columns() %}
<div>{{ charts.bars("Tỷ lệ", [("Đoàn", 72.5, "/"), ("Hội", 55)], "%", 1, 60) }}</div>
{% call record.facts() %}{{ record.fact("Hạn", "15/12/2026") }}{% endcall %}{% endcall %}
{{ boards.board(board) }}"""

UNITS = Listing(
    name="don-vi",
    title="Đơn vị",
    columns=(
        Column("name", "Tên", lambda u: u.name, sort=Unit.name, address=lambda u: f"/units?q={u.code}"),
        Column("kind", "Loại", lambda u: u.kind),
        Column("number", "Số", lambda u: u.id, sort=Unit.id, numeric=True),
    ),
    filters=(
        Words("q", "Tên có chữ", (Unit.name, Unit.code)),
        Options.of("kind", "Loại", UnitKind, Unit.kind),
    ),
    views=(View("all", "Tất cả"), View("front", "Mặt trận", {"kind": ["front"]})),
    sort="number",
    size=25,
)
STATES = (State("Đ", "Đúng hạn", Tone.GOOD), State("Q", "Quá hạn", Tone.LATE))
BOARD = Board(
    "Theo kỳ",
    "Đơn vị",
    [Head(f"Quý {quarter}") for quarter in range(1, 5)],
    [
        Line(
            Head(f"Xã {row}"),
            [Cell(STATES[(row + place) % 2], f"/units?q={row}-{place}") for place in range(4)],
        )
        for row in range(3)
    ],
)
END = "{% endblock %}"
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(paste);
}"""
drafts: list[dict[str, str]] = []
pages = Blueprint("trial", __name__)


class Report(OfficeForm):
    """A form to fill in."""

    title = StringField("Tỷ lệ", [InputRequired("Nhập tỷ lệ.")])
    text = TextAreaField("Nội dung")
    version = HiddenField(default="1")


@pages.get("/units")
@guarded(Permission.OWN_ACCOUNT)
def units():
    """A list."""
    return answer(UNITS, select(Unit), current_app.jinja_env.from_string(HEAD + LIST + END))


@pages.route("/report", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT)
def report():
    """A form."""
    form = Report()
    form.validate_on_submit()
    return render_template_string(HEAD + FORM + END, form=form), 422 if form.errors else 200


@pages.post("/draft")
@guarded(Permission.OWN_ACCOUNT)
def draft():
    """Keeps what is typed, and counts."""
    drafts.append(request.form.to_dict())
    return {"fields": {"version": str(len(drafts) + 1)}}


@pages.get("/record")
@guarded(Permission.OWN_ACCOUNT)
def thing():
    """A record with a chart and a board."""
    return render_template_string(HEAD + RECORD + END, board=BOARD, badge=Badge("Quá hạn", Tone.LATE))


@pytest.fixture(scope="module")
def office(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveOffice]:
    """An office with pages made of components; scripts do not care which database is below."""
    folder = tmp_path_factory.mktemp("office")
    url = SqliteDatabases(folder).create()
    with opened_app(folder, database_url=url, redis_url=redis_url) as app:
        app.register_blueprint(pages)
        with app.app_context(), runtime().unit_of_work() as session:
            furnish(session)
        with serving(app) as office:
            yield office


@pytest.fixture
def page(office: LiveOffice, browser_context: BrowserContext) -> Page:
    """A page of the clerk, who has signed in."""
    cookie = office.app.session_interface.get_signing_serializer(office.app).dumps(
        {"_user_id": f"{CLERK}:0", **session_times(datetime.now(UTC))}
    )
    browser_context.add_cookies([{"name": "session", "value": cookie, "url": office.url}])
    drafts.clear()
    return browser_context.new_page()


def open_page(page: Page, address: str) -> None:
    """Go there and wait until the scripts have taken their places."""
    page.goto(address)
    page.locator("html[data-scripts=ready]").wait_for(state="attached")


@pytest.mark.parametrize("path", ["/units?kind=front&q=xã", "/report", "/record", "/khong-co"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_components_fit_every_screen_and_are_accessible(
    office: LiveOffice, page: Page, path: str, scheme: str
):
    page.emulate_media(color_scheme=scheme)
    open_page(page, office.url + path)
    assert_fits(page)
    assert_accessible(page)


def test_the_list_is_filtered_without_a_new_page_and_the_address_follows(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/units")
    page.evaluate("window.same = true")
    page.get_by_text("Loại", exact=True).first.click()
    page.get_by_label("Mặt trận Tổ quốc").check()
    expect(page.locator(".pager-total")).to_contain_text("trong tổng số 30")
    expect(page).to_have_url(f"{office.url}/units?kind=front")
    page.get_by_role("columnheader", name="Số").get_by_role("link").click()
    expect(page).to_have_url(f"{office.url}/units?kind=front&sort=-number")
    page.go_back()
    expect(page.locator("[aria-sort=ascending]")).to_contain_text("Số")
    assert page.evaluate("window.same")


def test_the_list_is_walked_by_keys(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/units")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Tỉnh uỷ Hà Bình", exact=True).last).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("input[name=q]").first).to_be_focused()


def test_rows_are_chosen_one_by_one_by_page_and_all(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/units")
    page.get_by_label("Chọn cả trang").check()
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 25 dòng")
    page.get_by_label("Chọn dòng này").first.uncheck()
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 24 dòng")
    page.get_by_label("cả 61 dòng đang lọc").check()
    expect(page.get_by_label("Chọn dòng này").first).to_be_checked()


def test_a_draft_is_saved_while_it_is_typed(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.fill("#title", "72,5")
    expect(page.locator("[data-saved-at]")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))
    assert drafts[-1]["title"] == "72,5"
    assert page.locator("#version").input_value() == "2"


def test_what_cannot_be_sent_is_kept_on_the_machine_and_sent_later(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.route("**/draft", lambda route: route.abort())
    page.fill("#text", "soạn khi mất mạng")
    expect(page.locator("[data-saved-at]")).to_contain_text("Chưa gửi được, đang giữ trên máy này")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#text")).to_have_value("soạn khi mất mạng")
    page.unroute("**/draft")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    assert drafts[-1]["text"] == "soạn khi mất mạng"


def test_a_page_in_the_place_of_an_answer_is_no_saving(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.route("**/draft", lambda route: route.fulfill(body="<h1>Trang khác</h1>", content_type="text/html"))
    page.fill("#text", "chưa ai nhận")
    expect(page.locator("[data-saved-at]")).to_contain_text("Chưa gửi được, đang giữ trên máy này")
    assert "chưa ai nhận" in page.evaluate("localStorage.getItem('unsent /draft')")
    page.evaluate("localStorage.clear()")


def test_leaving_unsent_work_asks_first(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.route("**/draft", lambda route: route.abort())
    page.locator("#text").press_sequentially("dở dang")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_page(page, f"{office.url}/units")
    assert asked == ["beforeunload"]


def test_a_block_is_pasted_into_a_grid_and_totals_follow(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.locator("[name=a1]").focus()
    page.evaluate(PASTE, "1.000\t2,5\r\n3\tchữ\r\n")
    values = [page.locator(f"[name={name}]").input_value() for name in ("a1", "a2", "b1", "b2")]
    assert values == ["1.000", "2,5", "3", "chữ"]
    assert page.locator(".grid-total").all_inner_texts() == ["1.002,5", "3"]


def test_keys_walk_a_grid(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.locator("[name=a1]").focus()
    for key, name in (("Enter", "b1"), ("ArrowRight", "b2"), ("ArrowUp", "a2"), ("Tab", "b1")):
        page.keyboard.press(key)
        expect(page.locator(f"[name={name}]")).to_be_focused()
    assert "/report" in page.url


def test_keys_walk_a_board_and_enter_opens(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/record")
    page.locator(".board td a").first.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(f"{office.url}/units?q=1-1")


def test_an_act_that_asks_keeps_a_reason_half_written(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/record")
    page.get_by_text("Trả lại", exact=True).first.click()
    expect(page.get_by_label("Lý do")).to_be_focused()
    page.keyboard.type("thiếu số liệu")
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_label("Lý do")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Lý do")).to_be_hidden()


def test_a_refused_form_leads_to_the_field(office: LiveOffice, page: Page):
    open_page(page, f"{office.url}/report")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".faults")).to_be_focused()
    page.get_by_role("link", name="Tỷ lệ: Nhập tỷ lệ.").click()
    expect(page.locator("#title")).to_be_focused()
    assert_accessible(page)


def test_everything_works_without_scripts(office: LiveOffice, page: Page, chromium: Browser):
    cookies = page.context.cookies()
    with chromium.new_context(java_script_enabled=False, viewport=TELEPHONE) as context:
        context.add_cookies(cookies)
        plain = context.new_page()
        plain.goto(f"{office.url}/units")
        plain.get_by_text("Loại", exact=True).first.click()
        plain.get_by_label("Mặt trận Tổ quốc").check()
        plain.get_by_role("button", name="Lọc", exact=True).click()
        expect(plain.locator(".pager-total")).to_contain_text("trong tổng số 30")
        plain.goto(f"{office.url}/record")
        plain.get_by_text("Trả lại", exact=True).first.click()
        expect(plain.get_by_label("Lý do")).to_be_visible()
