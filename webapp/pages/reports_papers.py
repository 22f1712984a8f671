"""Báo cáo, continued: the form on paper, empty or filled in: for the printer, as Word, as PDF."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from document_templates import draw_pdf, draw_word
from webapp import papers
from webapp.access import guarded
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import Answer, obligation_at
from webapp.runtime import session, today
from workflows import reports
from workflows.permissions import Permission
from workflows.reports import Content, Edition


@report_pages.get("/<period>/<int:obligation_id>/print")
@guarded(Permission.REPORT_VIEW)
def printed(period: str, obligation_id: int) -> ResponseReturnValue:
    """The form as paper, filled in as far as it is; what is blank has room for a pen."""
    answer = Answer(obligation_at(period, obligation_id, Permission.REPORT_VIEW))
    return render_template(
        "reports/print.html", obligation=answer.obligation, report=answer.report, sheet=answer.stored
    )


@report_pages.get("/<period>/<int:obligation_id>/<any(docx, pdf):kind>")
@guarded(Permission.REPORT_VIEW)
def paper(period: str, obligation_id: int, kind: str) -> Response:
    """The form as a Word or PDF file: as it stands, of an edition (`edition=1`), or empty (`empty=1`)."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_VIEW)
    report = reports.of_obligation(session(), obligation)
    empty, edition = "empty" in request.args, _edition(report.editions if report else [])
    if empty or report is None:
        content = Content()
    else:
        content = Content.read(edition.content) if edition else reports.content_of(session(), report)
    heads = reports.heads_of(obligation, None if empty else report, edition)
    composed = reports.compose(reports.form_of(obligation), content, heads, on=today(), empty=empty)
    drawn = draw_word(composed) if kind == "docx" else draw_pdf(composed)
    return papers.download(drawn, kind, f"{reports.file_stem(obligation)}.{kind}")


def _edition(editions: list[Edition]) -> Edition | None:
    """The edition asked for in the address; 404 where there is none of that number."""
    if (number := request.args.get("edition", type=int)) is None:
        return None
    return next((one for one in editions if one.number == number), None) or abort(404)
