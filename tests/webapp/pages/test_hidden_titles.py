"""The name of what a person may not read stands on no page, in no mail and in no calendar of theirs."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    INSPECTOR,
    OFFICE,
    OTHER_CLERK,
    OTHER_COMMUNE,
    given_obligations,
    given_task,
    work_in,
)
from webapp.runtime import now, today
from webapp.work import work_off
from workflows import discussion, documents, reminders, tasks
from workflows.documents import Drafting, OfficialDocument
from workflows.organisations import Unit
from workflows.people import Account, Appointment, Person, Role
from workflows.regimes import Obligation
from workflows.reminders import Mail, NoticeKind
from workflows.tasks import Task

TITLE = "Thẩm tra việc kín số bảy"
OUTSIDERS = {"the administrator": ADMINISTRATOR, "the clerk of another commune": OTHER_CLERK}
LEAVING = {"account.sign_out"}


@pytest.fixture(scope="module")
def app(working_app: Flask) -> Flask:
    """The office with a task, a report and a draft of which only the office and one commune may know."""
    task_id = given_task(working_app, lead=COMMUNE, title=TITLE, days=-20)
    obligation_id = given_obligations(working_app, months=2)[0][1]
    with work_in(working_app) as session:
        clerk, office = session.get_one(Person, CLERK), session.get_one(Unit, OFFICE)
        drafting = Drafting("submission", office)
        draft = documents.draft(session, office, drafting=drafting, by=clerk, at=now())
        documents.edit(session, draft, facts={**draft.facts, "subject": TITLE}, by=clerk, at=now())
        task, owed = session.get_one(Task, task_id), session.get_one(Obligation, obligation_id)
        owed.regime.name = TITLE
        commune_clerk = session.get_one(Person, COMMUNE_CLERK)
        discussion.say(session, task, words=TITLE, mentionable=[], by=commune_clerk, at=now())
        tasks.receive(session, task, by=commune_clerk, at=now())
        tasks.note_progress(
            session, task, unit=task.lead, progress=10, text=TITLE, by=commune_clerk, at=now()
        )
        # They were told while a post of theirs let them read it, say.
        people = {CLERK, COMMUNE_CLERK, *OUTSIDERS.values()}
        for thing in (task, owed, draft):
            reminders.tell_people(
                session, thing, people, kind=NoticeKind.COMMITTEE, key="committee", at=now()
            )
    with working_app.app_context():
        work_off()
    return working_app


def pages_without_arguments(app: Flask) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and rule.endpoint not in LEAVING
    )


def names_it(browser: FlaskClient, page: str) -> bool:
    with browser.get(page) as answer:
        return TITLE in answer.data.decode(errors="replace")


@pytest.mark.parametrize("person", OUTSIDERS.values(), ids=OUTSIDERS.keys())
def test_no_page_names_it(app: Flask, person: int):
    browser = sign_in(app, person)
    pages = [*pages_without_arguments(app), "/notices/?view=all"]
    assert [page for page in pages if names_it(browser, page)] == []


def test_whoever_may_read_it_finds_it_on_those_pages(app: Flask):
    browser = sign_in(app, CLERK)
    pages = ["/tasks/", "/documents/", "/notices/", "/notices/log"]
    assert [page for page in pages if not names_it(browser, page)] == []


@pytest.mark.parametrize("person_id", OUTSIDERS.values(), ids=OUTSIDERS.keys())
def test_no_mail_calendar_or_count_tells_of_it(app: Flask, person_id: int):
    with work_in(app) as session:
        person = session.get_one(Person, person_id)
        mail = Mail(person_id=person_id, key=f"key-{person_id}", made_at=now(), next_try_at=now())
        session.add(mail)
        session.flush()
        for notice in session.scalars(
            select(reminders.Notice).where(reminders.Notice.person_id == person_id)
        ):
            notice.mail = mail
        session.flush()
        assert reminders.to_say(session, mail, at=now()) == []
        assert TITLE not in [entry.title for entry in reminders.entries(session, person, on=today())]
        assert session.execute(reminders.told(person, on=today())).all() == []
        assert session.execute(reminders.log_for(person, on=today())).all() == []
        hidden = select(OfficialDocument).where(documents.visible_to(person, on=today()))
        assert session.scalars(hidden).all() == []


def test_whoever_inspects_one_commune_reads_by_its_trail_nothing_of_the_others(app: Flask):
    with work_in(app) as session:
        other, clerk = session.get_one(Unit, OTHER_COMMUNE), session.get_one(Person, CLERK)
        inspector = Person(username="thanhtra", full_name="Đoàn Kiểm")
        inspector.account = Account(password_hash="!", must_change=False)
        since = today() - timedelta(days=1)
        session.add(Appointment(person=inspector, unit=other, role=Role.INSPECTOR, valid_from=since))
        # What the clerk does for the office is none of the other commune's matters.
        session.add(Appointment(person=clerk, unit=other, role=Role.UNIT_CLERK, valid_from=since))
        session.flush()
        person = inspector.id
    given_task(app, lead=OTHER_COMMUNE, title="Việc của xã")
    page = "/administration/trail"
    browser = sign_in(app, person)
    assert not names_it(browser, page)
    assert "Việc của xã" in browser.get(page).text
    assert names_it(sign_in(app, INSPECTOR), page)
