"""Deadlines: a day lasts until its 24:00 in Viet Nam; the rule it comes from is data of a regime."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflows.calendar.days import WorkingCalendar
from workflows.calendar.periods import Period
from workflows.errors import Refused
from workflows.wording import N_, LabelledEnum, Phrase

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_TICK = timedelta(microseconds=1)


def start_of_day(day: date) -> datetime:
    """The first instant of `day` in Viet Nam, in UTC."""
    return datetime.combine(day, time.min, LOCAL_ZONE).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """24:00 of `day` in Viet Nam, in UTC: the first instant that is too late."""
    return start_of_day(day + timedelta(1))


def local_day(at: datetime) -> date:
    """The day it is in Viet Nam at the instant `at`, which must carry its time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone has no day in Viet Nam")
    return at.astimezone(LOCAL_ZONE).date()


def day_ending_at(instant: datetime) -> date:
    """The day whose 24:00 is `instant`: the inverse of `end_of_day`."""
    return local_day(instant - _TICK)


def has_passed(deadline: date, at: datetime) -> bool:
    """Whether `deadline` is over at `at`: not yet at 23:59:59 of the day, at 24:00 it is."""
    return local_day(at) > deadline


class DueKind(LabelledEnum):
    """From where a due day is counted."""

    DAY_AFTER_PERIOD = "day-after-period", N_("ngày cố định sau khi hết kỳ")
    DAY_OF_LAST_MONTH = "day-of-last-month", N_("ngày cố định trong tháng cuối kỳ")
    WORKING_DAYS_AFTER_CUT_OFF = "working-days-after-cut-off", N_("số ngày làm việc sau ngày chốt số liệu")
    DAYS_BEFORE_PERIOD_END = "days-before-period-end", N_("số ngày trước khi hết kỳ")
    WORKING_DAYS_BEFORE_PERIOD_END = (
        "working-days-before-period-end",
        N_("số ngày làm việc trước khi hết kỳ"),
    )
    WORKING_DAYS_AFTER_RECEIPT = "working-days-after-receipt", N_("số ngày làm việc sau khi nhận")
    DAYS_AFTER_RECEIPT = "days-after-receipt", N_("số ngày sau khi nhận")


class SinceIssue(LabelledEnum):
    """What is counted from the day on which a paper was issued: known, so that it makes one fixed day."""

    DAYS = "days-after-issue", N_("số ngày kể từ ngày ban hành")
    WORKING_DAYS = "working-days-after-issue", N_("số ngày làm việc kể từ ngày ban hành")
    MONTHS = "months-after-issue", N_("số tháng kể từ ngày ban hành")


DAYS_OF_MONTH = frozenset({DueKind.DAY_AFTER_PERIOD, DueKind.DAY_OF_LAST_MONTH})
FROM_RECEIPT = frozenset({DueKind.WORKING_DAYS_AFTER_RECEIPT, DueKind.DAYS_AFTER_RECEIPT})


@dataclass(frozen=True)
class DueRule:
    """When an answer is due; `number` is a day of the month or a count of days, as `kind` says."""

    kind: DueKind
    number: int
    moves_to_working_day: bool = True

    def __post_init__(self) -> None:
        """Refuse days that no month has and counts that run backwards."""
        if self.kind in DAYS_OF_MONTH and not 1 <= self.number <= 31:
            raise Refused(
                N_("Ngày trong tháng phải từ 1 đến 31, không thể là %(number)s."), number=self.number
            )
        if self.number < 0:
            raise Refused(N_("Số ngày không thể âm (%(number)s). Ghi 0 hoặc số lớn hơn."), number=self.number)


def due_day(
    rule: DueRule, calendar: WorkingCalendar, *, last_day: date, received: date | None = None
) -> date:
    """The day an answer about a period ending on `last_day` is due, on a working day if the rule asks it."""
    due = _unmoved_due_day(rule, calendar, last_day, received)
    return calendar.next_working_day(due) if rule.moves_to_working_day else due


def _unmoved_due_day(rule: DueRule, calendar: WorkingCalendar, last_day: date, received: date | None) -> date:
    match rule.kind:
        case DueKind.DAY_AFTER_PERIOD:
            in_month = _day_of_month(last_day, rule.number)
            return in_month if in_month > last_day else _day_of_month(_next_month(last_day), rule.number)
        case DueKind.DAY_OF_LAST_MONTH:
            return _day_of_month(last_day, rule.number)
        case DueKind.WORKING_DAYS_AFTER_CUT_OFF:
            return calendar.add_working_days(last_day, rule.number)
        case DueKind.DAYS_BEFORE_PERIOD_END:
            return last_day - timedelta(rule.number)
        case DueKind.WORKING_DAYS_BEFORE_PERIOD_END:
            return calendar.add_working_days(last_day + timedelta(1), -(rule.number + 1))
        case _:
            return _counted_from(received, rule, calendar)


