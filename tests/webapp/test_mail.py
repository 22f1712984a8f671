"""E-mail against a real server: what it says, what a broken server does to it, what a killed worker does."""

import asyncio
import signal
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.apps import opened_app
from tests.support.mailbox import Mailbox, address, free_port, running_mailbox
from tests.support.processes import eventually
from tests.support.redis import running_redis
from tests.support.worker import running_worker
from tests.support.working_office import (
    AGENCY_CLERK,
    COMMUNE,
    COMMUNE_CLERK,
    furnish_working_office,
    given_task,
)
from webapp import health, mail, work
from webapp.health import Level
from webapp.runtime import runtime
from webapp.smtp import NotSent, Server, deliver
from workflows import reminders
from workflows.calendar import local_day
from workflows.office_days import OfficeDay
from workflows.people import Appointment, Person
from workflows.reminders import MailState, Notice, NoticeKind, ReminderHours
from workflows.reminders.mails import FIRST_PAUSE, LEASE, MOST_ATTEMPTS
from workflows.tasks import Task, TaskState

LONG = timedelta(minutes=11)


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office, never closed, for one test alone."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        furnish(app)
        with app.app_context():
            yield app


def furnish(app: Flask) -> None:
    """People with addresses, and days without an end, so that tests pass at night and on Sundays too."""
    furnish_working_office(app)
    with app.app_context(), runtime().unit_of_work() as session:
        for person in session.scalars(select(Person)):
            person.email = f"{person.username}@example.vn"
        session.add(
            ReminderHours(
                office_id=1, opens_at=time(0), digest_at=time(0), closes_at=time.max, urgings_a_day=1
            )
        )
        today = local_day(datetime.now(UTC))
        for number in range(-1, 3):
            day = today + timedelta(days=number)
            session.add(
                OfficeDay(office_id=1, day=day, working=True, source="QĐ", effective_from=date(2020, 1, 1))
            )


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A friendly server that the office knows."""
    with running_mailbox() as (box, url):
        use(url)
        yield box


def use(url: str) -> None:
    """Let the office hand its mail in here."""
    office = runtime()
    office.settings = replace(office.settings, smtp_url=url, public_url="https://example.org")


def tell(app: Flask, title: str = "Rà soát quy hoạch", words: str = "", person: int = COMMUNE_CLERK) -> int:
    """Somebody is told of a new task, and a mail is made of it; its id."""
    task_id = given_task(app, lead=COMMUNE, title=title, days=0)
    with runtime().unit_of_work() as session:
        reminders.tell_people(
            session,
            session.get_one(Task, task_id),
            {person},
            kind=NoticeKind.OVERDUE,
            key="after-1",
            at=datetime.now(UTC),
            by=session.get_one(Person, AGENCY_CLERK),
            words=words,
        )
    with runtime().unit_of_work() as session:
        reminders.gather(session, at=datetime.now(UTC), can_mail=True)
        return session.scalars(select(Notice.mail_id).where(Notice.subject_id == task_id)).one()


def the_mail(mail_id: int) -> reminders.Mail:
    with runtime().reading() as session:
        return session.get_one(reminders.Mail, mail_id)


def send(after: timedelta = timedelta()) -> None:
    mail.send_waiting(runtime(), datetime.now(UTC) + after)


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()


def test_a_mail_says_what_by_when_and_where(app: Flask, mailbox: Mailbox):
    mail_id = tell(app, words="Đề nghị làm ngay")
    send()
    (message,) = mailbox.received
    assert message["Subject"] == "Quá hạn: Rà soát quy hoạch"
    assert message["To"].addresses[0].display_name == "Ngô Văn Ích"
    assert message["From"].addresses[0].addr_spec == "dondoc@example.vn"
    assert message["Message-ID"] == f"<{the_mail(mail_id).key}@example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Vũ Văn Giang: Đề nghị làm ngay" in plain(message)
    assert "https://example.org/notices/" in plain(message)
    assert message.as_bytes().isascii()
    html = message.get_body(("html",))
    assert html is not None
    assert "Rà soát quy hoạch</a>" in html.get_content()
    assert the_mail(mail_id).state is MailState.SENT


def test_a_mail_leaves_once(app: Flask, mailbox: Mailbox):
    tell(app)
    send()
    send(after=timedelta(days=1))
    assert len(mailbox.received) == 1


def test_several_notices_of_one_turn_share_a_mail(app: Flask, mailbox: Mailbox):
    with runtime().unit_of_work() as session:
        task = session.get_one(Task, given_task(app, lead=COMMUNE, days=0))
        for key in ("due", "after-1", "again-1"):
            reminders.tell_people(
                session, task, {COMMUNE_CLERK}, kind=NoticeKind.DUE, key=key, at=datetime.now(UTC)
            )
    work.run_timed("gather-mails")
    work.work_off()
    (message,) = mailbox.received
    assert message["Subject"].startswith("3 nội dung cần biết: ")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_title_cannot_write_headers(app: Flask, mailbox: Mailbox, line_end: str):
    tell(app, title=f"Rà soát{line_end}Bcc: ai-do@example.vn{line_end}{line_end}Nội dung khác")
    send()
    (message,) = mailbox.received
    assert message["Bcc"] is None
    assert message["Subject"] == "Quá hạn: Rà soát Bcc: ai-do@example.vn Nội dung khác"


@pytest.mark.parametrize("email", ["không có", "a@b\nBcc: c@d", "đồng@example.vn", "@", "a b@example.vn"])
def test_an_address_that_is_none_is_given_up_with_its_reason(app: Flask, mailbox: Mailbox, email: str):
    with runtime().unit_of_work() as session:
        session.get_one(Person, COMMUNE_CLERK).email = email
    mail_id = tell(app)
    send()
    assert mailbox.received == []
    assert the_mail(mail_id).state is MailState.ABANDONED
    assert "e-mail" in the_mail(mail_id).reason


def test_what_the_person_may_no_longer_see_is_not_said(app: Flask, mailbox: Mailbox):
    mail_id = tell(app)
    with runtime().unit_of_work() as session:
        ended = update(Appointment).where(Appointment.person_id == COMMUNE_CLERK)
        session.execute(ended.values(valid_to=date(2021, 1, 1)))
    send()
    assert mailbox.received == []
    assert the_mail(mail_id).state is MailState.ABANDONED


@pytest.mark.parametrize(
    "changes", [{"state": TaskState.SUSPENDED}, {"deadline": date(2099, 1, 1), "title": "Đã gia hạn"}]
)
def test_nobody_is_reminded_by_mail_of_what_was_stopped_or_put_off_meanwhile(
    app: Flask, mailbox: Mailbox, changes: dict[str, object]
):
    tell(app)
    with runtime().unit_of_work() as session:
        session.execute(update(Task).values(changes))
    send()
    assert mailbox.received == []

    with runtime().unit_of_work() as session:
        session.execute(update(Notice).values(to_mail=True, mail_id=None))
    with runtime().unit_of_work() as session:
        assert reminders.gather(session, at=datetime.now(UTC), can_mail=True) == 0
        assert session.scalars(select(Notice.id).where(Notice.to_mail)).all() == []


def test_a_server_of_whom_nobody_vouches_gets_no_mail(monkeypatch: pytest.MonkeyPatch):
    asked: list[ssl.SSLContext] = []

    def opened(*_: object, context: ssl.SSLContext, **__: object) -> None:
        asked.append(context)
        raise OSError

    monkeypatch.setattr(smtplib, "SMTP_SSL", opened)
    with pytest.raises(NotSent):
        deliver(Server.read("smtps://mail.example.vn"), EmailMessage(), "a@example.vn")
    assert [(context.verify_mode, context.check_hostname) for context in asked] == [(ssl.CERT_REQUIRED, True)]


def test_a_server_that_says_later_is_asked_again_after_a_pause(app: Flask, mailbox: Mailbox):
    mailbox.to_recipient = "451 try again later"
    mail_id = tell(app)
    send()
    assert (the_mail(mail_id).state, the_mail(mail_id).reason) == (MailState.FAILED, "451 try again later")
    mailbox.to_recipient = "250 OK"
    send()
    assert mailbox.received == []
    send(after=FIRST_PAUSE + timedelta(seconds=5))
    assert len(mailbox.received) == 1
    assert the_mail(mail_id).state is MailState.SENT


@pytest.mark.parametrize("step", ["to_recipient", "to_content"])
def test_a_server_that_says_never_is_asked_no_more(app: Flask, mailbox: Mailbox, step: str):
    setattr(mailbox, step, "550 no such person")
    mail_id = tell(app)
    send()
    assert the_mail(mail_id).state is MailState.ABANDONED
    assert "no such person" in the_mail(mail_id).reason


def test_a_server_that_is_down_costs_one_try_and_loses_nothing(app: Flask):
    port = free_port()
    use(address(port))
    first, second = tell(app), tell(app, "Việc khác")
    send()
    assert (the_mail(first).state, the_mail(second).state) == (MailState.FAILED, MailState.QUEUED)
    with running_mailbox() as (box, url):
        use(url)
        send(after=FIRST_PAUSE + timedelta(seconds=5))
        assert len(box.received) == 2


def test_a_server_that_stays_down_is_given_up_in_the_end(app: Flask):
    use(address(free_port()))
    mail_id = tell(app)
    for number in range(MOST_ATTEMPTS):
        send(after=timedelta(hours=7 * number) if number < 4 else timedelta(0))
        with runtime().unit_of_work() as session:
            session.get_one(reminders.Mail, mail_id).next_try_at = datetime.now(UTC) - timedelta(days=1)
    assert (the_mail(mail_id).state, the_mail(mail_id).attempts) == (MailState.ABANDONED, MOST_ATTEMPTS)


def test_a_server_that_falls_silent_while_taking_it_may_have_it_and_gets_it_once_more(
    app: Flask, mailbox: Mailbox
):
    async def fall_silent() -> None:
        await asyncio.sleep(3)

    mailbox.hold = fall_silent
    mail_id = tell(app)
    send()
    assert (the_mail(mail_id).state, the_mail(mail_id).interruptions) == (MailState.FAILED, 1)
    send(after=LEASE + LONG)
    assert the_mail(mail_id).state is MailState.UNCERTAIN
    send(after=timedelta(hours=9))
    assert [m["Message-ID"] for m in mailbox.received] == [f"<{the_mail(mail_id).key}@example.vn>"] * 2


def test_a_worker_killed_while_sending_is_made_up_for_once_under_the_same_name(app: Flask, mailbox: Mailbox):
    async def take_long() -> None:
        await asyncio.sleep(1.5)

    mailbox.hold = take_long
    use((runtime().settings.smtp_url or "").replace("timeout=2", "timeout=20"))
    mail_id = tell(app)
    work.run_timed("gather-mails")
    with running_worker(runtime()) as process:
        assert eventually(lambda: len(mailbox.received) == 1, patience=60)
        process.send_signal(signal.SIGKILL)
        process.wait()
    mailbox.hold = None
    assert the_mail(mail_id).state is MailState.SENDING
    # The job is done again at once, and leaves alone what may be under way.
    work.work_off()
    assert len(mailbox.received) == 1
    send(after=LONG)
    send(after=2 * LONG)
    assert the_mail(mail_id).state is MailState.SENT
    assert len({m["Message-ID"] for m in mailbox.received}) == 1
    assert len(mailbox.received) == 2


def test_a_worker_killed_before_sending_loses_nothing(app: Flask, mailbox: Mailbox):
    mail_id = tell(app)
    with runtime().unit_of_work() as session:
        # What a worker leaves that dies between claiming and the first word to the server.
        assert reminders.claim(session, mail_id, at=datetime.now(UTC))
    send()
    assert mailbox.received == []
    send(after=LONG)
    assert len(mailbox.received) == 1
    assert the_mail(mail_id).state is MailState.SENT


def test_two_workers_at_once_send_it_once(app: Flask, mailbox: Mailbox):
    mail_id, at = tell(app), datetime.now(UTC)
    with runtime().unit_of_work() as session:
        assert reminders.claim(session, mail_id, at=at)
    with runtime().unit_of_work() as session:
        assert reminders.claim(session, mail_id, at=at) is None


def test_a_lost_redis_loses_no_notice(fresh_database_url: str, tmp_path: Path):
    with running_redis() as url:
        pass
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=url) as app:
        furnish(app)
        task_id = given_task(app, lead=COMMUNE)
    with (
        running_redis() as url,
        running_mailbox() as (box, smtp_url),
        opened_app(tmp_path, database_url=fresh_database_url, redis_url=url) as app,
        app.app_context(),
    ):
        use(smtp_url)
        with running_worker(runtime()):
            assert eventually(lambda: task_id in told_tasks(), patience=60)
            work.run_timed("gather-mails")
            assert eventually(lambda: len(box.received) == 2, patience=60)
        # Clerk and head of the commune, once each.
        addressed = {mail["To"].addresses[0].addr_spec for mail in box.received}
        assert addressed == {"xaanbinh@example.vn", "bithu@example.vn"}


def told_tasks() -> set[int]:
    with runtime().reading() as session:
        return set(session.scalars(select(Notice.subject_id).where(Notice.kind == NoticeKind.ASSIGNED)))


def test_without_a_server_notices_stay_in_the_application(app: Flask):
    given_task(app, lead=COMMUNE)
    work.work_off()
    work.run_timed("gather-mails")
    with runtime().reading() as session:
        assert set(session.scalars(select(Notice.to_mail))) == {False}
        assert session.scalars(select(reminders.Mail)).all() == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://h", Server("h", 25, "dondoc@h")),
        ("smtps://u:p%40ss@h/?from=a@b.vn", Server("h", 465, "a@b.vn", tls=True, user="u", password="p@ss")),
        ("smtp://h:587/?starttls=1&timeout=5", Server("h", 587, "dondoc@h", starttls=True, patience=5.0)),
    ],
)
def test_the_address_of_a_server_is_read(url: str, server: Server):
    assert Server.read(url) == server


def test_an_address_of_no_server_is_refused():
    with pytest.raises(ValueError, match="SMTP_URL"):
        Server.read("ftp://h")


@pytest.mark.parametrize(
    ("url", "level"),
    [(None, Level.GOOD), ("smtp://127.0.0.1:25", Level.GOOD), ("ftp://h", Level.FAILURE)],
)
def test_the_doctor_looks_at_the_mail(app: Flask, url: str | None, level: Level):
    office = runtime()
    office.settings = replace(office.settings, smtp_url=url)
    assert health._mail(office).level is level


def test_the_doctor_tells_of_mail_that_did_not_arrive(app: Flask, mailbox: Mailbox):
    mailbox.to_recipient = "550 no such person"
    tell(app)
    send()
    assert health._mail(runtime()).level is Level.WARNING
