"""Tables of reviews: when a directive is looked back on, under which headings, and what was gathered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.reviews.outlines import Kind, Outline


class Review(Versioned, Base):
    """A half-time or final review of a directive, on its day, with its own outline."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_of_directive", "directive_id", "planned_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    title: Mapped[str]
    planned_on: Mapped[date]
    outline: Mapped[list[Any]] = mapped_column(comment="headings with what each gathers: see outlines.py")
    gathered_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("official_document.id", ondelete="SET NULL"), index=True, comment="the report made of it"
    )
    called_off: Mapped[bool] = mapped_column(default=False)
    scheduled_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scheduled_at: Mapped[datetime]

    office: Mapped[Unit] = relationship()
    directive: Mapped[Directive] = relationship()
    document: Mapped[OfficialDocument | None] = relationship()
    scheduled_by: Mapped[Person] = relationship()
    paragraphs: Mapped[list["ReviewParagraph"]] = relationship(
        back_populates="review", cascade="all, delete-orphan", order_by="ReviewParagraph.id"
    )

    @property
    def label(self) -> str:
        """How the office speaks of it."""
        return self.title

    @property
    def headings(self) -> Outline:
        """The outline as it is worked with."""
        return Outline.read(self.outline)

    def parties(self) -> Parties:
        """The office that reviews."""
        return Parties(office=self.office)


class ReviewParagraph(Base):
    """A passage of a review: gathered from the records with its origin, or written by a person."""

    __tablename__ = "review_paragraph"
    __table_args__ = (Index("ix_review_paragraph_of", "review_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    heading: Mapped[str] = mapped_column(short(40), comment="key of the heading it stands under")
    text: Mapped[str]
    gathered: Mapped[str] = mapped_column(
        default="", comment="as the records said it; empty: written by hand"
    )
    origin_kind: Mapped[str | None] = mapped_column(short(40), comment="task, report, followed_target …")
    origin_id: Mapped[int | None]
    origin_key: Mapped[str] = mapped_column(default="", comment="tells two of one origin apart: the question")
    origin: Mapped[str] = mapped_column(default="", comment="where it comes from, in words")
    left_out: Mapped[bool] = mapped_column(default=False)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(back_populates="paragraphs")
    edited_by: Mapped[Person | None] = relationship()

    @property
    def is_edited(self) -> bool:
        """Does it say something else than the records?"""
        return self.text != self.gathered
