"""Tables of the register of numbers: terms, sequences, every number taken, reserved or cancelled."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, choice, short
from workflows.documents.models import OfficialDocument
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import N_, LabelledEnum


class NumberState(LabelledEnum):
    """What became of a number of the register."""

    TAKEN = "taken", N_("đã cấp")
    RESERVED = "reserved", N_("giữ chỗ")
    CANCELLED = "cancelled", N_("đã huỷ số")


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

    @property
    def label(self) -> str:
        """How the office speaks of it."""
        return self.name

    def parties(self) -> Parties:
        """The committee."""
        return Parties(office=self.unit)


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
        CheckConstraint("(state = 'taken') = (document_id IS NOT NULL)", name="taken_by_a_document"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(short(12), comment="the paper's; the sequence may be another type's")
    symbol: Mapped[str] = mapped_column(comment="as printed: 15-BC/VPTU")
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

    @property
    def label(self) -> str:
        """The number as printed."""
        return self.symbol

    def parties(self) -> Parties:
        """The body whose register it is."""
        return Parties(office=self.series.issuer)


class SharedSeries(Base):
    """A type of an issuer whose papers take their numbers from another type's sequence."""

    __tablename__ = "shared_series"
    __table_args__ = (
        UniqueConstraint("issuer_id", "type"),
        CheckConstraint("type <> shares_with", name="shares_with_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    type: Mapped[str] = mapped_column(short(12))
    shares_with: Mapped[str] = mapped_column(short(12))

    issuer: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """Both types."""
        return f"{self.type} = {self.shares_with}"

    def parties(self) -> Parties:
        """The body whose register it is."""
        return Parties(office=self.issuer)
