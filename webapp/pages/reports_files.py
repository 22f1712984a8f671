"""Báo cáo, continued: files that hang on an answer, and those that went in with an earlier edition."""

from io import BytesIO

from flask import Response, abort
from flask.typing import ResponseReturnValue

from webapp import uploads
from webapp.access import guarded, me
from webapp.forms.base import refusal_of
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import after, obligation_at
from webapp.runtime import now, runtime, session
from workflows import reports
from workflows.files import Attachment, attached
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports import Report


@report_pages.post("/<period>/<int:obligation_id>/files")
@guarded(Permission.REPORT_WRITE)
def attach(period: str, obligation_id: int) -> ResponseReturnValue:
    """Put files with the answer."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)

    def put() -> None:
        report = reports.begin(session(), obligation, by=me(), at=now())
        for name, file in uploads.received("files"):
            reports.attach_file(session(), report, file=file, name=name, by=me(), at=now())

    return after(obligation, refusal_of(put))


@report_pages.post("/<period>/<int:obligation_id>/files/<int:attachment_id>/remove")
@guarded(Permission.REPORT_WRITE)
def detach(period: str, obligation_id: int, attachment_id: int) -> ResponseReturnValue:
    """Take a file away again; editions that went in with it keep it."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    report, attachment = _attachment(obligation, attachment_id)
    refusal = refusal_of(
        lambda: reports.detach_file(session(), report, attachment=attachment, by=me(), at=now())
    )
    return after(obligation, refusal)


@report_pages.get("/<period>/<int:obligation_id>/files/<int:attachment_id>")
@guarded(Permission.REPORT_VIEW)
def file(period: str, obligation_id: int, attachment_id: int) -> Response:
    """A file that came with the answer."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_VIEW)
    return uploads.saved(_attachment(obligation, attachment_id)[1])


@report_pages.get("/<period>/<int:obligation_id>/editions/<int:number>/files/<int:place>")
@guarded(Permission.REPORT_VIEW)
def file_of_edition(period: str, obligation_id: int, number: int, place: int) -> Response:
    """A file as it went in with an edition, even where it was taken away since."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_VIEW)
    report = reports.of_obligation(session(), obligation) or abort(404)
    edition = next((one for one in report.editions if one.number == number), None) or abort(404)
    files = edition.files
    if not 0 < place <= len(files):
        abort(404)
    content = BytesIO(runtime().files.read(files[place - 1]["sha256"]))
    return uploads.sent(content, files[place - 1]["name"])


def _attachment(obligation: Obligation, attachment_id: int) -> tuple[Report, Attachment]:
    report = reports.of_obligation(session(), obligation) or abort(404)
    hung = attached(session(), Report, [report.id]).get(report.id, [])
    return report, next((one for one in hung if one.id == attachment_id), None) or abort(404)
