"""The pages of tasks: what each person sees, what is refused and kept, one act with many tasks."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    AGENCY,
    AGENCY_CLERK,
    AGENCY_HEAD,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    INSPECTOR,
    LEADER,
    MONITOR,
    OTHER_CLERK,
    OTHER_COMMUNE,
    ROOM,
    done_by,
    given_task,
    work_in,
)
from webapp.work import work_off
from workflows import tasks
from workflows.calendar import DueKind, WorkingCalendar, local_day
from workflows.organisations import Unit
from workflows.tasks import Due, Task, TaskState

QUERIES_OF_THE_LIST = 12
QUERIES_OF_A_TASK = 26
QUERIES_OF_A_LOOK = 15
PDF = b"%PDF-1.7 giay to"


def state_of(app: Flask, task_id: int) -> TaskState:
    with work_in(app) as session:
        return session.get_one(Task, task_id).state


def in_days(days: int) -> str:
    """The working day so many days from now, or the first after it."""
    day = local_day(datetime.now(UTC)) + timedelta(days=days)
    return f"{WorkingCalendar().next_working_day(day):%d/%m/%Y}"


def reported(app: Flask, **said) -> int:
    """A task whose lead reported it as finished."""
    task = given_task(app, **said)
    done_by(app, AGENCY_CLERK, tasks.receive, task)
    done_by(app, AGENCY_CLERK, tasks.submit, task, result="Đã xong.")
    return task


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def agency(working_app: Flask) -> FlaskClient:
    """The browser of the agency's clerk."""
    return sign_in(working_app, AGENCY_CLERK)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (CLERK, 200),
        (INSPECTOR, 200),
        (AGENCY_CLERK, 200),
        (AGENCY_HEAD, 200),
        (OTHER_CLERK, 404),
        (ADMINISTRATOR, 404),
    ],
)
def test_a_task_exists_for_those_who_have_a_part_in_it(working_app: Flask, person: int, status: int):
    task = given_task(working_app)
    assert sign_in(working_app, person).get(f"/tasks/{task}").status_code == status


@pytest.mark.parametrize("person", [OTHER_CLERK, ADMINISTRATOR])
@pytest.mark.parametrize("act", ["receive", "confirm", "progress", "parts", "reassign", "extension/grant"])
def test_acts_on_what_one_may_not_see_do_not_exist(working_app: Flask, person: int, act: str):
    task = given_task(working_app)
    assert sign_in(working_app, person).post(f"/tasks/{task}/{act}").status_code == 404


def test_who_may_only_read_is_offered_no_act(working_app: Flask):
    task = given_task(working_app)
    page = sign_in(working_app, INSPECTOR).get(f"/tasks/{task}").text
    assert f'action="/tasks/{task}' not in page


def test_receiving_twice_is_a_conflict(working_app: Flask, agency: FlaskClient):
    task = given_task(working_app)
    assert agency.post(f"/tasks/{task}/receive").status_code == 302
    again = agency.post(f"/tasks/{task}/receive")
    assert again.status_code == 409
    assert "có thể người khác vừa xử lý" in again.text


def test_a_word_sent_too_late_is_shown_again(working_app: Flask, clerk: FlaskClient):
    task = reported(working_app)
    clerk.post(f"/tasks/{task}/confirm")
    late = clerk.post(f"/tasks/{task}/return", data={"reason": "Thiếu biên bản nghiệm thu."})
    assert late.status_code == 409
    assert "Thiếu biên bản nghiệm thu." in late.text


def test_a_return_without_a_reason_is_refused_and_nothing_moves(working_app: Flask, clerk: FlaskClient):
    task = reported(working_app)
    refused = clerk.post(f"/tasks/{task}/return", data={"reason": "  "})
    assert refused.status_code == 422
    assert "Ghi rõ lý do" in refused.text
    assert state_of(working_app, task) is TaskState.AWAITING_CONFIRMATION


