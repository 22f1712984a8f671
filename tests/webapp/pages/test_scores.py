"""The pages of scores and the leader's page: points explained, each branch its own, causes named."""

import html
import re
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY,
    AGENCY_CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    INSPECTOR,
    LEADER,
    OTHER_CLERK,
    done_by,
    given_obligations,
    given_task,
    work_in,
)
from webapp.runtime import today
from workflows import tasks
from workflows.scores import Cause, causes_by_unit
from workflows.tasks import Task


@pytest.fixture(scope="module")
def app(working_app: Flask) -> Flask:
    """Two overdue tasks, one of an agency and one of a commune."""
    for lead in (AGENCY, COMMUNE):
        given_task(working_app, lead=lead, days=-3, title=f"Việc chậm của {lead}")
    return working_app


def page(app: Flask, person: int, address: str) -> str:
    """A page as a person sees it."""
    answer = sign_in(app, person).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.text


def period(app: Flask) -> str:
    """The quarter in which the tasks of the test were due."""
    with work_in(app):
        day = today() - timedelta(days=3)
    return f"{day.year}-Q{(day.month + 2) // 3}"


def test_a_score_is_explained_line_by_line(app: Flask):
    shown = page(app, LEADER, f"/scores/{AGENCY}?period={period(app)}")
    assert "0,0 điểm" in shown
    assert "quá hạn 3 ngày, chưa xong: 0 điểm" in shown
    assert f"Việc chậm của {AGENCY}" in shown


def test_everybody_reads_the_scores_of_their_own_branch_only(app: Flask):
    table = f"/scores/?period={period(app)}"
    assert "Ban Tuyên giáo" in page(app, LEADER, table)
    assert "Ban Tuyên giáo" in page(app, INSPECTOR, table)
    assert "Ban Tuyên giáo" not in page(app, COMMUNE_CLERK, table)
    assert sign_in(app, COMMUNE_CLERK).get(f"/scores/{AGENCY}").status_code == 404
    assert sign_in(app, COMMUNE_CLERK).get(f"/scores/{COMMUNE}").status_code == 200


def test_a_cause_is_named_by_the_unit_and_read_beside_the_score(app: Flask):
    task_id = given_task(app, lead=AGENCY, days=-2, title="Việc chờ hướng dẫn")
    said = {"cause": "awaiting-guidance", "note": "đã gửi công văn"}
    answer = sign_in(app, AGENCY_CLERK).post(f"/scores/causes/{task_id}", data=said)
    assert answer.status_code == 302
    assert "chờ hướng dẫn, văn bản cấp trên – đã gửi công văn" in page(
        app, LEADER, f"/scores/{AGENCY}?period={period(app)}"
    )
    assert sign_in(app, OTHER_CLERK).post(f"/scores/causes/{task_id}", data=said).status_code == 404


def test_of_causes_named_one_after_another_the_last_counts(app: Flask):
    task_id = given_task(app, lead=COMMUNE, days=-2, title="Việc có nguyên nhân sửa lại")
    for cause in ("money", "money", "staff"):
        answer = sign_in(app, LEADER).post(f"/scores/causes/{task_id}", data={"cause": cause, "note": ""})
        assert answer.status_code == 302
    day = date.today()
    with work_in(app) as session:
        named = causes_by_unit(session, day - timedelta(days=9), day, [COMMUNE])
    assert named == {COMMUNE: [Cause.STAFF]}


def test_a_leader_settles_the_weights_and_two_at_once_collide(app: Flask):
    client = sign_in(app, LEADER)
    typed = {"late": 60, "late_days": 3, "very_late": 20, "extension": 10, "task": 2, "report": 1}
    assert client.post("/scores/settings", data={**typed, "version": ""}).status_code == 302
    assert "muộn không quá 3 ngày 60" in page(app, LEADER, "/scores/")
    stale = client.post("/scores/settings", data={**typed, "late": 65, "version": "0"})
    assert stale.status_code == 409
    assert 'value="65"' in stale.text
    wrong = client.post("/scores/settings", data={**typed, "very_late": 90, "version": "1"})
    assert wrong.status_code == 422
    assert "Muộn nhiều không thể được nhiều điểm hơn muộn ít." in wrong.text
    assert sign_in(app, AGENCY_CLERK).get("/scores/settings").status_code == 404


def test_the_leaders_page_leads_from_figures_to_lists(app: Flask):
    shown = page(app, LEADER, f"/overview/?period={period(app)}")
    assert "/tasks/?timeliness=overdue" in shown
    assert "Đơn vị cần đôn đốc nhất" in shown
    assert "<span>nhiệm vụ quá hạn</span>" in shown
    assert "Tình hình chung" in page(app, LEADER, "/")


