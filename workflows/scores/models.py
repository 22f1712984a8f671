"""Tables of scores: how an office weighs what became of a thing that was due, and why tasks ran late."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.tasks import Task
from workflows.wording import N_, LabelledEnum


class Cause(LabelledEnum):
    """Why a task ran late, as far as one word says it."""

    AWAITING_OTHERS = "awaiting-others", N_("chờ cơ quan phối hợp")
    AWAITING_GUIDANCE = "awaiting-guidance", N_("chờ hướng dẫn, văn bản cấp trên")
    MONEY = "money", N_("thiếu kinh phí")
    STAFF = "staff", N_("thiếu người, thay đổi nhân sự")
    SCOPE = "scope", N_("việc lớn hơn dự kiến")
    OUTSIDE = "outside", N_("thiên tai, nguyên nhân khách quan")
    OWN = "own", N_("chưa tập trung chỉ đạo")


class ScoreWeights(Versioned, Base):
    """What an office gives for each outcome, out of 100 for each thing due; none = the defaults of rules."""

    __tablename__ = "score_weights"
    __table_args__ = (
        CheckConstraint("late BETWEEN 0 AND 100 AND very_late BETWEEN 0 AND 100", name="points_of_a_hundred"),
        CheckConstraint(
            "extension BETWEEN 0 AND 100 AND task BETWEEN 0 AND 10", name="deductions_and_weights"
        ),
        CheckConstraint("report BETWEEN 0 AND 10 AND task + report > 0", name="something_counts"),
        CheckConstraint("late_days BETWEEN 1 AND 365", name="late_within_a_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    late: Mapped[int] = mapped_column(SmallInteger, comment="points when done no more than late_days late")
    late_days: Mapped[int] = mapped_column(SmallInteger)
    very_late: Mapped[int] = mapped_column(SmallInteger, comment="points when done later than that")
    extension: Mapped[int] = mapped_column(SmallInteger, comment="points taken off for each extension")
    task: Mapped[int] = mapped_column(SmallInteger, comment="how much a task counts")
    report: Mapped[int] = mapped_column(SmallInteger, comment="how much a report counts")

    office: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return self.office.short_name

    def parties(self) -> Parties:
        """The office."""
        return Parties(office=self.office)


class DelayCause(Base):
    """Why a task runs or ran late, in the words of whoever says it; the newest counts, none is changed."""

    __tablename__ = "delay_cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    cause: Mapped[Cause] = mapped_column(choice(Cause))
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    task: Mapped[Task] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """The task."""
        return self.task.label

    def parties(self) -> Parties:
        """Those of the task."""
        return self.task.parties()
