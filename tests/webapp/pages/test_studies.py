"""The pages of studying a directive: asking, confirming in one act, the share by branch, the silent ones."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    INSPECTOR,
    OTHER_CLERK,
    work_in,
)
from tests.webapp.pages.asked_units import day_from_today, given_directive
from workflows.organisations import Unit
from workflows.regimes import Obligation

QUERIES_OF_THE_LIST = 14
QUERIES_OF_A_STUDY = 22
UNITS = ["Đảng uỷ xã An Bình", "Đảng uỷ xã Bình Thạnh"]


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


def wanted(app: Flask, **changes: object) -> dict[str, object]:
    due = f"{day_from_today(app, 10):%d/%m/%Y}"
    return {"name": "Quán triệt", "due_on": due, "ways": "Hội nghị\nTrực tuyến", "units": UNITS, **changes}


def said(app: Flask, **changes: str) -> dict[str, str]:
    today = f"{day_from_today(app, 0):%d/%m/%Y}"
    return {
        "studied_on": today,
        "way": "Hội nghị",
        "cells": "12",
        "attending": "230",
        "expected": "250",
        "note": "",
        **changes,
    }


def approval_needed(app: Flask, *, needed: bool) -> None:
    """Whether the head of the first commune approves what its clerk hands in; the tests share the office."""
    with work_in(app) as session:
        session.get_one(Unit, COMMUNE).needs_sign_off = needed


def asked(app: Flask, clerk: FlaskClient) -> tuple[str, int]:
    """The page of a new request, and what the first commune owes."""
    answer = clerk.post(f"/studies/new?directive={given_directive(app)}", data=wanted(app))
    assert answer.status_code == 302, answer.text
    with work_in(app) as session:
        owed = select(Obligation.id).where(
            Obligation.regime_id == int(answer.location.rsplit("/", 1)[1]), Obligation.unit_id == COMMUNE
        )
        return answer.location, session.scalars(owed).one()


def test_a_look_says_whom_it_would_reach_and_leaves_nothing(working_app: Flask, clerk: FlaskClient):
    directive = given_directive(working_app)
    answer = clerk.post(f"/studies/new?directive={directive}", data=wanted(working_app, look="1"))
    assert answer.status_code == 200
    assert "yêu cầu tới 2 đơn vị" in answer.text
    assert "Chưa yêu cầu đơn vị nào xác nhận" in clerk.get(f"/directives/{directive}/rollout").text


def test_a_unit_confirms_in_one_act_and_the_share_grows(working_app: Flask, clerk: FlaskClient):
    page, owed = asked(working_app, clerk)
    commune = sign_in(working_app, COMMUNE_CLERK)
    assert "Đơn vị cần xác nhận" in commune.get("/studies/").text
    answer = commune.post(f"/studies/confirm/{owed}", data=said(working_app))
    assert answer.status_code == 302
    shown = clerk.get(page).text
    assert "1/2 đơn vị đã xác nhận (50,0 %)" in shown
    assert "230/250 người đã dự" in shown
    assert "Đảng uỷ xã Bình Thạnh" in clerk.get(f"{page}?view=silent&standing=awaited").text


def test_a_confirmation_that_waits_for_the_head_says_so(working_app: Flask, clerk: FlaskClient):
    page, owed = asked(working_app, clerk)
    approval_needed(working_app, needed=True)
    try:
        commune = sign_in(working_app, COMMUNE_CLERK)
        answer = commune.post(f"/studies/confirm/{owed}", data=said(working_app), follow_redirects=True)
        assert "Đã trình thủ trưởng duyệt." in answer.text
        assert "0/2 đơn vị đã xác nhận" in clerk.get(page).text
    finally:
        approval_needed(working_app, needed=False)


def test_the_report_of_a_unit_leads_to_the_short_form(working_app: Flask, clerk: FlaskClient):
    _, owed = asked(working_app, clerk)
    with work_in(working_app) as session:
        address = f"/reports/{session.get_one(Obligation, owed).period}/{owed}"
    commune = sign_in(working_app, COMMUNE_CLERK)
    assert commune.get(address).location == f"/studies/confirm/{owed}"
    assert commune.get(f"{address}?full=1").status_code == 200
    assert clerk.get(address).status_code == 200
    commune.post(f"/studies/confirm/{owed}", data=said(working_app))
    assert "full=1" in commune.get(f"/studies/confirm/{owed}").location


def test_a_returned_confirmation_comes_back_filled_with_the_reason(working_app: Flask, clerk: FlaskClient):
    _, owed = asked(working_app, clerk)
    commune = sign_in(working_app, COMMUNE_CLERK)
    commune.post(f"/studies/confirm/{owed}", data=said(working_app))
    with work_in(working_app) as session:
        address = f"/reports/{session.get_one(Obligation, owed).period}/{owed}"
    assert clerk.post(f"{address}/return", data={"reason": "Thiếu hai chi bộ"}).status_code == 302
    page = commune.get(f"/studies/confirm/{owed}").text
    assert "Thiếu hai chi bộ" in page
    assert 'value="230"' in page
    assert commune.post(f"/studies/confirm/{owed}", data=said(working_app, cells="14")).status_code == 302


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"attending": "300"}, "không thể nhiều hơn"),
        ({"way": ""}, "Chọn hình thức"),
        ({"studied_on": "31/02/2026"}, "Không có ngày"),
        ({"cells": "-1"}, "từ 0 trở lên"),
    ],
)
def test_what_cannot_be_comes_back_filled(
    working_app: Flask, clerk: FlaskClient, change: dict[str, str], sentence: str
):
    _, owed = asked(working_app, clerk)
    answer = sign_in(working_app, COMMUNE_CLERK).post(
        f"/studies/confirm/{owed}", data=said(working_app, **change)
    )
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": "01/01/2026"}, "Hạn phải từ hôm nay"),
        ({"units": []}, "Chọn các đơn vị phải báo cáo"),
        ({"units": [], "kinds": ["branch"]}, "Không có đơn vị nào như đã chọn"),
        ({"ways": "  "}, "ít nhất một hình thức"),
    ],
)
def test_a_request_nobody_could_meet_is_refused(
    working_app: Flask, clerk: FlaskClient, change: dict[str, object], sentence: str
):
    directive = given_directive(working_app)
    answer = clerk.post(f"/studies/new?directive={directive}", data=wanted(working_app, **change))
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("person", "status"),
    [(CLERK, 200), (INSPECTOR, 200), (COMMUNE_CLERK, 200), (OTHER_CLERK, 200), (AGENCY_CLERK, 404)],
)
def test_a_request_exists_for_whom_it_concerns(
    working_app: Flask, clerk: FlaskClient, person: int, status: int
):
    page, owed = asked(working_app, clerk)
    assert sign_in(working_app, person).get(page).status_code == status
    may_confirm = 200 if person == COMMUNE_CLERK else 404
    assert sign_in(working_app, person).get(f"/studies/confirm/{owed}").status_code == may_confirm


def test_a_unit_sees_its_own_branch_only(working_app: Flask, clerk: FlaskClient):
    page, _ = asked(working_app, clerk)
    shown = sign_in(working_app, OTHER_CLERK).get(page).text
    assert "0/1 đơn vị đã xác nhận" in shown
    assert "An Bình" not in shown


def test_pages_keep_their_budgets_and_leave_as_sheets(working_app: Flask, clerk: FlaskClient):
    page, owed = asked(working_app, clerk)
    sign_in(working_app, COMMUNE_CLERK).post(f"/studies/confirm/{owed}", data=said(working_app))
    for address, budget in (("/studies/", QUERIES_OF_THE_LIST), (page, QUERIES_OF_A_STUDY)):
        with counted_queries(working_app) as statements:
            assert clerk.get(address).status_code == 200
        assert len(statements) <= budget, len(statements)
    with clerk.get(f"{page}?format=xlsx") as answer:
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert ["Hội nghị", 12.0, 230.0, 250.0] in [row[3:7] for row in rows]
