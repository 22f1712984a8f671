"""What is done with reminders: set ladders and hours, urge by hand, choose channels, send a mail again."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation, Regime
from workflows.reminders import rules
from workflows.reminders.models import USUAL_CHANNELS, Channels, Ladder, Mail, ReminderHours
from workflows.reminders.notices import tell_people
from workflows.reminders.queries import hours_in_force, is_owed, ladder_of, urgings_on
from workflows.reminders.rules import Hours, Steps
from workflows.reminders.states import MailChoice, MailState, NoticeKind
from workflows.reminders.sweep import Staff, staff_on
from workflows.tasks import STOPPED, Task, TaskState
from workflows.verb import verb
from workflows.wording import N_

MOST_WORDS = 1_000
FINISHED = STOPPED | {TaskState.DONE, TaskState.AWAITING_CONFIRMATION}


@verb("reminders.set-ladder", Permission.REMINDERS_MANAGE)
def set_ladder(
    session: Session,
    office: Unit,
    *,
    steps: Steps,
    by: Person,
    at: datetime,
    directive: Directive | None = None,
    regime: Regime | None = None,
    version: int | None = None,
) -> Ladder:
    """Settle when who is reminded: by default, under one directive, or of one regime's reports."""
    rules.check(steps)
    about = directive or regime
    if about is not None and about.office_id != office.id:
        raise Refused(
            "Văn bản hoặc chế độ báo cáo này của văn phòng khác. Văn phòng đó đặt bậc thang đôn đốc."
        )
    ladder = ladder_of(
        session,
        office,
        directive_id=directive.id if directive else None,
        regime_id=regime.id if regime else None,
    )
    if version is not None and version != (ladder.version if ladder else 0):
        raise Conflict(
            "Chưa lưu được: bậc thang này vừa được người khác sửa. Mở lại trang để xem bản mới rồi sửa tiếp."
        )
    if ladder is None:
        ladder = Ladder(office=office, directive=directive, regime=regime)
    ladder.before_days, ladder.on_the_day = list(steps.before), steps.on_the_day
    ladder.after_days, ladder.every_days, ladder.times = steps.after, steps.every, steps.times
    ladder.escalation_days, ladder.committee_days = steps.escalation, steps.committee
    ladder.letter_days, ladder.letter_manner = steps.letter, steps.letter_manner
    session.add(ladder)
    return ladder


@verb("reminders.drop-ladder", Permission.REMINDERS_MANAGE)
def drop_ladder(session: Session, ladder: Ladder, *, by: Person, at: datetime) -> None:
    """Let the next more general ladder hold again."""
    session.delete(ladder)


@verb("reminders.set-hours", Permission.CALENDAR_MANAGE)
def set_hours(session: Session, office: Unit, *, hours: Hours, by: Person, at: datetime) -> ReminderHours:
    """Settle between which hours of a working day anything may leave, for the whole installation."""
    rules.check_hours(hours)
    row = session.get(ReminderHours, office.id) or ReminderHours(office=office)
    row.opens_at, row.closes_at, row.digest_at = hours.opens_at, hours.closes_at, hours.digest_at
    row.urgings_a_day = hours.urgings_a_day
    session.add(row)
    return row


@verb("task.urge", Permission.TASK_DECIDE)
def urge_task(
    session: Session, task: Task, *, words: str, by: Person, at: datetime, staff: Staff | None = None
) -> None:
    """Urge the lead unit, and those that take part, by hand; once a day unless the office allows more.

    Whoever urges about many things reads the `staff` once.
    """
    if not can_be_urged(task):
        raise Refused("Không đôn đốc được: nhiệm vụ này đã báo cáo hoàn thành, đã kết thúc hoặc đang dừng.")
    staff = staff or staff_on(session, local_day(at))
    units = (task.lead, *task.coordinators)
    _urge(session, task, units, task.deadline, words, by=by, at=at, staff=staff)


