"""Tables of a round: which organisations, whose entries, which pairs were in doubt, what was decided.

No key is kept. Keys are made under a secret that lives no longer than the comparison, in the memory of the
one process that compares. What stays is who was found to be one person, as numbers that mean nothing outside
the round.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, SmallInteger, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.members import Membership
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.reconciliation.states import Decision, RoundState
from workflows.regimes import Regime


class Round(Versioned, Base):
    """One comparing of the lists of several organisations in a branch of the tree (đợt đối chiếu)."""

    __tablename__ = "reconciliation_round"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('closed', 'abandoned')) = (ended_at IS NOT NULL)", name="ended_has_its_instant"
        ),
        CheckConstraint("(regime_id IS NULL) = (period IS NULL)", name="returns_of_one_period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(comment="what the comparison is for, shown to the organisations")
    regime_id: Mapped[int | None] = mapped_column(
        ForeignKey("regime.id"), comment="whose returns the lists are held to"
    )
    period: Mapped[str | None] = mapped_column(short(30))
    state: Mapped[RoundState] = mapped_column(choice(RoundState), default=RoundState.GATHERING)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    compared_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    model: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="the weights the scores rest on")
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="figures of the last count")
    counted_at: Mapped[datetime | None]

    office: Mapped[Unit] = relationship()
    regime: Mapped[Regime | None] = relationship()
    opened_by: Mapped[Person] = relationship()
    lists: Mapped[list["RoundList"]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="RoundList.place"
    )

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return self.name

    def parties(self) -> Parties:
        """The office that opened it, and the organisations that are asked."""
        return Parties(office=self.office, taking_part=tuple(list_.head for list_ in self.lists))


class RoundList(Base):
    """The lists of one organisation in a round; opened or not by the organisation itself."""

    __tablename__ = "reconciliation_list"
    __table_args__ = (
        CheckConstraint("(answered_by_id IS NULL) = (answered_at IS NULL)", name="answer_has_its_author"),
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("reconciliation_round.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="its place among the lists, from 0"
    )
    head_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"), index=True, comment="uppermost unit of the organisation"
    )
    is_open: Mapped[bool] = mapped_column(
        default=False, comment="names may be shown beside those of other lists that are open too"
    )
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(back_populates="lists")
    head: Mapped[Unit] = relationship()

    @property
    def label(self) -> str:
        """What the trail calls it."""
        return f"{self.round.name}: {self.head.short_name}"

    def parties(self) -> Parties:
        """The organisation, which alone opens its lists."""
        return Parties(responsible=(self.head,))


class RoundEntry(Base):
    """One membership as it was compared, and the person it belongs to, as a number of this round."""

    __tablename__ = "reconciliation_entry"
    __table_args__ = (
        Index("ix_reconciliation_entry_person", "round_id", "person"),
        Index("ix_reconciliation_entry_membership", "membership_id"),
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("reconciliation_round.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    list_place: Mapped[int] = mapped_column(SmallInteger)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person: Mapped[int] = mapped_column(comment="number of the first entry of the same person, by keys alone")

    membership: Mapped[Membership] = relationship()
    unit: Mapped[Unit] = relationship()


class RoundUnit(Base):
    """One body in a round, as last counted: its list, the persons on it, and what its return says."""

    __tablename__ = "reconciliation_unit"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("reconciliation_round.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    list_place: Mapped[int] = mapped_column(SmallInteger)
    entries: Mapped[int] = mapped_column(comment="names on its list")
    persons: Mapped[int] = mapped_column(comment="persons among them")
    returned: Mapped[int | None] = mapped_column(comment="members at the end of the period by its return")

    unit: Mapped[Unit] = relationship()

    @hybrid_property
    def entered_twice(self) -> int:
        """Entries beyond one a person."""
        return self.entries - self.persons

    @hybrid_property
    def difference(self) -> int | None:
        """Names on the list beyond (or short of) the members of the return."""
        return None if self.returned is None else self.entries - self.returned

    @difference.inplace.expression
    @classmethod
    def _difference(cls) -> ColumnElement[int]:
        return cls.entries - cls.returned

    @hybrid_property
    def weight(self) -> int:
        """How much there is to look into: entries too many, and how far list and return are apart."""
        return self.entered_twice + abs(self.difference or 0)

    @weight.inplace.expression
    @classmethod
    def _weight(cls) -> ColumnElement[int]:
        return cls.entries - cls.persons + func.abs(func.coalesce(cls.entries - cls.returned, 0))


class DoubtfulPair(Versioned, Base):
    """Two entries that may be one person, with what speaks for it, and what a person decided."""

    __tablename__ = "doubtful_pair"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_by_id IS NULL)", name="decision_has_its_author"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decision_has_its_instant"),
        CheckConstraint("left_number < right_number", name="earlier_entry_first"),
        Index("ix_doubtful_pair_likeliest", "round_id", "probability"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("reconciliation_round.id", ondelete="CASCADE"))
    left_number: Mapped[int]
    right_number: Mapped[int]
    probability: Mapped[float]
    stands: Mapped[dict[str, Any]] = mapped_column(comment="field → agreement")
    name_share: Mapped[float] = mapped_column(comment="how common the name is among all entries")
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    note: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    @property
    def label(self) -> str:
        """What the trail calls it: never a name."""
        return f"{self.round.name}: {self.left_number}–{self.right_number}"

    def parties(self) -> Parties:
        """Those of its round."""
        return self.round.parties()
