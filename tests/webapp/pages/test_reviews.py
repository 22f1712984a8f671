"""The pages of reviews and the tab of a directive that leads to them; asking out of turn."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY_CLERK,
    CLERK,
    COMMUNE_CLERK,
    INSPECTOR,
    given_obligations,
    given_task,
    work_in,
)
from tests.webapp.pages.asked_units import day_from_today, given_directive
from workflows.directives import Directive
from workflows.regimes import Obligation
from workflows.tasks import Task

QUERIES_OF_A_REVIEW = 14
QUERIES_OF_THE_TAB = 30


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


def outline(page: str) -> dict[str, object]:
    """The outline as a browser would send it back."""
    return {
        "heading-key": re.findall(r'name="heading-key" value="([^"]*)"', page),
        "heading-words": re.findall(r'name="heading-words" maxlength="300" value="([^"]*)"', page),
        "heading-matter": re.findall(r'<option value="([^"]*)" selected', page)[1:],
    }


def scheduled(app: Flask, clerk: FlaskClient) -> str:
    """The page of a half-time review of a directive with one task."""
    directive = given_directive(app)
    task = given_task(app, title="Xây dựng mô hình điểm")
    with work_in(app) as session:
        session.get_one(Task, task).directive = session.get_one(Directive, directive)
    page = clerk.get(f"/reviews/new?directive={directive}").text
    said = {"kind": "half-time", "title": "Sơ kết", "planned_on": f"{day_from_today(app, 20):%d/%m/%Y}"}
    answer = clerk.post(f"/reviews/new?directive={directive}", data={**said, **outline(page)})
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_review_is_scheduled_gathered_edited_and_becomes_a_report(working_app: Flask, clerk: FlaskClient):
    page = scheduled(working_app, clerk)
    assert clerk.post(f"{page}/gather").status_code == 302
    text = clerk.get(page).text
    assert "Xây dựng mô hình điểm" in text
    found = re.search(r'name="paragraph" value="(\d+)"', text)
    assert found
    said = {"paragraph": found.group(1), "text": "Mô hình điểm\nĐã ra mắt.", "heading": "h2"}
    assert clerk.post(f"{page}/paragraphs", data=said).status_code == 302
    added = {"text": "Đề nghị bổ sung kinh phí.", "heading": "h8"}
    assert clerk.post(f"{page}/paragraphs", data=added).status_code == 302
    answer = clerk.post(f"{page}/document")
    assert answer.status_code == 302
    paper = clerk.get(answer.location).text
    assert "Đã ra mắt." in paper
    assert "Đề nghị bổ sung kinh phí." in paper
    assert "đã soạn báo cáo" in clerk.get(page).text


def test_a_refused_paragraph_is_not_lost(working_app: Flask, clerk: FlaskClient):
    page = scheduled(working_app, clerk)
    answer = clerk.post(f"{page}/paragraphs", data={"text": "Lời đã gõ.", "heading": "không-có"})
    assert answer.status_code == 422
    assert "Lời đã gõ." in answer.text


def test_the_outline_may_change(working_app: Flask, clerk: FlaskClient):
    page = scheduled(working_app, clerk)
    shown = clerk.get(f"{page}/edit").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', shown)
    assert version
    said = outline(shown)
    said["heading-words"] = ["Việc đã làm", *said["heading-words"][1:]]  # type: ignore[index]
    said |= {"kind": "half-time", "title": "Sơ kết một năm", "planned_on": "01/03/2030"}
    answer = clerk.post(f"{page}/edit", data={**said, "version": version.group(1)})
    assert answer.status_code == 302, answer.text
    assert "1. Việc đã làm" in clerk.get(page).text
    assert clerk.post(f"{page}/edit", data={**said, "version": "0"}).status_code == 409


def test_a_review_called_off_offers_nothing_more(working_app: Flask, clerk: FlaskClient):
    page = scheduled(working_app, clerk)
    assert clerk.post(f"{page}/call-off", data={"reason": "Ghép đợt"}).status_code == 302
    assert "Tập hợp nội dung" not in clerk.get(page).text
    assert clerk.post(f"{page}/gather").status_code == 422


@pytest.mark.parametrize(
    ("person", "status"), [(CLERK, 200), (INSPECTOR, 200), (COMMUNE_CLERK, 404), (AGENCY_CLERK, 404)]
)
def test_a_review_exists_for_the_office_and_its_inspectors(
    working_app: Flask, clerk: FlaskClient, person: int, status: int
):
    page = scheduled(working_app, clerk)
    assert sign_in(working_app, person).get(page).status_code == status
    assert sign_in(working_app, AGENCY_CLERK).post(f"{page}/gather").status_code == 404


def test_pages_keep_their_budgets(working_app: Flask, clerk: FlaskClient):
    page = scheduled(working_app, clerk)
    clerk.post(f"{page}/gather")
    with counted_queries(working_app) as statements:
        assert clerk.get(page).status_code == 200
    assert len(statements) <= QUERIES_OF_A_REVIEW, len(statements)
    assert clerk.get("/reviews/").status_code == 200


def test_the_tab_of_a_directive_leads_to_everything_it_set_going(working_app: Flask, clerk: FlaskClient):
    directive = given_directive(working_app)
    with counted_queries(working_app) as statements:
        page = clerk.get(f"/directives/{directive}/rollout")
    assert len(statements) <= QUERIES_OF_THE_TAB, len(statements)
    for place in ("studies/new", "plans/new", "targets/new", "reviews/new"):
        assert f"/{place}?directive={directive}" in page.text


def test_the_office_asks_out_of_turn(working_app: Flask, clerk: FlaskClient):
    _, owed = given_obligations(working_app)[-1]
    with work_in(working_app) as session:
        regime = session.get_one(Obligation, owed).regime_id
    due = f"{day_from_today(working_app, 5):%d/%m/%Y}"
    said = {"title": "Sau bão số 9", "last_day": f"{day_from_today(working_app, 0):%d/%m/%Y}", "due_on": due}
    answer = clerk.post(f"/regimes/{regime}/ad-hoc", data=said)
    assert answer.status_code == 302, answer.text
    assert "Đột xuất" in clerk.get(answer.location).text
    assert "Sau bão số 9" in clerk.get(f"/regimes/{regime}/ad-hoc").text
    assert clerk.post(f"/regimes/{regime}/ad-hoc", data=said).status_code == 409
    assert sign_in(working_app, COMMUNE_CLERK).get(f"/regimes/{regime}/ad-hoc").status_code == 404
