"""Soạn thảo, continued: choosing form and source of a paper, editing its facts beside the paper."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from document_templates import load_form
from webapp.access import fetch, guarded, me, own_office
from webapp.forms.base import attempt
from webapp.forms.documents import ActForm, DraftForm, ParticularsForm
from webapp.forms.facts import FactsSheet
from webapp.pages.documents import address, fetched, shown
from webapp.pages.documents import blueprint as documents_pages
from webapp.runtime import now, session
from workflows import documents
from workflows.directives import Directive
from workflows.documents import DocumentBatch, DocumentState, Drafting, OfficialDocument, Source
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.reconciliation import Round
from workflows.regimes import Regime


@documents_pages.route("/new", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_DRAFT)
def draft() -> ResponseReturnValue:
    """Choose form and source; the facts come from the office's records."""
    form = DraftForm() if request.method == "POST" else DraftForm(formdata=request.args)
    if form.validate_on_submit():
        begin = documents.start_batch if form.each.data else documents.draft
        with attempt(form) as tried:
            made = begin(session(), own_office(), drafting=_drafting(form), by=me(), at=now())
        if tried.succeeded:
            return _begun(made)
    html = render_template("documents/new.html", form=form)
    return (html, 422) if form.errors or form.form_errors else html


def _begun(made: OfficialDocument | DocumentBatch) -> ResponseReturnValue:
    if isinstance(made, DocumentBatch):
        return redirect(url_for("documents.batch", batch_id=made.id))
    flash(gettext("Đã lấy số liệu vào dự thảo. Kiểm tra, bổ sung rồi trình duyệt."), "success")
    return redirect(url_for("documents.edit", document_id=made.id))


def _drafting(form: DraftForm) -> Drafting:
    regime_id, _, period = (form.collection.data or "").partition(":")
    source = Source(
        directive=_readable(Directive, form.directive.data, Permission.DIRECTIVE_VIEW),
        regime=_readable(Regime, int(regime_id or 0), Permission.REGIME_VIEW),
        period=period or None,
        round=_readable(Round, form.round.data, Permission.ROUND_MANAGE),
    )
    partners = [session().get_one(Unit, id_) for id_ in form.partners.data or () if id_ != form.issuer.data]
    return Drafting(form.form.data, session().get_one(Unit, form.issuer.data), source, tuple(partners))


def _readable(kind: Any, key: int, permission: Permission) -> Any:
    return fetch(kind, key, permission) if key else None


@documents_pages.route("/<int:document_id>/edit", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_DRAFT)
def edit(document_id: int) -> ResponseReturnValue:
    """The facts of a draft beside the paper they give."""
    document = fetched(document_id, Permission.DOCUMENT_DRAFT)
    if document.state is not DocumentState.DRAFT:
        return redirect(address(document))
    fields = load_form(document.form).fields
    if request.method == "GET":
        sheet = FactsSheet(fields, dict(document.facts))
        if request.args.get("gaps"):
            sheet.mark_gaps()
        return _editor(document, sheet, _particulars(document))
    sheet = FactsSheet.sent(fields, request.form, document.facts)
    _resize(sheet)
    form = ParticularsForm()
    kept = _kept(document, sheet, form)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return _answer_to_autosave(document, sheet, form)
    if not kept:
        return _editor(document, sheet, form), 422
    return _after_saving(document, sheet)


def _resize(sheet: FactsSheet) -> None:
    if name := request.form.get("grow"):
        sheet.grow(name)
    if name := request.form.get("shrink"):
        sheet.shrink(name)


def _kept(document: OfficialDocument, sheet: FactsSheet, form: ParticularsForm) -> bool:
    """Keep what was typed unless something in it cannot be understood."""
    if not form.validate() or sheet.faults:
        return False
    with attempt(form) as tried:
        documents.edit(
            session(),
            document,
            facts=sheet.facts,
            particulars=form.particulars(document.particulars),
            recipients=[session().get_one(Unit, id_) for id_ in form.recipients.data or ()],
            version=request.form.get("version", type=int),
            by=me(),
            at=now(),
        )
    return tried.succeeded


def _answer_to_autosave(
    document: OfficialDocument, sheet: FactsSheet, form: ParticularsForm
) -> ResponseReturnValue:
    faults = [*sheet.faults.values(), *(str(f) for f in form.form_errors)]
    faults += [str(fault) for field in form for fault in field.errors]
    if faults:
        return jsonify(message=" ".join(faults), fields={}), 422
    return jsonify(fields={"version": document.version})


def _after_saving(document: OfficialDocument, sheet: FactsSheet) -> ResponseReturnValue:
    """Where to go once a draft is kept: back to the list that changed, on to the paper, or to the leader."""
    changed = request.form.get("grow") or request.form.get("shrink", "").rpartition(".")[0]
    if changed:
        anchor = changed.replace(".", "-")
        return redirect(url_for("documents.edit", document_id=document.id, _anchor=anchor))
    if request.form.get("act") != "prepare":
        flash(gettext("Đã lưu dự thảo."), "success")
        return redirect(url_for("documents.edit", document_id=document.id))
    if sheet.mark_gaps():
        return redirect(url_for("documents.edit", document_id=document.id, gaps=1))
    form = ActForm()
    with attempt(form) as tried:
        documents.prepare(session(), document, by=me(), at=now())
    if not tried.succeeded:
        return shown(document, form)
    flash(gettext("Đã trình duyệt."), "success")
    return redirect(address(document))


def _particulars(document: OfficialDocument) -> ParticularsForm:
    typed = ParticularsForm.typed(document.particulars, [unit.id for unit in document.recipients])
    return ParticularsForm(formdata=None, data=typed)


def _editor(document: OfficialDocument, sheet: FactsSheet, form: ParticularsForm) -> str:
    return render_template(
        "documents/edit.html",
        document=document,
        form=form,
        sheet=sheet,
        parts=sheet.parts(),
        wrong=[control for control in sheet.controls() if control.fault],
        name=load_form(document.form).name,
    )
