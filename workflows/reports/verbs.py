"""What a unit does with its report: write, sign off, submit."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflows import aftermath
from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.files import Attachment, StoredFile, attach, attached
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation, forms, indicator_code, indicators
from workflows.reports.checks import Finding, findings
from workflows.reports.closing import refuse_closed
from workflows.reports.content import Content, settled
from workflows.reports.elsewhere import asked_elsewhere
from workflows.reports.models import Edition, Figure, Report
from workflows.reports.moving import move, wrong_state
from workflows.reports.outliers import usual_for
from workflows.reports.queries import content_of, figures_before, files_now, of_obligation
from workflows.reports.states import EDITABLE, MOVES, ReportMove, ReportState
from workflows.verb import once_a_sitting, verb
from workflows.wording import N_


@verb("report.begin", Permission.REPORT_WRITE)
def begin(session: Session, obligation: Obligation, *, by: Person, at: datetime) -> Report:
    """Open the answer to an obligation; whoever is second finds what the first began."""
    known = of_obligation(session, obligation)
    refuse_closed(session, obligation, known, on=local_day(at))
    if known is not None:
        return known
    point = session.begin_nested()
    try:
        report = Report(obligation=obligation, changed_by=by, changed_at=at)
        session.add(report)
        session.flush()
    except IntegrityError:
        # Somebody began it between our looking and our writing.
        point.rollback()
        report = session.scalars(select(Report).where(Report.obligation_id == obligation.id)).one()
    else:
        point.commit()
    return report


@once_a_sitting
@verb("report.write", Permission.REPORT_WRITE)
def write(
    session: Session,
    report: Report,
    *,
    content: Content,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> None:
    """Keep what was typed, complete or not; `version` is the one the person began from."""
    refuse_closed(session, report.obligation, report, on=local_day(at))
    _refuse_locked(report)
    if version is not None and version != report.version:
        raise Conflict(
            "Chưa lưu được: %(person)s vừa sửa báo cáo này. Nội dung bạn nhập vẫn còn trên trang; đối chiếu"
            " rồi lưu lại.",
            person=report.changed_by.full_name,
        )
    content = would_say(session, report, content)
    if content == content_of(session, report):
        # Sending the same again must not undo the head's signing off.
        return
    _put(session, report, content)
    report.changed_by, report.changed_at = by, at
    if report.state in (ReportState.PROPOSED, ReportState.SIGNED_OFF):
        report.state, report.signed_off_by = ReportState.DRAFT, None


@verb("report.propose", MOVES[ReportMove.PROPOSE].permission)
def propose(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Lay the report before the head of the unit."""
    _refuse_findings(session, report)
    move(report, ReportMove.PROPOSE)


@verb("report.attach", Permission.REPORT_WRITE)
def attach_file(
    session: Session,
    report: Report,
    *,
    file: StoredFile,
    name: str,
    by: Person,
    at: datetime,
    asked_by: str = "",
) -> None:
    """Put a file with the report; `asked_by` names the field of the form that asks for it."""
    refuse_closed(session, report.obligation, report, on=local_day(at))
    _refuse_locked(report)
    attach(session, report, file, name=name, by_id=by.id, at=at, place=asked_by)
    _name_files(session, report, asked_by)


@verb("report.detach", Permission.REPORT_WRITE)
def detach_file(
    session: Session, report: Report, *, attachment: Attachment, by: Person, at: datetime
) -> None:
    """Take a file away from the report before it is handed in."""
    refuse_closed(session, report.obligation, report, on=local_day(at))
    _refuse_locked(report)
    session.delete(attachment)
    aftermath.hand_over(session, "index", at=at, kind="attachment", id=attachment.id)
    _name_files(session, report, attachment.place)