@verb("obligation.urge", Permission.REPORT_REVIEW)
def urge_obligation(
    session: Session,
    obligation: Obligation,
    *,
    words: str,
    by: Person,
    at: datetime,
    staff: Staff | None = None,
) -> None:
    """Urge the unit that owes a report by hand."""
    if not is_owed(session, obligation):
        raise Refused("Không đôn đốc được: đơn vị đã nộp, hoặc không phải nộp báo cáo kỳ này.")
    staff = staff or staff_on(session, local_day(at))
    _urge(session, obligation, (obligation.unit,), obligation.due_on, words, by=by, at=at, staff=staff)


def _urge(
    session: Session,
    subject: Task | Obligation,
    units: Iterable[Unit],
    deadline: date | None,
    words: str,
    *,
    by: Person,
    at: datetime,
    staff: Staff,
) -> None:
    if len(words) > MOST_WORDS:
        raise InvalidFields({"reason": N_("Lời đôn đốc dài quá 1.000 ký tự. Rút gọn rồi gửi lại.")})
    day = local_day(at)
    key = urging_key(day)
    before = urgings_on(session, subject.__tablename__, [subject.id], key).get(subject.id, 0)
    if before >= hours_in_force(session).urgings_a_day:
        raise Refused("Hôm nay đã đôn đốc nội dung này rồi. Để ngày mai, hoặc gọi điện cho đơn vị.")
    people = set[int]().union(*(staff.of(unit.path) for unit in units))
    if not people - {by.id}:
        raise Refused(
            "Chưa đôn đốc được: đơn vị chưa có ai nhận thông báo. Nhờ quản trị mở tài khoản cho đơn vị."
        )
    tell_people(
        session,
        subject,
        people,
        kind=NoticeKind.URGED,
        key=f"{key}{before + 1}",
        at=at,
        by=by,
        words=words.strip(),
        day=deadline or day,
    )


def can_be_urged(subject: Task | Obligation) -> bool:
    """Is there still something to be done?"""
    return not subject.waived if isinstance(subject, Obligation) else subject.state not in FINISHED


def urging_key(day: date) -> str:
    """What the urgings by hand of one day begin with."""
    return f"by-hand-{day.isoformat()}-"


@verb("reminders.choose-channels", Permission.OWN_ACCOUNT)
def choose_channels(
    session: Session, person: Person, *, choices: Mapping[str, MailChoice], by: Person, at: datetime
) -> None:
    """Choose how to be told: `choices` has "reminders" and "events"."""
    own = _channels(session, person)
    own.reminders, own.events = choices["reminders"], choices["events"]


@verb("reminders.renew-feed", Permission.OWN_ACCOUNT)
def renew_feed(session: Session, person: Person, *, by: Person, at: datetime) -> str:
    """A new private address of the person's calendar; the old one leads nowhere. Shown once, kept hashed."""
    token = secrets.token_urlsafe(32)
    own = _channels(session, person)
    own.feed_digest, own.feed_since = feed_digest(token), at
    return token


@verb("reminders.close-feed", Permission.OWN_ACCOUNT)
def close_feed(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """The private address leads nowhere any more."""
    own = _channels(session, person)
    own.feed_digest = own.feed_since = None


def feed_digest(token: str) -> str:
    """What is kept of a private address."""
    return hashlib.sha256(token.encode()).hexdigest()


def _channels(session: Session, person: Person) -> Channels:
    known = session.get(Channels, person.id)
    if known is None:
        known = Channels(person_id=person.id, **USUAL_CHANNELS)
        session.add(known)
    return known


@verb("reminders.resend", Permission.REMINDERS_MANAGE)
def resend(session: Session, office: Unit, *, mail: Mail, by: Person, at: datetime) -> None:
    """Try a mail again that did not leave, or of which nobody knows."""
    if mail.state not in (MailState.ABANDONED, MailState.UNCERTAIN, MailState.FAILED):
        raise Conflict("Thư này không cần gửi lại. Tải lại trang để xem thư đang ở đâu.")
    mail.state, mail.next_try_at, mail.attempts, mail.interruptions = MailState.QUEUED, at, 0, 0
