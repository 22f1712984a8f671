"""The desk: every role meets its own work, and each figure leads to exactly the list it counts."""

import re

import pytest
from flask import Flask

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    AGENCY,
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    COMMUNE_HEAD,
    INSPECTOR,
    LEADER,
    MONITOR,
    OTHER_CLERK,
    address,
    done_by,
    given_obligations,
    given_report,
    given_task,
    work_in,
)
from workflows import tasks
from workflows.organisations import Unit

QUERIES_OF_THE_DESK = 22
FIGURE = re.compile(r'<a href="([^"]+)">(?:Nhiệm vụ|Báo cáo|Văn bản): <strong>(\d+)</strong></a>')
READERS = [CLERK, LEADER, INSPECTOR, MONITOR, AGENCY_CLERK, COMMUNE_CLERK, COMMUNE_HEAD, OTHER_CLERK]


@pytest.fixture(scope="module")
def busy_app(working_app: Flask) -> Flask:
    """Something of every kind on every pile."""
    given_task(working_app, days=-3, title="Việc đã quá hạn")
    given_task(working_app, days=2, title="Việc gấp")
    for lead in (AGENCY, COMMUNE):
        given_task(working_app, days=3, lead=lead, title="Một câu cho nhiều đơn vị")
    ready = given_task(working_app, title="Việc chờ xác nhận")
    done_by(working_app, AGENCY_CLERK, tasks.receive, ready)
    done_by(working_app, AGENCY_CLERK, tasks.submit, ready, result="Xong.")
    with work_in(working_app) as session:
        agency = session.get_one(Unit, AGENCY)
    given_task(working_app, lead=COMMUNE, monitoring=agency, title="Việc mới của xã")
    given_obligations(working_app, months=3, units=("DU-AB", "DU-BT"))
    given_report(working_app)
    locked = address(*given_obligations(working_app, lock_days=1, months=4)[0])
    sign_in(working_app, COMMUNE_CLERK).post(f"{locked}/reopening", data={"reason": "Mất điện."})
    return working_app


@pytest.mark.parametrize("person", READERS)
def test_each_figure_leads_to_exactly_the_list_it_counts(busy_app: Flask, person: int):
    browser = sign_in(busy_app, person)
    figures = FIGURE.findall(browser.get("/").text)
    for link, count in figures:
        shown = browser.get(link.replace("&amp;", "&")).text
        assert f"trong tổng số {count}</p>" in shown, link
    assert figures or person == OTHER_CLERK


@pytest.mark.parametrize("person", [CLERK, AGENCY_CLERK, COMMUNE_CLERK])
def test_every_row_leads_to_a_page_of_its_own(busy_app: Flask, person: int):
    browser = sign_in(busy_app, person)
    rows = re.findall(r'<li><a href="([^"]+)">', browser.get("/").text)
    assert rows
    assert {browser.get(row.replace("&amp;", "&")).status_code for row in rows} == {200}


def test_what_is_late_is_also_told_by_unit_and_by_directive(busy_app: Flask):
    browser = sign_in(busy_app, CLERK)
    desk = browser.get("/").text
    for words in ("Đơn vị chậm nhất", "Văn bản chậm nhất"):
        (address,) = re.findall(rf'<a href="([^"]+)">{words}</a>', desk)
        assert browser.get(address.replace("&amp;", "&")).status_code == 200


def test_things_that_are_alike_stand_on_one_row(busy_app: Flask):
    desk = sign_in(busy_app, CLERK).get("/").text
    row = re.search(r'<a href="([^"]+)">Một câu cho nhiều đơn vị</a><p class="hint">(\d+) đơn vị', desk)
    assert row is not None
    assert row.group(2) == "2"
    listed = sign_in(busy_app, CLERK).get(row.group(1).replace("&amp;", "&")).text
    assert "trong tổng số 2</p>" in listed


def test_what_waits_is_what_the_navigation_counts(busy_app: Flask):
    desk = sign_in(busy_app, CLERK).get("/").text
    waiting = dict(re.findall(r'mine=1[^"]*">(Nhiệm vụ|Báo cáo): <strong>(\d+)<', desk))
    badges = re.findall(r'href="/(tasks|reports)/"[^>]*>.*?<span class="count[^>]*>(\d+)', desk, re.DOTALL)
    assert dict(badges) == {"tasks": waiting["Nhiệm vụ"], "reports": waiting["Báo cáo"]}


def test_a_unit_does_not_wait_for_its_own_reported_task(busy_app: Flask):
    desk = sign_in(busy_app, AGENCY_CLERK).get("/").text
    waiting = desk[desk.index("pile-waiting") : desk.index("pile-soon")]
    assert "Việc chờ xác nhận" not in waiting


def test_an_inspector_reads_the_newest_of_the_trail_and_decides_nothing(busy_app: Flask):
    desk = sign_in(busy_app, INSPECTOR).get("/").text
    assert "Diễn biến mới nhất" in desk
    assert "Không có việc nào chờ bạn." in desk


def test_an_administrator_sees_the_house_and_no_work_of_others(busy_app: Flask):
    desk = sign_in(busy_app, ADMINISTRATOR).get("/").text
    assert "Tình trạng hệ thống" in desk
    assert "Việc đã quá hạn" not in desk
    assert "pile-late" not in desk


def test_the_budget_holds_and_does_not_grow_with_the_rows(busy_app: Flask):
    def spent() -> int:
        with counted_queries(busy_app) as statements:
            assert sign_in(busy_app, CLERK).get("/").status_code == 200
        return len(statements)

    spent()
    before = spent()
    for number in range(20):
        given_task(busy_app, days=-number, title=f"Việc chậm {number}")
    given_obligations(busy_app, months=100, units=("DU-AB", "DU-BT"))
    assert spent() == before
    assert before <= QUERIES_OF_THE_DESK
