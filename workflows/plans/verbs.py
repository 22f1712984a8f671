"""What is done with the plans of units: ask for them, write, hand in, accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows import asking, reports, tasks
from workflows.asking import Request
from workflows.errors import InvalidFields
from workflows.files import attached
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.plans import form
from workflows.plans.models import Milestone
from workflows.plans.queries import milestones_of
from workflows.plans.rules import Step, check, in_words
from workflows.regimes import Obligation, Regime
from workflows.reports import Content, Report
from workflows.tasks import Assignment
from workflows.verb import verb
from workflows.wording import N_


@dataclass(frozen=True)
class Plan:
    """What a unit says in its plan."""

    title: str
    content: str = ""
    steps: tuple[Step, ...] = ()


@verb("plan.ask", Permission.REGIME_MANAGE)
def ask(
    session: Session, office: Unit, *, request: Request, guidance: str = "", by: Person, at: datetime
) -> Regime:
    """Ask units for their own plans of carrying a directive out."""
    definition = form.definition(guidance.strip())
    return asking.ask(session, office, request, code=form.CODE, definition=definition, by=by, at=at)


@verb("plan.write", Permission.REPORT_WRITE)
def write(
    session: Session,
    obligation: Obligation,
    *,
    plan: Plan,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Keep the plan as typed; milestones that are tasks already stay as they are."""
    steps = check(plan.steps, earliest=obligation.first_day)
    report = reports.begin(session, obligation, by=by, at=at)
    words = {
        form.TITLE: plan.title.strip(),
        form.CONTENT: plan.content.strip(),
        form.MILESTONES: in_words([*_fixed(session, report), *steps]),
    }
    content = Content(narrative={code: text for code, text in words.items() if text})
    reports.write(session, report, content=content, version=version, by=by, at=at)
    _replace_open(session, report, steps)
    return report


@verb("plan.submit", Permission.REPORT_WRITE)
def submit(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Hand the plan in, written in the form or as a file."""
    has_file = bool(attached(session, Report, [report.id]))
    if not has_file and not str(report.narrative.get(form.CONTENT, "")).strip():
        raise InvalidFields(
            {form.CONTENT: N_("Ghi nội dung kế hoạch, hoặc kèm tệp kế hoạch đã ban hành rồi nộp lại.")}
        )
    asking.hand_in(session, report, by=by, at=at)


@verb("plan.accept", Permission.REPORT_REVIEW)
def accept(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Take the plan as it is; its milestones become tasks of the unit."""
    reports.accept(session, report, by=by, at=at)
    _assign_milestones(session, report, by=by, at=at)


@verb("plan.assign-milestones", Permission.REPORT_REVIEW)
def assign_milestones(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    """Make the milestones of an accepted plan tasks where they are not yet."""
    _assign_milestones(session, report, by=by, at=at)


def _assign_milestones(session: Session, report: Report, *, by: Person, at: datetime) -> None:
    regime = report.obligation.regime
    for milestone in milestones_of(session, report):
        if milestone.task_id is None:
            assignment = Assignment(
                title=milestone.what, lead=report.obligation.unit, deadline=milestone.due_on
            )
            milestone.task = tasks.assign(
                session, regime.office, assignment=assignment, directive=regime.directive, by=by, at=at
            )


def _fixed(session: Session, report: Report) -> list[Step]:
    """The milestones that are tasks already."""
    known = milestones_of(session, report)
    return [Step(one.what, one.due_on, one.who) for one in known if one.task_id is not None]


def _replace_open(session: Session, report: Report, steps: Sequence[Step]) -> None:
    """The typed steps instead of the milestones that are no tasks yet."""
    mine = Milestone.report_id == report.id
    session.execute(delete(Milestone).where(mine, Milestone.task_id.is_(None)))
    taken = session.scalars(select(Milestone.position).where(mine)).all()
    session.add_all(
        Milestone(
            report=report, position=place, what=step.what.strip(), who=step.who.strip(), due_on=step.due_on
        )
        for place, step in enumerate(steps, start=max(taken, default=0) + 1)
    )
