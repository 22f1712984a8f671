"""Tables of reports: the unit's answer to an obligation, its figures and paragraphs, its earlier editions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Indicator, Obligation
from workflows.reports.states import ReportState


class Report(Versioned, Base):
    """What a unit answers; one live answer per obligation."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("obligation_id", name="uq_report_one_per_obligation"),
        CheckConstraint(
            "(state = 'accepted') = (accepted_by_id IS NOT NULL AND accepted_at IS NOT NULL)",
            name="accepted_has_acceptor_and_instant",
        ),
        CheckConstraint(
            "(state IN ('submitted', 'accepted')) <= (submitted_on IS NOT NULL)", name="submitted_has_its_day"
        ),
        Index("ix_report_waiting", "state", "submitted_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    state: Mapped[ReportState] = mapped_column(choice(ReportState), default=ReportState.DRAFT)
    nil: Mapped[bool] = mapped_column(default=False, comment="không phát sinh: nothing happened, said so")
    narrative: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="field key → text")
    cell_notes: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="cell key → comment")
    return_reasons: Mapped[list[Any]] = mapped_column(default=list, comment="[{cell, reason}], last return")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None] = mapped_column(comment="the day on the office's calendar, first time")
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]

    obligation: Mapped[Obligation] = relationship()
    changed_by: Mapped[Person] = relationship(foreign_keys=[changed_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])
    figures: Mapped[list["Figure"]] = relationship(back_populates="report", cascade="all, delete-orphan")
    editions: Mapped[list["Edition"]] = relationship(
        back_populates="report", cascade="all, delete-orphan", order_by="Edition.number"
    )

    @property
    def label(self) -> str:
        """Regime, unit and period."""
        owed = self.obligation
        return f"{owed.regime.name} – {owed.unit.name} – {owed.span.label}"

    def parties(self) -> Parties:
        """The unit that answers, the office that accepts."""
        return self.obligation.parties()


class Figure(Base):
    """One number of a report; a blank has no row, a zero has one."""

    __tablename__ = "figure"
    __table_args__ = (Index("ix_figure_of_indicator", "indicator_id", "report_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(20, 4))

    report: Mapped[Report] = relationship(back_populates="figures")
    indicator: Mapped[Indicator] = relationship()


class Edition(Base):
    """What a report said when it was submitted, kept for comparing and for later reading."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(comment="nil, narrative, figures, notes as plain data")

    report: Mapped[Report] = relationship(back_populates="editions")
    submitted_by: Mapped[Person] = relationship()
