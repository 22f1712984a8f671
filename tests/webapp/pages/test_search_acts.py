"""Acts with hits: only with what was chosen, only with what may be seen, looked at before they are done."""

from datetime import UTC, datetime

from flask import Flask

from tests.support.small_office import sign_in
from tests.webapp.pages.test_search_saved import app, assign, said

__all__ = ["app"]
WORDS = "q=r%C3%A0+so%C3%A1t"
FOUND, REMIND = f"/search/?{WORDS}", f"/search/remind?{WORDS}"


def test_chosen_tasks_are_looked_at_before_anybody_is_urged(app: Flask):
    for lead in (3, 4):
        assign(app, lead, datetime.now(UTC))
    page = said(sign_in(app), f"{REMIND}&ids=task:1&ids=task:3&ids=unit:3&ids=task:99")
    assert "Đảng uỷ 2<" in page
    assert "Đảng uỷ 4<" in page
    assert "Đảng uỷ 3<" not in page
    assert "Chưa có gì gửi đi" in page


def test_all_that_was_found_can_be_chosen(app: Flask):
    assign(app, 3, datetime.now(UTC))
    page = said(sign_in(app), f"{REMIND}&all=1")
    assert "Đảng uỷ 2<" in page
    assert "Đảng uỷ 3<" in page


def test_nothing_chosen_urges_nobody(app: Flask):
    answer = sign_in(app).get(f"{REMIND}&kind=task")
    assert answer.status_code == 302
    assert answer.location == f"{FOUND}&kind=task"


def test_the_act_is_offered_where_there_are_tasks(app: Flask):
    client = sign_in(app)
    assert "/search/remind" in said(client, f"{FOUND}&kind=task")
    assert "/search/remind" not in said(client, "/search/?kind=unit")
