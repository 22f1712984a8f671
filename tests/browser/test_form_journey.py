"""An officer designs a form without typing any code; a unit fills it in; cells reckon, hide and ask."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.test_report_journey import PASTE, be
from tests.support.browser import LiveOffice, assert_accessible, assert_fits, photograph
from tests.support.working_office import CLERK, COMMUNE_CLERK, OFFICE, furnish_working_office, work_in
from webapp.runtime import calendar, now, today
from workflows import regimes, reports
from workflows.calendar import Cadence, DueKind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import FormState, FormVersion, Obligation, Selection, Terms
from workflows.regimes.forms import read, reckon

pytestmark = pytest.mark.browser


def ready(page: Page) -> None:
    """The scripts of the page are in place."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()


def add(page: Page, section: int, kind: str) -> None:
    """Add a part to a section; it then lies open."""
    adding = page.locator(".design-section").nth(section).locator(".design-add")
    adding.locator("summary").click()
    adding.get_by_role("button", name=kind, exact=True).click()
    ready(page)


def say(page: Page, **boxes: str) -> None:
    """Type into boxes of the open card."""
    for name, words in boxes.items():
        page.locator(f"#open [name='{name.replace('_', '-') if name.startswith('when') else name}']").fill(
            words
        )


def insert(page: Page, box: str, cell: str) -> None:
    """Put a cell into a formula by choosing it from the list."""
    page.locator(f"#open [name='{box}']").press("End")
    page.locator("#open [data-insert] select").first.select_option(cell)


def step(page: Page, button: str) -> None:
    """Press a button of the designer and wait for the page that follows."""
    page.get_by_role("button", name=button, exact=True).first.click()
    ready(page)


def design(page: Page, office: LiveOffice) -> None:
    """A form of two sections with a grid, a calculated cell, a condition and a rule across periods."""
    page.goto(f"{office.url}/report-forms/")
    page.get_by_role("link", name="Soạn biểu mới").click()
    page.fill("#title", "Báo cáo hội nghị quý")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    ready(page)
    add(page, 0, "Số liệu")
    say(page, label="Đầu kỳ", unit="người")
    add(page, 0, "Số liệu")
    say(page, label="Tăng trong kỳ", unit="người")
    add(page, 0, "Số tính ra")
    say(page, label="Cuối kỳ")
    insert(page, "formula", "Đầu kỳ")
    page.locator("#open [name=formula]").press_sequentially(" + ")
    insert(page, "formula", "Tăng trong kỳ")
    expect(page.locator("#open [name=formula]")).to_have_value("[Đầu kỳ] + [Tăng trong kỳ]")
    step(page, "Thêm phần")
    say(page, title="II. Hội nghị")
    add(page, 1, "Lựa chọn")
    say(page, label="Có tổ chức hội nghị")
    add(page, 1, "Bảng số liệu")
    say(
        page, label="Hội nghị", rows="Trực tiếp\nTrực tuyến", columns="Số cuộc\tSố người", total_row="Tổng số"
    )
    page.locator("#open [name='when-cell']").select_option("Có tổ chức hội nghị")
    say(page, when_value="Có")
    step(page, "Lưu")
    page.locator("#open summary", has_text="Ô để xám").click()
    page.get_by_label("Trực tuyến – Số người").first.check()
    step(page, "Thêm quy tắc")
    insert(page, "left", "Đầu kỳ")
    page.locator("#open [name=right]").focus()
    page.get_by_label("Chèn số của kỳ trước").check()
    insert(page, "right", "Cuối kỳ")
    say(page, sentence="Số đầu kỳ phải bằng số cuối kỳ trước.")
    expect(page.locator("#open [name=right]")).to_have_value("[kỳ trước: Cuối kỳ]")


def test_a_form_is_designed_tried_published_and_filled_in(page: Page, live_office: LiveOffice):
    furnish_working_office(live_office.app)
    be(page, live_office, CLERK)
    design(page, live_office)
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    look = page.frame_locator("iframe[data-look]")
    look.get_by_role("textbox", name="Đầu kỳ", exact=True).fill("10")
    look.get_by_role("textbox", name="Tăng trong kỳ", exact=True).fill("5")
    expect(look.locator("[data-result]")).to_have_text("15")
    expect(look.get_by_text("Trực tiếp", exact=True)).to_be_hidden()
    look.get_by_role("combobox", name="Có tổ chức hội nghị").select_option("Có")
    expect(look.get_by_text("Trực tiếp", exact=True)).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    photograph(page, "form-design")
    page.locator(".design-section").nth(1).locator(".design-open").nth(2).click()
    ready(page)
    assert_accessible(page)
    photograph(page, "form-design-grid")
    step(page, "Ban hành biểu")
    expect(page.locator(".message-success")).to_contain_text("Đã ban hành biểu")
    fill_in(page, live_office, owed(live_office))


def number(code: str, **settings: object) -> dict[str, object]:
    """A number field named like its code."""
    return {"code": code, "label": code.upper(), "kind": "number", **settings}


