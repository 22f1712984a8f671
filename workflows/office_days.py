"""The office's own rows in the calendar: days swapped, granted or worked by decision."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from workflows.calendar import DayChange, WorkingCalendar
from workflows.db import Base
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties, Permission
from workflows.verb import verb
from workflows.wording import N_


class OfficeDay(Base):
    """One day that is not what the law's calendar says."""

    __tablename__ = "office_day"
    __table_args__ = (UniqueConstraint("office_id", "day", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    working: Mapped[bool]
    source: Mapped[str] = mapped_column(comment="the decision")
    effective_from: Mapped[date]

    office: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """The day as people write it."""
        return f"{self.day:%d/%m/%Y}"

    def parties(self) -> Parties:
        """The office whose calendar it is."""
        return Parties(office=self.office)


@verb("calendar.change-day", Permission.CALENDAR_MANAGE)
def change_day(
    session: Session,
    office: Unit,
    *,
    day: date,
    working: bool,
    source: str,
    effective_from: date,
    by: Person,
    at: datetime,
) -> OfficeDay:
    """Make a day a working day or a day off, known from a day on."""
    if not source.strip():
        raise InvalidFields({"source": N_("Ghi văn bản quyết định (số, ngày, cơ quan).")})
    change = OfficeDay(
        office=office, day=day, working=working, source=source.strip(), effective_from=effective_from
    )
    # Building the calendar refuses rows that contradict each other.
    WorkingCalendar([*changes(session), _as_change(change)])
    session.add(change)
    return change


@verb("calendar.drop-day", Permission.CALENDAR_MANAGE)
def drop_day(session: Session, change: OfficeDay, *, by: Person, at: datetime) -> None:
    """Take a row out of the calendar again."""
    session.delete(change)


def changes(session: Session) -> list[DayChange]:
    """All rows, as the calendar understands them."""
    return [_as_change(row) for row in session.scalars(select(OfficeDay).order_by(OfficeDay.id))]


def working_calendar(session: Session) -> WorkingCalendar:
    """The working days of the office."""
    return WorkingCalendar(changes(session))


def _as_change(row: OfficeDay) -> DayChange:
    return DayChange(row.day, row.working, row.source, row.effective_from)
