"""Notices, channels, ladders, the log, urging by hand: who sees what, what is refused, what leaves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select, update

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    AGENCY,
    AGENCY_CLERK,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    INSPECTOR,
    LEADER,
    OTHER_CLERK,
    given_obligations,
    given_report,
    given_task,
    work_in,
)
from tests.webapp.pages.asked_units import given_directive
from webapp.runtime import now
from webapp.work import work_off
from workflows import reminders, tasks
from workflows.calendar import local_day
from workflows.organisations import Unit
from workflows.people import Person
from workflows.regimes import Obligation
from workflows.reminders import Channels, Ladder, MailChoice, Notice, NoticeKind, Steps
from workflows.tasks import Task

QUERIES_OF_A_LIST = 12
LADDER = {
    "before": "7; 2",
    "on_the_day": "y",
    "after": "1",
    "every": "2",
    "times": "3",
    "escalation": "4",
    "letter": "0",
    "letter_manner": "each",
    "committee": "9",
    "version": "0",
}


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the first commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


def told(app: Flask, title: str, *, person: int = COMMUNE_CLERK, lead: int = COMMUNE) -> tuple[int, int]:
    """Somebody is told of a new task; ids of the notice and of the task."""
    task_id = given_task(app, lead=lead, title=title)
    with work_in(app) as session:
        task = session.get_one(Task, task_id)
        kind = NoticeKind.OVERDUE
        reminders.tell_people(session, task, {person}, kind=kind, key="after-1", at=now(), day=task.deadline)
    with work_in(app) as session:
        wanted = select(Notice.id).where(Notice.subject_id == task_id, Notice.rung == "after-1")
        return session.scalars(wanted).one(), task_id


def bell(browser: FlaskClient) -> int:
    found = re.search(r'class="top-bell".*?(?:class="count">(\d+)|</a>)', browser.get("/").text, re.DOTALL)
    assert found
    return int(found[1] or 0)


def test_an_act_is_told_to_the_unit_and_opens_its_thing(working_app: Flask, commune: FlaskClient):
    before = bell(commune)
    task_id = given_task(working_app, lead=COMMUNE, title="Đối chiếu danh sách hội viên")
    with working_app.app_context():
        work_off()
    assert bell(commune) == before + 1
    page = commune.get("/notices/").text
    assert "Đối chiếu danh sách hội viên" in page
    assert "được giao chủ trì" in page
    with work_in(working_app) as session:
        wanted = select(Notice.id).where(Notice.subject_id == task_id, Notice.person_id == COMMUNE_CLERK)
        notice_id = session.scalars(wanted).one()
    opened = commune.get(f"/notices/{notice_id}")
    assert opened.location == f"/tasks/{task_id}"
    assert bell(commune) == before


def test_somebody_elses_notice_does_not_exist(working_app: Flask):
    notice_id, _ = told(working_app, "Việc riêng của xã")
    assert sign_in(working_app, OTHER_CLERK).get(f"/notices/{notice_id}").status_code == 404
    assert sign_in(working_app, CLERK).get("/notices/99999").status_code == 404


def test_a_notice_goes_with_the_right_to_see_its_thing(working_app: Flask):
    agency = sign_in(working_app, AGENCY_CLERK)
    notice_id, task_id = told(working_app, "Việc chuyển đi", person=AGENCY_CLERK, lead=AGENCY)
    assert "Việc chuyển đi" in agency.get("/notices/").text
    before = bell(agency)
    with work_in(working_app) as session:
        session.execute(update(Task).where(Task.id == task_id).values(lead_id=COMMUNE))
    assert "Việc chuyển đi" not in agency.get("/notices/").text
    assert agency.get(f"/notices/{notice_id}").status_code == 404
    assert agency.get(f"/notices/of/task/{task_id}").status_code == 404
    assert bell(agency) == before - 1


@pytest.mark.parametrize("kind", ["person", "unit", "nothing"])
def test_notices_lead_to_known_kinds_only(clerk: FlaskClient, kind: str):
    assert clerk.get(f"/notices/of/{kind}/1").status_code == 404


def test_chosen_notices_are_marked_as_read(working_app: Flask, commune: FlaskClient):
    first, _ = told(working_app, "Một")
    second, _ = told(working_app, "Hai")
    commune.post("/notices/read", data={"ids": [first]})
    with work_in(working_app) as session:
        assert session.get_one(Notice, first).read_at
        assert session.get_one(Notice, second).read_at is None
    commune.post("/notices/read", data={"all": "1"})
    assert bell(commune) == 0


def test_nobody_marks_the_notices_of_others(working_app: Flask):
    notice_id, _ = told(working_app, "Của xã")
    sign_in(working_app, CLERK).post("/notices/read", data={"ids": [notice_id]})
    with work_in(working_app) as session:
        assert session.get_one(Notice, notice_id).read_at is None


def test_a_person_chooses_channels(working_app: Flask, commune: FlaskClient):
    assert commune.get("/notices/settings").status_code == 200
    answer = commune.post("/notices/settings", data={"reminders": "digest", "events": "none"})
    assert answer.status_code == 302
    with work_in(working_app) as session:
        own = session.get_one(Channels, COMMUNE_CLERK)
        assert (own.reminders, own.events) == (MailChoice.DIGEST, MailChoice.NONE)
    assert commune.post("/notices/settings", data={"reminders": "pigeon"}).status_code == 422


def feed_of(browser: FlaskClient) -> str:
    """A new private address, as the page shows it this once."""
    found = re.search(r"/calendar/[\w-]+\.ics", browser.post("/notices/feed").text)
    assert found
    return found[0]


def test_the_private_calendar_shows_own_deadlines_to_whoever_has_the_address(
    working_app: Flask, commune: FlaskClient
):
    mine = given_task(working_app, lead=COMMUNE, title="Họp, tổng\x0bkết;\r\nrà\x07soát")
    helped = given_task(working_app, lead=AGENCY, title="Phối hợp")
    with work_in(working_app) as session:
        session.get_one(Task, helped).coordinators = [session.get_one(Unit, COMMUNE)]
    others = given_task(working_app, lead=AGENCY, title="Việc của ban")
    address = feed_of(commune)
    answer = working_app.test_client().get(address)
    assert answer.mimetype == "text/calendar"
    lines = answer.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode().isprintable() for line in lines)
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert f"task-{others}@dondoc" not in events
    assert f"task-{helped}@dondoc" in events
    event = events[f"task-{mine}@dondoc"]
    assert event["summary"] == "Hạn: Họp, tổng kết; rà soát"
    assert event.decoded("dtstart") == local_day(datetime.now(UTC)) + timedelta(days=30)
    assert [part.name for part in event.subcomponents] == ["VALARM"]
    assert str(event["url"]).endswith(f"/notices/of/task/{mine}")


def test_a_renewed_or_closed_address_leads_nowhere(working_app: Flask, commune: FlaskClient):
    anybody = working_app.test_client()
    old = feed_of(commune)
    new = feed_of(commune)
    assert (anybody.get(old).status_code, anybody.get(new).status_code) == (404, 200)
    with work_in(working_app) as session:
        assert new[10:-4] not in str(session.get_one(Channels, COMMUNE_CLERK).feed_digest)
    commune.post("/notices/feed/close")
    assert anybody.get(new).status_code == 404
    assert anybody.get("/calendar/x.ics").status_code == 404


def test_the_calendar_of_somebody_who_left_leads_nowhere(working_app: Flask):
    address = feed_of(sign_in(working_app, OTHER_CLERK))
    with work_in(working_app) as session:
        session.get_one(Person, OTHER_CLERK).active = False
    assert working_app.test_client().get(address).status_code == 404
    with work_in(working_app) as session:
        session.get_one(Person, OTHER_CLERK).active = True


@pytest.mark.parametrize("page", ["ladders", "ladders/edit", "log", "committee"])
def test_ladders_and_log_are_the_office_s(working_app: Flask, page: str):
    for person in (CLERK, LEADER):
        assert sign_in(working_app, person).get(f"/notices/{page}").status_code == 200
    for person in (COMMUNE_CLERK, INSPECTOR):
        assert sign_in(working_app, person).get(f"/notices/{page}").status_code == 404


def test_the_administrator_sets_ladders_and_hours(working_app: Flask):
    administrator = sign_in(working_app, ADMINISTRATOR)
    assert administrator.get("/notices/ladders/edit").status_code == 200
    hours = {"opens_at": "08:00", "closes_at": "17:30", "digest_at": "08:15", "urgings_a_day": "1"}
    assert administrator.post("/notices/hours", data=hours).status_code == 302
    assert "08:00 – 17:30" in administrator.get("/notices/ladders").text
    assert administrator.post("/notices/hours", data={**hours, "opens_at": "8 giờ"}).status_code == 422
    assert sign_in(working_app, CLERK).get("/notices/hours").status_code == 404


def test_a_ladder_is_listed_to_whom_may_open_it(working_app: Flask, clerk: FlaskClient):
    address = f"/notices/ladders/edit?directive={given_directive(working_app)}"
    clerk.post(address, data=LADDER)
    assert address in clerk.get("/notices/ladders").text
    administrator = sign_in(working_app, ADMINISTRATOR)
    assert administrator.get(address).status_code == 404
    assert address not in administrator.get("/notices/ladders").text


def test_a_ladder_is_previewed_then_set_then_dropped(working_app: Flask, clerk: FlaskClient):
    obligations = given_obligations(working_app)
    with work_in(working_app) as session:
        regime_id = session.get_one(Obligation, obligations[-1][1]).regime_id
    address = f"/notices/ladders/edit?regime={regime_id}"
    seen = clerk.post(address, data={**LADDER, "act": "preview"})
    assert "nhắc lần 1 ngày" in seen.text
    with work_in(working_app) as session:
        assert session.scalar(select(Ladder.id).where(Ladder.regime_id == regime_id)) is None
    assert clerk.post(address, data=LADDER).status_code == 302
    with work_in(working_app) as session:
        ladder = session.scalars(select(Ladder).where(Ladder.regime_id == regime_id)).one()
        assert ladder.steps == Steps((7, 2), True, 1, 2, 3, 4, 0, reminders.LetterManner.EACH, 9)
        ladder_id = ladder.id
    late = clerk.post(address, data={**LADDER, "times": "4"})
    assert late.status_code == 409
    assert "vừa được người khác sửa" in late.text
    assert clerk.post(f"/notices/ladders/{ladder_id}/drop").status_code == 302
    with work_in(working_app) as session:
        assert session.get(Ladder, ladder_id) is None


@pytest.mark.parametrize(
    ("field", "typed"), [("before", "năm ngày"), ("after", "-1"), ("committee", "999"), ("times", "")]
)
def test_a_ladder_that_makes_no_sense_comes_back_with_what_was_typed(
    clerk: FlaskClient, field: str, typed: str
):
    answer = clerk.post("/notices/ladders/edit", data={**LADDER, field: typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("query", ["regime=99999", "directive=99999", "directive=0"])
def test_a_ladder_of_nothing_does_not_exist(clerk: FlaskClient, query: str):
    assert clerk.get(f"/notices/ladders/edit?{query}").status_code == 404


def test_urging_by_hand_reaches_the_unit_once_a_day(working_app: Flask, clerk: FlaskClient):
    task_id = given_task(working_app, lead=COMMUNE, title="Chậm", days=-3)
    first = clerk.post(
        f"/notices/urge/task/{task_id}", data={"reason": "Làm ngay hôm nay"}, follow_redirects=True
    )
    assert "Đã đôn đốc." in first.text
    assert "Làm ngay hôm nay" in first.text
    second = clerk.post(f"/notices/urge/task/{task_id}", data={}, follow_redirects=True)
    assert "Hôm nay đã đôn đốc nội dung này rồi" in second.text
    assert "Làm ngay hôm nay" in sign_in(working_app, COMMUNE_CLERK).get("/notices/").text


def test_only_whoever_decides_urges(working_app: Flask, commune: FlaskClient):
    task_id = given_task(working_app, lead=COMMUNE)
    assert commune.post(f"/notices/urge/task/{task_id}").status_code == 404
    assert "Không có dòng nào" in commune.post("/notices/urge/task", data={"ids": [task_id]}).text
    commune.post("/notices/urge/task/together", data={"ids": str(task_id)})
    with work_in(working_app) as session:
        assert not session.scalars(
            select(Notice).where(Notice.kind == NoticeKind.URGED, Notice.subject_id == task_id)
        ).all()


def test_all_filtered_tasks_are_urged_after_a_look(working_app: Flask, clerk: FlaskClient):
    ids = [given_task(working_app, lead=COMMUNE, title=f"Tồn đọng {n}", days=-3) for n in range(3)]
    with work_in(working_app) as session:
        stopped = session.get_one(Task, ids[0])
        tasks.suspend(session, stopped, reason="Chờ", by=session.get_one(Person, CLERK), at=now())
    look = clerk.post("/notices/urge/task?words=T%E1%BB%93n+%C4%91%E1%BB%8Dng", data={"all": "1"})
    assert "Tồn đọng 1" in look.text
    assert "Để nguyên 1 dòng" in look.text
    wanted = ",".join(map(str, ids))
    assert "/tasks/?words=T%E1%BB%93n" in look.text
    done = clerk.post(
        "/notices/urge/task/together?words=Tồn",
        data={"ids": wanted, "reason": "Gấp"},
        follow_redirects=True,
    )
    assert done.request.args["words"] == "Tồn"
    assert "Đã đôn đốc 2 nội dung; 1 nội dung để nguyên." in done.text
    with work_in(working_app) as session:
        urged = select(Notice.subject_id).where(Notice.kind == NoticeKind.URGED, Notice.subject_id.in_(ids))
        assert set(session.scalars(urged)) == set(ids[1:])


def test_a_report_is_urged(working_app: Flask, clerk: FlaskClient):
    period, obligation_id = given_obligations(working_app)[-1]
    assert clerk.post("/notices/urge/obligation", data={"ids": [obligation_id]}).status_code == 200
    answer = clerk.post(f"/notices/urge/obligation/{obligation_id}", data={"reason": "Nộp sớm"})
    assert answer.location == f"/reports/{period}/{obligation_id}#reminders"
    assert "Nộp sớm" in clerk.get(answer.location).text


def test_what_was_handed_in_is_not_offered_for_urging(working_app: Flask, clerk: FlaskClient):
    page = given_report(working_app)
    assert "/notices/urge/obligation/" not in clerk.get(page).text


def test_the_log_says_what_left_to_whom(working_app: Flask, clerk: FlaskClient):
    told(working_app, "Ghi vào nhật ký")
    page = clerk.get("/notices/log?person=Ngô")
    assert "Ghi vào nhật ký" in page.text
    assert "Ngô Văn Ích" in page.text
    with clerk.get("/notices/log?format=xlsx") as sheet:
        assert sheet.status_code == 200


def test_the_committee_s_list_holds_what_is_late_and_open(working_app: Flask, clerk: FlaskClient):
    task_id = given_task(working_app, lead=COMMUNE, title="Quá hạn đã lâu", days=-40)
    with work_in(working_app) as session:
        task, kind = session.get_one(Task, task_id), NoticeKind.COMMITTEE
        for person in (LEADER, CLERK):
            reminders.tell_people(
                session, task, {person}, kind=kind, key="committee", at=now(), day=task.deadline
            )
    assert clerk.get("/notices/committee").text.count("Quá hạn đã lâu") == 1
    with work_in(working_app) as session:
        task, by = session.get_one(Task, task_id), session.get_one(Person, CLERK)
        tasks.cancel(session, task, reason="Trùng", by=by, at=now())
    assert "Quá hạn đã lâu" not in clerk.get("/notices/committee").text


@pytest.mark.parametrize("page", ["", "log", "committee"])
def test_lists_ask_no_more_for_many_than_for_one(working_app: Flask, clerk: FlaskClient, page: str):
    for number in range(5):
        told(working_app, f"Nhiều {number}", person=CLERK)
    with counted_queries(working_app) as statements:
        assert clerk.get(f"/notices/{page}").status_code == 200
    assert len(statements) <= QUERIES_OF_A_LIST
