"""Tables of member statistics beside the returns themselves: targets in force, published totals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, short
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Regime


class GatheringTarget(Base):
    """The share of the eligible population that is to be gathered, from a day on, with its source."""

    __tablename__ = "gathering_target"
    __table_args__ = (UniqueConstraint("office_id", "organisation", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    organisation: Mapped[str] = mapped_column(short(40), comment="youth, women …; empty for all")
    share: Mapped[Decimal] = mapped_column(Numeric(6, 4), comment="0.6 for 60 %")
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(comment="the directive that set it")

    office: Mapped[Unit] = relationship()

    def parties(self) -> Parties:
        """The office that follows it."""
        return Parties(office=self.office)


class Publication(Base):
    """Totals of a period as they were reported upward; later corrections show as a difference."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("regime_id", "period", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    regime_id: Mapped[int] = mapped_column(ForeignKey("regime.id"))
    period: Mapped[str] = mapped_column(short(30))
    edition: Mapped[int]
    totals: Mapped[dict[str, Any]] = mapped_column(comment="organisation → cell → number as text")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]

    regime: Mapped[Regime] = relationship()
    published_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """Regime and period."""
        return f"{self.regime.name} – {self.period}"

    def parties(self) -> Parties:
        """The office that published."""
        return self.regime.parties()
