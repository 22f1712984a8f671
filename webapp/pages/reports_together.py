"""Báo cáo, continued: all chosen reports accepted in one act, looked at before it is done."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, me
from webapp.followed import followed
from webapp.forms.base import OfficeForm, attempt
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports import report_list
from webapp.runtime import now, session, today
from webapp.words import there_with
from workflows import reports
from workflows.permissions import Permission
from workflows.reports import Outlook, Report, ReportBatch

MOST_NAMED = 200


@report_pages.post("/together")
@guarded(Permission.REPORT_VIEW)
def preview() -> ResponseReturnValue:
    """What accepting would do to the reports chosen on the list; nothing happens yet."""
    chosen = report_list().asked(request.args).chosen(reports.owed(me(), on=today()), request.form)
    batch, outlook = reports.look(session(), chosen, by=me(), at=now())
    if not outlook.count and not outlook.left_out:
        flash(gettext("Chưa chọn báo cáo nào. Đánh dấu các dòng cần xử lý rồi thực hiện lại."), "warning")
        return redirect(there_with(url_for("reports.index")))
    return _page(batch, OfficeForm(formdata=None), outlook=outlook)


@report_pages.get("/together/<int:batch_id>")
@guarded(Permission.REPORT_VIEW)
def together(batch_id: int) -> ResponseReturnValue:
    """How far accepting many reports has come, and what it left out."""
    return _page(fetch(ReportBatch, batch_id, Permission.OWN_WORK), OfficeForm(formdata=None))


@report_pages.post("/together/<int:batch_id>")
@guarded(Permission.REPORT_VIEW)
def accept_together(batch_id: int) -> ResponseReturnValue:
    """Accept what was looked at."""
    batch, form = fetch(ReportBatch, batch_id, Permission.OWN_WORK), OfficeForm()
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            reports.start_batch(session(), batch, by=me(), at=now())
        if tried.succeeded:
            return redirect(url_for("reports.together", batch_id=batch_id), 303)
        status = tried.status
    return _page(batch, form, status)


def _page(
    batch: ReportBatch, form: OfficeForm, status: int = 200, outlook: Outlook[Report] | None = None
) -> ResponseReturnValue:
    started = batch.started_at is not None
    html = render_template(
        "reports/together.html",
        batch=batch,
        form=form,
        first=[] if started else outlook.first if outlook else reports.first_of(session(), batch),
        left_out=outlook.left_out if outlook else [],
        named=batch.left_out[:MOST_NAMED],
    )
    return followed(html, running=started and batch.ended_at is None, status=status)