def test_progress_is_noted_with_its_files(working_app: Flask, agency: FlaskClient):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/receive")
    said = {"progress": "40", "text": "Đã họp ba lần.", "files": (BytesIO(PDF), "biên bản.pdf")}
    assert agency.post(f"/tasks/{task}/progress", data=said).status_code == 302
    page = agency.get(f"/tasks/{task}").text
    link = re.search(rf"/tasks/{task}/files/\d+", page)
    assert link is not None
    file = agency.get(link.group())
    assert file.data == PDF
    assert "attachment" in file.headers["Content-Disposition"]
    assert sign_in(working_app, OTHER_CLERK).get(link.group()).status_code == 404
    other = given_task(working_app)
    assert agency.get(link.group().replace(f"/{task}/", f"/{other}/")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trống.pdf", b""),
        ("chương trình.pdf", b"MZ\x90"),
        ("chạy.exe", b"MZ\x90"),
        ("hỏng.docx", b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_stay(
    working_app: Flask, agency: FlaskClient, name: str, content: bytes
):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/receive")
    said = {"progress": "40", "text": "Đã họp ba lần.", "files": (BytesIO(content), name)}
    refused = agency.post(f"/tasks/{task}/progress", data=said)
    assert refused.status_code == 422
    assert "Đã họp ba lần." in refused.text
    assert state_of(working_app, task) is TaskState.RECEIVED


def test_progress_that_is_no_figure_keeps_what_was_typed(working_app: Flask, agency: FlaskClient):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/receive")
    refused = agency.post(f"/tasks/{task}/progress", data={"progress": "nửa", "text": "Xong một nửa."})
    assert refused.status_code == 422
    assert 'value="nửa"' in refused.text
    assert "Xong một nửa." in refused.text


def test_an_extension_goes_its_whole_circle(working_app: Flask, agency: FlaskClient, clerk: FlaskClient):
    task = given_task(working_app)
    asked = {"proposed": in_days(60), "reason": "Chờ số liệu."}
    assert agency.post(f"/tasks/{task}/extension", data=asked).status_code == 302
    assert agency.post(f"/tasks/{task}/extension", data=asked).status_code == 409
    waiting = clerk.get(f"/tasks/{task}").text
    assert 'href="#extension"' in waiting.partition('id="progress"')[0]
    assert 'href="#extension"' not in agency.get(f"/tasks/{task}").text
    granting = waiting.partition("/extension/grant")[2].partition("</form>")[0]
    assert f'value="{in_days(60)}"' in granting, "the day asked for need not be typed again"
    refused = clerk.post(
        f"/tasks/{task}/extension/grant", data={"deadline": in_days(10), "reason": "Rút ngắn."}
    )
    assert refused.status_code == 422
    assert "Rút ngắn." in refused.text
    granted = {"deadline": in_days(45), "reason": "Rút ngắn."}
    assert clerk.post(f"/tasks/{task}/extension/grant", data=granted).status_code == 302
    assert clerk.post(f"/tasks/{task}/extension/grant", data=granted).status_code == 409
    assert in_days(45) in agency.get(f"/tasks/{task}").text


def test_an_open_request_ends_with_its_task(working_app: Flask, clerk: FlaskClient, agency: FlaskClient):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/extension", data={"proposed": in_days(60), "reason": "Chờ."})
    clerk.post(f"/tasks/{task}/cancel", data={"reason": "Không còn cần."})
    assert clerk.post(f"/tasks/{task}/extension/grant", data={"deadline": in_days(45)}).status_code == 409


def test_the_lead_passes_to_another_unit_with_a_reason(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app)
    said = {"lead": "Đảng uỷ xã An Bình", "reason": "Đúng địa bàn."}
    assert clerk.post(f"/tasks/{task}/reassign", data=said).status_code == 302
    assert sign_in(working_app, COMMUNE_CLERK).get(f"/tasks/{task}").status_code == 200
    assert sign_in(working_app, AGENCY_CLERK).get(f"/tasks/{task}").status_code == 404


@pytest.mark.parametrize(
    ("lead", "sentence"),
    [
        ("Sở Không Có", "Không có đơn vị nào tên"),
        ("Đảng uỷ", "có thể là nhiều đơn vị"),
        ("Ban Tuyên giáo và Dân vận Tỉnh uỷ", "đang chủ trì"),
    ],
)
def test_a_lead_that_cannot_be_is_refused_and_kept(
    working_app: Flask, clerk: FlaskClient, lead: str, sentence: str
):
    task = given_task(working_app)
    refused = clerk.post(f"/tasks/{task}/reassign", data={"lead": lead, "reason": "Đổi."})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'value="{lead}"' in refused.text


def test_a_part_goes_to_a_unit_below_and_holds_the_task_open(
    working_app: Flask, agency: FlaskClient, clerk: FlaskClient
):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/receive")
    part = {"title": "Lập biểu tổng hợp", "lead": "Phòng Tổng hợp", "deadline": in_days(20)}
    assert agency.post(f"/tasks/{task}/parts", data=part).status_code == 302
    assert "Lập biểu tổng hợp" in agency.get(f"/tasks/{task}").text
    early = agency.post(f"/tasks/{task}/submit", data={"reason": "Xong."})
    assert early.status_code == 422
    assert "phần việc giao tiếp cho cấp dưới" in early.text
    assert (
        clerk.post(
            f"/tasks/{task}/reassign", data={"lead": "Đảng uỷ xã An Bình", "reason": "Đổi."}
        ).status_code
        == 422
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"deadline": "late"}, "Thời hạn muộn hơn thời hạn của nhiệm vụ"),
        ({"deadline": ""}, "phần việc cũng phải có"),
        ({"lead": "Ban Tuyên giáo và Dân vận Tỉnh uỷ"}, "Chỉ giao tiếp được cho đơn vị trực thuộc"),
        ({"lead": "Đảng uỷ xã An Bình"}, "Không có đơn vị nào tên"),
    ],
)
def test_a_part_that_cannot_be_is_refused_and_kept(
    working_app: Flask, agency: FlaskClient, changes: dict[str, str], sentence: str
):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/receive")
    said = {"title": "Lập biểu riêng", "lead": "Phòng Tổng hợp", "deadline": in_days(20), **changes}
    said["deadline"] = said["deadline"].replace("late", in_days(31))
    refused = agency.post(f"/tasks/{task}/parts", data=said)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Lập biểu riêng" in refused.text


