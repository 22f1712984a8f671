"""What was due in a span of days, and the scores that follow from it; read live, never stored."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import Obligation, Regime
from workflows.reports import Report
from workflows.reports.queries import ANSWERED
from workflows.scores.models import Cause, DelayCause, ScoreWeights
from workflows.scores.rules import Due, Score, Thing, UsualWeights, Weights, scores
from workflows.tasks import STOPPED, Extension, ExtensionState, Task, finished_on_sql


def weights_for(session: Session, path: str) -> ScoreWeights | UsualWeights:
    """What holds in a branch of the tree: settled by the nearest office serving it, else what is usual."""
    settled = session.scalars(select(ScoreWeights).options(joinedload(ScoreWeights.office)))
    serving = [weights for weights in settled if path.startswith(weights.office.served_branch)]
    return max(serving, key=lambda weights: len(weights.office.served_branch), default=UsualWeights())


def scores_of(
    session: Session, first: date, last: date, scope: ColumnElement[bool], weights: Weights, *, today: date
) -> list[Score]:
    """The scores of the units in scope for what was due from day to day, the lowest first.

    Two queries, however many units there are.
    """
    until = min(last, today)
    return scores(
        [*_tasks(session, first, until, scope, today), *_reports(session, first, until, scope, today)],
        weights,
        today=today,
    )


def readable(person: Person, *, on: date) -> ColumnElement[bool]:
    """The condition that a joined Unit's score is the person's to read."""
    return readable_units(person, on=on)


def causes_of(session: Session, tasks: Iterable[int]) -> dict[int, DelayCause]:
    """Task → the newest cause that was named."""
    newest = (
        select(func.max(DelayCause.id))
        .where(DelayCause.task_id.in_(list(tasks)))
        .group_by(DelayCause.task_id)
    )
    found = session.scalars(select(DelayCause).where(DelayCause.id.in_(newest)))
    return {cause.task_id: cause for cause in found}


def causes_by_unit(session: Session, first: date, last: date, units: Iterable[int]) -> dict[int, list[Cause]]:
    """Unit → the causes named last for its tasks due in a span, the most frequent first."""
    corrected = aliased(DelayCause)
    is_corrected = exists().where(corrected.task_id == DelayCause.task_id, corrected.id > DelayCause.id)
    counted = (
        select(Task.lead_id, DelayCause.cause, func.count())
        .join(DelayCause.task)
        .where(Task.lead_id.in_(list(units)), Task.deadline.between(first, last), ~is_corrected)
        .group_by(Task.lead_id, DelayCause.cause)
        .order_by(func.count().desc(), DelayCause.cause)
    )
    causes: dict[int, list[Cause]] = {}
    for unit_id, cause, _ in session.execute(counted):
        causes.setdefault(unit_id, []).append(cause)
    return causes


def _tasks(session: Session, first: date, last: date, scope: ColumnElement[bool], today: date) -> list[Due]:
    """Tasks whose deadline in force lies in the span: reported as finished, or overdue."""
    finished = finished_on_sql()
    granted = (
        select(func.count())
        .where(Extension.task_id == Task.id, Extension.state == ExtensionState.GRANTED)
        .scalar_subquery()
    )
    wanted = (
        select(Task.id, Task.lead_id, Task.title, Task.deadline, finished, granted)
        .join(Task.lead)
        .where(Task.deadline.between(first, last), Task.state.not_in(STOPPED), scope)
        .where(or_(finished.is_not(None), Task.deadline < today))
    )
    return [
        Due(Thing.TASK, id_, unit, what, due, done, times)
        for id_, unit, what, due, done, times in session.execute(wanted)
        if due
    ]


def _reports(session: Session, first: date, last: date, scope: ColumnElement[bool], today: date) -> list[Due]:
    """Reports whose grace ends in the span: handed in, or missing."""
    handed_in = case((Report.state.in_(ANSWERED), Report.submitted_on))
    wanted: Select[int, int, str, str, date, date | None] = (
        select(
            Obligation.id,
            Obligation.unit_id,
            Regime.name,
            Obligation.period,
            Obligation.timely_until,
            handed_in,
        )
        .join(Obligation.unit)
        .join(Obligation.regime)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.timely_until.between(first, last), ~Obligation.waived, scope)
        .where(or_(handed_in.is_not(None), Obligation.timely_until < today))
    )
    return [
        Due(Thing.REPORT, id_, unit, name, due, done, period=period)
        for id_, unit, name, period, due, done in session.execute(wanted)
    ]
