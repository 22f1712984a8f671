"""Tables of reports: the unit's answer to an obligation, its figures and paragraphs, its earlier editions."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.files import HoldsFiles
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Indicator, Obligation
from workflows.reports.states import ReportState


class Report(Versioned, HoldsFiles):
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
        CheckConstraint(
            "(state = 'under-review') = (awaiting_id IS NOT NULL)", name="under_review_by_somebody"
        ),
        CheckConstraint("endorsements BETWEEN 0 AND review_levels", name="endorsed_by_its_levels"),
        CheckConstraint(
            "state NOT IN ('submitted', 'accepted') OR endorsements = review_levels",
            name="office_comes_after_the_levels",
        ),
        CheckConstraint(
            "state IN ('under-review', 'submitted', 'accepted') OR endorsements = 0",
            name="endorsements_end_with_a_return",
        ),
        Index("ix_report_waiting", "state", "submitted_on"),
        Index("ix_report_awaiting", "awaiting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    state: Mapped[ReportState] = mapped_column(choice(ReportState), default=ReportState.DRAFT)
    nil: Mapped[bool] = mapped_column(default=False, comment="không phát sinh: nothing happened, said so")
    narrative: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="field key → text")
    cell_notes: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="cell key → comment")
    set_aside: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="typed into parts that do not apply: kept, not counted"
    )
    return_reasons: Mapped[list[Any]] = mapped_column(default=list, comment="[{cell, reason}], last return")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None] = mapped_column(comment="the day on the office's calendar, first time")
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]
    review_levels: Mapped[int] = mapped_column(default=0, comment="levels below the office, when submitted")
    endorsements: Mapped[int] = mapped_column(default=0, comment="how many of these levels accepted it")
    awaiting_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"), comment="the level below the office whose turn it is"
    )

    obligation: Mapped[Obligation] = relationship()
    changed_by: Mapped[Person] = relationship(foreign_keys=[changed_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])
    awaiting: Mapped[Unit | None] = relationship()
    figures: Mapped[list["Figure"]] = relationship(back_populates="report", cascade="all, delete-orphan")
    editions: Mapped[list["Edition"]] = relationship(
        back_populates="report", cascade="all, delete-orphan", order_by="Edition.number"
    )

    acceptances: Mapped[list["Acceptance"]] = relationship(
        back_populates="report", cascade="all, delete-orphan", order_by="Acceptance.id"
    )

    @property
    def label(self) -> str:
        """Regime, unit and period."""
        owed = self.obligation
        return f"{owed.regime.name} – {owed.unit.name} – {owed.span.label}"

    def parties(self) -> Parties:
        """The unit that answers, the office that accepts, the level whose turn it is."""
        return replace(self.obligation.parties(), reviewing=(self.awaiting,) if self.awaiting else ())


class Figure(Base):
    """One number of a report; a blank has no row, a zero has one."""

    __tablename__ = "figure"
    # With the value in it, a series of one indicator is read from the index alone.
    __table_args__ = (Index("ix_figure_of_indicator", "indicator_id", "report_id", "value"),)

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
    content: Mapped[dict[str, Any]] = mapped_column(
        comment="nil, narrative, figures, notes as plain data; files: name and sha256 of what was attached"
    )

    report: Mapped[Report] = relationship(back_populates="editions")
    submitted_by: Mapped[Person] = relationship()

    @property
    def files(self) -> list[dict[str, str]]:
        """Name and sha256 of what went in with it."""
        return list(self.content.get("files", []))


class Acceptance(Base):
    """One level's acceptance of an edition, with person and date; what was taken back stays, struck out."""

    __tablename__ = "acceptance"
    __table_args__ = (
        Index(
            "uq_acceptance_one_per_level",
            "report_id",
            "level",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
        CheckConstraint("level >= 1", name="levels_count_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    edition: Mapped[int] = mapped_column(comment="number of the edition that was accepted")
    level: Mapped[int] = mapped_column(comment="1 = the first above the unit; the last is the office")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="who accepted")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="acceptances")
    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()


class FilledSheet(Base):
    """A workbook that somebody filled in and sent; applied when its values went into the report."""

    __tablename__ = "filled_sheet"
    __table_args__ = (
        UniqueConstraint("obligation_id", "sha256"),
        CheckConstraint("(applied_at IS NULL) = (applied_by_id IS NULL)", name="applied_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    sha256: Mapped[str] = mapped_column(short(64))
    name: Mapped[str]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]

    obligation: Mapped[Obligation] = relationship()
    sent_by: Mapped[Person] = relationship(foreign_keys=[sent_by_id])
    applied_by: Mapped[Person | None] = relationship(foreign_keys=[applied_by_id])

    @property
    def label(self) -> str:
        """The name of the file."""
        return self.name

    def parties(self) -> Parties:
        """Those of the obligation it answers."""
        return self.obligation.parties()
