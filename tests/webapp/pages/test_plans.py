"""The pages of plans: asking, writing with milestones, handing in, returning, accepting."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
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
from webapp.jobs import assign_milestones
from webapp.runtime import now, runtime
from workflows import reports
from workflows.people import Person
from workflows.regimes import Obligation
from workflows.tasks import Task

QUERIES_OF_THE_LIST = 12
QUERIES_OF_A_PLAN = 22
UNITS = ["Đảng uỷ xã An Bình", "Đảng uỷ xã Bình Thạnh"]


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the first commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


def asked(app: Flask, clerk: FlaskClient) -> int:
    """What the first commune owes under a new request."""
    due = f"{day_from_today(app, 10):%d/%m/%Y}"
    wanted = {"name": "Kế hoạch", "due_on": due, "units": UNITS, "guidance": "Nêu rõ kinh phí."}
    answer = clerk.post(f"/plans/new?directive={given_directive(app)}", data=wanted)
    assert answer.status_code == 302, answer.text
    with work_in(app) as session:
        owed = select(Obligation.id).where(
            Obligation.regime_id == int(answer.location.rsplit("=", 1)[1]), Obligation.unit_id == COMMUNE
        )
        return session.scalars(owed).one()


def typed(app: Flask, **changes: object) -> dict[str, object]:
    day = f"{day_from_today(app, 40):%d/%m/%Y}"
    return {
        "title": "Kế hoạch 12-KH/ĐU",
        "content": "Mục tiêu, giải pháp.",
        "milestone-what": ["Quán triệt đến chi bộ", ""],
        "milestone-who": ["Ban Tuyên giáo", ""],
        "milestone-due_on": [day, ""],
        **changes,
    }


def handed_in(app: Flask, clerk: FlaskClient, commune: FlaskClient) -> int:
    owed = asked(app, clerk)
    answer = commune.post(f"/plans/{owed}", data=typed(app, act="submit"))
    assert answer.status_code == 302, answer.text
    return owed


def tasks_made(app: Flask) -> int:
    with work_in(app) as session:
        return len(session.scalars(select(Task).where(Task.title == "Quán triệt đến chi bộ")).all())


def test_a_plan_goes_from_the_request_to_tasks_of_the_unit(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    owed, before = asked(working_app, clerk), tasks_made(working_app)
    assert "Nêu rõ kinh phí." in commune.get(f"/plans/{owed}").text
    assert commune.post(f"/plans/{owed}", data=typed(working_app)).status_code == 302
    assert "Ban Tuyên giáo" in commune.get(f"/plans/{owed}").text
    assert commune.post(f"/plans/{owed}", data=typed(working_app, act="submit")).status_code == 302
    assert clerk.post(f"/plans/{owed}/return", data={"reason": "Thiếu kinh phí"}).status_code == 302
    assert "Thiếu kinh phí" in commune.get(f"/plans/{owed}").text
    commune.post(f"/plans/{owed}", data=typed(working_app, act="submit", content="Đã bổ sung."))
    assert clerk.post(f"/plans/{owed}/accept").status_code == 302
    assert tasks_made(working_app) == before + 1
    page = commune.get(f"/plans/{owed}").text
    assert "chưa tiếp nhận" in page
    task = re.search(r"/tasks/\d+", page)
    assert task
    assert f"/plans/{owed}" in commune.get(task.group()).text


def test_a_plan_accepted_among_other_reports_gets_its_tasks_by_the_clock(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    owed, before = handed_in(working_app, clerk, commune), tasks_made(working_app)
    with work_in(working_app) as session:
        report = reports.of_obligation(session, session.get_one(Obligation, owed))
        reports.accept(session, report, by=session.get_one(Person, CLERK), at=now())
    for _ in range(2):
        with work_in(working_app) as session:
            assign_milestones(runtime(), session, now())
    assert tasks_made(working_app) == before + 1


def test_a_plan_may_come_as_a_file(working_app: Flask, clerk: FlaskClient, commune: FlaskClient):
    owed = asked(working_app, clerk)
    bare = typed(working_app, content="", act="submit")
    answer = commune.post(f"/plans/{owed}", data=bare)
    assert answer.status_code == 422
    assert "kèm tệp kế hoạch" in answer.text
    file = {"files": (BytesIO(b"%PDF-1.7"), "KH12.pdf")}
    assert commune.post(f"/plans/{owed}", data={**bare, **file}).status_code == 302
    assert "KH12.pdf" in clerk.get(f"/plans/{owed}").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Ghi tên hoặc số"),
        ({"milestone-due_on": ["30/02/2027", ""]}, "Không có ngày 30/02/2027"),
        ({"milestone-due_on": ["", ""]}, "Mỗi mốc cần ghi đủ"),
        ({"milestone-due_on": ["01/01/2020", ""]}, "trước ngày yêu cầu"),
        ({"version": "0"}, "vừa sửa báo cáo này"),
    ],
)
def test_what_cannot_be_kept_comes_back_filled(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient, change: dict[str, object], sentence: str
):
    owed = asked(working_app, clerk)
    commune.post(f"/plans/{owed}", data=typed(working_app, content="Bản trước."))
    answer = commune.post(f"/plans/{owed}", data=typed(working_app, **change))
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert "Quán triệt đến chi bộ" in answer.text


@pytest.mark.parametrize(
    ("person", "status"),
    [(CLERK, 200), (INSPECTOR, 200), (COMMUNE_CLERK, 200), (OTHER_CLERK, 404), (AGENCY_CLERK, 404)],
)
def test_a_plan_exists_for_whom_it_concerns(working_app: Flask, clerk: FlaskClient, person: int, status: int):
    owed = asked(working_app, clerk)
    assert sign_in(working_app, person).get(f"/plans/{owed}").status_code == status


def test_only_the_unit_writes_and_only_the_office_decides(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    owed = handed_in(working_app, clerk, commune)
    assert clerk.post(f"/plans/{owed}", data=typed(working_app)).status_code == 404
    assert commune.post(f"/plans/{owed}/accept").status_code == 404
    assert sign_in(working_app, INSPECTOR).post(f"/plans/{owed}/accept").status_code == 404
    assert commune.post(f"/plans/{owed}", data=typed(working_app, content="Khác")).status_code == 409


def test_who_has_not_handed_in_is_listed_and_pages_keep_their_budgets(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    owed = handed_in(working_app, clerk, commune)
    assert "Bình Thạnh" in clerk.get("/plans/?view=open&standing=awaited").text
    for address, budget in (("/plans/", QUERIES_OF_THE_LIST), (f"/plans/{owed}", QUERIES_OF_A_PLAN)):
        with counted_queries(working_app) as statements:
            assert clerk.get(address).status_code == 200
        assert len(statements) <= budget, len(statements)
    with clerk.get("/plans/?format=xlsx") as answer:
        assert answer.data.startswith(b"PK")
