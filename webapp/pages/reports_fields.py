"""Báo cáo, continued: files that a form asks for, and questions about figures."""

from flask import request

from webapp import uploads
from webapp.access import me
from webapp.errors import said
from webapp.forms.base import refusal_of
from webapp.forms.reports import Sheet
from webapp.runtime import now, session
from webapp.words import in_words
from workflows import reports
from workflows.errors import DomainError
from workflows.files import attached
from workflows.regimes import Obligation
from workflows.regimes.forms import Field
from workflows.reports import Report


def keep_files(obligation: Obligation, sheet: Sheet) -> None:
    """Keep the files sent with the form, let go of one that is not wanted; a refusal stands at its field."""
    report = reports.of_obligation(session(), obligation)
    asking = [asked for asked in sheet.form.fields() if asked.kind == "file"]
    if report is None or not asking:
        return
    for asked in asking:
        refusal = _sent(report, asked)
        if refusal is not None:
            sheet.fault(asked.code, f"{asked.label}: {said(refusal)}")
    unwanted = request.form.get("drop-file", type=int)
    for file in attached(session(), Report, [report.id]).get(report.id, []) if unwanted else ():
        if file.id == unwanted and file.place in {asked.code for asked in asking}:
            reports.detach_file(session(), report, attachment=file, by=me(), at=now())


def _sent(report: Report, asked: Field) -> DomainError | None:
    def keep() -> None:
        for name, file in uploads.received(f"file:{asked.code}"):
            reports.attach_file(
                session(), report, file=file, name=name, asked_by=asked.code, by=me(), at=now()
            )

    return refusal_of(keep)


def look_back(obligation: Obligation, sheet: Sheet) -> None:
    """Let the sheet know what the unit reported before, and what else is known, so that it can ask."""
    sheet.usual = reports.usual_for(session(), obligation, sheet.form)
    asked = reports.asked_elsewhere(session(), obligation, sheet.understood)
    sheet.asked_elsewhere = {found.cell: found.sentence for found in asked}


def questions(obligation: Obligation, sheet: Sheet) -> dict[str, str]:
    """Cell → what is asked about its figure."""
    look_back(obligation, sheet)
    if sheet.form.order:
        sheet.before = reports.figures_before(session(), obligation)
    asked = {cell: sheet.questions(cell) for cell in {*sheet.usual, *sheet.asked_elsewhere}}
    return {cell: " ".join(map(in_words, phrases)) for cell, phrases in asked.items() if phrases}
