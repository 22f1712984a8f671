"""Workbooks that units fill in and send: kept as they came, looked at, then put into the report or not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import Refused
from workflows.files import StoredFile
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports.models import FilledSheet, Report
from workflows.reports.queries import content_of
from workflows.reports.sheets import Filled, Stamp, merged
from workflows.reports.verbs import begin, write
from workflows.verb import verb


def stamp_of(obligation: Obligation) -> Stamp:
    """The mark a workbook must bear to be taken for this obligation."""
    version = obligation.form_version
    return Stamp(obligation.id, obligation.unit.code, obligation.period, version.code, version.number, {})


def sent_before(session: Session, obligation: Obligation, sha256: str) -> FilledSheet | None:
    """The same file, if it was sent for this obligation before."""
    wanted = select(FilledSheet).where(FilledSheet.obligation_id == obligation.id)
    return session.scalar(wanted.where(FilledSheet.sha256 == sha256))


@verb("report.take-sheet", Permission.REPORT_WRITE)
def take_sheet(
    session: Session, obligation: Obligation, *, file: StoredFile, name: str, by: Person, at: datetime
) -> FilledSheet:
    """Keep a filled workbook until somebody has looked at it; the same file again is the same."""
    known = sent_before(session, obligation, file.sha256)
    if known is not None:
        return known
    sheet = FilledSheet(obligation=obligation, sha256=file.sha256, name=name, sent_by=by, sent_at=at)
    session.add(sheet)
    return sheet


@verb("report.apply-sheet", Permission.REPORT_WRITE)
def apply_sheet(
    session: Session,
    sheet: FilledSheet,
    *,
    filled: Filled,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Put what a workbook changed into the report; cells that could not be read stay as they were."""
    if not filled.values:
        raise Refused(
            "Bảng Excel không có gì khác với lúc tải về, nên không có gì để đưa vào. Kiểm tra xem đã"
            " lưu tệp chưa."
        )
    report = begin(session, sheet.obligation, by=by, at=at)
    content = merged(content_of(session, report), filled)
    write(session, report, content=content, version=version, by=by, at=at)
    sheet.applied_by, sheet.applied_at = by, at
    return report
