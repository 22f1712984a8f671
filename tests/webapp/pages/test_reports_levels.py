"""The page of a report along its levels: who sees which buttons, what each level did, which files changed."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY,
    AGENCY_CLERK,
    CLERK,
    COMMUNE_CLERK,
    FILLED,
    address,
    given_obligations,
    given_task,
    work_in,
)
from webapp.runtime import now
from workflows import tasks
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation, ObligationReviewer, ReviewLevel
from workflows.tasks import Task

COMMUNE = 5


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


@pytest.fixture
def agency(working_app: Flask) -> FlaskClient:
    """The browser of the level between."""
    return sign_in(working_app, AGENCY_CLERK)


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def page(working_app: Flask) -> str:
    """A report of the commune that an agency of the province accepts before the office."""
    period, id_ = given_obligations(working_app)[-1]
    with work_in(working_app) as session:
        obligation, agency = session.get_one(Obligation, id_), session.get_one(Unit, AGENCY)
        obligation.regime.review_levels = [ReviewLevel.ORGANISATION.value]
        agency.organisation = "youth"
        session.add(ObligationReviewer(obligation_id=id_, level=1, unit_id=AGENCY))
    return address(period, id_)


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def test_a_report_climbs_level_by_level(
    page: str, commune: FlaskClient, agency: FlaskClient, clerk: FlaskClient
):
    assert agency.get(page).status_code == 200
    commune.post(page, data={"version": "0", **FILLED, "act": "submit"})
    assert "đang chờ Ban Tuyên giáo và Dân vận Tỉnh uỷ tiếp nhận" in commune.get(page).text
    assert "Tiếp nhận báo cáo" not in clerk.get(page).text
    assert clerk.post(f"{page}/accept").status_code == 409
    shown = agency.get(page).text
    assert "Tiếp nhận, chuyển cấp trên" in shown
    assert page in agency.get("/reports/?mine=1").text
    assert agency.post(f"{page}/endorse", data={"version": version_on(shown)}).status_code == 302
    waiting = clerk.get(page).text
    assert "tiếp nhận cấp 1/2" in waiting
    assert "Vũ Văn Giang" in waiting
    regime = re.search(r"/regimes/\d+", waiting)
    assert regime is not None
    assert "cấp 1/2" in clerk.get(regime.group()).text
    assert "cấp 1: 1" in clerk.get(regime.group()).text
    assert clerk.post(f"{page}/accept", data={"version": version_on(waiting)}).status_code == 302
    assert "tiếp nhận cấp 2/2" in commune.get(page).text


def test_a_colleague_who_was_quicker_is_named(page: str, commune: FlaskClient, agency: FlaskClient):
    commune.post(page, data={"version": "0", **FILLED, "act": "submit"})
    seen = version_on(agency.get(page).text)
    agency.post(f"{page}/endorse", data={"version": seen})
    again = agency.post(f"{page}/endorse", data={"version": seen})
    assert again.status_code == 409
    assert "Vũ Văn Giang vừa xử lý báo cáo này" in again.text


def test_a_level_gives_back_and_the_unit_hands_in_again(page: str, commune: FlaskClient, agency: FlaskClient):
    commune.post(page, data={"version": "0", **FILLED, "act": "submit"})
    agency.post(f"{page}/turn-down", data={"reason": "Thiếu minh chứng."})
    returned = commune.get(page).text
    assert "Thiếu minh chứng." in returned
    commune.post(f"{page}/files", data={"files": (BytesIO(b"%PDF-1.4 minh"), "minh-chung.pdf")})
    version = version_on(commune.get(page).text)
    commune.post(page, data={"version": version, **FILLED, "number:done": "10", "act": "submit"})
    review = agency.get(page).text
    changes = review[review.index('id="changes"') :]
    assert re.search(r"Tệp thêm:</span> <a[^>]*>minh-chung.pdf", changes)
    assert "<strong>10</strong>" in changes


def test_what_went_in_with_an_edition_stays_with_it(page: str, commune: FlaskClient, agency: FlaskClient):
    commune.post(f"{page}/files", data={"files": (BytesIO(b"%PDF-1.4 cu"), "cu.pdf")})
    version = version_on(commune.get(page).text)
    commune.post(page, data={"version": version, **FILLED, "act": "submit"})
    agency.post(f"{page}/turn-down", data={"reason": "Sai tệp."})
    remove = re.search(r"/files/(\d+)/remove", commune.get(page).text)
    assert remove is not None
    commune.post(f"{page}/files/{remove.group(1)}/remove")
    assert commune.get(f"{page}/files/{remove.group(1)}").status_code == 404
    assert agency.get(f"{page}/editions/1/files/1").data == b"%PDF-1.4 cu"
    assert agency.get(f"{page}/editions/1/files/2").status_code == 404
    assert agency.get(f"{page}/editions/2/files/1").status_code == 404


def test_the_result_of_a_task_enters_a_paragraph_with_its_origin(
    working_app: Flask, page: str, commune: FlaskClient
):
    task_id = given_task(working_app, lead=COMMUNE, title="Rà soát danh sách đoàn viên")
    with work_in(working_app) as session:
        by, unit = session.get_one(Person, COMMUNE_CLERK), session.get_one(Unit, COMMUNE)
        task = session.get_one(Task, task_id)
        tasks.receive(session, task, by=by, at=now())
        tasks.note_progress(
            session, task, unit=unit, progress=60, text="Đã rà soát 9/12 chi đoàn.", by=by, at=now()
        )
    shown = commune.get(page).text
    assert "Kết quả nhiệm vụ trong kỳ" in shown
    sent = {"version": "0", **FILLED, "act": f"insert-{task_id}", "insert-into": "results"}
    assert commune.post(page, data=sent).status_code == 302
    kept = commune.get(page).text
    assert "Đã quán triệt đến 12 chi bộ.\nĐã rà soát 9/12 chi đoàn. (Nhiệm vụ “Rà soát danh sách" in kept
    foreign = {**sent, "version": version_on(kept), "act": "insert-99999"}
    assert commune.post(page, data=foreign).status_code == 302
    assert commune.get(page).text.count("9/12 chi đoàn") == kept.count("9/12 chi đoàn") - 1
