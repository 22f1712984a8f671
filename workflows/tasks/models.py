"""Tables of tasks: the task, who takes part, targets, notes of progress, requests for extension."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Numeric, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from workflows.calendar import Cadence, DueKind, Period, parse
from workflows.db import Base, Versioned, choice, short
from workflows.directives import Clause, Directive
from workflows.files import HoldsFiles
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.sought_words import sought
from workflows.tasks.due import REGULAR, Due
from workflows.tasks.states import ExtensionState, Grade, TaskState

task_coordinator = Table(
    "task_coordinator",
    Base.metadata,
    Column("task_id", ForeignKey("task.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)

task_watcher = Table(
    "task_watcher",
    Base.metadata,
    Column("task_id", ForeignKey("task.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)

task_watching_person = Table(
    "task_watching_person",
    Base.metadata,
    Column("task_id", ForeignKey("task.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True, index=True),
)


class Task(Versioned, Base):
    """What one lead unit must do, from a clause of a directive or from a person."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_its_day"),
        CheckConstraint("(deadline IS NULL) = (original_deadline IS NULL)", name="deadlines_together"),
        CheckConstraint("(due_kind IS NULL) = (due_number IS NULL)", name="due_rule_is_whole"),
        UniqueConstraint("series_id", "period"),
        Index("ix_task_by_lateness", "office_id", "state", "deadline"),
        Index("ix_task_of_lead", "lead_id", "state", "deadline"),
        Index("ix_task_of_directive", "directive_id", "id"),
        Index("ix_task_newest", "assigned_at", "id"),
        Index("ix_task_by_deadline", "deadline", "id"),
        Index("ix_task_waiting", "state", "office_id", "monitoring_id"),
        Index(
            "ix_task_running_by_deadline",
            "deadline",
            "id",
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="who assigned it")
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id", ondelete="SET NULL"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    title: Mapped[str]
    title_sought: Mapped[str] = mapped_column(comment="the title as lists look for words in it")
    quote: Mapped[str] = mapped_column(default="", comment="the sentence of the directive it came from")
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    lead_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    monitoring_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    deadline: Mapped[date | None] = mapped_column(comment="the one in force, after extensions")
    original_deadline: Mapped[date | None] = mapped_column(comment="the one first set; never changes")
    due_kind: Mapped[DueKind | None] = mapped_column(choice(DueKind), comment="null = a fixed day")
    due_number: Mapped[int | None] = mapped_column(comment="days counted by the rule, or day of the month")
    period: Mapped[str | None] = mapped_column(short(30), comment="the period this turn is for")
    series_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), comment="the task it is a turn of")
    cadences: Mapped[list[Any]] = mapped_column(default=list, comment="values of calendar.Cadence")
    in_charge: Mapped[str] = mapped_column(default="", comment="the leader in charge, by name")
    product: Mapped[str] = mapped_column(default="")
    product_number: Mapped[str] = mapped_column(default="", comment="number or name of what was made")
    product_checked: Mapped[bool] = mapped_column(default=False, comment="by the assigner, on closing")
    report_to: Mapped[str] = mapped_column(default="")
    state: Mapped[TaskState] = mapped_column(choice(TaskState), default=TaskState.ASSIGNED)
    progress: Mapped[int] = mapped_column(default=0)
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    reported_on: Mapped[date | None] = mapped_column(
        comment="the day its lead reported it finished; null again when it is given back"
    )
    done_on: Mapped[date | None] = mapped_column(comment="the day on the office's calendar")
    assessment: Mapped[str] = mapped_column(default="", comment="the assigner's word on closing")
    grade: Mapped[Grade | None] = mapped_column(choice(Grade), comment="the assigner's mark on closing")

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    directive: Mapped[Directive | None] = relationship()
    clause: Mapped[Clause | None] = relationship()
    parent: Mapped["Task | None"] = relationship(
        remote_side=[id], foreign_keys=[parent_id], back_populates="children"
    )
    children: Mapped[list["Task"]] = relationship(
        foreign_keys=[parent_id], back_populates="parent", order_by="Task.id"
    )
    series: Mapped["Task | None"] = relationship(remote_side=[id], foreign_keys=[series_id])
    lead: Mapped[Unit] = relationship(foreign_keys=[lead_id])
    monitoring: Mapped[Unit | None] = relationship(foreign_keys=[monitoring_id])
    coordinators: Mapped[list[Unit]] = relationship(secondary=task_coordinator, order_by=Unit.id)
    watchers: Mapped[list[Unit]] = relationship(secondary=task_watcher, order_by=Unit.id)
    watching_people: Mapped[list[Person]] = relationship(secondary=task_watching_person, order_by=Person.id)
    assigned_by: Mapped[Person] = relationship()
    targets: Mapped[list["TaskTarget"]] = relationship(
        back_populates="task", cascade="all, delete-orphan", order_by="TaskTarget.id"
    )
    notes: Mapped[list["ProgressNote"]] = relationship(
        back_populates="task", cascade="all, delete-orphan", order_by="ProgressNote.id.desc()"
    )
    extensions: Mapped[list["Extension"]] = relationship(
        back_populates="task", cascade="all, delete-orphan", order_by="Extension.id"
    )

    @validates("title")
    def _keep_sought(self, _: str, title: str) -> str:
        self.title_sought = sought(title)
        return title

    @property
    def label(self) -> str:
        """How the office speaks of it in one breath."""
        return f"{self.title} ({self.span.label})" if self.span and self.series_id else self.title

    @property
    def due(self) -> Due | None:
        """The rule its deadline is counted by, if it is no fixed day."""
        return None if self.due_kind is None else Due(self.due_kind, self.due_number or 0)

    @property
    def span(self) -> Period | None:
        """The period it is a turn for."""
        return parse(self.period) if self.period else None

    @property
    def regular_cadences(self) -> list[Cadence]:
        """The cadences in which turns come by themselves."""
        return [cadence for cadence in map(Cadence, self.cadences) if cadence in REGULAR]

    @property
    def recurs(self) -> bool:
        """Does a task of its own come for every period?"""
        counts_periods = self.due is not None and not self.due.is_from_receipt
        return self.period is None and counts_periods and bool(self.regular_cadences)

    def parties(self) -> Parties:
        """Who assigned, who leads, who coordinates, who watches over it, who is told."""
        return Parties(
            office=self.office,
            responsible=(self.lead,),
            taking_part=tuple(self.coordinators),
            monitoring=(self.monitoring,) if self.monitoring else (),
            informed=tuple(self.watchers),
            informed_people=frozenset(person.id for person in self.watching_people),
        )


