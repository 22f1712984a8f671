"""Tables of the yearly review: each branch goes through its list name by name."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice
from workflows.members.models import Membership
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import N_, LabelledEnum


class Verdict(LabelledEnum):
    """What a branch says of a name on its list."""

    CONFIRMED = "confirmed", N_("còn sinh hoạt")
    DOUBTFUL = "doubtful", N_("không xác nhận được")


class ListReview(Versioned, Base):
    """A review a unit has its branches and the units below make of their lists, until a day."""

    __tablename__ = "list_review"
    __table_args__ = (UniqueConstraint("unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    opened_on: Mapped[date]
    due_on: Mapped[date]
    paper: Mapped[str] = mapped_column(default="", comment="the plan or letter that orders it")
    closed_on: Mapped[date | None]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[Unit] = relationship()
    opened_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """Unit and year."""
        return f"{self.unit.short_name}, {self.year}"

    def parties(self) -> Parties:
        """The unit that ordered it."""
        return Parties(responsible=(self.unit,))


class ReviewMark(Base):
    """What a branch said of one membership in a review; no row = not yet looked at."""

    __tablename__ = "review_mark"
    __table_args__ = (Index("ix_review_mark_membership", "membership_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("list_review.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    membership: Mapped[Membership] = relationship()
    by: Mapped[Person] = relationship()
