"""Tables of regimes: forms and their versions, indicators, the regime itself, the obligations it makes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.calendar import Cadence, DueKind, DueRule, Period, Timetable, parse
from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import N_, LabelledEnum


class FormState(LabelledEnum):
    """Whether a version of a form may be edited, used, or only read."""

    DRAFT = "draft", N_("đang soạn")
    PUBLISHED = "published", N_("đang dùng")
    RETIRED = "retired", N_("ngừng dùng")


class ReviewLevel(LabelledEnum):
    """Who stands between the unit and the office and accepts first."""

    SUPERIOR = "superior", N_("đơn vị cấp trên trực tiếp")
    ORGANISATION = "organisation", N_("cơ quan cấp tỉnh của cùng tổ chức")


class ExceptionKind(LabelledEnum):
    """What the office grants one unit for one period."""

    REOPENING = "reopening", N_("mở lại biểu đã khoá")
    EXTENSION = "extension", N_("lùi hạn nộp")


class Indicator(Base):
    """A figure that forms ask for, the same across versions and periods."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(short(80), unique=True, comment="e.g. members.closing")
    name: Mapped[str]
    unit: Mapped[str] = mapped_column(default="", comment="what is counted: người, %, buổi")


class FormVersion(Versioned, Base):
    """A form as it was filled in; a change makes a new version, earlier returns keep theirs."""

    __tablename__ = "form_version"
    __table_args__ = (
        UniqueConstraint("office_id", "code", "number"),
        Index(
            "uq_form_version_one_draft",
            "office_id",
            "code",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(short(60))
    number: Mapped[int] = mapped_column(comment="1, 2, … of the same code")
    name: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(comment="sections, fields, grids, rules: see forms.py")
    state: Mapped[FormState] = mapped_column(choice(FormState), default=FormState.DRAFT)
    changed_at: Mapped[datetime]

    office: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """Name and version."""
        return f"{self.name} (bản {self.number})"

    def parties(self) -> Parties:
        """The office the form belongs to."""
        return Parties(office=self.office)


class Regime(Versioned, Base):
    """Form × cadence × cut-off × due × grace × lock × units: who reports what, how often, by when."""

    __tablename__ = "regime"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="ends_after_it_begins"),
        CheckConstraint("grace_days >= 0 AND lock_days >= 0", name="days_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"), index=True)
    name: Mapped[str]
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    cadence: Mapped[Cadence] = mapped_column(choice(Cadence))
    cut_off_day: Mapped[int | None] = mapped_column(comment="the data closes on this day; null = month's end")
    due_kind: Mapped[DueKind] = mapped_column(choice(DueKind))
    due_number: Mapped[int]
    moves_to_working_day: Mapped[bool] = mapped_column(default=True)
    grace_days: Mapped[int] = mapped_column(default=0)
    lock_days: Mapped[int] = mapped_column(default=0, comment="days after the due day; 0 = never locks")
    units: Mapped[dict[str, Any]] = mapped_column(comment="kinds, groups, branches, units, except: see rules")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    review_levels: Mapped[list[Any]] = mapped_column(
        default=list, comment="values of ReviewLevel below the office, lowest first"
    )

    office: Mapped[Unit] = relationship()
    directive: Mapped[Directive | None] = relationship()
    form_version: Mapped[FormVersion] = relationship()

    @property
    def label(self) -> str:
        """How the office speaks of it."""
        return self.name

    @property
    def timetable(self) -> Timetable:
        """The four time settings as the calendar understands them."""
        due = DueRule(self.due_kind, self.due_number, self.moves_to_working_day)
        return Timetable(due, self.cut_off_day, self.grace_days, self.lock_days)

    def parties(self) -> Parties:
        """The office that runs it."""
        return Parties(office=self.office)


class Obligation(Base):
    """One unit owes one answer for one period; made by the program, never typed."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("regime_id", "period", "unit_id"),
        Index("ix_obligation_board", "unit_id", "period"),
        Index("ix_obligation_due", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regime_id: Mapped[int] = mapped_column(ForeignKey("regime.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(short(30), comment="code, e.g. 2026-Q2")
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    due_on: Mapped[date]
    timely_until: Mapped[date]
    locked_after: Mapped[date | None]
    waived: Mapped[bool] = mapped_column(default=False, comment="the unit left before answering")

    regime: Mapped[Regime] = relationship()
    unit: Mapped[Unit] = relationship()
    form_version: Mapped[FormVersion] = relationship()
    reviewers: Mapped[list["ObligationReviewer"]] = relationship(order_by="ObligationReviewer.level")

    @property
    def span(self) -> Period:
        """The period as the calendar understands it."""
        return parse(self.period)

    def parties(self) -> Parties:
        """The unit that owes, the office that waits, the levels in between."""
        levels = tuple(reviewer.unit for reviewer in self.reviewers)
        return Parties(office=self.regime.office, responsible=(self.unit,), informed=levels)


class ObligationReviewer(Base):
    """The unit that accepts an answer at a level below the office; named when the obligation is made."""

    __tablename__ = "obligation_reviewer"
    __table_args__ = (CheckConstraint("level >= 1", name="levels_count_from_one"),)

    obligation_id: Mapped[int] = mapped_column(
        ForeignKey("obligation.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[int] = mapped_column(primary_key=True, comment="1 = the first to accept")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)


class AdHocPeriod(Base):
    """A period the office opened out of turn: what it is about, up to which day, by when."""

    __tablename__ = "ad_hoc_period"
    __table_args__ = (
        UniqueConstraint("regime_id", "period"),
        CheckConstraint("last_day <= due_on", name="due_when_it_is_over"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regime_id: Mapped[int] = mapped_column(ForeignKey("regime.id"))
    period: Mapped[str] = mapped_column(short(30), comment="code of the day its data closes")
    title: Mapped[str]
    last_day: Mapped[date] = mapped_column(comment="its data closes on this day")
    due_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]

    regime: Mapped[Regime] = relationship()
    opened_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """What it is about, and of which regime."""
        return f"{self.title} – {self.regime.name}"

    def parties(self) -> Parties:
        """The office that opened it."""
        return self.regime.parties()


class Reopening(Base):
    """An exception for one unit and period, with reason and end: a locked form opened, a later due day."""

    __tablename__ = "reopening"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'extension') = (due_before IS NOT NULL)", name="extension_knows_the_due_day_before"
        ),
        Index("ix_reopening_until", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    reason: Mapped[str]
    until: Mapped[date]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    kind: Mapped[ExceptionKind] = mapped_column(choice(ExceptionKind), default=ExceptionKind.REOPENING)
    due_before: Mapped[date | None] = mapped_column(comment="the due day that an extension replaced")

    obligation: Mapped[Obligation] = relationship()
    granted_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """What was granted, to whom, for which period."""
        owed = self.obligation
        return f"{owed.regime.name} – {owed.unit.name} – {owed.span.label}"

    def parties(self) -> Parties:
        """Those of the obligation."""
        return self.obligation.parties()


class ReopeningRequest(Base):
    """A unit asks to have a locked form opened again; the office opens it or says why not."""

    __tablename__ = "reopening_request"
    __table_args__ = (
        Index(
            "uq_reopening_request_one_open",
            "obligation_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    reason: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="", comment="why not; empty when it was opened")

    obligation: Mapped[Obligation] = relationship()
    asked_by: Mapped[Person] = relationship()
