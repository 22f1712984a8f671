"""The jobs of reminders: the sweep, mails gathered and sent, what is told of acts, drafted letters."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp import mail
from webapp.runtime import Runtime
from workflows import aftermath, reminders
from workflows.reminders import ReminderLetter

Arguments = list[dict[str, Any]]
SEND = "send-mail"


def remind(office: Runtime, session: Session, at: datetime) -> None:
    """Tell everybody whose turn it is by the ladders."""
    # Found before the first question to `session`, whose write lock would hold up everybody meanwhile.
    with office.reading() as reading:
        found = reminders.outstanding(reading, at=at)
    reminders.make(session, found, at=at)


def gather_mails(office: Runtime, session: Session, at: datetime) -> None:
    """Put what waits into mails, and have those sent whose turn it is."""
    can_mail = office.settings.smtp_url is not None
    reminders.gather(session, at=at, can_mail=can_mail)
    if can_mail and not aftermath.newest(session, SEND) and reminders.sendable(session, at=at, limit=1):
        aftermath.hand_over(session, SEND, at=at)


def send_mails(office: Runtime, _: Session, __: Arguments, at: datetime) -> None:
    """Send every mail whose turn it is."""
    mail.send_waiting(office, at)


def tell_of_acts(_: Runtime, session: Session, acts: Arguments, at: datetime) -> None:
    """Tell everybody concerned of acts on record."""
    reminders.tell_some(session, {act["entry"] for act in acts}, at=at)


def draft_letters(_: Runtime, session: Session, asked: Arguments, at: datetime) -> None:
    """Draft the reminder letters that ladders asked for, and lay them on the office's desk."""
    for id_ in {wanted["id"] for wanted in asked}:
        if (letter := session.get(ReminderLetter, id_)) is not None:
            reminders.draft(session, letter, at=at)