def test_the_count_of_an_outcome_leads_to_exactly_its_lines(app: Flask):
    late = f"/scores/{AGENCY}?period={period(app)}&outcome=not-done"
    assert late.replace("&", "&amp;") in page(app, LEADER, f"/scores/?period={period(app)}")
    assert late.replace("&", "&amp;") in page(app, LEADER, f"/overview/?period={period(app)}")
    assert f"Việc chậm của {AGENCY}" in page(app, LEADER, late)
    in_time = page(app, LEADER, late.replace("not-done", "in-time"))
    assert f"Việc chậm của {AGENCY}" not in in_time


def test_every_bar_of_a_month_leads_to_exactly_what_it_counts(app: Flask):
    given_obligations(app, months=3)
    given_task(app, days=-1, title="Việc đến hạn hôm qua")
    bars = re.findall(
        r'<a href="(/(?:tasks|reports)/[^"]*due_from=[^"]*)">.*?\(\d+/(\d+)\)',
        page(app, LEADER, "/overview/"),
        re.DOTALL,
    )
    assert {address.split("/")[1] for address, _ in bars} == {"tasks", "reports"}
    for address, due in bars:
        assert f"trong tổng số {due}</p>" in page(app, LEADER, html.unescape(address)), address


def reported(app: Flask, days_late: int, title: str) -> None:
    """A task of the agency that was due four days ago and waits to be confirmed."""
    task = given_task(app, days=-4, title=title)
    done_by(app, AGENCY_CLERK, tasks.receive, task)
    done_by(app, AGENCY_CLERK, tasks.submit, task, result="Đã xong")
    with work_in(app) as session:
        session.get_one(Task, task).reported_on = today() - timedelta(days=4 - days_late)


def test_what_waits_to_be_confirmed_has_the_points_of_the_day_it_was_reported(app: Flask):
    reported(app, 0, "Báo đúng hạn")
    reported(app, 2, "Báo chậm hai ngày")
    with work_in(app):
        day = today() - timedelta(days=4)
    shown = page(app, LEADER, f"/scores/{AGENCY}?period={day.year}-Q{(day.month + 2) // 3}")
    assert "đúng hạn: 100 điểm" in shown
    assert "muộn 2 ngày: " in shown


def test_the_bar_of_a_month_leads_to_what_waits_too(app: Flask):
    reported(app, 0, "Báo đúng hạn")
    reported(app, 2, "Báo chậm hai ngày")
    bars = re.findall(
        r'<a href="(/tasks/[^"]*due_from=[^"]*)">.*?\(\d+/(\d+)\)', page(app, LEADER, "/overview/"), re.DOTALL
    )
    lists = [(page(app, LEADER, html.unescape(address)), due) for address, due in bars]
    (shown, due) = next(found for found in lists if "Báo chậm hai ngày" in found[0])
    assert "Báo đúng hạn" in shown
    assert f"trong tổng số {due}</p>" in shown


def test_a_month_in_which_nothing_fell_due_says_so(app: Flask):
    given_task(app, days=-1)
    assert '<span class="none">không có</span>' in page(app, LEADER, "/overview/")


def test_the_missing_reports_lead_to_exactly_these(app: Flask):
    given_obligations(app, months=3)
    shown = html.unescape(page(app, LEADER, "/overview/"))
    count, missing = re.search(
        r'<a href="(/reports/[^"]*standing=missing[^"]*)"><strong>(\d+)</strong>', shown
    ).group(2, 1)
    assert int(count) > 0
    assert f"trong tổng số {count}</p>" in page(app, LEADER, missing)


def test_scores_can_be_taken_away_as_a_sheet(app: Flask):
    answer = sign_in(app, LEADER).get(f"/scores/?period={period(app)}&format=xlsx", buffered=True)
    assert answer.data.startswith(b"PK")


@pytest.mark.parametrize(
    "address", ["/scores/?period=nonsense", "/scores/?page=-4", "/scores/?page=99", "/scores/?level=x"]
)
def test_any_address_gives_a_page(app: Flask, address: str):
    page(app, LEADER, address)


def test_the_pages_keep_to_their_budgets(app: Flask):
    client = sign_in(app, LEADER)
    for address, budget in (("/scores/", 14), (f"/scores/{AGENCY}", 14), ("/overview/", 20)):
        client.get(address)
        with counted_queries(app) as statements:
            client.get(address)
        assert len(statements) <= budget, (address, len(statements))


def test_the_cause_belongs_to_a_task_that_is_there(app: Flask):
    with work_in(app) as session:
        assert session.get(Task, 10_000) is None
    assert sign_in(app, LEADER).get("/scores/causes/10000").status_code == 404
