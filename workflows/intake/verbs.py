"""Turning a confirmed draft into a registered directive with its tasks, in one act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows import directives, tasks
from workflows.calendar import local_day
from workflows.directives import Directive, ImportDraft, ReadingCorrection, Sheet
from workflows.errors import Conflict, Refused
from workflows.files import StoredFile
from workflows.intake.names import Vocabulary, vocabulary_of
from workflows.intake.recurring import Recurring, due_of, establish, usual
from workflows.intake.rules import PlannedTask, comes_again, plan
from workflows.office_days import working_calendar
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import FormVersion
from workflows.verb import verb


@verb("directive.confirm-import", Permission.DIRECTIVE_REGISTER)
def confirm(
    session: Session,
    draft: ImportDraft,
    *,
    by: Person,
    at: datetime,
    recurring: Mapping[str, Recurring] | None = None,
) -> Directive:
    """Register the paper, assign every accepted task, send it to all concerned, keep the corrections.

    `recurring` says by the key of a proposal what becomes of a task that comes again; else what is usual.
    """
    if draft.directive_id is not None:
        raise Conflict("Văn bản này đã được đăng ký. Mở văn bản trong mục Văn bản chỉ đạo để theo dõi.")
    sheet = directives.sheet_of(draft)
    vocabulary = vocabulary_of(session, draft.office, on=local_day(at))
    intended = plan(sheet, vocabulary, working_calendar(session))
    if intended.faulty:
        raise Refused(
            "Chưa đăng ký được: %(count)s nhiệm vụ đã chấp nhận còn thiếu hoặc sai đơn vị, thời hạn."
            " Mở từng nhiệm vụ được đánh dấu để sửa, hoặc bỏ nhiệm vụ đó.",
            count=len(intended.faulty),
        )
    directive = _register(session, draft, sheet, vocabulary, by, at)
    clauses = {clause.address: clause for clause in directive.clauses}
    for task in intended.accepted:
        manner = (recurring or {}).get(task.proposal.key) or usual(task)
        _assign(session, directive, task, manner, clause=clauses.get(task.proposal.clause), by=by, at=at)
        if isinstance(manner, FormVersion) and comes_again(task.proposal):
            establish(session, directive, task, manner, by=by, at=at)
    if intended.audience:
        directives.send_to(session, directive, units=intended.audience, by=by, at=at)
    _keep_corrections(session, draft, sheet, directive, by, at)
    draft.directive = directive
    return directive


def _register(
    session: Session, draft: ImportDraft, sheet: Sheet, vocabulary: Vocabulary, by: Person, at: datetime
) -> Directive:
    issuers = vocabulary.match(sheet.registration.issuer)
    return directives.register(
        session,
        draft.office,
        registration=sheet.registration,
        file=session.get_one(StoredFile, draft.sha256),
        file_name=draft.file_name,
        text=draft.text,
        issuer_unit=issuers.units[0] if issuers.sure and len(issuers.units) == 1 else None,
        by=by,
        at=at,
    )


def _assign(session: Session, directive: Directive, task: PlannedTask, manner: Recurring, **act: Any) -> None:
    """A task for each lead unit, so that each has exactly one."""
    for lead in task.lead_units:
        tasks.assign(
            session,
            directive.office,
            assignment=_assignment(task, lead, manner),
            directive=directive,
            **act,
        )


def _assignment(task: PlannedTask, lead: Unit, manner: Recurring) -> tasks.Assignment:
    proposal = task.proposal
    return tasks.Assignment(
        title=proposal.title,
        lead=lead,
        coordinators=task.coordinators_beside(lead),
        monitoring=task.monitor,
        deadline=task.deadline,
        due=due_of(task, manner),
        cadences=proposal.cadences,
        targets=tuple(tasks.Target(figure.value, figure.unit, figure.text) for figure in proposal.targets),
        product=proposal.product,
        report_to=proposal.report_to,
        quote=proposal.quote,
        span=proposal.span,
    )


def _keep_corrections(
    session: Session, draft: ImportDraft, made: Sheet, directive: Directive, by: Person, at: datetime
) -> None:
    session.add_all(
        ReadingCorrection(
            directive=directive,
            person=by,
            at=at,
            part=correction.part,
            clause=correction.clause,
            quote=correction.quote,
            before=correction.before,
            after=correction.after,
        )
        for correction in directives.corrections(directives.from_json(draft.reading), made)
    )
