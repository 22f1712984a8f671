"""The table of milestones: what, who, by when; once the plan is accepted each is a task of the unit."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base
from workflows.reports import Report
from workflows.tasks import Task


class Milestone(Base):
    """A step of a unit's plan; `task` is what it became."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(comment="1, 2, … in the plan")
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="", comment="the person or room in charge, as the unit wrote it")
    due_on: Mapped[date]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), index=True)

    report: Mapped[Report] = relationship()
    task: Mapped[Task | None] = relationship()