def test_a_task_is_assigned_by_names(working_app: Flask, clerk: FlaskClient):
    said = {
        "title": "Rà soát quy hoạch cán bộ",
        "lead": "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "coordinators": ["Đảng uỷ xã An Bình; Đảng uỷ xã Bình Thạnh", ""],
        "monitoring": "Văn phòng Tỉnh uỷ",
        "deadline": in_days(30),
    }
    made = clerk.post("/tasks/new", data=said)
    page = clerk.get(made.headers["Location"]).text
    assert "Đảng uỷ xã An Bình; Đảng uỷ xã Bình Thạnh" in page


def test_every_box_for_a_unit_has_a_name_and_says_that_it_may_stay_empty(clerk: FlaskClient):
    page = clerk.get("/tasks/new").text
    assert 'aria-label="Đơn vị phối hợp (2)"' in page
    assert 'for="coordinators">Đơn vị phối hợp <span class="optional">' in page
    assert 'for="product">Sản phẩm phải có <span class="optional">' in page


def test_an_assignment_with_a_lead_that_coordinates_is_refused_and_kept(clerk: FlaskClient):
    name = "Đảng uỷ xã An Bình"
    refused = clerk.post("/tasks/new", data={"title": "Việc riêng", "lead": name, "coordinators": [name]})
    assert refused.status_code == 422
    assert "không thể đồng thời là đơn vị phối hợp" in refused.text
    assert refused.text.count(f'value="{name}"') == 2


