"""Báo cáo, continued: the form as an Excel workbook, out to be filled in, in again after a look at it."""

from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, me
from webapp.errors import said, status_of
from webapp.forms.base import refusal_of
from webapp.pages.reports import address
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import Answer, answer_page, obligation_at
from webapp.papers import FILE_POLICY
from webapp.runtime import let_others_write, now, runtime, session
from webapp.sheets import XLSX
from webapp.uploads import name_of
from workflows import reports
from workflows.errors import DomainError, Refused
from workflows.files import keep
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports import Content, FilledSheet
from workflows.reports.sheets import Filled, draw, merged, read_workbook


@report_pages.get("/<period>/<int:obligation_id>/xlsx")
@guarded(Permission.REPORT_WRITE)
def workbook(period: str, obligation_id: int) -> Response:
    """The form as a workbook with what was kept so far, to be filled in and sent back."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    drawn = draw(
        reports.form_of(obligation),
        _kept(obligation),
        reports.content_before(session(), obligation),
        reports.cover_of(obligation),
        reports.stamp_of(obligation),
        key=_key(),
    )
    name = f"{reports.file_stem(obligation)}.xlsx"
    answer = send_file(BytesIO(drawn), XLSX, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer


@report_pages.post("/<period>/<int:obligation_id>/xlsx")
@guarded(Permission.REPORT_WRITE)
def send_workbook(period: str, obligation_id: int) -> ResponseReturnValue:
    """Take a filled workbook; nothing enters the report before somebody looked at what it would change."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    sent = request.files.get("workbook")
    content, name = (sent.read(), name_of(sent.filename or "")) if sent else (b"", "")
    # Reading takes a while; on SQLite nobody else could write meanwhile.
    let_others_write()
    try:
        _read(content, obligation)
    except DomainError as refusal:
        return answer_page(Answer(obligation), refusal=refusal), status_of(refusal)
    file = keep(session(), runtime().files, content, media_type=XLSX, at=now())
    known = reports.sent_before(session(), obligation, file.sha256)
    if known is not None and known.applied_at is not None:
        flash(
            gettext("Tệp này đã được đưa vào báo cáo trước đó. Xem lại các ô khác nhau bên dưới."), "warning"
        )
    sheet = reports.take_sheet(session(), obligation, file=file, name=name, by=me(), at=now())
    session().flush()
    return redirect(url_for("reports.look_at_workbook", sheet_id=sheet.id, **_here(obligation)), 303)


@report_pages.get("/<period>/<int:obligation_id>/xlsx/<int:sheet_id>")
@guarded(Permission.REPORT_WRITE)
def look_at_workbook(period: str, obligation_id: int, sheet_id: int) -> ResponseReturnValue:
    """What a workbook would change, and the cells in it that cannot be taken."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    return _preview(obligation, _sheet(obligation, sheet_id))


@report_pages.post("/<period>/<int:obligation_id>/xlsx/<int:sheet_id>")
@guarded(Permission.REPORT_WRITE)
def apply_workbook(period: str, obligation_id: int, sheet_id: int) -> ResponseReturnValue:
    """Put the readable cells into the draft."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    sheet = _sheet(obligation, sheet_id)
    filled = _read(runtime().files.read(sheet.sha256), obligation)
    known = reports.of_obligation(session(), obligation)
    version = request.form.get("version", type=int) if known else None
    refusal = refusal_of(
        lambda: reports.apply_sheet(session(), sheet, filled=filled, version=version, by=me(), at=now())
    )
    if refusal is not None:
        return _preview(obligation, sheet, refusal), status_of(refusal)
    flash(gettext("Đã đưa bảng Excel vào báo cáo. Kiểm tra lại rồi nộp."), "success")
    return redirect(address(obligation), 303)


def _preview(obligation: Obligation, sheet: FilledSheet, refusal: DomainError | None = None) -> str:
    try:
        filled = _read(runtime().files.read(sheet.sha256), obligation)
    except Refused:
        # The form got another version since the file was sent.
        abort(404)
    before = _kept(obligation)
    report = reports.of_obligation(session(), obligation)
    form = reports.form_of(obligation)
    now_said = merged(before, filled)
    found: dict[str, Any] = {
        "changes": reports.changes(form, before, now_said),
        "notes": reports.note_changes(form, before, now_said),
        "nil_changes": before.nil != now_said.nil,
        "nil_after": now_said.nil,
    }
    return render_template(
        "reports/workbook.html",
        obligation=obligation,
        sheet=sheet,
        filled=filled,
        version=report.version if report else 0,
        refusal=said(refusal) if refusal else "",
        here=_here(obligation),
        **found,
    )


def _read(content: bytes, obligation: Obligation) -> Filled:
    form, expected = reports.form_of(obligation), reports.stamp_of(obligation)
    return read_workbook(content, form, expected, key=_key())


def _kept(obligation: Obligation) -> Content:
    report = reports.of_obligation(session(), obligation)
    return reports.content_of(session(), report) if report else Content()


def _sheet(obligation: Obligation, sheet_id: int) -> FilledSheet:
    sheet = fetch(FilledSheet, sheet_id, Permission.REPORT_WRITE)
    if sheet.obligation_id != obligation.id:
        abort(404)
    return sheet


def _here(obligation: Obligation) -> dict[str, Any]:
    return {"period": obligation.period, "obligation_id": obligation.id}


def _key() -> bytes:
    return runtime().settings.secret_key.encode()
