"""Biểu báo cáo, continued: designing a draft card by card, trying it, comparing and publishing it."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from wtforms import SelectChoice

from webapp.access import asked_id, fetch, guarded, me, own_office
from webapp.errors import said, status_of
from webapp.forms.base import attempt, refusal_of
from webapp.forms.designing import (
    KIND_NAMES,
    OPERATOR_NAMES,
    SIGN_NAMES,
    BeginForm,
    Desk,
    kind_of,
)
from webapp.forms.reports import Sheet
from webapp.pages.report_forms import blueprint as form_pages
from webapp.pages.report_forms import form_address, state_badge, visible_version
from webapp.runtime import now, session
from workflows import regimes, reports
from workflows.errors import DomainError, Refused
from workflows.permissions import Permission
from workflows.regimes import FormState, FormVersion
from workflows.regimes.forms import Outliers, examined
from workflows.regimes.forms.comparing import alterations
from workflows.regimes.forms.designing import Design
from workflows.reports import Content


@form_pages.route("/begin", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def begin() -> ResponseReturnValue:
    """Begin a form, blank or with what another form asks."""
    form = BeginForm(of=request.args.get("of", 0, int))
    known = list(session().scalars(_of_own_office()))
    form.offer([SelectChoice(version.id, version.label) for version in known])
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        base = next((version.definition for version in known if version.id == form.of.data), None)
        with attempt(form) as tried:
            draft = regimes.draft_form(
                session(), own_office(), title=form.title.data, definition=base, by=me(), at=now()
            )
        if tried.succeeded:
            return redirect(url_for(".design", version_id=draft.id))
        status = tried.status
    return render_template("report_forms/begin.html", form=form), status


def _of_own_office() -> Any:
    own = select(FormVersion).where(FormVersion.office_id == own_office().id)
    return own.where(FormVersion.state != FormState.DRAFT).order_by(
        FormVersion.name, FormVersion.number.desc()
    )


@form_pages.post("/<int:version_id>/draft")
@guarded(Permission.REGIME_MANAGE)
def draft(version_id: int) -> ResponseReturnValue:
    """Begin the next version of a form, or go on with it."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    begun = regimes.draft_version(session(), version, by=me(), at=now())
    session().flush()
    return redirect(url_for(".design", version_id=begun.id))


@form_pages.get("/<int:version_id>/design", defaults={"place": "form"})
@form_pages.get("/<int:version_id>/design/<place>")
@guarded(Permission.REGIME_MANAGE)
def design(version_id: int, place: str) -> ResponseReturnValue:
    """The draft as cards, one of them open, beside the form as a unit will see it."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    if version.state is not FormState.DRAFT:
        return redirect(url_for(".show", version_id=version.id))
    return _page(version, Desk.of(version.definition, place))


@form_pages.post("/<int:version_id>/design/<place>")
@guarded(Permission.REGIME_MANAGE)
def change(version_id: int, place: str) -> ResponseReturnValue:
    """Keep what was typed into the open card; on wish add, move, copy, take away, or publish."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    desk = Desk.sent(version.definition, place, request.form)
    wish = request.form.get("do", "")
    refusal = refusal_of(lambda: _keep(version, desk, wish))
    if refusal is None and wish == "publish":
        refusal = refusal_of(lambda: _publish(version))
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        if refusal:
            return jsonify(message=said(refusal)), status_of(refusal)
        here = desk.faults_at(desk.place)
        return jsonify(fields={"version": version.version}, lacks=_lacks(version, desk), here=here)
    if refusal:
        return _page(version, desk, refusal), status_of(refusal)
    if version.state is FormState.PUBLISHED:
        flash(gettext("Đã ban hành biểu. Các báo cáo đã nộp giữ nguyên bản cũ."), "success")
        return redirect(url_for(".show", version_id=version.id))
    return redirect(url_for(".design", version_id=version.id, place=desk.place, _anchor="open"))


