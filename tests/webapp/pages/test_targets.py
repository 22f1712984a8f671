"""The pages of targets: the list, those behind, one target, setting, recording, correcting."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY,
    AGENCY_CLERK,
    CLERK,
    INSPECTOR,
    MONITOR,
    OFFICE,
    OTHER_CLERK,
    given_task,
    work_in,
)
from webapp.runtime import now, today
from workflows import targets, tasks
from workflows.organisations import Unit
from workflows.people import Person
from workflows.targets import Direction, FollowedTarget, Goal, Line, Reading
from workflows.tasks import Task

QUERIES_OF_THE_LIST = 14
QUERIES_OF_A_TARGET = 18
READING = {"value": "48,5", "measured_on": "", "source": "Báo cáo quý", "note": ""}


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


def given_target(app: Flask, *, value: str | None = None, name: str = "Tỷ lệ tập hợp") -> int:
    """From 40 to 60 % in two hundred days, half of them over; with a value of today or none."""
    with work_in(app) as session:
        clerk = session.get_one(Person, CLERK)
        line = Line(Decimal(40), today() - timedelta(100), Decimal(60), today() + timedelta(100))
        goal = Goal(name, "%", Direction.AT_LEAST, session.get_one(Unit, AGENCY), line, quote="đạt 60%")
        target = targets.set_(session, session.get_one(Unit, OFFICE), goal=goal, by=clerk, at=now())
        if value is not None:
            reading = Reading(Decimal(value), today(), "Báo cáo")
            targets.record(session, target, reading=reading, by=clerk, at=now())
        session.flush()
        return target.id


def typed(**changes: str) -> dict[str, str]:
    return {
        "name": "Tỷ lệ tập hợp thanh niên",
        "lead": "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "measure": "%",
        "direction": "at-least",
        "baseline_value": "40,5",
        "baseline_on": "01/01/2026",
        "goal_value": "60",
        "goal_on": "31/12/2030",
        "steps": "31/12/2026: 45\n31/12/2028: 52,5",
        "fresh_days": "200",
        "indicator": "",
        "quote": "",
        **changes,
    }


def test_those_behind_are_named_with_lead_day_and_gap(working_app: Flask, clerk: FlaskClient):
    given_target(working_app, value="45", name="Chậm năm điểm")
    given_target(working_app, value="55", name="Nhanh năm điểm")
    page = clerk.get("/targets/?view=behind&course=behind").text
    assert "Chậm năm điểm" in page
    assert "5,00" in page
    assert "Nhanh năm điểm" not in page
    assert "Ban Tuyên giáo" in page


def test_the_list_keeps_its_budget_and_leaves_as_a_sheet(working_app: Flask, clerk: FlaskClient):
    given_target(working_app, value="45")
    with counted_queries(working_app) as statements:
        assert clerk.get("/targets/").status_code == 200
    assert len(statements) <= QUERIES_OF_THE_LIST
    with clerk.get("/targets/?format=xlsx&sort=-gap") as answer:
        book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert "Chậm so với tiến độ" in book.get_sheet_by_index(0).to_python()[0]


def test_a_target_is_set_with_its_steps(working_app: Flask, clerk: FlaskClient):
    answer = clerk.post("/targets/new", data=typed())
    assert answer.status_code == 302
    with work_in(working_app) as session:
        target = session.get_one(FollowedTarget, int(answer.location.rsplit("/", 1)[1]))
        assert target.line.steps == (
            (date(2026, 12, 31), Decimal(45)),
            (date(2028, 12, 31), Decimal("52.5")),
        )
        assert target.baseline_value == Decimal("40.5")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"steps": "cuối năm: 45"}, "Không đọc được mốc"),
        ({"goal_value": "sáu mươi"}, "không phải là số"),
        ({"goal_on": "01/01/2025"}, "phải sau ngày của số gốc"),
        ({"direction": "at-most"}, "ngược với hướng"),
        ({"lead": "Cơ quan không có"}, "Không có đơn vị nào tên"),
        ({"lead": ""}, "Nhập tên đơn vị chủ trì"),
    ],
)
def test_what_cannot_be_followed_comes_back_filled(
    working_app: Flask, clerk: FlaskClient, change: dict[str, str], sentence: str
):
    answer = clerk.post("/targets/new", data=typed(**change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Tỷ lệ tập hợp thanh niên" in answer.text


def test_a_target_read_from_a_directive_is_followed_with_its_words(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app, title="Nâng tỷ lệ", targets=(tasks.Target(Decimal(65), "%", "đạt 65%"),))
    with work_in(working_app) as session:
        reading = session.get_one(Task, task).targets[0].id
    page = clerk.get(f"/targets/new?reading={reading}").text
    assert 'value="65"' in page
    assert "đạt 65%" in page
    assert sign_in(working_app, AGENCY_CLERK).get(f"/targets/new?reading={reading}").status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [(CLERK, 200), (AGENCY_CLERK, 200), (MONITOR, 200), (INSPECTOR, 200), (OTHER_CLERK, 404)],
)
def test_a_target_exists_for_whom_it_concerns(working_app: Flask, person: int, status: int):
    target = given_target(working_app)
    assert sign_in(working_app, person).get(f"/targets/{target}").status_code == status


def test_the_lead_records_and_corrects_and_nothing_is_lost(working_app: Flask):
    target, lead = given_target(working_app), sign_in(working_app, AGENCY_CLERK)
    day = f"{today_of(working_app):%d/%m/%Y}"
    first = lead.post(f"/targets/{target}/values", data={**READING, "measured_on": day})
    assert first.status_code == 302
    page = lead.get(f"/targets/{target}").text
    assert "chậm 1,5 %" in page
    assert "<svg" in page
    wrong = re.search(r"corrects=(\d+)", page)
    assert wrong
    bare = {**READING, "measured_on": day, "value": "51", "corrects": wrong.group(1)}
    assert lead.post(f"/targets/{target}/values", data=bare).status_code == 422
    assert lead.post(f"/targets/{target}/values", data={**bare, "note": "Nhập nhầm"}).status_code == 302
    page = lead.get(f"/targets/{target}").text
    assert "<del>48,5</del>" in page
    assert "đã đính chính" in page


def today_of(app: Flask) -> date:
    with work_in(app):
        return today()


def test_those_who_look_have_no_buttons_and_no_way(working_app: Flask):
    target = given_target(working_app, value="45")
    looker = sign_in(working_app, MONITOR)
    assert "Ghi số liệu" not in looker.get(f"/targets/{target}").text
    assert looker.post(f"/targets/{target}/values", data=READING).status_code == 404
    assert sign_in(working_app, AGENCY_CLERK).post(f"/targets/{target}/drop").status_code == 404


def test_the_page_of_a_target_keeps_its_budget(working_app: Flask, clerk: FlaskClient):
    target = given_target(working_app, value="45")
    with counted_queries(working_app) as statements:
        assert clerk.get(f"/targets/{target}").status_code == 200
    assert len(statements) <= QUERIES_OF_A_TARGET


def test_a_revision_asks_for_its_reason_and_a_drop_ends_recording(working_app: Flask, clerk: FlaskClient):
    target = given_target(working_app)
    assert clerk.post(f"/targets/{target}/edit", data=typed()).status_code == 422
    assert clerk.post(f"/targets/{target}/edit", data=typed(reason="Kết luận 12")).status_code == 302
    assert "Kết luận 12" in clerk.get(f"/targets/{target}").text
    assert clerk.post(f"/targets/{target}/drop", data={"reason": "Không giao nữa"}).status_code == 302
    assert "thôi theo dõi" in clerk.get(f"/targets/{target}").text
