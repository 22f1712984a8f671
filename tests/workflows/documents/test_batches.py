"""Many letters in one act: drafted in turns, one for each late unit, moved and drawn together."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from tests.workflows.documents.conftest import Desk as Records
from tests.workflows.documents.test_paper import Folder
from tests.workflows.office import NOW, TODAY, Office
from workflows import aftermath, documents, tasks
from workflows.documents import DocumentBatch, DocumentMove, DocumentState, Drafting, Source
from workflows.documents.batches import IN_ONE_RUN
from workflows.errors import Refused


@pytest.fixture
def batch(session: Session, office: Office, desk: Records) -> DocumentBatch:
    """A reminder for each of the two late units, not drafted yet."""
    return start(session, office, Source(desk.directive))


def start(session: Session, office: Office, source: Source) -> DocumentBatch:
    """What the clerk asks for."""
    drafting = Drafting("reminder-letter", office.office, source)
    return documents.start_batch(session, office.office, drafting=drafting, by=office.clerk, at=NOW)


def waiting(session: Session) -> list[str]:
    """The jobs about batches that wait for a worker."""
    return [job.job for job in aftermath.due(session, at=NOW) if job.job.endswith("-batch")]


def test_a_worker_is_asked_to_draft(session: Session, office: Office, batch: DocumentBatch):
    assert batch.unit_ids == [office.agency.id, office.communes[0].id]
    assert waiting(session) == ["draft-batch"]
    assert documents.of_batch(session, batch) == []


def test_each_late_unit_gets_a_letter_about_itself(session: Session, office: Office, batch: DocumentBatch):
    documents.draft_some(session, batch, at=NOW)
    letters = documents.of_batch(session, batch)
    assert [letter.recipients for letter in letters] == [[office.agency], [office.communes[0]]]
    assert [[unit["name"] for unit in letter.facts["units"]] for letter in letters] == [
        [office.agency.name],
        [office.communes[0].name],
    ]
    assert (batch.drafted, waiting(session)[-1]) == (2, "draw-batch")


def test_a_second_turn_drafts_nothing_twice(session: Session, batch: DocumentBatch):
    documents.draft_some(session, batch, at=NOW)
    documents.draft_some(session, batch, at=NOW)
    assert len(documents.of_batch(session, batch)) == 2


def test_a_long_batch_is_drafted_in_turns(session: Session, office: Office, batch: DocumentBatch):
    batch.unit_ids = [office.agency.id] * (IN_ONE_RUN + 1)
    session.flush()
    documents.draft_some(session, batch, at=NOW)
    assert (batch.drafted, waiting(session)[-1]) == (IN_ONE_RUN, "draft-batch")


def test_a_unit_that_caught_up_meanwhile_is_named_with_the_reason(
    session: Session, office: Office, desk: Records, batch: DocumentBatch
):
    tasks.cancel(session, desk.late[0], reason="giao nhầm", by=office.clerk, at=NOW)
    session.flush()
    documents.draft_some(session, batch, at=NOW)
    assert [letter.recipients for letter in documents.of_batch(session, batch)] == [[office.communes[0]]]
    ((name, why),) = batch.skipped
    assert (name, "không có đơn vị nào quá hạn" in why) == (office.agency.name, True)


def test_a_batch_for_nobody_is_refused(session: Session, office: Office, desk: Records):
    for task in desk.late:
        tasks.cancel(session, task, reason="giao nhầm", by=office.clerk, at=NOW)
    session.flush()
    with pytest.raises(Refused, match="không có đơn vị nào"):
        start(session, office, Source(desk.directive))


def test_all_letters_move_together_and_get_numbers_in_a_row(
    session: Session, office: Office, batch: DocumentBatch
):
    documents.draft_some(session, batch, at=NOW)
    for move in (DocumentMove.PREPARE, DocumentMove.SIGN_OFF, DocumentMove.ISSUE, DocumentMove.SEND):
        assert documents.act_on_all(session, batch, move, by=office.leader, at=NOW) == 2
    letters = documents.of_batch(session, batch)
    assert [letter.number for letter in letters] == [1, 2]
    assert {letter.state for letter in letters} == {DocumentState.SENT}


def test_the_letters_are_drawn_into_a_zip_and_one_pdf(session: Session, batch: DocumentBatch, tmp_path: Path):
    documents.draft_some(session, batch, at=NOW)
    session.flush()
    store = Folder(tmp_path)
    bundle = documents.draw_together(session, batch, Folder(tmp_path), on=TODAY)
    documents.keep_together(session, batch, bundle, store, at=NOW)
    letters = documents.of_batch(session, batch)
    with ZipFile(BytesIO(store.read(batch.zip_sha256))) as archive:
        assert sorted(archive.namelist()) == sorted(
            documents.file_name(letter, kind) for letter in letters for kind in ("docx", "pdf")
        )
        alone = [len(pypdfium2.PdfDocument(archive.read(documents.file_name(x, "pdf")))) for x in letters]
    with pypdfium2.PdfDocument(store.read(batch.pdf_sha256)) as together:
        assert len(together) == sum(alone)
    assert batch.drawn_of == documents.standing_of(letters)


def test_a_changed_letter_makes_the_files_old(
    session: Session, office: Office, batch: DocumentBatch, tmp_path: Path
):
    documents.draft_some(session, batch, at=NOW)
    session.flush()
    bundle = documents.draw_together(session, batch, Folder(tmp_path), on=TODAY)
    documents.keep_together(session, batch, bundle, Folder(tmp_path), at=NOW)
    documents.act_on_all(session, batch, DocumentMove.PREPARE, by=office.clerk, at=NOW)
    session.flush()
    assert batch.drawn_of != documents.standing_of(documents.of_batch(session, batch))
