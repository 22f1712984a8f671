"""Tables of official documents: the paper with its frozen facts, the office's wordings, batches."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.db import Base, Versioned, choice, short
from workflows.directives import Directive
from workflows.documents.states import DocumentState
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties
from workflows.regimes import Regime

document_recipient = Table(
    "document_recipient",
    Base.metadata,
    Column("document_id", ForeignKey("official_document.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True, index=True),
)


document_partner = Table(
    "document_partner",
    Base.metadata,
    Column("document_id", ForeignKey("official_document.id", ondelete="CASCADE"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    comment="bodies that issue a joint document beside the lead body, whose number it takes",
)


class OfficialDocument(Versioned, Base):
    """What the office issues: drawn from a form and facts, numbered, signed, sent."""

    __tablename__ = "official_document"
    __table_args__ = (
        CheckConstraint("(number IS NULL) = (issued_on IS NULL)", name="number_and_day_together"),
        CheckConstraint(
            "(state IN ('issued', 'sent', 'revoked')) = (number IS NOT NULL)", name="issued_has_its_number"
        ),
        CheckConstraint(
            "(state IN ('draft', 'prepared')) = (signed_off_by_id IS NULL)", name="signed_off_has_its_leader"
        ),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_its_instant"),
        CheckConstraint("signed_sha256 IS NULL OR number IS NOT NULL", name="signed_after_its_number"),
        Index("ix_official_document_newest", "office_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="who keeps it")
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="in whose name it is issued")
    form: Mapped[str] = mapped_column(short(60), comment="code of the form")
    type: Mapped[str] = mapped_column(short(12), comment="abbreviation: BC, CV, TB …")
    subject: Mapped[str]
    profile: Mapped[str] = mapped_column(short(40), comment="measures, e.g. party-2026")
    wording: Mapped[str | None] = mapped_column(comment="frozen once prepared; null = the one in force")
    facts: Mapped[dict[str, Any]] = mapped_column(comment="fills the wording; frozen once prepared")
    text: Mapped[str] = mapped_column(default="", comment="the words of the paper, for finding it")
    letterhead: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="frozen once prepared")
    particulars: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="signatories, urgency, contact …: document_templates.Particulars"
    )
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
    return_reason: Mapped[str] = mapped_column(default="", comment="why it came back last, for the drafter")
    sent_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("document_batch.id"), index=True)
    signatures: Mapped[list[Any]] = mapped_column(
        default=list, comment="PaperSignature.to_json of each, in signing order"
    )
    signed_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.sha256"), comment="the PDF with all its signatures; null while unsigned"
    )

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    issuer: Mapped[Unit] = relationship(foreign_keys=[issuer_id])
    directive: Mapped[Directive | None] = relationship()
    regime: Mapped[Regime | None] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])
    replaces: Mapped["OfficialDocument | None"] = relationship(remote_side=[id])
    recipients: Mapped[list[Unit]] = relationship(secondary=document_recipient, order_by=Unit.path)
    partners: Mapped[list[Unit]] = relationship(secondary=document_partner, order_by=Unit.id)

    @property
    def label(self) -> str:
        """How the office speaks of it in one breath."""
        return f"{self.symbol or self.type} – {self.subject}"

    def parties(self) -> Parties:
        """The office; the bodies that sign it once it has its number; the recipients once it was sent."""
        return Parties(
            office=self.office,
            responsible=(self.issuer, *self.partners) if self.number is not None else (),
            informed=tuple(self.recipients) if self.sent_at else (),
        )


class FormWording(Base):
    """The office's own wording of a form; the newest row is in force, an empty one means the form's own."""

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

    @property
    def label(self) -> str:
        """The form it words."""
        return self.form

    def parties(self) -> Parties:
        """The office whose wording it is."""
        return Parties(office=self.office)


class DrawnFile(Base):
    """The file that was drawn of an issued document: the same bytes ever after."""

    __tablename__ = "drawn_file"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("official_document.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(short(4), primary_key=True, comment="docx or pdf")
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))


class DocumentBatch(Base):
    """Many letters drafted in one act, one for each unit; drawn together for printing."""

    __tablename__ = "document_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    form: Mapped[str] = mapped_column(short(60))
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"))
    regime_id: Mapped[int | None] = mapped_column(ForeignKey("regime.id"))
    period: Mapped[str | None] = mapped_column(short(30))
    unit_ids: Mapped[list[Any]] = mapped_column(comment="the units, in the order of drafting")
    started_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    drafted: Mapped[int] = mapped_column(default=0, comment="how many of the units had their turn")
    skipped: Mapped[list[Any]] = mapped_column(default=list, comment="[unit, why there is no letter]")
    zip_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    pdf_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    drawn_of: Mapped[str | None] = mapped_column(
        short(64), comment="digest of the letters the two files were drawn of"
    )

    office: Mapped[Unit] = relationship(foreign_keys=[office_id])
    issuer: Mapped[Unit] = relationship(foreign_keys=[issuer_id])
    directive: Mapped[Directive | None] = relationship()
    regime: Mapped[Regime | None] = relationship()
    started_by: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """How the office speaks of it."""
        return self.name

    def parties(self) -> Parties:
        """The office that drafts."""
        return Parties(office=self.office)
