"""E-mail: what a mail says in words, and the claiming, sending and marking of those whose turn it is."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from webapp.runtime import Runtime
from webapp.smtp import WIRE, Doubtful, NotSent, Server, Unreachable, deliver
from webapp.words import in_words, words
from workflows import reminders
from workflows.calendar import WorkingCalendar, days_left, local_day
from workflows.office_days import working_calendar
from workflows.reminders import Mail, Notice
from workflows.wording import N_

MOST_LINES = 60
LONGEST_SUBJECT = 120
UNUSABLE = N_("Địa chỉ e-mail của người nhận không dùng được. Sửa trong mục Quản trị, Người dùng.")
NOTHING_LEFT = N_("Việc đã xong hoặc đã dừng nên không còn gì để nhắc, hoặc người nhận không còn được xem.")


@dataclass(frozen=True)
class Line:
    """One notice as a mail says it."""

    why: str
    title: str
    left: str
    words: str
    by: str
    address: str


def send_waiting(office: Runtime, at: datetime) -> None:
    """Claim, send and mark every mail whose turn it is, each in transactions of its own.

    The first that finds no server ends the round: the others wait unclaimed for the next one.
    """
    if not office.settings.smtp_url:
        return
    server = Server.read(office.settings.smtp_url)
    with office.reading() as session:
        waiting = reminders.sendable(session, at=at)
    began = time.monotonic()
    for mail_id in waiting:
        # A slow server must not make the last claims look old.
        instant = at + timedelta(seconds=time.monotonic() - began)
        if not _send(office, server, mail_id, instant):
            return


def _send(office: Runtime, server: Server, mail_id: int, at: datetime) -> bool:
    """Whether the server is there for the next one."""
    with office.unit_of_work() as session:
        if reminders.claim(session, mail_id, at=at) is None:
            return True
    try:
        message, recipient = _written(office, server, mail_id, at)
        deliver(server, message, recipient)
    except NotSent as refusal:
        reason, lasting = str(refusal), refusal.lasting
        _note(office, mail_id, lambda mail: reminders.note_failed(mail, reason, at=at, lasting=lasting))
        return not isinstance(refusal, Unreachable)
    except Doubtful as doubt:
        reason = str(doubt)
        _note(office, mail_id, lambda mail: reminders.note_cut_off(mail, at=at, reason=reason))
        return True
    _note(office, mail_id, lambda mail: reminders.note_sent(mail, at=at))
    return True


def _note(office: Runtime, mail_id: int, how: Callable[[Mail], None]) -> None:
    with office.unit_of_work() as session:
        how(session.get_one(Mail, mail_id))


def _written(office: Runtime, server: Server, mail_id: int, at: datetime) -> tuple[EmailMessage, str]:
    """The message and to whom it goes; NotSent when there is nothing to say, or nobody to say it to."""
    with office.reading() as session:
        mail = session.get_one(Mail, mail_id)
        said = reminders.to_say(session, mail, at=at)
        if not said:
            raise NotSent(NOTHING_LEFT, lasting=True)
        message = compose(mail, said, at, working_calendar(session), home=office.settings.public_url)
        return message, _address(server, message, mail, at)


def compose(
    mail: Mail,
    said: Sequence[tuple[Notice, str]],
    at: datetime,
    calendar: WorkingCalendar,
    *,
    home: str,
) -> EmailMessage:
    """The message of a mail: a speaking subject, plain text and simple HTML, no more than names and days."""
    with force_locale("vi"):
        lines = [_line(notice, title, at, calendar, home) for notice, title in said[:MOST_LINES]]
        shown = {
            "lines": lines,
            "more": len(said) - len(lines),
            "person": mail.person,
            "home": home,
            "day": local_day(at),
        }
        message = EmailMessage(policy=WIRE)
        message["Subject"] = _subject(lines, len(said), mail)
        message.set_content(render_template("mail/notices.txt", **shown))
        message.add_alternative(render_template("mail/notices.html", **shown), subtype="html")
    return message


def _line(notice: Notice, title: str, at: datetime, calendar: WorkingCalendar, home: str) -> Line:
    is_reminder = notice.kind in reminders.REMINDERS
    path = current_app.url_map.bind("").build("notices.open_notice", {"notice_id": notice.id})
    return Line(
        words(notice.kind),
        title,
        in_words(days_left(notice.deadline, at, calendar)) if is_reminder else "",
        notice.words,
        notice.by.full_name if notice.by else "",
        home + path,
    )


def _subject(lines: Sequence[Line], count: int, mail: Mail) -> str:
    if count == 1:
        said = f"{lines[0].why[:1].upper()}{lines[0].why[1:]}: {lines[0].title}"
    elif mail.is_digest:
        said = gettext("Tổng hợp trong ngày: %(count)s nội dung", count=count)
    else:
        said = gettext("%(count)s nội dung cần biết: %(first)s", count=count, first=lines[0].title)
    # A header is one line, whatever a title holds.
    flat = " ".join(said.split())
    return flat if len(flat) <= LONGEST_SUBJECT else flat[: LONGEST_SUBJECT - 1] + "…"


def _address(server: Server, message: EmailMessage, mail: Mail, at: datetime) -> str:
    """Put sender, recipient, date and the lasting Message-ID on a message; NotSent for no e-mail address."""
    wanted = (mail.person.email or "").strip()
    try:
        to = Address(" ".join(mail.person.full_name.split()), addr_spec=wanted)
    except (ValueError, IndexError, MessageError) as error:
        raise NotSent(UNUSABLE, lasting=True) from error
    if not (wanted.isascii() and to.username and to.domain):
        raise NotSent(UNUSABLE, lasting=True)
    message["From"] = Address("Đôn Đốc", addr_spec=server.sender)
    message["To"] = to
    message["Date"] = at
    message["Message-ID"] = f"<{mail.key}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    return to.addr_spec
