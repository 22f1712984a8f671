"""Soạn thảo: official documents, from the draft to the paper that was issued and sent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, func, select

from document_templates import forms as all_forms
from document_templates import load_form
from webapp import listing, navigation
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.documents import ActForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import now, session, today
from webapp.signatures import integrity_badge, trust_badge
from webapp.words import words
from workflows import documents, signatures
from workflows.documents import (
    DocumentMove,
    DocumentState,
    OfficialDocument,
    RegisterEntry,
)
from workflows.people import Person
from workflows.permissions import Permission, holds_anywhere
from workflows.signatures import Finding
from workflows.wording import N_

blueprint = Blueprint("documents", __name__, url_prefix="/documents")

TONES = {
    DocumentState.DRAFT: Tone.IDLE,
    DocumentState.PREPARED: Tone.WAITING,
    DocumentState.SIGNED_OFF: Tone.WAITING,
    DocumentState.ISSUED: Tone.GOOD,
    DocumentState.SENT: Tone.GOOD,
    DocumentState.REVOKED: Tone.LATE,
}
WAITING_STATES = {
    Permission.DOCUMENT_SIGN_OFF: DocumentState.PREPARED,
    Permission.DOCUMENT_ISSUE: DocumentState.SIGNED_OFF,
}

MOST_NAMED = 2

blueprint.add_app_template_global(integrity_badge)
blueprint.add_app_template_global(trust_badge)


def state_badge(document: OfficialDocument) -> Badge:
    """How far the paper has come, in colour and word."""
    return Badge(words(document.state), TONES[document.state])


def address(document: OfficialDocument) -> str:
    """The page of a document."""
    return url_for("documents.show", document_id=document.id)


def document_list() -> Listing[OfficialDocument]:
    """The list of documents as declared for today."""
    return Listing(
        name="soan-thao",
        title=N_("Soạn thảo"),
        columns=(
            Column(
                "subject",
                N_("Trích yếu"),
                lambda d: d.subject,
                sort=OfficialDocument.subject,
                address=address,
                width=60,
            ),
            Column("recipients", N_("Gửi tới"), _recipients, width=40),
            Column("form", N_("Mẫu"), lambda d: load_form(d.form).name, sort=OfficialDocument.form, width=24),
            Column(
                "symbol",
                N_("Số, ký hiệu"),
                lambda d: d.symbol,
                sort=OfficialDocument.number,
                unbroken=True,
            ),
            Column("issued", N_("Ngày ban hành"), lambda d: d.issued_on, sort=OfficialDocument.issued_on),
            Column("issuer", N_("Cơ quan ban hành"), lambda d: d.issuer.short_name, shown=False, width=28),
            Column("state", N_("Trạng thái"), state_badge, sort=OfficialDocument.state),
            Column("drafter", N_("Người soạn"), lambda d: d.drafted_by.full_name, shown=False, width=24),
            Column("drafted", N_("Ngày soạn"), lambda d: d.drafted_at, sort=OfficialDocument.drafted_at),
        ),
        filters=(
            Options.of("state", N_("Trạng thái"), DocumentState, OfficialDocument.state),
            Options("form", N_("Mẫu"), _forms, lambda codes: OfficialDocument.form.in_(codes)),
            Days("issued", N_("Ngày ban hành"), OfficialDocument.issued_on),
            Words("words", N_("Trích yếu"), (OfficialDocument.subject, OfficialDocument.symbol)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("drafts", N_("Dự thảo"), {"state": ["draft"]}),
            View("prepared", N_("Chờ duyệt"), {"state": ["prepared"]}),
            View("signed-off", N_("Chờ ban hành"), {"state": ["signed-off"]}),
            View("issued", N_("Đã ban hành"), {"state": ["issued", "sent"]}),
        ),
        sort="-drafted",
    )


def _recipients(document: OfficialDocument) -> str:
    """Whom it is for: what tells apart letters of one subject."""
    names = [unit.short_name for unit in document.recipients]
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    return gettext(
        "%(names)s và %(count)s nơi khác", names=", ".join(names[:MOST_NAMED]), count=len(names) - MOST_NAMED
    )


def _forms() -> list[tuple[str, str]]:
    return [(form.code, form.name) for form in all_forms()]


@navigation.waiting("documents.index")
def waiting(person: Person, on: date) -> Select[int]:
    """How many papers wait for this person: to be signed off, to be issued."""
    states = [
        state for permission, state in WAITING_STATES.items() if holds_anywhere(person, permission, on=on)
    ]
    wanted = select(func.count()).select_from(OfficialDocument)
    return wanted.where(documents.visible_to(person, on=on), OfficialDocument.state.in_(states))


@blueprint.get("/")
@guarded(Permission.DOCUMENT_VIEW)
def index() -> ResponseReturnValue:
    """All documents the person may read."""
    return listing.answer(document_list(), documents.all_visible(me(), on=today()), "documents/index.html")


@blueprint.get("/<int:document_id>")
@guarded(Permission.DOCUMENT_VIEW)
def show(document_id: int) -> ResponseReturnValue:
    """One document: its paper, what may be done with it, its history."""
    return shown(fetched(document_id))


def fetched(document_id: int, permission: Permission = Permission.DOCUMENT_VIEW) -> OfficialDocument:
    """The document, if the person may do this with it; otherwise 404."""
    return fetch(OfficialDocument, document_id, permission)


def shown(document: OfficialDocument, refused: OfficeForm | None = None) -> ResponseReturnValue:
    """The page of a document; a move that was refused comes back with status 422."""
    moves = documents.moves_open_to(me(), document, on=today())
    html = render_template(
        "documents/show.html",
        document=document,
        form=load_form(document.form),
        moves=moves,
        reserved=_reserved(document) if DocumentMove.ISSUE in moves else (),
        badges=[state_badge(document)],
        is_draft=document.state is DocumentState.DRAFT,
        may_replace=document.state in (DocumentState.ISSUED, DocumentState.SENT)
        and may(Permission.DOCUMENT_DRAFT, document),
        successors=documents.replaced_by(session(), document),
        signs_as=documents.signs_as(me(), document, on=today()),
        signed=documents.signatures_of(document),
        unsigned_names=documents.signatories_left(document) if document.signatures else (),
        findings=_findings(document),
        history=lines_of(document),
        refused=refused,
    )
    return (html, 422) if refused else html


def _findings(document: OfficialDocument) -> list[Finding]:
    return signatures.findings_of(session(), document.signed_sha256) if document.signed_sha256 else []


def _reserved(document: OfficialDocument) -> Sequence[RegisterEntry]:
    return documents.register.reserved(session(), document.issuer, document.type)


@blueprint.post("/<int:document_id>/<move>")
@guarded(Permission.DOCUMENT_VIEW)
def act(document_id: int, move: str) -> ResponseReturnValue:
    """One of the moves of the table."""
    if move not in {known.value for known in DocumentMove}:
        abort(404)
    document, chosen, form = fetched(document_id), DocumentMove(move), ActForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            documents.ACTS[chosen](session(), document, by=me(), at=now(), **_said(chosen, form))
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(address(document))
    return shown(document, form)


def _said(move: DocumentMove, form: ActForm) -> dict[str, Any]:
    if move in (DocumentMove.RETURN, DocumentMove.REVOKE):
        return {"reason": form.reason.data or ""}
    if move is not DocumentMove.ISSUE:
        return {}
    reserved = form.reserved.data
    entry = fetch(RegisterEntry, reserved, Permission.DOCUMENT_ISSUE) if reserved else None
    return {"dated": form.dated.data, "reserved": entry}


@blueprint.post("/<int:document_id>/replace")
@guarded(Permission.DOCUMENT_DRAFT)
def replace(document_id: int) -> ResponseReturnValue:
    """Draft what is to take the place of an issued document."""
    document, form = fetched(document_id, Permission.DOCUMENT_DRAFT), ActForm()
    with attempt(form) as tried:
        made = documents.replace(session(), document, by=me(), at=now())
    if not tried.succeeded:
        return shown(document, form)
    return redirect(url_for("documents.edit", document_id=made.id))
