"""What lies on a person's desk: what is late, what waits for them, what comes due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from workflows import documents, reports, tasks
from workflows.documents import DocumentState, OfficialDocument
from workflows.people import Person
from workflows.permissions import Permission, holds_anywhere
from workflows.regimes import Obligation
from workflows.reports import Standing
from workflows.tasks import Extension, ExtensionState, Task, TaskState, Timeliness, Today

ROWS = 8
Rows = Select[*tuple[Any, ...]]


class Pile(StrEnum):
    """The three piles of a desk."""

    LATE = "late"
    WAITING = "waiting"
    SOON = "soon"


@dataclass(frozen=True)
class Desk:
    """For each pile: the first tasks, reports and papers on it, and how many there are of each."""

    tasks: dict[Pile, Sequence[Task]]
    reports: dict[Pile, Sequence[Any]]
    papers: Sequence[OfficialDocument]
    task_totals: dict[Pile, int]
    report_totals: dict[Pile, int]


def of(session: Session, person: Person, today: Today) -> Desk:
    """The desk of a person on a day."""
    conditions = {
        Pile.LATE: tasks.timeliness_sql(today) == Timeliness.OVERDUE.value,
        Pile.WAITING: _tasks_waiting(person, today.day),
        Pile.SOON: tasks.timeliness_sql(today) == Timeliness.DUE_SOON.value,
    }
    standings = {
        Pile.LATE: [Standing.MISSING],
        Pile.WAITING: _standings_waiting(person, today.day),
        Pile.SOON: [Standing.AWAITED],
    }
    my_tasks = {pile: tasks.all_visible(person, on=today.day).where(c) for pile, c in conditions.items()}
    my_reports = {pile: _reports(person, today, pile, found) for pile, found in standings.items()}
    return Desk(
        tasks={
            pile: session.scalars(
                wanted.order_by(Task.deadline.asc().nulls_last(), Task.id).limit(ROWS)
            ).all()
            for pile, wanted in my_tasks.items()
        },
        reports={
            pile: session.execute(wanted.order_by(Obligation.due_on, Obligation.id).limit(ROWS)).all()
            for pile, wanted in my_reports.items()
        },
        papers=_papers(session, person, today.day),
        task_totals={pile: _count(session, wanted) for pile, wanted in my_tasks.items()},
        report_totals={pile: _count(session, wanted) for pile, wanted in my_reports.items()},
    )


def _tasks_waiting(person: Person, on: date) -> ColumnElement[bool]:
    """The tasks whose next step is this person's."""
    steps: list[ColumnElement[bool]] = []
    if holds_anywhere(person, Permission.TASK_DECIDE, on=on):
        asked = select(Extension.task_id).where(Extension.state == ExtensionState.REQUESTED)
        steps.append(Task.state.in_([TaskState.AWAITING_CONFIRMATION, TaskState.REFUSED]))
        steps.append(Task.id.in_(asked))
    if holds_anywhere(person, Permission.TASK_CARRY_OUT, on=on):
        mine = [post.unit_id for post in person.appointments_on(on)]
        steps.append((Task.state == TaskState.ASSIGNED) & Task.lead_id.in_(mine))
    return or_(false(), *steps)


def _standings_waiting(person: Person, on: date) -> list[Standing]:
    """How reports stand whose next step is this person's."""
    if holds_anywhere(person, Permission.REPORT_REVIEW, on=on):
        return [Standing.SUBMITTED, Standing.SUBMITTED_LATE]
    return [Standing.RETURNED] if holds_anywhere(person, Permission.REPORT_WRITE, on=on) else []


def _reports(person: Person, today: Today, pile: Pile, standings: list[Standing]) -> Rows:
    wanted = reports.owed(person, on=today.day).where(
        reports.standing_sql(today.day).in_([standing.value for standing in standings])
    )
    return wanted.where(Obligation.due_on <= today.soon_until) if pile is Pile.SOON else wanted


def _papers(session: Session, person: Person, on: date) -> Sequence[OfficialDocument]:
    """The papers that wait for this person: to be signed off by the leader, to be issued by the clerk."""
    states = []
    if holds_anywhere(person, Permission.DOCUMENT_SIGN_OFF, on=on):
        states.append(DocumentState.PREPARED)
    if holds_anywhere(person, Permission.DOCUMENT_ISSUE, on=on):
        states.append(DocumentState.SIGNED_OFF)
    wanted = select(OfficialDocument).where(
        documents.visible_to(person, on=on), OfficialDocument.state.in_(states)
    )
    return session.scalars(wanted.order_by(OfficialDocument.id).limit(ROWS)).all()


def _count(session: Session, wanted: Rows) -> int:
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
