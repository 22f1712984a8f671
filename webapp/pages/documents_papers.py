"""Soạn thảo, continued: the paper of a document as pictures and as files."""

from io import BytesIO
from typing import cast

from flask import abort, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from document_templates import load_form
from webapp import papers
from webapp.access import fetch, guarded, me
from webapp.pages.documents import blueprint as documents_pages
from webapp.pages.documents import fetched
from webapp.runtime import now, session
from workflows import documents
from workflows.documents import Kind, Unfit
from workflows.permissions import Permission
from workflows.reports import Report


@documents_pages.get("/<int:document_id>/paper")
@guarded(Permission.DOCUMENT_VIEW)
def paper(document_id: int) -> ResponseReturnValue:
    """The paper as it would be printed, page by page; or what it still lacks."""
    document = fetched(document_id)
    try:
        pages = papers.page_count(papers.file_of(document, "pdf"))
    except Unfit as unfit:
        fields = load_form(document.form).fields
        missing = dict.fromkeys(gap.label for gap in documents.gaps(fields, document.facts))
        return render_template("documents/paper.html", pictures=(), problems=list(missing) or unfit.problems)
    pictures = [
        url_for("documents.page", document_id=document.id, number=number, version=document.version)
        for number in range(1, pages + 1)
    ]
    return render_template("documents/paper.html", pictures=pictures, problems=())


@documents_pages.get("/<int:document_id>/pages/<int:number>.png")
@guarded(Permission.DOCUMENT_VIEW)
def page(document_id: int, number: int) -> ResponseReturnValue:
    """One page of the paper as a picture."""
    picture = papers.page_picture(papers.file_of(fetched(document_id), "pdf"), number)
    if picture is None:
        abort(404)
    return send_file(BytesIO(picture), "image/png")


@documents_pages.get("/<int:document_id>.<any(docx, pdf):kind>")
@guarded(Permission.DOCUMENT_VIEW)
def download(document_id: int, kind: str) -> ResponseReturnValue:
    """The paper as a file under its speaking name."""
    document, wanted = fetched(document_id), cast(Kind, kind)
    content = papers.file_of(document, wanted)
    return papers.download(content, wanted, documents.file_name(document, wanted))


@documents_pages.get("/unit-reports/<int:report_id>.<any(docx, pdf):kind>")
@guarded(Permission.REPORT_VIEW)
def unit_report(report_id: int, kind: str) -> ResponseReturnValue:
    """A unit's answer as an official report of its own, to be signed and kept."""
    report = fetch(Report, report_id, Permission.REPORT_VIEW)
    paper, wanted = documents.unit_paper(session(), report, by=me(), at=now()), cast(Kind, kind)
    name = f"BC-{report.obligation.period}-{report.id}.{kind}"
    return papers.download(papers.drawn(paper, wanted), wanted, name)
