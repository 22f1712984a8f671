"""The pages of substitutes: named by oneself or an administrator, shown on both desks, ended at once."""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    AGENCY_CLERK,
    AGENCY_HEAD,
    CLERK,
    LEADER,
    given_task,
)
from workflows.calendar import local_day


def days(length: int = 3) -> dict[str, str]:
    today = local_day(datetime.now(UTC))
    return {"first_day": f"{today:%d/%m/%Y}", "last_day": f"{today + timedelta(days=length):%d/%m/%Y}"}


def test_a_person_names_a_colleague_and_ends_it_again(working_app: Flask):
    leader, clerk = sign_in(working_app, LEADER), sign_in(working_app, CLERK)
    address = f"/people/{LEADER}/substitutes"
    assert "Đỗ Thị An" in leader.get(address).text
    assert clerk.get("/tasks/rules").status_code == 404
    assert leader.post(address, data={"substitute": CLERK, **days()}).status_code == 302
    assert "Bạn đang thay Lê Văn Bách" in clerk.get("/").text
    assert "Đỗ Thị An đang thay bạn" in leader.get("/").text
    assert clerk.get("/tasks/rules").status_code == 200
    clerk.post("/tasks/rules", data={"due_soon_days": "5", "most_extensions": "0", "product_needed": "y"})
    ending = re.search(rf"{address}/\d+/end", leader.get(address).text)
    assert ending is not None
    assert clerk.post(ending.group()).status_code == 404
    assert leader.post(ending.group()).status_code == 302
    assert leader.post(ending.group()).status_code == 422
    assert clerk.get("/tasks/rules").status_code == 404


def test_the_history_says_for_whom_somebody_acted(working_app: Flask):
    head, clerk = sign_in(working_app, AGENCY_HEAD), sign_in(working_app, CLERK)
    administrator = sign_in(working_app, ADMINISTRATOR)
    named = {"substitute": 0, "username": "chuyenvien", **days()}
    assert administrator.post(f"/people/{AGENCY_HEAD}/substitutes", data=named).status_code == 302
    task = given_task(working_app)
    assert clerk.post(f"/tasks/{task}/receive").status_code == 302
    assert "Đỗ Thị An (thay Bùi Thị Hà)" in head.get(f"/tasks/{task}").text


def test_what_cannot_be_is_refused_and_kept(working_app: Flask):
    agency = sign_in(working_app, AGENCY_CLERK)
    address = f"/people/{AGENCY_CLERK}/substitutes"
    nobody = agency.post(address, data={"substitute": 0, **days()})
    assert nobody.status_code == 422
    assert "Chọn người thay" in nobody.text
    stranger = agency.post(address, data={"substitute": 0, "username": "lanhdao", **days()})
    assert "Người thay phải cùng cơ quan" in stranger.text
    unknown = agency.post(address, data={"substitute": 0, "username": "khongco", **days()})
    assert "Không có tài khoản này" in unknown.text
    backwards = agency.post(address, data={"substitute": AGENCY_HEAD, **days(-2)})
    assert "Ngày cuối phải từ ngày đầu" in backwards.text


def test_nobody_names_a_substitute_for_another(working_app: Flask):
    address = f"/people/{LEADER}/substitutes"
    assert sign_in(working_app, CLERK).post(address, data={"substitute": CLERK, **days()}).status_code == 404
