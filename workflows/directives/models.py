"""Tables of directives: the registered document, its clauses and links, the draft of an import."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.files import StoredFile
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.wording import N_, LabelledEnum


class DirectiveState(LabelledEnum):
    """Whether the office still follows a directive."""

    FOLLOWED = "followed", N_("đang theo dõi")
    CLOSED = "closed", N_("đã kết thúc theo dõi")
    WITHDRAWN = "withdrawn", N_("đã thu hồi")


class Relation(LabelledEnum):
    """How one directive stands to another."""

    CITES = "cites", N_("căn cứ, viện dẫn")
    IMPLEMENTS = "implements", N_("triển khai")
    REPLACES = "replaces", N_("thay thế")
    AMENDS = "amends", N_("sửa đổi, bổ sung")
    ANSWERS = "answers", N_("trả lời")


directive_audience = Table(
    "directive_audience",
    Base.metadata,
    Column("directive_id", ForeignKey("directive.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True),
    comment="units that may read a directive because it assigns them something or was sent to them",
)


class Directive(Versioned, Base):
    """A registered document that may assign tasks; its original file is kept unchanged."""

    __tablename__ = "directive"
    __table_args__ = (
        UniqueConstraint("office_id", "identity", name="uq_directive_same_paper"),
        UniqueConstraint("office_id", "sha256", name="uq_directive_same_file"),
        Index("ix_directive_newest", "office_id", "issued_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str | None] = mapped_column(comment="as printed, e.g. 11-CT/TU; null for a draft")
    type: Mapped[str] = mapped_column(short(12), comment="abbreviation: CT, NQ, KH …")
    issuer: Mapped[str]
    issuer_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    issued_on: Mapped[date | None]
    place: Mapped[str | None]
    subject: Mapped[str]
    addressees: Mapped[list[Any]] = mapped_column(default=list)
    recipients: Mapped[list[Any]] = mapped_column(default=list)
    signer: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="authority, role, name")
    urgency: Mapped[str | None]
    text: Mapped[str] = mapped_column(comment="what clause and task spans count in")
    identity: Mapped[str | None] = mapped_column(short(300), comment="number, issuer and date folded")
    likeness: Mapped[str | None] = mapped_column(comment="signature for finding near-duplicates")
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str]
    state: Mapped[DirectiveState] = mapped_column(choice(DirectiveState), default=DirectiveState.FOLLOWED)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[datetime]

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    issuer_unit: Mapped[Unit | None] = relationship(foreign_keys=[issuer_unit_id])
    registered_by: Mapped[Person] = relationship()
    original: Mapped[StoredFile] = relationship()
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="directive", cascade="all, delete-orphan", order_by="Clause.position"
    )
    links: Mapped[list["DirectiveLink"]] = relationship(
        back_populates="directive",
        cascade="all, delete-orphan",
        foreign_keys="DirectiveLink.directive_id",
        order_by="DirectiveLink.id",
    )
    audience: Mapped[list[Unit]] = relationship(secondary=directive_audience)

    @property
    def label(self) -> str:
        """How the office speaks of it in one breath."""
        return f"{self.number or self.type} – {self.subject}"

    def parties(self) -> Parties:
        """The office that registered it, and everybody it was sent to."""
        return Parties(office=self.office, informed=tuple(self.audience))


class Clause(Base):
    """A numbered passage of a directive, by its span in the text."""

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("directive_id", "address"),
        CheckConstraint("span_start <= span_end", name="span_forwards"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    position: Mapped[int]
    address: Mapped[str] = mapped_column(short(60))
    heading: Mapped[str]
    span_start: Mapped[int]
    span_end: Mapped[int]

    directive: Mapped[Directive] = relationship(back_populates="clauses")


class DirectiveLink(Base):
    """A document that a directive names; it leads to the registered one where there is one."""

    __tablename__ = "directive_link"
    __table_args__ = (UniqueConstraint("directive_id", "number", "relation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"))
    relation: Mapped[Relation] = mapped_column(choice(Relation), default=Relation.CITES)
    number: Mapped[str] = mapped_column(index=True)
    type: Mapped[str | None] = mapped_column(short(12))
    issued_on: Mapped[date | None]
    issuer: Mapped[str | None]
    target_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id", ondelete="SET NULL"), index=True)

    directive: Mapped[Directive] = relationship(back_populates="links", foreign_keys=[directive_id])
    target: Mapped[Directive | None] = relationship(foreign_keys=[target_id])


class LikenessKey(Base):
    """A few hashes of a directive's text by which near-duplicates are looked up."""

    __tablename__ = "likeness_key"

    directive_id: Mapped[int] = mapped_column(
        ForeignKey("directive.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(short(16), primary_key=True, index=True)


class ImportDraft(Versioned, Base):
    """A file taken in and read, waiting for a person to confirm what was proposed."""

    __tablename__ = "import_draft"
    __table_args__ = (Index("ix_import_draft_open", "person_id", "directive_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str]
    text: Mapped[str] = mapped_column(comment="what clause and task spans count in")
    likeness: Mapped[str] = mapped_column(default="", comment="signature for finding near-duplicates")
    notes: Mapped[list[Any]] = mapped_column(default=list, comment="sentences about how it was read")
    reading: Mapped[dict[str, Any]] = mapped_column(comment="what the program proposed: a sheet")
    corrected: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="what the person made of it")
    taken_in_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id", ondelete="SET NULL"))

    office: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()
    directive: Mapped[Directive | None] = relationship()

    @property
    def label(self) -> str:
        """How the office speaks of it in one breath."""
        return self.file_name

    def parties(self) -> Parties:
        """The office that is taking the paper in."""
        return Parties(office=self.office, owner_id=self.person_id)


class ReadingCorrection(Base):
    """Where a person decided otherwise than the reader proposed: what the reader may learn from."""

    __tablename__ = "reading_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    part: Mapped[str] = mapped_column(short(40), comment="header.number, task, task.lead …")
    clause: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(comment="what was proposed; empty for something new")
    after: Mapped[dict[str, Any]] = mapped_column(comment="what the person made of it; empty when discarded")

    directive: Mapped[Directive] = relationship()
    person: Mapped[Person] = relationship()
