"""E-mail: notices are gathered into mails, a mail is claimed before it leaves and marked afterwards.

Exactly once, as far as e-mail allows it. A notice is in one mail at most (`Notice.mail_id`); a mail is
claimed in a transaction of its own, sent, and marked in another. Whoever dies between the two leaves a mail
SENDING, and nobody can know whether it left: after LEASE it is sent once more under the same Message-ID (mail
programs show it once), and if that try is cut off too it is left to a person as UNCERTAIN. So one mail can
come twice at most, and only after a crash; none is lost. What the server refused before taking the content
never left and is tried again with growing pauses.
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.calendar import local_day, start_of_day
from workflows.office_days import working_calendar
from workflows.people import Appointment, Person
from workflows.reminders.models import USUAL_CHANNELS, Channels, Mail, Notice
from workflows.reminders.queries import hours_in_force, still_asked, still_visible, title
from workflows.reminders.rules import is_digest_time, may_leave
from workflows.reminders.states import REMINDERS, MailChoice, MailState, NoticeKind
from workflows.reminders.things import in_words

LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 10
MOST_INTERRUPTIONS = 2


def gather(session: Session, *, at: datetime, can_mail: bool) -> int:
    """Put what waits into mails, one a person, as each of them chose. How many mails were made.

    Nothing on days off and outside the hours: what came up meanwhile leaves together afterwards, but for
    reminders of what was done meanwhile. Without a mail server nothing waits: notices stay in the
    application, and no flood comes once there is one.
    """
    if not can_mail:
        session.execute(update(Notice).where(Notice.to_mail).values(to_mail=False))
        return 0
    hours = hours_in_force(session)
    if not may_leave(at, hours, working_calendar(session)):
        return 0
    waiting = _waiting(session)
    digested = _digested_today(session, at) if is_digest_time(at, hours) else None
    made = 0
    for person_id, notices in waiting.items():
        for choice in MailChoice:
            some = [id_ for id_, chosen in notices if chosen is choice]
            if choice is MailChoice.NONE:
                _settle(session, some, None)
            elif some and (choice is MailChoice.AT_ONCE or _digest_is_due(digested, person_id)):
                _settle(session, some, _new_mail(session, person_id, choice, at))
                made += 1
    return made


def _waiting(session: Session) -> dict[int, list[tuple[int, MailChoice]]]:
    """Person → their notices that wait for a mail, with how the person wants each."""
    rows = session.execute(
        select(Notice.person_id, Notice.id, Notice.kind, _address(), Channels.reminders, Channels.events)
        .add_columns(still_asked())
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(Channels, Channels.person_id == Notice.person_id)
        .where(Notice.to_mail)
        .order_by(Notice.id)
    )
    found: dict[int, list[tuple[int, MailChoice]]] = defaultdict(list)
    for person_id, id_, kind, email, reminders, events, asked in rows:
        chosen = {"reminders": reminders, "events": events}
        choice = _wanted(kind, {key: value or USUAL_CHANNELS[key] for key, value in chosen.items()})
        found[person_id].append((id_, choice if email and asked else MailChoice.NONE))
    return found


def _address() -> ColumnElement[str | None]:
    """Where mail reaches the person; nobody writes to somebody who left."""
    return case((Person.active, Person.email))


def _wanted(kind: NoticeKind, choices: dict[str, MailChoice]) -> MailChoice:
    return choices["reminders" if kind in REMINDERS else "events"]


def _digest_is_due(digested: set[int] | None, person_id: int) -> bool:
    return digested is not None and person_id not in digested


def _digested_today(session: Session, at: datetime) -> set[int]:
    today = start_of_day(local_day(at))
    return set(session.scalars(select(Mail.person_id).where(Mail.is_digest, Mail.made_at >= today)))


def _new_mail(session: Session, person_id: int, choice: MailChoice, at: datetime) -> Mail:
    mail = Mail(
        person_id=person_id,
        key=secrets.token_hex(16),
        is_digest=choice is MailChoice.DIGEST,
        made_at=at,
        next_try_at=at,
    )
    session.add(mail)
    session.flush()
    return mail


def _settle(session: Session, ids: Sequence[int], mail: Mail | None) -> None:
    """The notices are in a mail now, or will never be."""
    for start in range(0, len(ids), 500):
        these = update(Notice).where(Notice.id.in_(ids[start : start + 500]))
        session.execute(these.values(to_mail=False, mail_id=mail.id if mail else None))


def sendable(session: Session, *, at: datetime, limit: int = 500) -> list[int]:
    """The mails to try now, oldest first; also those whose last try was cut off. None outside the hours."""
    if not _may_leave(session, at):
        return []
    wanted = select(Mail.id).where(_is_sendable(at)).order_by(Mail.next_try_at, Mail.id).limit(limit)
    return list(session.scalars(wanted))


def _may_leave(session: Session, at: datetime) -> bool:
    return may_leave(at, hours_in_force(session), working_calendar(session))


def _is_sendable(at: datetime) -> ColumnElement[bool]:
    fresh = and_(Mail.state.in_((MailState.QUEUED, MailState.FAILED)), Mail.next_try_at <= at)
    cut_off = and_(Mail.state == MailState.SENDING, Mail.claimed_at <= at - LEASE)
    return or_(fresh, cut_off)


def claim(session: Session, mail_id: int, *, at: datetime) -> Mail | None:
    """Take a mail for sending, unless another worker has it, it is over or the hours are; commit first.

    A long round of sending may begin within the hours and go on beyond them.
    """
    if not _may_leave(session, at):
        return None
    wanted = select(Mail).where(Mail.id == mail_id, _is_sendable(at)).with_for_update(skip_locked=True)
    mail = session.scalar(wanted)
    if mail is None:
        return None
    if mail.state is MailState.SENDING:
        note_cut_off(mail, at=at)
        if mail.interruptions >= MOST_INTERRUPTIONS:
            return None
    mail.state, mail.claimed_at = MailState.SENDING, at
    mail.attempts += 1
    return mail


def note_cut_off(mail: Mail, *, at: datetime, reason: str = "") -> None:
    """Nobody knows whether it left: once it is tried again, the second time it is left to a person."""
    mail.interruptions += 1
    mail.reason = reason
    over = mail.interruptions >= MOST_INTERRUPTIONS
    mail.state = MailState.UNCERTAIN if over else MailState.FAILED
    mail.next_try_at = at + LEASE


def note_sent(mail: Mail, *, at: datetime) -> None:
    """The server took it."""
    mail.state, mail.sent_at, mail.reason = MailState.SENT, at, ""


def note_failed(mail: Mail, reason: str, *, at: datetime, lasting: bool) -> None:
    """It surely did not leave; tried again after a growing pause, unless that is of no use."""
    mail.reason = reason[:500]
    if lasting or mail.attempts >= MOST_ATTEMPTS:
        mail.state = MailState.ABANDONED
        return
    mail.state = MailState.FAILED
    mail.next_try_at = at + min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)


def to_say(session: Session, mail: Mail, *, at: datetime) -> list[tuple[Notice, str]]:
    """The notices of a mail that its person may see and that still hold, with the name of each thing."""
    person = session.get_one(
        Person, mail.person_id, options=[selectinload(Person.appointments).joinedload(Appointment.unit)]
    )
    seen = still_visible(person, on=local_day(at))
    wanted = select(Notice, title()).where(Notice.mail_id == mail.id, seen, still_asked())
    rows = session.execute(wanted.options(joinedload(Notice.by)).order_by(Notice.deadline, Notice.id))
    return [(notice, in_words(notice.subject_kind, name)) for notice, name in rows]
