"""Soạn thảo, continued: many letters in one act, followed together."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import papers
from webapp.access import fetch, guarded, me, own_office
from webapp.followed import followed
from webapp.forms.base import attempt
from webapp.forms.documents import ActForm
from webapp.pages.documents import blueprint as documents_pages
from webapp.pages.documents import state_badge
from webapp.runtime import now, runtime, session, today
from workflows import documents
from workflows.documents import DocumentBatch, DocumentMove, OfficialDocument
from workflows.permissions import Permission

TOGETHER = (DocumentMove.PREPARE, DocumentMove.SIGN_OFF, DocumentMove.ISSUE, DocumentMove.SEND)


@documents_pages.get("/batches")
@guarded(Permission.DOCUMENT_DRAFT)
def batches() -> ResponseReturnValue:
    """What the office drafted in batches."""
    return render_template("documents/batches.html", batches=documents.batches(session(), own_office()))


@documents_pages.get("/batches/<int:batch_id>")
@guarded(Permission.DOCUMENT_DRAFT)
def batch(batch_id: int) -> ResponseReturnValue:
    """One batch: how far it is, its letters, what may be done with all of them."""
    return _page(fetch(DocumentBatch, batch_id, Permission.DOCUMENT_DRAFT))


def _page(chosen: DocumentBatch, refused: ActForm | None = None) -> ResponseReturnValue:
    letters = documents.of_batch(session(), chosen)
    is_drafted = chosen.drafted >= len(chosen.unit_ids)
    is_drawn = chosen.drawn_of == documents.standing_of(letters)
    html = render_template(
        "documents/batch.html",
        batch=chosen,
        letters=[(letter, state_badge(letter)) for letter in letters],
        is_drafted=is_drafted,
        is_drawn=is_drawn,
        moves=[(move, _open_for(letters, move)) for move in TOGETHER if _open_for(letters, move)],
        refused=refused,
    )
    running = not is_drafted or chosen.drawn_of is None
    return followed(html, running=running, status=422 if refused else 200)


def _open_for(letters: list[OfficialDocument], move: DocumentMove) -> int:
    """With how many letters the person may make a move now."""
    return sum(move in documents.moves_open_to(me(), letter, on=today()) for letter in letters)


@documents_pages.post("/batches/<int:batch_id>/<any(prepare, 'sign-off', issue, send):move>")
@guarded(Permission.DOCUMENT_DRAFT)
def act_on_batch(batch_id: int, move: str) -> ResponseReturnValue:
    """One move with every letter of a batch; all of them, or none when one is refused."""
    chosen, form = fetch(DocumentBatch, batch_id, Permission.DOCUMENT_DRAFT), ActForm()
    with attempt(form) as tried:
        moved = documents.act_on_all(session(), chosen, DocumentMove(move), by=me(), at=now())
    if not tried.succeeded:
        return _page(chosen, form)
    flash(gettext("Đã thực hiện với %(count)s văn bản.", count=moved), "success")
    return redirect(url_for("documents.batch", batch_id=batch_id))


@documents_pages.post("/batches/<int:batch_id>/files")
@guarded(Permission.DOCUMENT_DRAFT)
def draw_batch(batch_id: int) -> ResponseReturnValue:
    """Have the files drawn as the letters stand now."""
    chosen = fetch(DocumentBatch, batch_id, Permission.DOCUMENT_DRAFT)
    documents.ask_for_files(session(), chosen, at=now())
    return redirect(url_for("documents.batch", batch_id=batch_id))


@documents_pages.get("/batches/<int:batch_id>.<any(zip, pdf):kind>")
@guarded(Permission.DOCUMENT_DRAFT)
def batch_file(batch_id: int, kind: str) -> ResponseReturnValue:
    """All letters of a batch in one file."""
    chosen = fetch(DocumentBatch, batch_id, Permission.DOCUMENT_DRAFT)
    digest = chosen.zip_sha256 if kind == "zip" else chosen.pdf_sha256
    if digest is None:
        abort(404)
    return papers.download(runtime().files.read(digest), kind, f"van-ban-hang-loat-{chosen.id}.{kind}")