class TaskTarget(Base):
    """A figure to be reached, with the words that set it."""

    __tablename__ = "task_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    unit: Mapped[str]
    words: Mapped[str] = mapped_column(default="", comment="the words that set it")

    task: Mapped[Task] = relationship(back_populates="targets")


class ProgressNote(HoldsFiles):
    """What a unit said of its progress; notes are only ever added."""

    __tablename__ = "progress_note"
    __table_args__ = (CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    progress: Mapped[int]
    words: Mapped[str]

    task: Mapped[Task] = relationship(back_populates="notes")
    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()


class Extension(Base):
    """A request for a later deadline and what became of it."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('granted', 'refused')) = (decided_at IS NOT NULL)", name="decision_has_its_instant"
        ),
        CheckConstraint("(state = 'granted') = (granted_deadline IS NOT NULL)", name="granted_has_its_day"),
        Index(
            "uq_extension_one_open_request",
            "task_id",
            unique=True,
            sqlite_where=text("state = 'requested'"),
            postgresql_where=text("state = 'requested'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    deadline_before: Mapped[date]
    proposed_deadline: Mapped[date]
    granted_deadline: Mapped[date | None]
    reason: Mapped[str]
    state: Mapped[ExtensionState] = mapped_column(choice(ExtensionState), default=ExtensionState.REQUESTED)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship(back_populates="extensions")
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