def _keep(version: FormVersion, desk: Desk, wish: str) -> None:
    seen = request.form.get("version", 0, int)
    desk.act(wish)
    regimes.edit_form(session(), version, definition=desk.design.data, version=seen, by=me(), at=now())
    session().flush()


def _publish(version: FormVersion) -> None:
    regimes.publish_draft(session(), version, version=version.version, by=me(), at=now())


def _page(version: FormVersion, desk: Desk, refusal: DomainError | None = None) -> str:
    earlier = regimes.earlier_version(session(), version)
    return render_template(
        "report_forms/design.html",
        version=version,
        desk=desk,
        usual=Outliers(),
        refusal=said(refusal) if refusal else "",
        lacks=_lacks(version, desk),
        kind_of=kind_of,
        kinds=KIND_NAMES,
        signs=[(sign, gettext(words)) for sign, words in SIGN_NAMES.items()],
        operators=[(sign, gettext(words)) for sign, words in OPERATOR_NAMES.items()],
        earlier=earlier,
        badges=[state_badge(version)],
    )


def _lacks(version: FormVersion, desk: Desk) -> list[dict[str, str]]:
    """What is wrong in the draft, each with the address of its card."""

    def address(place: str) -> str:
        return url_for(".design", version_id=version.id, place=place or "form", _anchor="open")

    return [{"sentence": said(fault.refusal), "address": address(fault.place)} for fault in desk.faults]


@form_pages.post("/<int:version_id>/discard")
@guarded(Permission.REGIME_MANAGE)
def discard(version_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    version = fetch(FormVersion, version_id, Permission.REGIME_MANAGE)
    regimes.discard_draft(session(), version, by=me(), at=now())
    flash(gettext("Đã bỏ bản nháp."), "success")
    return redirect(url_for(".index"))


@form_pages.route("/<int:version_id>/try", methods=["GET", "POST"])
@guarded(Permission.REPORT_VIEW)
def try_out(version_id: int) -> ResponseReturnValue:
    """The form as a unit meets it, to be filled in for a trial; nothing of it is kept."""
    version = visible_version(version_id)
    form, faults = examined(Design(version.definition).data)
    if form is None:
        lacks = [said(fault.refusal) for fault in faults]
        return render_template(
            "report_forms/try.html", version=version, address=form_address, lacks=lacks, sheet=None
        )
    sheet = Sheet.sent(form, request.form) if request.method == "POST" else Sheet.of(form, Content())
    found = _findings(sheet) if request.method == "POST" else []
    return render_template(
        "report_forms/try.html",
        version=version,
        address=form_address,
        sheet=sheet,
        before=Content(),
        tried=found,
        lacks=[],
    )


def _findings(sheet: Sheet) -> list[reports.Finding]:
    """What the form would say to what was typed, told at the cells; of files only their names matter."""
    for asked in sheet.form.fields():
        names = [file.filename for file in request.files.getlist(f"file:{asked.code}") if file.filename]
        if asked.kind == "file" and names:
            sheet.typed[f"words:{asked.code}"] = "\n".join(names)
    content = reports.settled(sheet.form, sheet.content(), {})
    found = reports.findings(sheet.form, content, {})
    for finding in found:
        sheet.fault(finding.cell, said(Refused(finding.sentence.message, **finding.sentence.params)))
    return found


@form_pages.get("/<int:version_id>/compare")
@guarded(Permission.REPORT_VIEW)
def compare(version_id: int) -> ResponseReturnValue:
    """What a version asks differently from the one before it, or from another one that is named."""
    version = visible_version(version_id)
    earlier = regimes.earlier_version(session(), version)
    chosen = asked_id(request.args, "with")
    other = visible_version(chosen) if chosen else earlier
    changed = alterations(other.definition, version.definition) if other else []
    return render_template(
        "report_forms/compare.html", version=version, address=form_address, other=other, changed=changed
    )
