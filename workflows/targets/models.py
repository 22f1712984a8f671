"""Tables of targets: the figure to be reached with its line, the values recorded on the way."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.files import HoldsFiles
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.targets.rules import FRESH_DAYS, Direction, Line
from workflows.tasks import Task, TaskTarget


class FollowedTarget(Versioned, Base):
    """A figure that a unit is to reach by a day, followed from a baseline along a line."""

    __tablename__ = "followed_target"
    __table_args__ = (
        CheckConstraint("baseline_on < goal_on", name="line_runs_forwards"),
        CheckConstraint("baseline_value <> goal_value", name="line_leads_somewhere"),
        CheckConstraint("fresh_days > 0", name="values_are_fresh_for_days"),
        Index("ix_followed_target_of_lead", "lead_id", "goal_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, comment="who follows it")
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    task_target_id: Mapped[int | None] = mapped_column(
        ForeignKey("task_target.id", ondelete="SET NULL"), unique=True, comment="the reading it came from"
    )
    lead_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    measure: Mapped[str] = mapped_column(comment="unit of measure: %, người, tổ chức")
    direction: Mapped[Direction] = mapped_column(choice(Direction), default=Direction.AT_LEAST)
    baseline_value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    baseline_on: Mapped[date]
    goal_value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    goal_on: Mapped[date]
    quote: Mapped[str] = mapped_column(default="", comment="the sentence that set it")
    fresh_days: Mapped[int] = mapped_column(default=FRESH_DAYS, comment="after them a value is too old")
    indicator: Mapped[str | None] = mapped_column(short(150), comment="code of a figure of the statistics")
    dropped_on: Mapped[date | None] = mapped_column(comment="no longer followed from this day")
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    directive: Mapped[Directive | None] = relationship()
    task: Mapped[Task | None] = relationship()
    task_target: Mapped[TaskTarget | None] = relationship()
    lead: Mapped[Unit] = relationship(foreign_keys=[lead_id])
    set_by: Mapped[Person] = relationship()
    steps: Mapped[list["TargetStep"]] = relationship(
        cascade="all, delete-orphan", order_by="TargetStep.due_on"
    )

    @property
    def label(self) -> str:
        """What is to be reached."""
        return self.name

    @property
    def line(self) -> Line:
        """The way from the baseline to the goal."""
        steps = tuple((step.due_on, step.value) for step in self.steps)
        return Line(self.baseline_value, self.baseline_on, self.goal_value, self.goal_on, steps)

    def parties(self) -> Parties:
        """The office that follows it, the unit that leads."""
        return Parties(office=self.office, responsible=(self.lead,))


class TargetStep(Base):
    """What must be reached by a day on the way to the goal."""

    __tablename__ = "target_step"

    target_id: Mapped[int] = mapped_column(
        ForeignKey("followed_target.id", ondelete="CASCADE"), primary_key=True
    )
    due_on: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))


class TargetValue(HoldsFiles):
    """A value somebody recorded; values are only ever added, a correction names the one it replaces."""

    __tablename__ = "target_value"
    __table_args__ = (Index("ix_target_value_newest", "target_id", "measured_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("followed_target.id", ondelete="CASCADE"))
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    measured_on: Mapped[date]
    source: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("target_value.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    target: Mapped[FollowedTarget] = relationship()
    corrects: Mapped["TargetValue | None"] = relationship(remote_side=[id])
    by: Mapped[Person] = relationship()
