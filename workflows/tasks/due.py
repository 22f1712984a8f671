"""Deadlines that are counted: from receipt, or by the end of a period. Pure."""

from dataclasses import dataclass
from datetime import date

from workflows.calendar import (
    DAYS_OF_MONTH,
    FROM_RECEIPT,
    Cadence,
    DueKind,
    DueRule,
    Period,
    WorkingCalendar,
    due_day,
)
from workflows.errors import InvalidFields
from workflows.wording import N_, Phrase

MOST_DAYS = 365
REGULAR = frozenset(set(Cadence) - {Cadence.AD_HOC, Cadence.ONE_OFF})
# A task has no cut-off day of its own to count from.
TASK_DUE_KINDS = tuple(kind for kind in DueKind if kind is not DueKind.WORKING_DAYS_AFTER_CUT_OFF)
_WORDS = {
    DueKind.DAY_AFTER_PERIOD: N_("ngày %(days)s sau khi hết kỳ"),
    DueKind.DAY_OF_LAST_MONTH: N_("ngày %(days)s của tháng cuối kỳ"),
    DueKind.WORKING_DAYS_AFTER_CUT_OFF: N_("%(days)s ngày làm việc sau ngày chốt số liệu"),
    DueKind.DAYS_BEFORE_PERIOD_END: N_("%(days)s ngày trước khi hết kỳ"),
    DueKind.WORKING_DAYS_BEFORE_PERIOD_END: N_("%(days)s ngày làm việc trước khi hết kỳ"),
    DueKind.WORKING_DAYS_AFTER_RECEIPT: N_("%(days)s ngày làm việc sau khi tiếp nhận"),
    DueKind.DAYS_AFTER_RECEIPT: N_("%(days)s ngày sau khi tiếp nhận"),
}
_LAST_DAY = {
    DueKind.DAYS_BEFORE_PERIOD_END: N_("ngày cuối cùng của kỳ"),
    DueKind.WORKING_DAYS_BEFORE_PERIOD_END: N_("ngày làm việc cuối cùng của kỳ"),
}


@dataclass(frozen=True)
class Due:
    """A way to count with its number: a count of days, or a day of the month, as `kind` says."""

    kind: DueKind
    number: int

    def __post_init__(self) -> None:
        """Refuse counts that run backwards or beyond a year, and days that no month has."""
        if self.kind in DAYS_OF_MONTH and not 1 <= self.number <= 31:
            raise InvalidFields({"due_number": N_("Ngày trong tháng là số từ 1 đến 31.")})
        if not self.is_from_receipt <= self.number <= MOST_DAYS:
            raise InvalidFields(
                {"due_number": N_("Số ngày phải từ 1 (sau khi tiếp nhận) hoặc 0 (trước khi hết kỳ) đến 365.")}
            )

    @property
    def is_from_receipt(self) -> bool:
        """Does it run from the receipt, rather than by the end of a period?"""
        return self.kind in FROM_RECEIPT

    def day(
        self, calendar: WorkingCalendar, *, received: date | None = None, period: Period | None = None
    ) -> date | None:
        """The day it makes, a working day; none as long as what it is counted from is not known."""
        ends = period.last_day() if period else None
        last_day = received if self.is_from_receipt else ends
        if last_day is None:
            return None
        return due_day(DueRule(self.kind, self.number), calendar, last_day=last_day, received=received)

    @property
    def words(self) -> Phrase:
        """The rule as the office says it."""
        last_day = None if self.number else _LAST_DAY.get(self.kind)
        return Phrase(last_day) if last_day else Phrase(_WORDS[self.kind], days=self.number)


LAST_WORKING_DAY = Due(DueKind.WORKING_DAYS_BEFORE_PERIOD_END, 0)
