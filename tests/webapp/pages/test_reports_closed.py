"""A closed form says why and what can be done; what is granted is listed and ends by itself."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.small_office import sign_in
from tests.support.working_office import (
    CLERK,
    COMMUNE_CLERK,
    OTHER_CLERK,
    address,
    given_obligations,
    given_report,
    work_in,
)
from webapp.runtime import today
from workflows.regimes import Obligation, Reopening, ReopeningRequest


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


def owed(working_app: Flask, page: str) -> Obligation:
    with work_in(working_app) as session:
        return session.get_one(Obligation, int(page.split("/")[-1]))


def test_a_report_that_waits_says_so_and_may_be_asked_back(
    working_app: Flask, commune: FlaskClient, clerk: FlaskClient
):
    page = given_report(working_app)
    shown = commune.get(page).text
    assert "đang chờ văn phòng tiếp nhận" in shown
    assert "Đề nghị mở lại" in shown
    assert commune.post(f"{page}/reopening", data={"reason": "Gửi nhầm số liệu."}).status_code == 302
    assert "Văn phòng chưa trả lời." in commune.get(page).text
    assert "Gửi nhầm số liệu." in clerk.get("/reports/exceptions/asked").text
    clerk.post(f"{page}/return", data={"reason": "Sửa lại."})
    with work_in(working_app) as session:
        asked = session.scalars(select(ReopeningRequest)).all()
        assert all(request.answered_at is not None for request in asked)


def test_an_accepted_report_says_when_it_was_accepted(working_app: Flask, commune: FlaskClient):
    page = given_report(working_app, accepted=True)
    shown = commune.get(page).text
    assert "Báo cáo đã được tiếp nhận ngày" in shown
    assert "Đề nghị mở lại" in shown


def test_a_form_past_its_last_day_says_which_day_that_was(working_app: Flask, commune: FlaskClient):
    page = address(*given_obligations(working_app, lock_days=1, months=4)[0])
    shown = commune.get(page).text
    assert "Biểu đã khoá từ sau ngày" in shown
    assert "Đề nghị mở lại" in shown


def test_what_is_not_asked_of_ones_unit_does_not_exist(working_app: Flask):
    page = address(*given_obligations(working_app)[-1])
    assert sign_in(working_app, OTHER_CLERK).get(page).status_code == 404


def test_a_later_due_day_is_granted_to_one_unit_and_listed(
    working_app: Flask, commune: FlaskClient, clerk: FlaskClient
):
    page = address(*given_obligations(working_app)[-1])
    before = owed(working_app, page)
    until = before.due_on + timedelta(days=6)
    form = f"/reports/obligations/{before.id}/extend"
    assert clerk.get(form).status_code == 200
    assert commune.get(form).status_code == 404
    early = clerk.post(form, data={"until": f"{before.due_on:%d/%m/%Y}", "reason": "Bão."})
    assert early.status_code == 422
    assert "sau hạn đang có" in early.text
    assert clerk.post(form, data={"until": f"{until:%d/%m/%Y}", "reason": "Bão số 9."}).status_code == 302
    after = owed(working_app, page)
    assert (after.due_on, after.timely_until - before.timely_until) == (until, timedelta(days=6))
    assert "Bão số 9." in clerk.get("/reports/exceptions?kind=extension").text
    assert "Bão số 9." not in clerk.get("/reports/exceptions?kind=reopening").text
    with clerk.get("/reports/exceptions?format=xlsx") as sheet:
        assert sheet.status_code == 200


def test_a_reopening_may_be_ended_early_with_a_reason(working_app: Flask, clerk: FlaskClient):
    page = address(*given_obligations(working_app, lock_days=1, months=4)[0])
    obligation = owed(working_app, page)
    with work_in(working_app):
        day = today()
    clerk.post(
        f"/regimes/obligations/{obligation.id}/reopen",
        data={"until": f"{day + timedelta(days=3):%d/%m/%Y}", "reason": "Mất điện."},
    )
    assert "Văn phòng mở lại biểu đến hết ngày" in clerk.get(page).text
    with work_in(working_app) as session:
        granted = session.scalars(select(Reopening).where(Reopening.obligation_id == obligation.id)).one()
    end = f"/reports/exceptions/{granted.id}/end"
    assert clerk.post(end, data={"reason": ""}).status_code == 422
    assert clerk.post(end, data={"reason": "Cho nhầm đơn vị."}).status_code == 302
    assert "Biểu đã khoá từ sau ngày" in sign_in(working_app, COMMUNE_CLERK).get(page).text
