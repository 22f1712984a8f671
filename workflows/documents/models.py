"""Tables of official documents: the paper with its frozen facts, and the register of numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.documents.states import DocumentState
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Regime
from workflows.wording import N_, LabelledEnum

document_recipient = Table(
    "document_recipient",
    Base.metadata,
    Column("document_id", ForeignKey("official_document.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)


class NumberState(LabelledEnum):
    """What became of a number of the register."""

    TAKEN = "taken", N_("đã cấp")
    RESERVED = "reserved", N_("giữ chỗ")
    CANCELLED = "cancelled", N_("đã huỷ")


class OfficialDocument(Versioned, Base):
    """What the office issues: drawn from a form and facts, numbered, signed, sent."""

    __tablename__ = "official_document"
    __table_args__ = (
        CheckConstraint("(number IS NULL) = (issued_on IS NULL)", name="number_and_day_together"),
        CheckConstraint(
            "(state IN ('issued', 'sent', 'revoked')) = (number IS NOT NULL)", name="issued_has_its_number"
        ),
        Index("ix_official_document_newest", "office_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="who keeps it")
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="in whose name it is issued")
    form: Mapped[str] = mapped_column(short(60), comment="code of the form")
    type: Mapped[str] = mapped_column(short(12), comment="abbreviation: BC, CV, TB …")
    subject: Mapped[str]
    profile: Mapped[str] = mapped_column(short(40), comment="measures, e.g. party-2026")
    wording: Mapped[str | None] = mapped_column(comment="the office's own wording; null = the form's")
    facts: Mapped[dict[str, Any]] = mapped_column(
        comment="fills the wording; frozen once prepared"
    )
    letterhead: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="frozen once prepared")
    state: Mapped[DocumentState] = mapped_column(choice(DocumentState), default=DocumentState.DRAFT)
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"), index=True)
    regime_id: Mapped[int | None] = mapped_column(ForeignKey("regime.id"), index=True)
    period: Mapped[str | None] = mapped_column(short(30))
    number: Mapped[int | None]
    symbol: Mapped[str | None] = mapped_column(comment="as printed: 15-BC/VPTU")
    issued_on: Mapped[date | None]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"))

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    issuer: Mapped[Unit] = relationship(foreign_keys=[issuer_id])
    directive: Mapped[Directive | None] = relationship()
    regime: Mapped[Regime | None] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])
    replaces: Mapped["OfficialDocument | None"] = relationship(remote_side=[id])
    recipients: Mapped[list[Unit]] = relationship(secondary=document_recipient, order_by=Unit.id)

    @property
    def label(self) -> str:
        """How the office speaks of it in one breath."""
        return f"{self.symbol or self.type} – {self.subject}"

    def parties(self) -> Parties:
        """The office; the recipients once it was sent."""
        sent = self.state in (DocumentState.SENT, DocumentState.REVOKED)
        return Parties(office=self.office, informed=tuple(self.recipients) if sent else ())


class Term(Base):
    """A committee's term (nhiệm kỳ): numbers begin at 01 with it."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("unit_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="the committee")
    name: Mapped[str] = mapped_column(comment="2025–2030")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()


class NumberSeries(Base):
    """One sequence of numbers: issuing unit × type × term; its row is locked while a number is taken."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("issuer_id", "type", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    type: Mapped[str] = mapped_column(short(12))
    term: Mapped[str] = mapped_column(short(40), comment="name of the term, or the year for state bodies")
    last_number: Mapped[int] = mapped_column(default=0)

    issuer: Mapped[Unit] = relationship()
    entries: Mapped[list["RegisterEntry"]] = relationship(
        back_populates="series", order_by="RegisterEntry.number"
    )


class RegisterEntry(Base):
    """One number of the register, taken, reserved or cancelled."""

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("document_id"),
        CheckConstraint("number > 0", name="counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    number: Mapped[int]
    dated: Mapped[date]
    state: Mapped[NumberState] = mapped_column(choice(NumberState), default=NumberState.TAKEN)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"))
    subject: Mapped[str]
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")

    series: Mapped[NumberSeries] = relationship(back_populates="entries")
    document: Mapped[OfficialDocument | None] = relationship()
    taken_by: Mapped[Person] = relationship()

    def parties(self) -> Parties:
        """The body whose register it is."""
        return Parties(office=self.series.issuer)


class FormWording(Base):
    """The office's own wording of a form; the newest row is in force."""

    __tablename__ = "form_wording"
    __table_args__ = (Index("ix_form_wording_newest", "office_id", "form", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(short(60))
    wording: Mapped[str]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]

    office: Mapped[Unit] = relationship()
    changed_by: Mapped[Person] = relationship()
