"""Whoever sends a form too late reads what the other did and gets back every word they typed."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.support.small_office import sign_in
from tests.support.working_office import AGENCY_CLERK, CLERK, done_by, given_task
from tests.webapp.pages.test_tasks import in_days, seen_on
from webapp.runtime import today
from workflows import tasks

PART = {"title": "Tổng hợp phần của phòng", "lead": "Phòng Tổng hợp", "deadline": "01/12/2026"}


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("progress", {"progress": "40", "text": "Đã họp ba lần."}),
        ("parts", PART),
        ("submit", {"reason": "Đã xong cả.", "product_number": "15-BC/BTG"}),
        ("extension", {"proposed": "31/12/2026", "reason": "Chờ số liệu của xã."}),
    ],
)
def test_what_was_typed_into_a_form_that_is_gone_stands_on_top(
    working_app: Flask, act: str, said: dict[str, str]
):
    task = given_task(working_app)
    done_by(working_app, AGENCY_CLERK, tasks.receive, task)
    agency = sign_in(working_app, AGENCY_CLERK)
    seen = seen_on(agency.get(f"/tasks/{task}").text)
    done_by(working_app, CLERK, tasks.suspend, task, reason="Chờ chủ trương mới.")
    late = agency.post(f"/tasks/{task}/{act}", data={**said, "seen": seen})
    assert late.status_code == 409
    assert "Đỗ Thị An đã làm: tạm dừng" in late.text
    assert late.text.count('role="alert"') == 1
    for words in said.values():
        assert f": {words}</blockquote>" in late.text


def test_a_decision_on_a_request_taken_back_meanwhile_keeps_its_words(working_app: Flask):
    task = given_task(working_app)
    with working_app.app_context():
        proposed = today() + timedelta(days=60)
    asked = {"proposed": proposed, "reason": "Chờ."}
    done_by(working_app, AGENCY_CLERK, tasks.request_extension, task, **asked)
    clerk = sign_in(working_app, CLERK)
    seen = seen_on(clerk.get(f"/tasks/{task}").text)
    done_by(working_app, AGENCY_CLERK, tasks.withdraw_extension, task)
    for act in ("grant", "refuse"):
        said = {"deadline": in_days(70), "reason": f"Ý kiến về {act}.", "seen": seen}
        late = clerk.post(f"/tasks/{task}/extension/{act}", data=said)
        assert late.status_code == 409
        assert "rút đề nghị gia hạn" in late.text
        assert f"Ý kiến về {act}." in late.text


def test_a_form_that_can_still_be_sent_is_filled_and_said_once(working_app: Flask):
    task = given_task(working_app)
    done_by(working_app, AGENCY_CLERK, tasks.receive, task)
    refused = sign_in(working_app, AGENCY_CLERK).post(
        f"/tasks/{task}/parts", data={**PART, "lead": "không có"}
    )
    assert refused.status_code == 422
    assert refused.text.count('role="alert"') == 1
    assert "</blockquote>" not in refused.text
    assert f'value="{PART["deadline"]}"' in refused.text


def test_progress_on_a_task_at_rest_is_refused_with_a_way_out(working_app: Flask):
    task = given_task(working_app)
    done_by(working_app, AGENCY_CLERK, tasks.receive, task)
    done_by(working_app, CLERK, tasks.suspend, task, reason="Chờ.")
    said = {"progress": "40", "text": "Đã họp."}
    late = sign_in(working_app, AGENCY_CLERK).post(f"/tasks/{task}/progress", data=said)
    assert late.status_code == 409
    assert "đang ở trạng thái tạm dừng nên không nhận thêm nội dung" in late.text


def test_a_year_that_slipped_is_refused_before_anybody_counts_to_it(working_app: Flask):
    said = {"title": "Việc gấp", "lead": "Đảng uỷ xã An Bình", "deadline": "31/12/9999", "keeps_day": "y"}
    refused = sign_in(working_app, CLERK).post("/tasks/new", data=said)
    assert refused.status_code == 422
    assert "Kiểm tra lại năm." in refused.text
    assert "31/12/9999" in refused.text