def _counted_from(received: date | None, rule: DueRule, calendar: WorkingCalendar) -> date:
    if received is None:
        raise Refused(N_("Chưa có ngày nhận nên chưa tính được hạn. Ghi ngày nhận rồi thử lại."))
    if rule.kind is DueKind.DAYS_AFTER_RECEIPT:
        return received + timedelta(rule.number)
    return calendar.add_working_days(received, rule.number)


def day_since_issue(kind: SinceIssue, number: int, *, issued: date, calendar: WorkingCalendar) -> date:
    """The day that so many days, working days or months make, a working day.

    The day of issue is not counted, a month ends on the same day of a later one (or on its last), and what
    ends on a day off ends on the next working day: Civil Code 91/2015/QH13, Articles 147 and 148.
    """
    match kind:
        case SinceIssue.DAYS:
            day = issued + timedelta(number)
        case SinceIssue.WORKING_DAYS:
            day = calendar.add_working_days(issued, number)
        case SinceIssue.MONTHS:
            years, month = divmod(issued.month - 1 + number, 12)
            day = _day_of_month(date(issued.year + years, month + 1, 1), issued.day)
    return calendar.next_working_day(day)


def _next_month(day: date) -> date:
    return day.replace(day=28) + timedelta(4)


def _day_of_month(month: date, number: int) -> date:
    """Day `number` of the month, or its last day if the month is shorter."""
    last = _next_month(month).replace(day=1) - timedelta(1)
    return last.replace(day=min(number, last.day))


@dataclass(frozen=True)
class PeriodDates:
    """The days of one period under one timetable; `locked_after` is None for a form that never closes."""

    first_day: date
    last_day: date
    due: date
    timely_until: date
    locked_after: date | None


@dataclass(frozen=True)
class Timetable:
    """The four time settings of a regime: cut-off day, due rule, grace, days until the lock (0 = never).

    Grace and lock are counted in calendar days after the due day.
    """

    due: DueRule
    cut_off_day: int | None = None
    grace_days: int = 0
    lock_days: int = 0

    def __post_init__(self) -> None:
        """Refuse a cut-off no month has, and a form that closes while an answer still counts as timely."""
        if self.cut_off_day is not None and not 1 <= self.cut_off_day <= 31:
            raise Refused(
                N_("Ngày chốt số liệu phải từ 1 đến 31, không thể là %(day)s."), day=self.cut_off_day
            )
        if self.grace_days < 0 or self.lock_days < 0:
            raise Refused(
                N_("Số ngày ân hạn và số ngày đến khi khoá biểu không thể âm. Ghi 0 hoặc số lớn hơn.")
            )
        if 0 < self.lock_days < self.grace_days:
            raise Refused(
                N_(
                    "Biểu khoá sau %(lock)s ngày, trước khi hết %(grace)s ngày ân hạn. "
                    "Tăng số ngày đến khi khoá, hoặc ghi 0 để không khoá."
                ),
                lock=self.lock_days,
                grace=self.grace_days,
            )

    def dates_of(
        self, period: Period, calendar: WorkingCalendar, *, received: date | None = None
    ) -> PeriodDates:
        """Every day that matters for an answer about `period`."""
        last_day = period.last_day(self.cut_off_day)
        due = due_day(self.due, calendar, last_day=last_day, received=received)
        return PeriodDates(
            first_day=period.first_day(self.cut_off_day),
            last_day=last_day,
            due=due,
            timely_until=due + timedelta(self.grace_days),
            locked_after=due + timedelta(self.lock_days) if self.lock_days else None,
        )


def days_left(deadline: date, at: datetime, calendar: WorkingCalendar) -> Phrase:
    """How long there is until `deadline`, in words: "còn 3 ngày làm việc", "hôm nay", "quá hạn 2 ngày"."""
    today = local_day(at)
    days = (deadline - today).days
    if days < 0:
        return Phrase(N_("quá hạn %(days)s ngày"), days=-days)
    if days == 0:
        return Phrase(N_("hôm nay"))
    if days == 1:
        return Phrase(N_("ngày mai"))
    working_days = calendar.working_days_between(today, deadline)
    if working_days == 0:
        return Phrase(N_("còn %(days)s ngày, đều là ngày nghỉ"), days=days)
    return Phrase(N_("còn %(days)s ngày làm việc"), days=working_days)
