"""Deadlines that are counted: from receipt, or back from the end of a period. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from workflows.calendar import Cadence, Period, WorkingCalendar
from workflows.errors import InvalidFields
from workflows.wording import N_, LabelledEnum, Phrase

MOST_DAYS = 365
REGULAR = frozenset(set(Cadence) - {Cadence.AD_HOC, Cadence.ONE_OFF})


class DueKind(LabelledEnum):
    """From where the deadline of a task is counted, when it is no fixed day."""

    AFTER_RECEIPT = "after-receipt", N_("ngày làm việc sau khi tiếp nhận")
    BEFORE_PERIOD_END = "before-period-end", N_("ngày làm việc trước khi hết kỳ")


@dataclass(frozen=True)
class Due:
    """So many working days after receipt, or before the last working day of a period."""

    kind: DueKind
    number: int

    def __post_init__(self) -> None:
        """Refuse counts that run backwards or beyond a year."""
        if not (self.kind is DueKind.AFTER_RECEIPT) <= self.number <= MOST_DAYS:
            raise InvalidFields(
                {
                    "due_number": N_(
                        "Số ngày làm việc phải từ 1 (sau khi tiếp nhận) hoặc 0 (trước khi hết kỳ) đến 365."
                    )
                }
            )

    def day(
        self, calendar: WorkingCalendar, *, received: date | None = None, period: Period | None = None
    ) -> date | None:
        """The day it makes; none as long as what it is counted from is not known."""
        if self.kind is DueKind.AFTER_RECEIPT:
            return calendar.add_working_days(received, self.number) if received else None
        if period is None:
            return None
        return calendar.add_working_days(period.last_day() + timedelta(1), -(self.number + 1))

    @property
    def words(self) -> Phrase:
        """The rule as the office says it."""
        if self.kind is DueKind.AFTER_RECEIPT:
            return Phrase(N_("%(days)s ngày làm việc sau khi tiếp nhận"), days=self.number)
        if self.number == 0:
            return Phrase(N_("ngày làm việc cuối cùng của kỳ"))
        return Phrase(N_("%(days)s ngày làm việc trước khi hết kỳ"), days=self.number)
