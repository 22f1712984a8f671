"""Reading official documents: what a person may see, which files were drawn."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from workflows.documents.models import (
    DocumentBatch,
    DrawnFile,
    OfficialDocument,
    document_partner,
    document_recipient,
)
from workflows.documents.paper import Kind
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units


def visible_to(person: Person, *, on: date) -> ColumnElement[bool]:
    """The documents a person may read: of their offices, issued by their units, and those sent to them."""
    units = select(Unit.id).where(readable_units(person, on=on))
    received = select(document_recipient.c.document_id).where(document_recipient.c.unit_id.in_(units))
    joined = select(document_partner.c.document_id).where(document_partner.c.unit_id.in_(units))
    issued = or_(OfficialDocument.issuer_id.in_(units), OfficialDocument.id.in_(joined))
    return or_(
        OfficialDocument.office_id.in_(units),
        and_(OfficialDocument.number.is_not(None), issued),
        and_(OfficialDocument.sent_at.is_not(None), OfficialDocument.id.in_(received)),
    )


def all_visible(person: Person, *, on: date) -> Select[OfficialDocument]:
    """The documents a person may read, with what a list shows of them, to be narrowed and sorted."""
    shown = (
        joinedload(OfficialDocument.issuer),
        joinedload(OfficialDocument.drafted_by),
        selectinload(OfficialDocument.recipients),
    )
    return select(OfficialDocument).where(visible_to(person, on=on)).options(*shown)


def drawn_file(session: Session, document: OfficialDocument, kind: Kind) -> str | None:
    """The digest of the file kept of an issued document: the signed one, else the one that was drawn."""
    if kind == "pdf" and document.signed_sha256:
        return document.signed_sha256
    return unsigned_file(session, document, kind)


def unsigned_file(session: Session, document: OfficialDocument, kind: Kind) -> str | None:
    """The digest of the file as it was drawn, once it was."""
    kept = session.get(DrawnFile, (document.id, kind))
    return kept.sha256 if kept else None


def replaced_by(session: Session, document: OfficialDocument) -> Sequence[OfficialDocument]:
    """The documents that stand, or are to stand, in place of this one."""
    wanted = select(OfficialDocument).where(OfficialDocument.replaces_id == document.id)
    return session.scalars(wanted.order_by(OfficialDocument.id)).all()


def of_batch(session: Session, batch: DocumentBatch) -> Sequence[OfficialDocument]:
    """The letters of a batch in the order they were drafted."""
    wanted = (
        select(OfficialDocument)
        .where(OfficialDocument.batch_id == batch.id)
        .options(
            selectinload(OfficialDocument.recipients),
            selectinload(OfficialDocument.partners),
            joinedload(OfficialDocument.office),
            joinedload(OfficialDocument.issuer),
        )
    )
    return session.scalars(wanted.order_by(OfficialDocument.id)).all()
