"""Báo cáo, continued: all chosen reports accepted in one act, looked at before it is done."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import guarded, me
from webapp.forms.base import OfficeForm, attempt
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports import report_list
from webapp.runtime import now, session, today
from workflows import reports
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports import Outlook


@report_pages.post("/together")
@guarded(Permission.REPORT_REVIEW)
def preview() -> ResponseReturnValue:
    """What accepting would do to the reports chosen on the list; nothing happens yet."""
    chosen = report_list().asked(request.args).chosen(reports.owed(me(), on=today()), request.form)
    rows = [(obligation, report) for obligation, report, _ in session().execute(chosen)]
    if not rows:
        flash(gettext("Chưa chọn báo cáo nào. Đánh dấu các dòng cần xử lý rồi thực hiện lại."), "warning")
        return redirect(url_for("reports.index", **request.args.to_dict(flat=False)))
    return _page(reports.outlook(rows, me(), on=today()), OfficeForm())


@report_pages.post("/together/accept")
@guarded(Permission.REPORT_REVIEW)
def accept_together() -> ResponseReturnValue:
    """Accept the reports that were looked at: all of them, or none."""
    form, status = OfficeForm(), 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            count = reports.accept_all(session(), _looked_at(), by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã tiếp nhận %(count)s báo cáo.", count=count), "success")
            return redirect(url_for("reports.index"))
        status = tried.status
    wanted = reports.owed(me(), on=today()).where(reports.Report.id.in_(_looked_at()))
    rows = [
        (obligation, report) for obligation, report, _ in session().execute(wanted.order_by(Obligation.id))
    ]
    return _page(reports.outlook(rows, me(), on=today()), form, status)


def _looked_at() -> Sequence[int]:
    ids = request.form.get("ids", "").split(",")
    return [int(id_) for id_ in ids if id_.isascii() and id_.isdigit() and len(id_) < 10]


def _page(outlook: Outlook, form: OfficeForm, status: int = 200) -> ResponseReturnValue:
    ids = ",".join(str(report.id) for report in outlook.open_to)
    return render_template("reports/together.html", outlook=outlook, form=form, ids=ids), status
