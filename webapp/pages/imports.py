"""Nhập văn bản: a file is dropped, read, checked beside its text, confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from webapp import uploads
from webapp.access import fetch, guarded, me
from webapp.errors import said, status_of
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import AddForm, HeaderForm, ProposalForm, TakeInForm, type_name
from webapp.marked_text import pieces
from webapp.runtime import calendar, let_others_write, now, runtime, session, today
from webapp.seen import insist_unchanged, last_act
from workflows import directives, intake
from workflows.directives import AlreadyRegistered, Decision, Directive, ImportDraft, Proposal, Sheet
from workflows.errors import DomainError
from workflows.intake import LegiblePaper, Vocabulary
from workflows.permissions import Permission

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

MOST_FILES = 20
LOW_CONFIDENCE, HIGH_CONFIDENCE = 0.7, 0.85


@dataclass(frozen=True)
class Outcome:
    """What became of one file handed in."""

    name: str
    draft: ImportDraft | None = None
    sentence: str = ""
    status: int = 200
    directive: Directive | None = None


@blueprint.get("/")
@guarded(Permission.DIRECTIVE_REGISTER)
def index() -> ResponseReturnValue:
    """Where files are dropped, and what was taken in but not confirmed."""
    return _entrance(TakeInForm(), [])


@blueprint.post("/")
@guarded(Permission.DIRECTIVE_REGISTER)
def take_in() -> ResponseReturnValue:
    """Read the files; one that could be read is opened at once."""
    form = TakeInForm()
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        form.form_errors.append(gettext("Chưa có tệp nào. Chọn tệp văn bản rồi gửi lại."))
        return _entrance(form, [], 422)
    if len(files) > MOST_FILES:
        form.form_errors.append(
            gettext("Mỗi lần nhận nhiều nhất %(most)s tệp. Bớt tệp rồi gửi lại.", most=MOST_FILES)
        )
        return _entrance(form, [], 422)
    let_others_write()
    papers = [_read(file) for file in files]
    outcomes = [paper if isinstance(paper, Outcome) else _keep(paper) for paper in papers]
    if len(outcomes) == 1 and outcomes[0].draft is not None:
        return redirect(_address(outcomes[0].draft))
    return _entrance(form, outcomes, max(outcome.status for outcome in outcomes))


def _entrance(form: TakeInForm, outcomes: list[Outcome], status: int = 200) -> ResponseReturnValue:
    html = render_template(
        "imports/index.html",
        form=form,
        outcomes=outcomes,
        drafts=directives.open_drafts(session(), me()),
        limit=runtime().settings.upload_limit // 1024**2,
    )
    return html, status


def _read(file: FileStorage) -> LegiblePaper | Outcome:
    """One file as it was read, or what is wrong with it."""
    name = uploads.name_of(file.filename or "")
    try:
        return intake.read_paper(file.read(), name=name, size_limit=runtime().settings.upload_limit)
    except DomainError as refusal:
        return Outcome(name, None, said(refusal), status_of(refusal))


def _keep(paper: LegiblePaper) -> Outcome:
    """Take one paper in; a refusal is said and leaves nothing behind."""
    office, store = intake.office_of(me(), on=today()), runtime().files
    point = session().begin_nested()
    try:
        draft = intake.receive(session(), office, paper, store=store, by=me(), at=now())
        point.commit()
    except DomainError as refusal:
        point.rollback()
        known = refusal.directive if isinstance(refusal, AlreadyRegistered) else None
        return Outcome(paper.name, None, said(refusal), status_of(refusal), known)
    return Outcome(paper.name, draft)


@blueprint.get("/<int:draft_id>")
@guarded(Permission.DIRECTIVE_REGISTER)
def show(draft_id: int) -> ResponseReturnValue:
    """The text with its marks, the proposals beside it."""
    draft = open_draft(draft_id)
    if draft.directive_id is not None:
        return redirect(url_for("directives.show", directive_id=draft.directive_id))
    edited = directives.sheet_of(draft).find(request.args.get("edit", ""))
    return _bench(draft, edit=ProposalForm.showing(edited) if edited else None, edited=edited)


@blueprint.get("/<int:draft_id>/names")
@guarded(Permission.DIRECTIVE_REGISTER)
def names(draft_id: int) -> ResponseReturnValue:
    """The units and groups that may be named, for boxes that suggest them."""
    return jsonify(vocabulary(open_draft(draft_id)).names)


def open_draft(draft_id: int) -> ImportDraft:
    """The draft of an address, or 404."""
    return fetch(ImportDraft, draft_id, Permission.DIRECTIVE_REGISTER)


def _address(draft: ImportDraft, proposal: str = "", **arguments: str) -> str:
    anchor = f"p-{proposal}" if proposal else None
    return url_for("imports.show", draft_id=draft.id, _anchor=anchor, **arguments)


def _bench(
    draft: ImportDraft,
    *,
    header: HeaderForm | None = None,
    edit: ProposalForm | None = None,
    edited: Proposal | None = None,
    add: AddForm | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    """The page of a draft; a form that was refused comes back filled, with the status of the refusal."""
    sheet = directives.sheet_of(draft)
    live = [p for p in sheet.proposals if p.decision is not Decision.DISCARDED]
    refused = [form for form in (header, edit, add) if form is not None and _is_refused(form)]
    html = render_template(
        "imports/show.html",
        draft=draft,
        seen=last_act(draft),
        sheet=sheet,
        plan=intake.plan(sheet, vocabulary(draft), calendar()),
        pieces=pieces(draft.text, {p.key: p.span for p in live if p.span}),
        header=header or HeaderForm.showing(sheet.registration),
        edit=edit,
        edited=edited,
        add=add or AddForm(formdata=None),
        confidence=confidence_of,
        title_of=directives.title_of,
        type_name=type_name,
        **resemblances(draft, sheet),
    )
    return html, status if refused else 200


def _is_refused(form: OfficeForm) -> bool:
    return bool(form.errors or form.form_errors)


def resemblances(draft: ImportDraft, sheet: Sheet) -> dict[str, object]:
    """The same paper in the register, or papers whose text is nearly the same."""
    header = sheet.registration
    same = directives.same_paper(
        session(),
        draft.office,
        number=header.number,
        issuer=header.issuer,
        issued_on=header.issued_on,
        sha256=draft.sha256,
    )
    alike = directives.alike(session(), draft.office, draft.likeness)
    return {"same": same, "alike": [(one, share) for one, share in alike if one is not same]}


def confidence_of(proposal: Proposal) -> str:
    """How far a proposal can be trusted, as a tone and a word of the page."""
    if proposal.confidence >= HIGH_CONFIDENCE:
        return "good"
    return "soon" if proposal.confidence >= LOW_CONFIDENCE else "late"


def vocabulary(draft: ImportDraft) -> Vocabulary:
    """The names in use where a draft lies."""
    return intake.vocabulary_of(session(), draft.office, on=today())


def _save(draft: ImportDraft, sheet: Sheet) -> None:
    directives.save_draft(session(), draft, sheet=sheet, by=me(), at=now())


@blueprint.post("/<int:draft_id>/header")
@guarded(Permission.DIRECTIVE_REGISTER)
def save_header(draft_id: int) -> ResponseReturnValue:
    """Keep the header as typed."""
    draft = open_draft(draft_id)
    form = HeaderForm()
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            insist_unchanged(draft)
            sheet = directives.sheet_of(draft)
            _save(draft, replace(sheet, registration=form.registration(sheet.registration)))
        if tried.succeeded:
            return _saved(_address(draft))
        status = tried.status
    return _unsaved(form, status) or _bench(draft, header=form, status=status)


@blueprint.post("/<int:draft_id>/proposals/<key>")
@guarded(Permission.DIRECTIVE_REGISTER)
def save_proposal(draft_id: int, key: str) -> ResponseReturnValue:
    """Keep one proposal as typed; with `accept` it is accepted too."""
    draft = open_draft(draft_id)
    sheet, known = _proposal(draft, key)
    form, status = ProposalForm(), 422
    if form.validate_on_submit():
        made = form.proposal(known)
        if "accept" in request.form:
            made = replace(made, decision=Decision.ACCEPTED)
        with attempt(form) as tried:
            insist_unchanged(draft)
            _save(draft, sheet.with_proposal(made))
        if tried.succeeded:
            return _saved(_address(draft, key))
        status = tried.status
    return _unsaved(form, status) or _bench(draft, edit=form, edited=known, status=status)


def _proposal(draft: ImportDraft, key: str) -> tuple[Sheet, Proposal]:
    sheet = directives.sheet_of(draft)
    return sheet, sheet.find(key) or abort(404)


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _saved(address: str) -> ResponseReturnValue:
    """Autosave wants an answer, a person the page."""
    return jsonify(fields={}) if _wants_json() else redirect(address)


def _unsaved(form: OfficeForm, status: int) -> ResponseReturnValue | None:
    """Why autosave could not keep what was typed; nothing for a person, who gets the page."""
    if not _wants_json():
        return None
    faults = [str(fault) for errors in form.errors.values() for fault in errors if isinstance(fault, str)]
    return jsonify(message=" ".join(faults) or gettext("Nội dung chưa đúng.")), status


ACTS: dict[str, Callable[[Sheet, str], Sheet]] = {
    "accept": lambda sheet, key: sheet.decided([key], Decision.ACCEPTED),
    "discard": lambda sheet, key: sheet.decided([key], Decision.DISCARDED),
    "reopen": lambda sheet, key: sheet.decided([key], Decision.OPEN),
    "split": lambda sheet, key: sheet.split(key),
    "merge": lambda sheet, key: sheet.merged(key),
}


@blueprint.post("/<int:draft_id>/proposals/<key>/<act>")
@guarded(Permission.DIRECTIVE_REGISTER)
def act(draft_id: int, key: str, act: str) -> ResponseReturnValue:
    """Accept, discard, take up again, split or merge one proposal."""
    draft = open_draft(draft_id)
    sheet, known = _proposal(draft, key)
    if act not in ACTS:
        abort(404)
    if act == "accept" and (fault := _fault(draft, sheet, known)):
        flash(gettext(fault), "warning")
        return redirect(_address(draft, key, edit=key))
    try:
        changed = ACTS[act](sheet, key)
    except DomainError as refusal:
        flash(said(refusal), "warning")
        return redirect(_address(draft, key))
    _save(draft, changed)
    return redirect(_address(draft, _next(sheet, changed, key)))


def _fault(draft: ImportDraft, sheet: Sheet, proposal: Proposal) -> str:
    """Why a proposal cannot be assigned as it stands: it is opened for correction instead."""
    return intake.planned(proposal, sheet, vocabulary(draft), calendar()).fault


def _next(before: Sheet, after: Sheet, key: str) -> str:
    """The proposal to look at next: this one while it is open, else the following one to be decided."""
    same = after.find(key)
    if same is not None and same.decision is Decision.OPEN:
        return key
    keys = [p.key for p in before.proposals]
    later = after.proposals[min(keys.index(key) + 1, len(after.proposals)) :]
    return next((p.key for p in (*later, *after.proposals) if p.decision is Decision.OPEN), key)


@blueprint.post("/<int:draft_id>/proposals")
@guarded(Permission.DIRECTIVE_REGISTER)
def add(draft_id: int) -> ResponseReturnValue:
    """A task that the reader missed, from a marked passage or a copied sentence."""
    draft = open_draft(draft_id)
    form = AddForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            sheet = directives.sheet_of(draft)
            changed = sheet.added(_marked(draft, sheet, form))
            _save(draft, changed)
        if tried.succeeded:
            key = next(p.key for p in changed.proposals if sheet.find(p.key) is None)
            return redirect(_address(draft, key, edit=key))
    return _bench(draft, add=form)


def _marked(draft: ImportDraft, sheet: Sheet, form: AddForm) -> Proposal:
    start, end = form.start.data, form.end.data
    if start is None or end is None:
        start, end = directives.find_passage(draft.text, form.quote.data or "")
    return directives.passage_of(draft.text, sheet.registration, (start, end))


@blueprint.post("/<int:draft_id>/decide")
@guarded(Permission.DIRECTIVE_REGISTER)
def decide(draft_id: int) -> ResponseReturnValue:
    """Accept what was ticked, or everything that is sure, and go on to what will happen."""
    draft = open_draft(draft_id)
    sheet = directives.sheet_of(draft)
    plan = intake.plan(sheet, vocabulary(draft), calendar())
    ticked = request.form.getlist("keys")
    keys = (
        [*plan.sure]
        if "all" in request.form
        else [t.proposal.key for t in plan.open if t.proposal.key in ticked]
    )
    if keys:
        _save(draft, sheet.decided(keys, Decision.ACCEPTED))
    return redirect(_address(draft) if "all" in request.form else _preview_address(draft))


def _preview_address(draft: ImportDraft) -> str:
    return url_for("imports.preview", draft_id=draft.id)


@blueprint.post("/<int:draft_id>/discard")
@guarded(Permission.DIRECTIVE_REGISTER)
def discard(draft_id: int) -> ResponseReturnValue:
    """Throw the draft away."""
    directives.discard_draft(session(), open_draft(draft_id), by=me(), at=now())
    flash(gettext("Đã bỏ bản đọc; văn bản chưa được đăng ký."), "success")
    return redirect(url_for("imports.index"))
