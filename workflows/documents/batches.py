"""Many letters in one act: one for each late unit, drafted by a worker, drawn together for printing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from document_templates import load_form
from workflows import aftermath, office_days
from workflows.calendar import local_day
from workflows.documents.facts import Desk, Source, recipients
from workflows.documents.models import DocumentBatch, OfficialDocument
from workflows.documents.paper import MEDIA_TYPES, file_name, paper_of
from workflows.documents.queries import of_batch
from workflows.documents.states import DocumentMove
from workflows.documents.verbs import ACTS, Drafting, draft, moves_open_to
from workflows.errors import DomainError, Refused
from workflows.files import FileStore, keep
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb

IN_ONE_RUN = 10


@dataclass(frozen=True)
class Bundle:
    """All letters of a batch: Word and PDF files in a zip, one PDF for printing; and how they stood."""

    zipped: bytes
    printed: bytes
    standing: str


@verb("document.start-batch", Permission.DOCUMENT_DRAFT)
def start_batch(
    session: Session, office: Unit, *, drafting: Drafting, by: Person, at: datetime
) -> DocumentBatch:
    """Have a letter drafted for each unit that the form would speak to."""
    desk = Desk(
        session, drafting.source, drafting.issuer, by, local_day(at), office_days.working_calendar(session)
    )
    units = drafting.recipients or tuple(recipients(drafting.form, desk))
    if not units:
        raise Refused("Chưa soạn được hàng loạt: không có đơn vị nào trong phạm vi đã chọn.")
    source = drafting.source
    about = source.subject.label if source.subject else source.regime.name if source.regime else ""
    batch = DocumentBatch(
        office=office,
        name=f"{load_form(drafting.form).name}: {about}",
        form=drafting.form,
        issuer=drafting.issuer,
        directive=source.directive,
        regime=source.regime,
        period=source.period,
        unit_ids=[unit.id for unit in units],
        started_by=by,
        started_at=at,
    )
    session.add(batch)
    session.flush()
    aftermath.hand_over(session, "draft-batch", at=at, id=batch.id)
    return batch


def draft_some(session: Session, batch: DocumentBatch, *, at: datetime) -> None:
    """Draft the next letters of a batch; asks for another turn until every unit has its letter."""
    session.refresh(batch, with_for_update=True)
    for unit_id in batch.unit_ids[batch.drafted : batch.drafted + IN_ONE_RUN]:
        _draft_one(session, batch, session.get_one(Unit, unit_id), at=at)
        batch.drafted += 1
    session.flush()
    again = "draft-batch" if batch.drafted < len(batch.unit_ids) else "draw-batch"
    aftermath.hand_over(session, again, at=at, id=batch.id)


def _draft_one(session: Session, batch: DocumentBatch, unit: Unit, *, at: datetime) -> None:
    """One letter; a unit that cannot have one (it caught up meanwhile) is named with the reason."""
    source = Source(batch.directive, batch.regime, batch.period, units=(unit,))
    drafting = Drafting(batch.form, batch.issuer, source, recipients=(unit,))
    point = session.begin_nested()
    try:
        made = draft(session, batch.office, drafting=drafting, by=batch.started_by, at=at)
    except DomainError as refusal:
        point.rollback()
        batch.skipped = [*batch.skipped, [unit.name, str(refusal)]]
        return
    made.batch_id = batch.id
    point.commit()


def draw_together(session: Session, batch: DocumentBatch, store: FileStore, *, on: date) -> Bundle:
    """All letters as they stand now, signed ones as signed; slow, so nothing is written meanwhile."""
    # Loaded where it is used: only batches are put together.
    from pypdf import PdfWriter  # noqa: PLC0415

    letters = of_batch(session, batch)
    together, packed = PdfWriter(), BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for letter in letters:
            paper = paper_of(session, letter, on=on)
            for kind in MEDIA_TYPES:
                signed = letter.signed_sha256 if kind == "pdf" else None
                content = store.read(signed) if signed else paper.drawn(kind)
                archive.writestr(file_name(letter, kind), content)
                if kind == "pdf":
                    together.append(BytesIO(content))
    merged = BytesIO()
    together.write(merged)
    return Bundle(packed.getvalue(), merged.getvalue(), standing_of(letters))


def keep_together(
    session: Session, batch: DocumentBatch, bundle: Bundle, store: FileStore, *, at: datetime
) -> None:
    """Keep the files of a batch in place of those kept before."""
    zipped = keep(session, store, bundle.zipped, media_type="application/zip", at=at)
    printed = keep(session, store, bundle.printed, media_type=MEDIA_TYPES["pdf"], at=at)
    batch.zip_sha256, batch.pdf_sha256 = zipped.sha256, printed.sha256
    batch.drawn_of = bundle.standing


def standing_of(letters: Sequence[OfficialDocument]) -> str:
    """The same as long as no letter of a batch changed."""
    standing = ",".join(f"{letter.id}:{letter.version}" for letter in letters)
    return hashlib.sha256(standing.encode()).hexdigest()


def ask_for_files(session: Session, batch: DocumentBatch, *, at: datetime) -> None:
    """Have the files drawn again by a worker."""
    aftermath.hand_over(session, "draw-batch", at=at, id=batch.id)


def act_on_all(
    session: Session, batch: DocumentBatch, move: DocumentMove, *, by: Person, at: datetime
) -> int:
    """Make one move with every letter for which it is open; how many moved."""
    on = local_day(at)
    letters = [letter for letter in of_batch(session, batch) if move in moves_open_to(by, letter, on=on)]
    for letter in letters:
        ACTS[move](session, letter, by=by, at=at)
    return len(letters)


def batches(session: Session, office: Unit, *, limit: int = 50) -> Sequence[DocumentBatch]:
    """The newest batches of an office."""
    wanted = select(DocumentBatch).where(DocumentBatch.office_id == office.id)
    return session.scalars(wanted.order_by(DocumentBatch.id.desc()).limit(limit)).all()
