"""The list of directives and the page of one, as office and agencies see them."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.support.apps import opened_app
from tests.support.databases import Databases
from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY,
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    OFFICE,
    OTHER_COMMUNE,
    work_in,
)
from tests.webapp.pages.asked_units import given_directive
from tests.workflows.directives.paper import PAPER
from tests.workflows.office import found_office
from webapp.runtime import now, runtime
from workflows import tasks
from workflows.directives import Clause, Directive
from workflows.organisations import Unit, UnitGroup
from workflows.people import Person
from workflows.tasks import Assignment

QUERIES_OF_THE_LIST = 12
QUERIES_OF_A_DIRECTIVE = 20
PARTS = ("", "/tasks", "/progress", "/reports", "/relations", "/history")
COMMUNE_CLERK, OTHER_CLERK = 8, 9
COPY = PAPER.replace("15-CT/TU", "20-CT/TU").replace("09-CT/TU, ngày 12/8/2025", "15-CT/TU, ngày 05/10/2026")


@pytest.fixture(scope="module")
def app(databases: Databases, redis_url: str, tmp_path_factory) -> Iterator[Flask]:
    """An office with two directives: the second cites the first; its only task is the agency's."""
    folder = tmp_path_factory.mktemp("office")
    with opened_app(folder, database_url=databases.create(), redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            office = found_office(session)
            session.add(UnitGroup(name="Các đảng uỷ xã, phường", members=[office.communes[0]]))
        clerk = sign_in(app, 1)
        for text, keys in ((PAPER, ["1", "2"]), (COPY, ["1"])):
            bench = clerk.post("/imports/", data={"files": (BytesIO(text.encode()), "văn bản.txt")})
            clerk.post(f"{bench.headers['Location']}/decide", data={"keys": keys})
            clerk.post(f"{bench.headers['Location']}/confirm")
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The clerk's browser."""
    return sign_in(app, 1)


def test_the_list_tells_how_far_each_directive_is(app: Flask, client: FlaskClient):
    with counted_queries(app) as statements:
        page = client.get("/directives/")
    assert "15-CT/TU" in page.text
    assert "0/2" in page.text
    assert len(statements) <= QUERIES_OF_THE_LIST


def test_every_figure_of_a_directive_leads_to_the_tasks_it_counts(client: FlaskClient):
    page = client.get("/directives/").text
    address = unescape(page).split('href="/directives/1/tasks?')[1].split('"')[0]
    assert "state=cancelled" not in address
    assert "1–2" in client.get(f"/directives/1/tasks?{address}").text
    assert 'href="/directives/1/tasks?state=done"' not in page, "a nought has no list"
    assert 'href="/directives/1/tasks?timeliness=' in client.get("/directives/1").text


def test_the_list_is_filtered_by_its_address(client: FlaskClient):
    page = client.get("/directives/?words=20-CT").text
    assert "20-CT/TU" in page
    assert 'href="/directives/1"' not in page
    assert "20-CT/TU" not in client.get("/directives/?state=closed").text


def test_the_list_can_be_taken_away(client: FlaskClient):
    with client.get("/directives/?format=xlsx") as answer:
        assert "van-ban-chi-dao" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_directive_keeps_its_budget(app: Flask, client: FlaskClient, part: str):
    with counted_queries(app) as statements:
        page = client.get(f"/directives/1{part}")
    assert page.status_code == 200
    assert len(statements) <= QUERIES_OF_A_DIRECTIVE


def test_a_task_stands_beside_its_sentence(client: FlaskClient):
    page = client.get("/directives/1").text
    assert "<mark" in page
    clause = page[page.index('id="c-1"') : page.index('id="c-2"')]
    assert "Ban Tuyên giáo và Dân vận Tỉnh uỷ</a>" in clause
    assert 'href="/tasks/1"' in clause


def test_relations_lead_both_ways(client: FlaskClient):
    assert 'href="/directives/2"' in client.get("/directives/1/relations").text
    assert 'href="/directives/1"' in client.get("/directives/2/relations").text
    assert "chưa đăng ký" in client.get("/directives/1/relations").text


def test_the_board_shows_units_and_clauses(client: FlaskClient):
    page = client.get("/directives/1/progress").text
    assert "Đảng uỷ xã An Bình" in page
    assert "không hạn" in page
    assert page.count('class="legend"') == 1
    assert "0/2 nhiệm vụ đã hoàn thành" in page


@pytest.mark.parametrize("person", [CLERK, AGENCY_CLERK])
def test_every_cell_of_the_board_leads_to_exactly_its_tasks(working_app: Flask, person: int):
    """The clerk of a coordinating unit may read nothing else of the lead."""
    paper, found = a_paper_with_tasks_of_one_lead(working_app)
    reader = sign_in(working_app, person)
    board = unescape(reader.get(f"/directives/{paper}/progress").text)
    cells = re.findall(rf'href="(/directives/{paper}/tasks[?][^"]*unit={COMMUNE}[^"]*)"', board)
    lists = [reader.get(cell).text for cell in cells]
    assert [[id_ for id_ in found if f'href="/tasks/{id_}"' in page] for page in lists] == [
        found[:2],
        found[2:],
    ]
    assert not any("chưa được áp dụng" in page for page in lists)


def test_a_list_of_tasks_names_no_unit_that_leads_none_of_them(working_app: Flask):
    paper, _ = a_paper_with_tasks_of_one_lead(working_app)
    reader = sign_in(working_app, AGENCY_CLERK)
    for unit in (OTHER_COMMUNE, "Bình Thạnh"):
        page = reader.get(f"/directives/{paper}/tasks?unit={unit}").text
        assert f"không có đơn vị nào tên “{unit}”" in page


def a_paper_with_tasks_of_one_lead(app: Flask) -> tuple[int, list[int]]:
    """Two tasks of a clause, two of none, which the agency coordinates; and one of another commune's own."""
    paper = given_directive(app)
    with work_in(app) as session:
        directive, agency = session.get_one(Directive, paper), session.get_one(Unit, AGENCY)
        clause = Clause(directive=directive, position=1, address="1", heading="", span_start=0, span_end=5)
        session.add(clause)
        office, clerk = session.get_one(Unit, OFFICE), session.get_one(Person, CLERK)
        wanted = Assignment("Rà soát", session.get_one(Unit, COMMUNE), coordinators=[agency])
        given = [
            tasks.assign(
                session, office, assignment=wanted, directive=directive, clause=where, by=clerk, at=now()
            )
            for where in (clause, clause, None, None)
        ]
        session.flush()
        own = Assignment("Việc riêng", session.get_one(Unit, OTHER_COMMUNE))
        tasks.assign(session, office, assignment=own, directive=directive, by=clerk, at=now())
        return paper, [task.id for task in given]


def test_the_board_is_taken_away_with_words_for_letters(client: FlaskClient):
    with client.get("/directives/1/progress?format=xlsx", buffered=True) as answer:
        sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "Đơn vị chủ trì"
    assert any("không hạn" in str(cell) or "trong hạn" in str(cell) for row in sheet[1:] for cell in row)


def test_the_original_comes_back_unchanged(client: FlaskClient):
    answer = client.get("/directives/1/original")
    assert answer.data == PAPER.encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_unit_reads_what_concerns_it_and_may_not_change_it(app: Flask):
    commune = sign_in(app, COMMUNE_CLERK)
    page = commune.get("/directives/1")
    assert page.status_code == 200
    assert "Kết thúc theo dõi" not in page.text
    assert commune.post("/directives/1/close", data={"reason": "x"}).status_code == 404


def test_for_others_the_directive_does_not_exist(app: Flask):
    other = sign_in(app, OTHER_CLERK)
    for address in ("", "/original", "/relations"):
        assert other.get(f"/directives/1{address}").status_code == 404
    assert "15-CT/TU" not in other.get("/directives/").text


def test_a_directive_is_sent_by_names_and_unknown_names_come_back(app: Flask, client: FlaskClient):
    wrong = client.post("/directives/2/send", data={"names": "Đảng uỷ phường Cẩm Lai\nBộ Nội vụ"})
    assert wrong.status_code == 422
    assert "Chưa nhận ra: Bộ Nội vụ" in wrong.text
    assert "Đảng uỷ phường Cẩm Lai" in wrong.text
    assert client.post("/directives/2/send", data={"names": "Đảng uỷ phường Cẩm Lai"}).status_code == 302
    assert "Đảng uỷ phường Cẩm Lai" in client.get("/directives/2").text


def test_closing_needs_a_reason_and_is_told_in_the_history(client: FlaskClient):
    assert client.post("/directives/2/close", data={}).status_code == 422
    assert client.post("/directives/2/close", data={"reason": "đã thực hiện xong"}).status_code == 302
    assert client.post("/directives/2/close", data={"reason": "lần nữa"}).status_code == 409
    assert "đã thực hiện xong" in client.get("/directives/2/history").text
    assert client.post("/directives/2/reopen", data={"reason": "còn việc"}).status_code == 302