def test_the_monitoring_body_decides_on_what_it_watches_and_on_nothing_else(working_app: Flask):
    monitor = sign_in(working_app, MONITOR)
    with work_in(working_app) as session:
        agency = session.get_one(Unit, AGENCY)
    watched = given_task(working_app, lead=COMMUNE, monitoring=agency)
    done_by(working_app, COMMUNE_CLERK, tasks.receive, watched)
    done_by(working_app, COMMUNE_CLERK, tasks.submit, watched, result="Xong.")
    assert monitor.get("/tasks/?mine=1").text.count(f'href="/tasks/{watched}"') == 1
    assert monitor.post(f"/tasks/{watched}/confirm").status_code == 302
    assert f'href="/tasks/{watched}"' in monitor.get(f"/tasks/?monitoring={AGENCY}").text
    led = reported(working_app)
    assert f'href="/tasks/{led}"' not in monitor.get("/tasks/?mine=1").text
    assert monitor.post(f"/tasks/{led}/confirm").status_code == 403


def test_one_sentence_to_many_units_is_one_list(working_app: Flask, clerk: FlaskClient):
    first = given_task(working_app, title="Một câu cho nhiều đơn vị")
    second = given_task(working_app, title="Một câu cho nhiều đơn vị", lead=COMMUNE)
    other = given_task(working_app, title="Một câu cho nhiều đơn vị", days=3)
    page = clerk.get(f"/tasks/?alike={first}").text
    assert [f'href="/tasks/{task}"' in page for task in (first, second, other)] == [True, True, False]
    stranger = sign_in(working_app, OTHER_CLERK)
    assert "Một câu cho nhiều đơn vị" not in stranger.get(f"/tasks/?alike={first}").text


def looked(browser: FlaskClient, act: str, *ids: int, address: str = "/tasks/together", **said: str) -> str:
    """The page that says what an act would do; the address of the form on it."""
    page = browser.post(address, data={"move": act, "ids": list(ids), **said}).text
    found = re.search(r"/tasks/together/\d+", page)
    return found.group() if found else page


def test_many_tasks_are_looked_at_before_they_are_moved(working_app: Flask, clerk: FlaskClient):
    ready, running = reported(working_app), given_task(working_app)
    look = clerk.post("/tasks/together", data={"move": "confirm", "ids": [ready, running]})
    assert look.status_code == 200
    assert "Sẽ thực hiện với 1 nhiệm vụ" in look.text
    assert "1 nhiệm vụ: đang ở trạng thái khác: chưa tiếp nhận" in look.text
    assert state_of(working_app, ready) is TaskState.AWAITING_CONFIRMATION
    form = re.search(r"/tasks/together/\d+", look.text)
    assert form is not None
    assert clerk.post(form.group(), data={"reason": "Tốt."}).status_code == 302
    assert state_of(working_app, ready) is TaskState.DONE
    assert "Đã thực hiện với 1 nhiệm vụ" in clerk.get(form.group()).text
    assert clerk.post(form.group(), data={"reason": "Tốt."}).status_code == 409


def test_all_filtered_tasks_can_be_chosen(working_app: Flask, clerk: FlaskClient):
    title = "Chọn cả danh sách đang lọc"
    for _ in range(30):
        given_task(working_app, title=title)
    look = clerk.post(f"/tasks/together?words={title}&size=25", data={"move": "cancel", "all": "1"})
    assert "Sẽ thực hiện với 30 nhiệm vụ" in look.text


def test_one_of_many_that_moved_meanwhile_is_named(working_app: Flask, clerk: FlaskClient):
    first, second = reported(working_app), reported(working_app)
    form = looked(clerk, "confirm", first, second)
    done_by(working_app, CLERK, tasks.confirm, second, assessment="")
    assert clerk.post(form, data={"reason": "Tốt."}).status_code == 302
    assert state_of(working_app, first) is TaskState.DONE
    assert "Để nguyên 1 nhiệm vụ" in clerk.get(form).text