@verb("report.sign-off", MOVES[ReportMove.SIGN_OFF].permission)
def sign_off(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """The head of the unit approves what will be submitted."""
    _refuse_findings(session, report)
    move(report, ReportMove.SIGN_OFF)
    report.signed_off_by = by


@verb("report.submit", MOVES[ReportMove.SUBMIT].permission)
def submit(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Hand the report in and lock it; the day it was first handed in decides whether it was in time."""
    today = local_day(at)
    refuse_closed(session, report.obligation, report, on=today)
    if report.obligation.unit.needs_sign_off and report.state is not ReportState.SIGNED_OFF:
        raise Refused(
            "Chưa nộp được: báo cáo của đơn vị cần thủ trưởng duyệt trước. Chuyển thủ trưởng duyệt rồi nộp."
        )
    content = _refuse_findings(session, report)
    levels = report.obligation.reviewers
    first = levels[0].unit if levels else None
    move(report, ReportMove.SUBMIT, levels_to_come=len(levels))
    report.review_levels, report.awaiting = len(levels), first
    report.submitted_by = by
    report.submitted_on = report.submitted_on or today
    report.return_reasons = []
    if content.nil:
        # Figures typed before the box was ticked must not be counted.
        content = Content(nil=True)
        _put(session, report, content)
    number = len(report.editions) + 1
    said = {**content.as_data(), "files": files_now(session, report)}
    report.editions.append(Edition(number=number, submitted_at=at, submitted_by=by, content=said))


def findings_of(session: Session, report: Report) -> list[Finding]:
    """What the form has to say about a report as it stands, what is unusual for the unit among it."""
    form = forms.read(report.obligation.form_version.definition)
    return _looked_at(session, report, form, content_of(session, report))


def _looked_at(session: Session, report: Report, form: forms.Form, content: Content) -> list[Finding]:
    owed = report.obligation
    own = findings(form, content, figures_before(session, owed), usual_for(session, owed, form))
    return own + asked_elsewhere(session, owed, content)


def _refuse_locked(report: Report) -> None:
    if report.state not in EDITABLE:
        raise wrong_state(report, N_("lưu báo cáo"))


def _refuse_findings(session: Session, report: Report) -> Content:
    """The content, when nothing in it refuses; otherwise every cell with its sentence."""
    form = forms.read(report.obligation.form_version.definition)
    stored = content_of(session, report)
    # The period before may have been corrected since this was typed.
    content = settled(form, stored, figures_before(session, report.obligation) if form.order else {})
    if content != stored:
        _put(session, report, content)
    found = _looked_at(session, report, form, content)
    unexplained = [finding for finding in found if finding.refuses or not content.notes.get(finding.cell)]
    if unexplained:
        raise InvalidFields({finding.cell: str(finding.sentence) for finding in unexplained})
    return content


def would_say(session: Session, report: Report, content: Content) -> Content:
    """What a report says once this is written into it: cells reckoned, files named, the rest put aside."""
    form = forms.read(report.obligation.form_version.definition)
    before = figures_before(session, report.obligation) if form.order else {}
    return settled(form, _with_files_of(form, content, report), before)


def _with_files_of(form: forms.Form, content: Content, report: Report) -> Content:
    """The content with the names of the files that were sent; they are sent apart from what is typed."""
    files = {asked.code for asked in form.fields() if asked.kind == "file"}
    typed = {code: text for code, text in content.narrative.items() if code not in files}
    sent = {code: text for code, text in report.narrative.items() if code in files}
    return replace(content, narrative={**typed, **sent}) if files else content


def _name_files(session: Session, report: Report, asked_by: str) -> None:
    """Let a field of files say the names of the files that answer it."""
    if not asked_by:
        return
    session.flush()
    hung = attached(session, Report, [report.id]).get(report.id, [])
    names = "\n".join(file.name for file in hung if file.place == asked_by)
    others = {code: text for code, text in report.narrative.items() if code != asked_by}
    report.narrative = {**others, asked_by: names} if names else others


def _put(session: Session, report: Report, content: Content) -> None:
    """Make the report say this and nothing else."""
    report.nil = content.nil
    report.narrative = dict(content.narrative)
    report.cell_notes = dict(content.notes)
    report.set_aside = dict(content.aside)
    _replace_figures(session, report, content)


def _replace_figures(session: Session, report: Report, content: Content) -> None:
    code = report.obligation.form_version.code
    values: dict[str, Decimal] = {
        indicator_code(code, cell): value for cell, value in content.figures.items()
    }
    known = indicators(session, list(values))
    session.execute(delete(Figure).where(Figure.report_id == report.id))
    rows = [
        {"report_id": report.id, "indicator_id": known[indicator].id, "value": value}
        for indicator, value in values.items()
        if indicator in known
    ]
    if rows:
        session.execute(insert(Figure), rows)
    session.expire(report, ["figures"])
