"""Reading plans: who was asked, what was handed in, which milestones became tasks."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflows import asking, regimes
from workflows.directives import Directive
from workflows.people import Person
from workflows.plans import form
from workflows.plans.models import Milestone
from workflows.regimes import Obligation, Regime
from workflows.reports import Report, ReportState, owed
from workflows.tasks import Task


def requests(person: Person, *, on: date) -> Select[Regime]:
    """The requests for plans that the person may see, to be narrowed and sorted."""
    return select(Regime).where(asking.by_form(form.CODE), regimes.visible_to(person, on=on))


def plans(person: Person, *, on: date) -> Select[Obligation, Report, str, int]:
    """The plans that the person's branches owe, as `reports.owed`, with how many milestones they have."""
    milestones = (
        select(func.count(Milestone.id))
        .where(Milestone.report_id == Report.id)
        .correlate(Report)
        .scalar_subquery()
    )
    return (
        owed(person, on=on)
        .join(Regime.directive)
        .where(asking.by_form(form.CODE))
        .options(contains_eager(Obligation.regime).contains_eager(Regime.directive))
        .add_columns(milestones.label("milestones"))
    )


def milestones_of(session: Session, report: Report) -> Sequence[Milestone]:
    """The milestones of a plan in their order, with the tasks they became."""
    wanted = select(Milestone).where(Milestone.report_id == report.id).options(joinedload(Milestone.task))
    return session.scalars(wanted.order_by(Milestone.position)).all()


def milestone_of(session: Session, task: Task) -> Milestone | None:
    """The milestone that a task was made of."""
    wanted = select(Milestone).where(Milestone.task_id == task.id)
    return session.scalar(wanted.options(joinedload(Milestone.report)))


def accepted_without_tasks(session: Session) -> Iterator[Report]:
    """The accepted plans with milestones that are no tasks yet."""
    waiting = select(Milestone.report_id).where(Milestone.task_id.is_(None))
    wanted = select(Report).where(Report.id.in_(waiting), Report.state == ReportState.ACCEPTED)
    yield from session.scalars(wanted.options(joinedload(Report.accepted_by)))


def tasks_of_plans(session: Session, directive: Directive) -> set[int]:
    """The tasks of a directive that units promised themselves in their plans."""
    wanted = select(Task.id).join(Milestone, Milestone.task_id == Task.id)
    return set(session.scalars(wanted.where(Task.directive_id == directive.id)))
