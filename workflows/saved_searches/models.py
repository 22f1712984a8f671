"""Tables of saved searches: the search as its address says it, and when each reader opened it last."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties


class SavedSearch(Base):
    """A search under a name: words, filters and order, never its results."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("owner_id", "name", name="uq_saved_search_one_of_a_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True, comment="whose people may use it too"
    )
    name: Mapped[str]
    address: Mapped[str] = mapped_column(comment="the query string of the search page")
    saved_at: Mapped[datetime]

    owner: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()

    @property
    def label(self) -> str:
        """How the trail speaks of it."""
        return self.name

    def parties(self) -> Parties:
        """Only its owner changes it."""
        return Parties(owner_id=self.owner_id)


class SavedSearchVisit(Base):
    """When a person opened a saved search last: what arrived since is new to them."""

    __tablename__ = "saved_search_visit"

    saved_search_id: Mapped[int] = mapped_column(
        ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    opened_at: Mapped[datetime]
