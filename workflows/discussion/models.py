"""Tables of discussion: comments on any thing, and the units they mention."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, short
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties

comment_mention = Table(
    "comment_mention",
    Base.metadata,
    Column("comment_id", ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)


class Comment(Base):
    """What somebody said about a thing."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("length(words) BETWEEN 1 AND 8000", name="words_of_some_length"),
        Index("ix_comment_about", "subject_kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(short(40), comment="the table of the thing")
    subject_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), comment="for whom they spoke")
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(comment="a mention stands in them as @{id of the unit}")
    withdrawn_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()
    mentioned: Mapped[list[Unit]] = relationship(secondary=comment_mention, order_by=Unit.id)

    @property
    def label(self) -> str:
        """How the trail names it."""
        return f"{self.by.full_name}, {self.at:%d/%m/%Y}"

    def parties(self) -> Parties:
        """Whoever said it."""
        return Parties(owner_id=self.by_id)
