"""Excel, Word and PDF of a report's form: out, filled in, looked at, put in; nothing enters unseen."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.support.small_office import sign_in
from tests.support.working_office import (
    CLERK,
    COMMUNE_CLERK,
    FILLED,
    OTHER_CLERK,
    address,
    given_obligations,
    given_report,
)


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


@pytest.fixture
def page(working_app: Flask) -> str:
    """The address of a report the commune owes."""
    return address(*given_obligations(working_app)[-1])


def filled(content: bytes, **cells: Any) -> BytesIO:
    """The workbook after somebody typed into its first section, by the label of the row."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[1]
    rows = {str(row[0].value).removesuffix(" *"): row[0].row for row in sheet.iter_rows() if row[0].value}
    for label, value in cells.items():
        sheet.cell(rows[label.replace("_", " ")], 2).value = value
    saved = BytesIO()
    book.save(saved)
    saved.seek(0)
    return saved


def send(browser: FlaskClient, page: str, file: BytesIO) -> Any:
    return browser.post(f"{page}/xlsx", data={"workbook": (file, "biểu đã điền.xlsx")})


TYPED = {"Số_nhiệm_vụ_được_giao": 14, "Số_nhiệm_vụ_hoàn_thành": 11}


def test_a_workbook_is_filled_looked_at_and_put_in(commune: FlaskClient, page: str):
    out = commune.get(f"{page}/xlsx")
    assert out.headers["Content-Disposition"].startswith("attachment; filename=BC-")
    sent = send(commune, page, filled(out.data, **TYPED))
    assert sent.status_code == 303
    look = commune.get(sent.location).text
    assert "Số nhiệm vụ được giao" in look
    assert "<strong>14</strong>" in look
    assert 'value="14"' not in commune.get(page).text
    applied = commune.post(sent.location, data={"version": "0"})
    assert applied.status_code == 303
    assert 'name="number:given" value="14"' in commune.get(page).text


def test_a_cell_that_cannot_be_read_is_named_and_the_good_ones_may_go_in(commune: FlaskClient, page: str):
    out = commune.get(f"{page}/xlsx").data
    wrong = {"Số_nhiệm_vụ_được_giao": 14, "Số_nhiệm_vụ_hoàn_thành": "mười một", "Số_cuộc_họp": "=1+2"}
    sent = send(commune, page, filled(out, **wrong))
    look = commune.get(sent.location).text
    assert re.search(r"2 ô không đọc được", look)
    assert re.findall(r"<strong>(B\d+)</strong>", look) == ["B7", "B8"]
    assert "Ô chứa công thức" in look
    commune.post(sent.location, data={"version": "0"})
    shown = commune.get(page).text
    assert 'name="number:given" value="14"' in shown
    assert 'name="number:done" value=""' in shown


def test_the_same_file_again_is_said_to_be_the_same(commune: FlaskClient, page: str):
    file = filled(commune.get(f"{page}/xlsx").data, **TYPED).getvalue()
    first = send(commune, page, BytesIO(file))
    commune.post(first.location, data={"version": "0"})
    second = send(commune, page, BytesIO(file))
    assert second.location == first.location
    assert "Tệp này đã được Ngô Văn Ích đưa vào báo cáo lúc" in commune.get(second.location).text


def test_whoever_typed_meanwhile_is_not_overwritten_unseen(commune: FlaskClient, page: str):
    out = commune.get(f"{page}/xlsx").data
    commune.post(page, data={"version": "0", **FILLED})
    sent = send(commune, page, filled(out, **TYPED))
    version = re.search(r'name="version" value="(\d+)"', commune.get(sent.location).text)
    assert version is not None
    commune.post(page, data={"version": version.group(1), **FILLED, "number:meetings": "3"})
    refused = commune.post(sent.location, data={"version": version.group(1)})
    assert refused.status_code == 409
    assert "vừa sửa báo cáo này" in refused.text


@pytest.mark.parametrize("months", [1])
def test_a_workbook_of_another_period_is_refused_on_the_page(
    working_app: Flask, commune: FlaskClient, months: int
):
    earlier, later = (address(*one) for one in given_obligations(working_app, months=months)[-2:])
    refused = send(commune, later, BytesIO(commune.get(f"{earlier}/xlsx").data))
    assert refused.status_code == 422
    assert "kỳ hoặc chế độ báo cáo khác" in refused.text


def test_no_file_is_no_crash(commune: FlaskClient, page: str):
    assert commune.post(f"{page}/xlsx").status_code == 422
    assert send(commune, page, BytesIO(b"%PDF-1.4")).status_code == 422


@pytest.mark.parametrize("person", [CLERK, OTHER_CLERK])
def test_only_the_unit_takes_and_sends_workbooks(working_app: Flask, page: str, person: int):
    browser = sign_in(working_app, person)
    assert browser.get(f"{page}/xlsx").status_code == 404
    assert send(browser, page, BytesIO(b"x")).status_code == 404


@pytest.mark.parametrize("wish", ["", "?empty=1", "?edition=1"])
def test_the_form_is_given_out_on_paper(working_app: Flask, wish: str):
    page, browser = given_report(working_app), sign_in(working_app, CLERK)
    pdf = browser.get(f"{page}/pdf{wish}")
    words = PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert "Đảng uỷ xã An Bình" in words
    assert ("Đã quán triệt." in words) == (wish != "?empty=1")
    assert ("bản nộp lần 1" in words) == (wish != "?empty=1")
    assert browser.get(f"{page}/docx{wish}").data.startswith(b"PK")
    assert browser.get(f"{page}/pdf?edition=7").status_code == 404
    attached: Callable[[str], str | None] = pdf.headers.get
    assert "attachment" in str(attached("Content-Disposition"))
