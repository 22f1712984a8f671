"""Soạn thảo, continued: the office's own wordings of the forms, and the check of finished files."""

from base64 import b64encode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

import document_templates
from document_templates import DocumentError, Form, load_form
from document_templates.check import check as check_file
from document_templates.check import repair
from webapp import papers, uploads
from webapp.access import guarded, me, own_office
from webapp.errors import said
from webapp.forms.base import attempt
from webapp.forms.documents import CheckForm, WordingForm
from webapp.pages.documents import blueprint as documents_pages
from webapp.runtime import let_others_write, now, runtime, session, today
from webapp.seen import insist_newest, last_act
from workflows import documents
from workflows.directives.reading.extraction import Limits
from workflows.directives.reading.extraction.guard import recognise
from workflows.documents import Unfit
from workflows.errors import DomainError
from workflows.permissions import Permission


@documents_pages.get("/forms")
@guarded(Permission.FORM_EDIT)
def wordings() -> ResponseReturnValue:
    """The forms, and which of them the office words itself."""
    office = own_office()
    known = {
        form.code: documents.newest_wording(session(), office, form.code)
        for form in document_templates.forms()
    }
    return render_template("documents/wordings.html", forms_known=document_templates.forms(), known=known)


@documents_pages.route("/forms/<code>", methods=["GET", "POST"])
@guarded(Permission.FORM_EDIT)
def wording(code: str) -> ResponseReturnValue:
    """The wording of a form, to be changed by the office."""
    chosen = _form(code)
    form, status = WordingForm(), 422
    newest = documents.newest_wording(session(), own_office(), code)
    if form.validate_on_submit():
        text = "" if request.form.get("act") == "restore" else form.wording.data or ""
        with attempt(form) as tried:
            insist_newest(newest)
            documents.change_wording(session(), own_office(), form=code, wording=text, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu lời văn. Văn bản soạn từ nay dùng lời văn này."), "success")
            return redirect(url_for("documents.wording", code=code))
        status = tried.status
        form.wording.errors = [line for error in form.wording.errors for line in error.splitlines()]
    if not form.is_submitted():
        form.wording.data = documents.wording_in_force(session(), own_office(), code)
    html = render_template(
        "documents/wording.html",
        form=form,
        chosen=chosen,
        newest=newest,
        seen=last_act(newest),
        own_fields=document_templates.OWN_FIELDS,
        filters=document_templates.FILTERS,
        marks=document_templates.MARKS,
    )
    return (html, status) if form.errors or form.form_errors else html


@documents_pages.route("/forms/<code>/paper", methods=["GET", "POST"])
@guarded(Permission.FORM_EDIT)
def wording_paper(code: str) -> ResponseReturnValue:
    """The sample of a form in the office's heading, with the wording just typed or the one in force."""
    chosen, office = _form(code), own_office()
    typed = request.form.get("wording")
    text = documents.wording_in_force(session(), office, code) if typed is None else typed
    paper = documents.sample_paper(session(), office, chosen.code, text, on=today())
    let_others_write()
    try:
        pdf = paper.drawn("pdf")
    except Unfit as unfit:
        return render_template("documents/paper.html", pictures=(), problems=unfit.problems)
    pictures = [papers.page_picture(pdf, number) for number in range(1, papers.page_count(pdf) + 1)]
    addresses = [f"data:image/png;base64,{b64encode(picture or b'').decode()}" for picture in pictures]
    return render_template("documents/paper.html", pictures=addresses, problems=())


def _form(code: str) -> Form:
    if code not in {form.code for form in document_templates.forms()}:
        abort(404)
    return load_form(code)


@documents_pages.route("/check", methods=["GET", "POST"])
@guarded(Permission.OWN_ACCOUNT)
def check() -> ResponseReturnValue:
    """Is a finished file in good form? Anybody may drop one; nothing of it is kept."""
    form, deviations = CheckForm(), None
    if form.validate_on_submit():
        content, name = form.file.data.read(), uploads.name_of(form.file.data.filename or "")
        let_others_write()
        profile = document_templates.profile_for(form.profile.data)
        try:
            # The same guard as at the door of the register: bombs, macros, programs under another name.
            recognise(content, Limits(file_bytes=runtime().settings.upload_limit))
            if request.form.get("act") == "repair":
                return _repaired(repair(content, profile), name)
            deviations = check_file(content, name, profile)
        except DomainError as refusal:
            form.file.errors = [said(refusal)]
        except DocumentError as error:
            form.file.errors = [str(error)]
    html = render_template("documents/check.html", form=form, deviations=deviations, file_name=_name(form))
    return (html, 422) if form.errors else html


def _name(form: CheckForm) -> str:
    return (form.file.data.filename or "") if form.file.data else ""


def _repaired(content: bytes, name: str) -> ResponseReturnValue:
    copy = f"{name.rpartition('.')[0]}-da-sua.docx"
    return papers.download(content, "docx", copy)
