"""Official documents that the office drafts and issues."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from search_index import Entry
from workflows import documents
from workflows.documents import OfficialDocument
from workflows.entries import hanging
from workflows.entries.source import Source, by_parties, each, key


def entry(document: OfficialDocument) -> Entry:
    """A document with its whole text."""
    return Entry(
        key=key("official_document", document.id),
        kind="official_document",
        title=document.subject,
        body=document.text,
        number=document.symbol or "",
        type=document.type,
        issuer=document.issuer.name,
        year=(document.issued_on or document.drafted_at).year,
        date=document.issued_on or document.drafted_at.date(),
        state=document.state.value,
        arrived=document.sent_at or document.drafted_at,
        url=f"/documents/{document.id}",
        **by_parties(document.parties()),
    )


DOCUMENT = Source(
    OfficialDocument.id,
    select(OfficialDocument).options(
        joinedload(OfficialDocument.office),
        joinedload(OfficialDocument.issuer),
        selectinload(OfficialDocument.recipients),
        selectinload(OfficialDocument.partners),
    ),
    lambda person, on: documents.visible_to(person, on=on),
    each(entry),
    parts=hanging.parts_of("official_document"),
)
