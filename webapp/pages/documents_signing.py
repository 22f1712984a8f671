"""Soạn thảo, continued: the leader's own signature on an issued paper, and the paper as it was before."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import papers
from webapp.access import guarded, me
from webapp.forms.base import attempt
from webapp.forms.signatures import SignForm
from webapp.pages.documents import address, fetched
from webapp.pages.documents import blueprint as documents_pages
from webapp.runtime import let_others_write, now, runtime, session, today
from workflows import documents
from workflows.documents import OfficialDocument
from workflows.errors import DomainError
from workflows.permissions import Permission
from workflows.signatures import Signed


@documents_pages.route("/<int:document_id>/sign", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_SIGN)
def sign(document_id: int) -> ResponseReturnValue:
    """Sign with the file and the passphrase given here; neither outlives the request."""
    document, form = fetched(document_id, Permission.DOCUMENT_SIGN), SignForm()
    name = documents.signs_as(me(), document, on=today())
    if name is None:
        return redirect(address(document))
    if form.validate_on_submit() and _signed(document, form, name):
        flash(gettext("Đã ký số. Bản tải về từ nay là bản có chữ ký."), "success")
        return redirect(address(document))
    html = render_template("documents/sign.html", document=document, form=form, name=name)
    return (html, 422) if form.errors or form.form_errors else html


def _signed(document: OfficialDocument, form: SignForm, name: str) -> bool:
    """Sign outside the transaction, take the result in inside it; refusals stay on the form."""
    base = papers.file_of(document, "pdf")
    let_others_write()
    signed = _by_key(base, form, name)
    if signed is None:
        return False
    with attempt(form) as tried:
        store = runtime().files
        documents.sign(session(), document, signed=signed, base=base, store=store, by=me(), at=now())
    return tried.succeeded


def _by_key(base: bytes, form: SignForm, name: str) -> Signed | None:
    # Loaded where it is used: the library takes a tenth of a second that other requests need not spend.
    from workflows.signatures.keys import open_key  # noqa: PLC0415
    from workflows.signatures.signing import sign  # noqa: PLC0415

    image = form.image.data.read() if form.image.data else None
    try:
        key = open_key(form.key.data.read(), form.passphrase.data or "", at=now())
        return sign(base, key, signer=name, at=now(), image=image)
    except DomainError as refusal:
        form.refuse(refusal)
        return None


@documents_pages.get("/<int:document_id>/unsigned.pdf")
@guarded(Permission.DOCUMENT_VIEW)
def unsigned(document_id: int) -> ResponseReturnValue:
    """The PDF as it was issued, before anybody signed it."""
    document = fetched(document_id)
    kept = documents.unsigned_file(session(), document, "pdf")
    if kept is None or not document.signed_sha256:
        abort(404)
    name = documents.file_name(document, "pdf").removesuffix(".pdf")
    return papers.download(runtime().files.read(kept), "pdf", f"{name}-chua-ky.pdf")