def test_more_than_a_few_are_done_in_the_background(
    working_app: Flask, clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflows.together.AT_ONCE", 1)
    first, second = given_task(working_app), given_task(working_app)
    form = looked(clerk, "cancel", first, second)
    assert clerk.post(form, data={"reason": "Trùng."}).status_code == 302
    running = clerk.get(form)
    assert "Đã xử lý 0/2 nhiệm vụ" in running.text
    assert running.headers["Refresh"]
    with working_app.app_context():
        work_off()
    assert state_of(working_app, second) is TaskState.CANCELLED
    assert "Refresh" not in clerk.get(form).headers


def test_what_one_may_not_see_is_never_moved_with_others(working_app: Flask, clerk: FlaskClient):
    hidden = given_task(working_app)
    stranger = sign_in(working_app, OTHER_CLERK)
    assert stranger.post("/tasks/together", data={"move": "receive", "ids": str(hidden)}).status_code == 302
    assert stranger.post(looked(clerk, "cancel", hidden), data={"reason": "x"}).status_code == 404
    assert state_of(working_app, hidden) is TaskState.ASSIGNED


@pytest.mark.parametrize("act", ["cancel", "reassign"])
def test_acting_on_many_needs_a_reason_and_keeps_what_was_typed(
    working_app: Flask, clerk: FlaskClient, act: str
):
    task = given_task(working_app)
    refused = clerk.post(looked(clerk, act, task), data={"reason": " ", "lead": "Đảng uỷ xã An Bình"})
    assert refused.status_code == 422
    assert state_of(working_app, task) is TaskState.ASSIGNED


def seen_on(page: str) -> str:
    """What the forms of a page say its reader had seen."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    ("act", "said", "kept"),
    [
        ("extension/grant", {"deadline": in_days(45), "reason": "Rút ngắn một tuần."}, "Rút ngắn một tuần."),
        ("reassign", {"lead": "Đảng uỷ xã An Bình", "reason": "Đúng địa bàn hơn."}, "Đúng địa bàn hơn."),
        ("cancel", {"reason": "Không còn phù hợp."}, "Không còn phù hợp."),
        ("watchers", {"units": "Đảng uỷ xã Bình Thạnh"}, "Đảng uỷ xã Bình Thạnh"),
    ],
)
def test_who_comes_second_is_told_what_the_other_did_and_keeps_their_words(
    working_app: Flask, clerk: FlaskClient, agency: FlaskClient, act: str, said: dict[str, str], kept: str
):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/extension", data={"proposed": in_days(60), "reason": "Chờ."})
    seen = seen_on(clerk.get(f"/tasks/{task}").text)
    done_by(working_app, AGENCY_CLERK, tasks.receive, task)
    late = clerk.post(f"/tasks/{task}/{act}", data={**said, "seen": seen})
    assert late.status_code == 409
    assert "Vũ Văn Giang đã làm: tiếp nhận nhiệm vụ" in late.text
    assert kept in late.text
    again = clerk.post(f"/tasks/{task}/{act}", data={**said, "seen": seen_on(late.text)})
    assert again.status_code == 302


def test_those_to_be_told_see_the_task_and_their_list_of_it(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app)
    told = sign_in(working_app, OTHER_CLERK)
    said = {"units": "Đảng uỷ xã Bình Thạnh", "people": "Phan Thị Cúc"}
    assert clerk.post(f"/tasks/{task}/watchers", data=said).status_code == 302
    page = told.get(f"/tasks/{task}").text
    assert "Đảng uỷ xã Bình Thạnh" in page
    assert f'action="/tasks/{task}/receive"' not in page
    assert f'href="/tasks/{task}"' in told.get("/tasks/?told=1").text
    assert told.post(f"/tasks/{task}/watchers", data=said).status_code in (403, 404)
    clerk.post(f"/tasks/{task}/watchers/units/{OTHER_COMMUNE}/drop")
    assert told.get(f"/tasks/{task}").status_code == 404


@pytest.mark.parametrize("people", ["Ông Không Có", "Phan Thị Cúc (saiten)"])
def test_a_person_who_is_not_known_is_refused_and_kept(working_app: Flask, clerk: FlaskClient, people: str):
    refused = clerk.post(f"/tasks/{given_task(working_app)}/watchers", data={"people": people})
    assert refused.status_code == 422
    assert f'value="{people}"' in refused.text


def test_names_of_people_are_suggested_to_those_who_decide(clerk: FlaskClient):
    assert "Phan Thị Cúc (kiemtra)" in clerk.get("/people/names").json


def test_the_parties_talk_and_a_mentioned_outsider_is_told(
    working_app: Flask, clerk: FlaskClient, agency: FlaskClient
):
    task = given_task(working_app)
    outsider = "Đảng uỷ xã Bình Thạnh"
    refused = agency.post(f"/tasks/{task}/comments", data={"words": f"Nhờ @{outsider} gửi số liệu"})
    assert refused.status_code == 422
    assert f"Nhờ @{outsider} gửi số liệu" in refused.text
    assert (
        clerk.post(f"/tasks/{task}/comments", data={"words": f"Nhờ @{outsider} gửi số liệu"}).status_code
        == 302
    )
    told = sign_in(working_app, OTHER_CLERK)
    assert f"<strong>@{outsider}</strong>" in told.get(f"/tasks/{task}").text
    assert f'href="/tasks/{task}"' in told.get("/tasks/?mentioned=1").text
    assert outsider in clerk.get(f"/tasks/{task}/mentionable").json


def test_a_withdrawn_comment_leaves_its_trace_and_only_its_author_withdraws(
    working_app: Flask, clerk: FlaskClient, agency: FlaskClient
):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/comments", data={"words": "<b>Nói nhầm</b>"})
    page = agency.get(f"/tasks/{task}").text
    assert "&lt;b&gt;Nói nhầm" in page
    link = re.search(rf"/tasks/{task}/comments/\d+/withdraw", page)
    assert link is not None
    assert clerk.post(link.group()).status_code == 404
    assert agency.post(link.group().replace(f"/{task}/", f"/{given_task(working_app)}/")).status_code == 404
    assert agency.post(link.group()).status_code == 302
    after = clerk.get(f"/tasks/{task}").text
    assert "Nói nhầm" not in after
    assert "Ý kiến đã rút lúc" in after


def test_talk_is_paged(working_app: Flask, agency: FlaskClient):
    task = given_task(working_app)
    for number in range(25):
        agency.post(f"/tasks/{task}/comments", data={"words": f"Ý kiến số {number}."})
    page = agency.get(f"/tasks/{task}").text
    assert "Ý kiến số 24." in page
    assert "Ý kiến số 4." not in page
    before = re.search(r"before=(\d+)", page)
    assert before is not None
    assert "Ý kiến số 4." in agency.get(f"/tasks/{task}?{before.group()}").text


def test_a_deadline_that_is_over_or_on_a_day_off_has_to_be_meant(clerk: FlaskClient):
    said = {"title": "Việc gấp", "lead": "Đảng uỷ xã An Bình", "deadline": "01/01/2026"}
    refused = clerk.post("/tasks/new", data=said)
    assert refused.status_code == 422
    assert "Ngày này đã qua" in refused.text
    assert clerk.post("/tasks/new", data={**said, "keeps_day": "y"}).status_code == 302
    assert "là ngày nghỉ" in clerk.post("/tasks/new", data={**said, "deadline": "02/09/2090"}).text


def test_days_after_receipt_are_shown_in_words_until_received(working_app: Flask, clerk: FlaskClient):
    said = {
        "title": "Trả lời đơn thư",
        "lead": "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "due_kind": "working-days-after-receipt",
        "due_number": "5",
    }
    address = clerk.post("/tasks/new", data=said).headers["Location"]
    page = clerk.get(address).text
    assert "5 ngày làm việc sau khi tiếp nhận" in page
    assert "chưa tính hạn" in page
    assert "Nhiệm vụ thường xuyên" not in page
    assert "5 ngày làm việc sau khi tiếp nhận" in clerk.get("/tasks/").text
    sign_in(working_app, AGENCY_CLERK).post(f"{address}/receive")
    left = WorkingCalendar().add_working_days(local_day(datetime.now(UTC)), 5)
    assert f"hạn {left:%d/%m/%Y}, còn 5 ngày làm việc" in clerk.get(address).text


def test_many_coordinating_units_do_not_push_the_deadline_away(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app)
    with work_in(working_app) as session:
        others = select(Unit).where(Unit.id != AGENCY).limit(4)
        session.get_one(Task, task).coordinators = list(session.scalars(others))
    assert "<summary>4 đơn vị</summary>" in clerk.get(f"/tasks/{task}").text


def test_a_task_comes_again_every_period_and_once_more_on_demand(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app, days=None)
    set_to = {
        "cadences": ["monthly", "ad-hoc"],
        "due_kind": "working-days-before-period-end",
        "due_number": "2",
    }
    assert clerk.post(f"/tasks/{task}/recurrence", data=set_to).status_code == 302
    assert "2 ngày làm việc trước khi hết kỳ" in clerk.get(f"/tasks/{task}").text
    on_demand = {"deadline": in_days(7), "reason": "Theo yêu cầu."}
    assert clerk.post(f"/tasks/{task}/turns", data=on_demand).status_code == 302
    assert clerk.post(f"/tasks/{task}/turns", data=on_demand).status_code == 409
    assert "Đột xuất ngày" in clerk.get(f"/tasks/{task}").text


def test_a_task_counted_from_its_receipt_is_offered_a_rule_that_periods_have(
    working_app: Flask, clerk: FlaskClient
):
    task = given_task(working_app, days=None, due=Due(DueKind.WORKING_DAYS_AFTER_RECEIPT, 5))
    form = clerk.get(f"/tasks/{task}").text.partition(f'action="/tasks/{task}/recurrence"')[2]
    form = form.partition("</form>")[0]
    assert re.search(r'<option selected[^>]* value="working-days-before-period-end"', form)
    assert 'value="0"' in form
    assert 'value="5"' not in form


def test_a_product_is_handed_in_and_looked_at_before_the_task_closes(
    working_app: Flask, clerk: FlaskClient, agency: FlaskClient
):
    task = given_task(working_app, product="Báo cáo tổng hợp")
    agency.post(f"/tasks/{task}/receive")
    asked = agency.get(f"/tasks/{task}").text.partition('for="product_number"')[2].partition("</label>")[0]
    assert "không bắt buộc" not in asked
    refused = agency.post(f"/tasks/{task}/submit", data={"reason": "Đã làm xong."})
    assert refused.status_code == 422
    assert "Nhiệm vụ yêu cầu sản phẩm" in refused.text
    assert "Đã làm xong." in refused.text
    handed = {"reason": "Đã làm xong.", "product_number": "12-BC/BTG", "files": (BytesIO(PDF), "bc.pdf")}
    assert agency.post(f"/tasks/{task}/submit", data=handed).status_code == 302
    unseen = clerk.post(f"/tasks/{task}/confirm", data={"reason": "Tốt.", "grade": "good"})
    assert unseen.status_code == 422
    assert "Đã kiểm tra sản phẩm" in unseen.text
    closed = {"reason": "Tốt.", "grade": "good", "product_checked": "y"}
    assert clerk.post(f"/tasks/{task}/confirm", data=closed).status_code == 302
    page = agency.get(f"/tasks/{task}").text
    assert "12-BC/BTG" in page
    assert "hoàn thành tốt. Tốt." in page
    assert "bc.pdf" in page


def test_the_office_rules_whether_late_tasks_are_extended(
    working_app: Flask, agency: FlaskClient, clerk: FlaskClient
):
    task = given_task(working_app, days=-3)
    asked = {"proposed": in_days(10), "reason": "Chờ số liệu."}
    refused = agency.post(f"/tasks/{task}/extension", data=asked)
    assert refused.status_code == 422
    assert "văn phòng chỉ nhận đề nghị trước khi hết hạn" in refused.text
    told = agency.get(f"/tasks/{task}").text
    assert "văn phòng chỉ nhận đề nghị trước khi hết hạn" in told
    assert "Gửi đề nghị" not in told
    leader = sign_in(working_app, LEADER)
    assert clerk.get("/tasks/rules").status_code == 404
    rules = {"due_soon_days": "3", "extends_after_deadline": "y", "most_extensions": "1"}
    assert leader.post("/tasks/rules", data=rules).status_code == 302
    assert "Gửi đề nghị" in agency.get(f"/tasks/{task}").text
    assert agency.post(f"/tasks/{task}/extension", data=asked).status_code == 302
    assert f'value="{in_days(10)}"' in clerk.get(f"/tasks/{task}").text
    clerk.post(f"/tasks/{task}/extension/grant", data={"deadline": in_days(10)})
    again = agency.post(f"/tasks/{task}/extension", data={**asked, "proposed": in_days(20)})
    assert "đã gia hạn 1 lần" in again.text
    leader.post("/tasks/rules", data={"due_soon_days": "5", "most_extensions": "0", "product_needed": "y"})
    assert leader.post("/tasks/rules", data={"due_soon_days": "99"}).status_code == 422


def test_every_step_of_an_extension_stands_in_the_history(working_app: Flask, agency: FlaskClient):
    task = given_task(working_app)
    agency.post(f"/tasks/{task}/extension", data={"proposed": in_days(60), "reason": "Chờ số liệu."})
    history = agency.get(f"/tasks/{task}").text.split('id="history"')[1]
    assert "đề nghị gia hạn" in history
    assert "Chờ số liệu." in history


@pytest.mark.parametrize("address", ["/tasks/?alike=x", "/tasks/?alike=999999999", "/tasks/?mine=2&state=zz"])
def test_nothing_in_the_address_makes_the_list_fail(clerk: FlaskClient, address: str):
    assert clerk.get(address).status_code == 200


def test_the_budgets_hold_and_do_not_grow_with_the_rows(working_app: Flask, clerk: FlaskClient):
    task = given_task(working_app, lead=ROOM)

    def spent() -> list[int]:
        counts = []
        for act in (
            lambda: clerk.get("/tasks/?size=200"),
            lambda: clerk.get(f"/tasks/{task}"),
            lambda: clerk.post("/tasks/together", data={"move": "cancel", "all": "1"}),
        ):
            with counted_queries(working_app) as statements:
                assert act().status_code == 200
            counts.append(len(statements))
        return counts

    before = spent()
    with work_in(working_app) as session:
        office, lead = session.get_one(Unit, 2), session.get_one(Unit, AGENCY)
        template = session.get_one(Task, task)
        session.add_all(
            Task(
                office=office,
                lead=lead,
                coordinators=[office],
                title=f"Việc thêm {number}",
                assigned_by=template.assigned_by,
                assigned_at=template.assigned_at,
            )
            for number in range(300)
        )
    after = spent()
    assert after == before
    assert after[0] <= QUERIES_OF_THE_LIST
    assert after[1] <= QUERIES_OF_A_TASK
    assert after[2] <= QUERIES_OF_A_LOOK