SUMS = {
    "title": "Các phép tính",
    "sections": [
        {
            "title": "I",
            "parts": [
                number("late", formula="share * 2 - early"),
                number("early", formula="(a + b) / 4"),
                number("share", formula="a / b * 100", decimals=1),
                number("a", required=True),
                number("b"),
                number("c", when={"cell": "a", "sign": ">=", "value": "1.000"}),
                number("with_c", formula="b + c"),
                number("negative", formula="-(a * 1.5) + 0.1", decimals=2),
            ],
        }
    ],
}
TYPED = ("", "0", "7", "-2,5", "1.250", "999999,99")


def test_browser_and_server_reckon_alike(page: Page, live_office: LiveOffice):
    furnish_working_office(live_office.app)
    with work_in(live_office.app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        regimes.publish_form(session, office, code="sums", definition=SUMS, by=clerk, at=now())
    be(page, live_office, CLERK)
    page.goto(f"{live_office.url}/report-forms/1/try")
    ready(page)
    form = read(SUMS)
    for typed in product(TYPED, TYPED, ("", "3")):
        said = dict(zip("abc", typed, strict=True))
        for cell, text in said.items():
            page.evaluate("([id, text]) => document.getElementById(id).value = text", [f"cell-{cell}", text])
        page.dispatch_event("#cell-a", "input", {"bubbles": True})
        shown = dict(page.eval_on_selector_all("[data-result]", "all => all.map(e => [e.id, e.textContent])"))
        assert shown == {f"cell-{cell}": text for cell, text in expected(form, said).items()}, said
        assert page.locator("#cell-c").is_visible() is (said["a"] in ("1.250", "999999,99"))


def expected(form: regimes.forms.Form, said: dict[str, str]) -> dict[str, str]:
    """What the server says to these figures, as the page writes it."""
    typed = {cell: reports.number(text) for cell, text in said.items()}
    found = reckon(
        form, {cell: Decimal(figure) for cell, figure in typed.items() if figure is not None}, {}, {}
    )
    return {
        cell: "chia cho 0, chưa tính được"
        if cell in found.undefined
        else reports.written(found.figures[cell])
        if cell in found.figures
        else "–"
        for cell in form.formulas
    }


def test_cards_are_moved_by_hand_and_by_mouse(page: Page, live_office: LiveOffice):
    furnish_working_office(live_office.app)
    be(page, live_office, CLERK)
    page.goto(f"{live_office.url}/report-forms/begin")
    page.fill("#title", "Biểu để chuyển")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    for kind, name in (("Số liệu", "Một"), ("Ngày", "Hai"), ("Lời văn", "Ba")):
        add(page, 0, kind)
        say(page, label=name)
    step(page, "Chuyển lên")
    step(page, "Xong")
    cards = page.locator(".design-card .design-label")
    expect(cards).to_have_text(["Một", "Ba", "Hai"])
    page.locator(".design-card").nth(2).drag_to(page.locator(".design-card").nth(0))
    ready(page)
    expect(cards).to_have_text(["Hai", "Một", "Ba"])


def owed(office: LiveOffice) -> str:
    """The form is asked of the commune since last month; the address of what it owes now."""
    with work_in(office.app) as session:
        clerk, unit = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        version = session.scalars(select(FormVersion).where(FormVersion.state == FormState.PUBLISHED)).one()
        terms = Terms(
            name="Hội nghị hằng tháng",
            cadence=Cadence.MONTHLY,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=5,
            selection=Selection(units=("DU-AB",)),
            starts_on=date(today().year, today().month, 1),
        )
        regime = regimes.establish(session, unit, terms=terms, form_version=version, by=clerk, at=now())
        session.flush()
        regimes.generate_for(session, regime, on=today(), calendar=calendar())
        obligation = session.scalars(select(Obligation).where(Obligation.regime_id == regime.id)).one()
        return f"/reports/{obligation.period}/{obligation.id}"


def fill_in(page: Page, office: LiveOffice, address: str) -> None:
    """The unit fills the form in: sums follow, the grid appears, what is pasted beyond it is named."""
    be(page, office, COMMUNE_CLERK)
    page.goto(f"{office.url}{address}")
    ready(page)
    page.get_by_role("textbox", name="Đầu kỳ", exact=True).fill("1.200")
    page.get_by_role("textbox", name="Tăng trong kỳ", exact=True).fill("34")
    expect(page.locator("output.calculated")).to_have_text("1.234")
    first = page.get_by_label("Trực tiếp – Số cuộc", exact=True)
    expect(first).to_be_hidden()
    page.get_by_role("combobox", name="Có tổ chức hội nghị").select_option("Có")
    first.focus()
    page.evaluate(PASTE, "3\t40\n2\t9\n7\t8")
    expect(first).to_have_value("3")
    beyond = page.locator("[data-outside]")
    expect(beyond).to_contain_text("Không nhận 1 số")
    expect(beyond).to_contain_text("hàng 2, cột 2 của vùng dán (9)")
    expect(page.locator("[data-saved-at]")).to_contain_text("Đã lưu lúc")
    assert_fits(page)
    assert_accessible(page)
    photograph(page, "form-filled")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.locator(".message-success")).to_have_text("Đã nộp báo cáo.")
    expect(page.get_by_role("link", name="1.234")).to_be_visible()
