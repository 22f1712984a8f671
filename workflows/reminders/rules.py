"""When which reminder of a ladder is due, and when nothing may leave. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from workflows.calendar import LOCAL_ZONE, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.reminders.states import LetterManner, NoticeKind
from workflows.wording import N_, Phrase

MOST_DAYS = 250
MOST_TIMES = 50
MOST_BEFORE = 6


@dataclass(frozen=True)
class Steps:
    """A ladder: all figures are working days, 0 leaves a step out.

    No rule fixes these for a province (Quy chế 08-QC/TW leaves them open): they are good defaults.
    """

    before: tuple[int, ...] = (5, 1)
    on_the_day: bool = True
    after: int = 1
    every: int = 3
    times: int = 5
    escalation: int = 5
    letter: int = 7
    letter_manner: LetterManner = LetterManner.TOGETHER
    committee: int = 15


@dataclass(frozen=True)
class Hours:
    """Between which hours of a working day something may leave (clock of Viet Nam), when digests do."""

    opens_at: time = time(7, 0)
    closes_at: time = time(20, 0)
    digest_at: time = time(7, 30)
    urgings_a_day: int = 1


@dataclass(frozen=True)
class Rung:
    """One step of a ladder for one deadline: its name, why, on which day, the how manieth reminder."""

    key: str
    kind: NoticeKind
    day: date
    number: int


def reminders(
    steps: Steps, deadline: date, calendar: WorkingCalendar, *, late_after: date | None = None
) -> tuple[Rung, ...]:
    """What the units themselves are told, in order of days; of two steps on one day the later one holds.

    `late_after` is the last day that still counts as in time, where there is grace after the deadline.
    """
    found: dict[date, tuple[str, NoticeKind]] = {}
    for days in sorted(steps.before, reverse=True):
        found[calendar.add_working_days(deadline, -days)] = (f"before-{days}", NoticeKind.BEFORE)
    if steps.on_the_day:
        found[_working_day_until(deadline, calendar)] = ("due", NoticeKind.DUE)
    late = late_after or deadline
    if steps.after:
        found[calendar.add_working_days(late, steps.after)] = (f"after-{steps.after}", NoticeKind.OVERDUE)
    for turn in range(1, steps.times + 1 if steps.every else 1):
        day = calendar.add_working_days(late, steps.after + turn * steps.every)
        found[day] = (f"again-{turn}", NoticeKind.OVERDUE)
    numbered = enumerate(sorted(found.items()), start=1)
    return tuple(Rung(key, kind, day, number) for number, (day, (key, kind)) in numbered)


def current(rungs: Sequence[Rung], today: date, *, since: date) -> Rung | None:
    """The newest step reached; one that lay before the thing was given to the unit is none of its steps.

    After a pause of the clock only this one is made up for: nobody is told today that it is due next week.
    """
    reached = [rung for rung in rungs if since <= rung.day <= today]
    return reached[-1] if reached else None


def escalations(
    steps: Steps, late_after: date, calendar: WorkingCalendar, *, levels: int
) -> tuple[Rung, ...]:
    """When the units above are told: the next one after so many days, the one above it after as many more."""
    if not steps.escalation:
        return ()
    return tuple(
        Rung(
            f"escalation-{level}",
            NoticeKind.ESCALATED,
            calendar.add_working_days(late_after, level * steps.escalation),
            level,
        )
        for level in range(1, levels + 1)
    )


def day_after(late_after: date, days: int, calendar: WorkingCalendar) -> date | None:
    """The day on which something has been late for so many working days; none for 0."""
    return calendar.add_working_days(late_after, days) if days else None


def may_leave(at: datetime, hours: Hours, calendar: WorkingCalendar) -> bool:
    """Is it a working day, between the hours?"""
    local = at.astimezone(LOCAL_ZONE)
    return calendar.is_working(local.date()) and hours.opens_at <= local.time() < hours.closes_at


def is_digest_time(at: datetime, hours: Hours) -> bool:
    """Has the hour of the daily digest come?"""
    return at.astimezone(LOCAL_ZONE).time() >= hours.digest_at


def check(steps: Steps) -> None:
    """Refuse a ladder that makes no sense, every fault at once."""
    wrong: dict[str, str] = {}
    if len(steps.before) > MOST_BEFORE or any(not 1 <= days <= MOST_DAYS for days in steps.before):
        wrong["before"] = N_("Nhập nhiều nhất 6 mốc, mỗi mốc từ 1 đến 250 ngày làm việc, ví dụ 5, 1.")
    for name in ("after", "every", "escalation", "letter", "committee"):
        if not 0 <= getattr(steps, name) <= MOST_DAYS:
            wrong[name] = N_("Nhập số ngày làm việc từ 0 đến 250; 0 là không nhắc.")
    if not 0 <= steps.times <= MOST_TIMES:
        wrong["times"] = N_("Nhập số lần từ 0 đến 50.")
    if wrong:
        raise InvalidFields(wrong)


def check_hours(hours: Hours) -> None:
    """Refuse hours in which nothing could leave."""
    wrong: dict[str, str] = {}
    if hours.opens_at >= hours.closes_at:
        wrong["closes_at"] = N_("Giờ kết thúc phải sau giờ bắt đầu.")
    elif not hours.opens_at <= hours.digest_at < hours.closes_at:
        wrong["digest_at"] = N_("Giờ gửi thư tổng hợp phải nằm trong giờ được gửi.")
    if not 1 <= hours.urgings_a_day <= MOST_TIMES:
        wrong["urgings_a_day"] = N_("Nhập số lần từ 1 đến 50.")
    if wrong:
        raise InvalidFields(wrong)


def preview(steps: Steps, deadline: date, calendar: WorkingCalendar) -> list[Phrase]:
    """The ladder told in sentences for one deadline, in order of days."""
    told = [(rung.day, _sentence(rung)) for rung in reminders(steps, deadline, calendar)]
    above = N_("ngày %(day)s: báo đơn vị cấp trên trực tiếp")
    told += [(rung.day, _on(rung.day, above)) for rung in escalations(steps, deadline, calendar, levels=1)]
    for days, message in (
        (steps.letter, N_("ngày %(day)s: soạn sẵn dự thảo công văn đôn đốc, chờ văn phòng duyệt")),
        (steps.committee, N_("ngày %(day)s: đưa vào danh sách báo cáo Thường trực")),
    ):
        if day := day_after(deadline, days, calendar):
            told.append((day, _on(day, message)))
    return [phrase for _, phrase in sorted(told, key=lambda pair: pair[0])]


def _sentence(rung: Rung) -> Phrase:
    message = {
        NoticeKind.BEFORE: N_("nhắc lần %(number)s ngày %(day)s: sắp đến hạn"),
        NoticeKind.DUE: N_("nhắc lần %(number)s ngày %(day)s: đến hạn"),
        NoticeKind.OVERDUE: N_("nhắc lần %(number)s ngày %(day)s: quá hạn"),
    }[rung.kind]
    return _on(rung.day, message, number=rung.number)


def _on(day: date, message: str, **params: object) -> Phrase:
    return Phrase(message, day=f"{day:%d/%m/%Y}", **params)


def whole_days(typed: str) -> tuple[int, ...]:
    """The figures of "5, 1", each once, the largest first; ValueError for anything else."""
    parts: Iterable[str] = typed.replace(";", ",").split(",")
    return tuple(sorted({int(part) for part in parts if part.strip()}, reverse=True))


def _working_day_until(day: date, calendar: WorkingCalendar) -> date:
    """The day itself, or the last working day before it: nobody is told on a day off."""
    return day if calendar.is_working(day) else calendar.add_working_days(day, -1)
