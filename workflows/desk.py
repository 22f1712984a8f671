"""What lies on a person's desk: what is late, what waits for them, what comes due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from workflows import documents, reports, tasks
from workflows.audit import AuditEntry
from workflows.documents import DocumentState, OfficialDocument
from workflows.organisations import Unit
from workflows.people import Appointment, Person
from workflows.permissions import Permission, holds_anywhere, inspected_units
from workflows.regimes import Obligation, Regime
from workflows.reports import Report, ReportState, Standing
from workflows.tasks import Task, TaskState, Timeliness, Today

ROWS = 8
SIGN_IN = "person.sign-in"


class Pile(StrEnum):
    """The three piles of a desk."""

    LATE = "late"
    WAITING = "waiting"
    SOON = "soon"


@dataclass(frozen=True)
class Heap:
    """Things on a pile that are alike but for their units: one of them (`id`), and how many there are.

    Tasks have a title and one state if all share it; reports have regime and period.
    """

    id: int
    what: str
    unit: str
    count: int
    due: date | None
    state: TaskState | ReportState | None = None
    regime_id: int = 0
    period: str = ""


@dataclass
class Desk:
    """For each pile: the first heaps of tasks and of reports, and how many there are of each; papers."""

    tasks: dict[Pile, list[Heap]] = field(default_factory=dict)
    reports: dict[Pile, list[Heap]] = field(default_factory=dict)
    task_totals: dict[Pile, int] = field(default_factory=dict)
    report_totals: dict[Pile, int] = field(default_factory=dict)
    papers: Sequence[OfficialDocument] = ()
    paper_total: int = 0


def of(session: Session, person: Person, today: Today) -> Desk:
    """The desk of a person on a day."""
    found = Desk(papers=_papers(session, person, today.day))
    found.paper_total = (
        len(found.papers) if len(found.papers) < ROWS else _paper_total(session, person, today)
    )
    task_piles, report_piles = tasks_on(person, today), reports_on(person, today)
    found.task_totals = _totals(session, _all_tasks(person, today.day), task_piles)
    found.report_totals = _totals(session, _all_reports(person, today.day), report_piles)
    for pile in Pile:
        found.tasks[pile] = _task_heaps(session, person, today, pile) if found.task_totals[pile] else []
        found.reports[pile] = _report_heaps(session, person, today, pile) if found.report_totals[pile] else []
    return found


def tasks_on(person: Person, today: Today) -> dict[Pile, ColumnElement[bool]]:
    """Which of the tasks a person may read lie on which pile."""
    return {
        Pile.LATE: tasks.timeliness_is([Timeliness.OVERDUE], today),
        Pile.WAITING: tasks.waiting_for(person, on=today.day),
        Pile.SOON: tasks.timeliness_is([Timeliness.DUE_SOON], today),
    }


def reports_on(person: Person, today: Today) -> dict[Pile, ColumnElement[bool]]:
    """Which of the obligations a person may read (outer-joined to their reports) lie on which pile."""
    standing = reports.standing_sql(today.day)
    return {
        Pile.LATE: standing == Standing.MISSING.value,
        Pile.WAITING: reports.waiting_for(person, on=today.day),
        Pile.SOON: and_(standing == Standing.AWAITED.value, Obligation.due_on <= today.soon_until),
    }


def papers_waiting(person: Person, *, on: date) -> ColumnElement[bool]:
    """The papers that wait for this person: to be signed off by the leader, to be issued by the clerk."""
    states = []
    if holds_anywhere(person, Permission.DOCUMENT_SIGN_OFF, on=on):
        states.append(DocumentState.PREPARED)
    if holds_anywhere(person, Permission.DOCUMENT_ISSUE, on=on):
        states.append(DocumentState.SIGNED_OFF)
    return and_(documents.visible_to(person, on=on), OfficialDocument.state.in_(states))


def _all_tasks(person: Person, on: date) -> Select[Any]:
    return select(func.count()).select_from(Task).where(tasks.visible_to(person, on=on))


def _all_reports(person: Person, on: date) -> Select[Any]:
    return reports.owed(person, on=on).with_only_columns(func.count(), maintain_column_froms=True)


def _totals(session: Session, rows: Select[Any], piles: dict[Pile, ColumnElement[bool]]) -> dict[Pile, int]:
    """How many rows lie on each pile: what waits is counted by itself, because few of many rows do."""
    dated = [pile for pile in piles if pile is not Pile.WAITING]
    counts = [func.sum(case((piles[pile], 1), else_=0)) for pile in dated]
    found = session.execute(rows.with_only_columns(*counts, maintain_column_froms=True)).one()
    waiting = session.scalar(rows.where(piles[Pile.WAITING]))
    return {Pile.WAITING: waiting or 0} | {
        pile: int(count or 0) for pile, count in zip(dated, found, strict=True)
    }


def _task_heaps(session: Session, person: Person, today: Today, pile: Pile) -> list[Heap]:
    state = case((func.min(Task.state) == func.max(Task.state), func.min(Task.state)))
    rows = session.execute(
        _all_tasks(person, today.day)
        .join(Task.lead)
        .where(tasks_on(person, today)[pile])
        .with_only_columns(
            func.min(Task.id), Task.title, func.min(Unit.short_name), func.count(), Task.deadline, state
        )
        .group_by(Task.title, Task.directive_id, Task.deadline)
        .order_by(*_order(pile, Task.deadline), func.min(Task.id))
        .limit(ROWS)
    )
    return [
        Heap(id_, what, unit, count, due_on, TaskState(state) if state else None)
        for id_, what, unit, count, due_on, state in rows
    ]


def _report_heaps(session: Session, person: Person, today: Today, pile: Pile) -> list[Heap]:
    due = func.min(Obligation.due_on)
    state = case((func.min(Report.state) == func.max(Report.state), func.min(Report.state)))
    rows = session.execute(
        _all_reports(person, today.day)
        .where(reports_on(person, today)[pile])
        .with_only_columns(
            func.min(Obligation.id),
            Regime.name,
            func.min(Unit.short_name),
            func.count(),
            due,
            state,
            Regime.id,
            Obligation.period,
            maintain_column_froms=True,
        )
        .group_by(Regime.id, Regime.name, Obligation.period)
        .order_by(*_order(pile, due), func.min(Obligation.id))
        .limit(ROWS)
    )
    return [
        Heap(id_, what, unit, count, due_on, ReportState(state) if state else None, regime_id, period)
        for id_, what, unit, count, due_on, state, regime_id, period in rows
    ]


def _order(pile: Pile, due: Any) -> tuple[ColumnElement[Any], ...]:
    """What went late last can still be saved, so it comes first; otherwise what is due first."""
    return (due.desc(),) if pile is Pile.LATE else (due.asc().nulls_last(),)


def _papers(session: Session, person: Person, on: date) -> Sequence[OfficialDocument]:
    wanted = select(OfficialDocument).where(papers_waiting(person, on=on))
    return session.scalars(wanted.order_by(OfficialDocument.id).limit(ROWS)).all()


def newest_trail(session: Session, person: Person, *, on: date, limit: int = ROWS) -> Sequence[AuditEntry]:
    """What people of the branches this person inspects did last."""
    units = select(Unit.id).where(inspected_units(person, on=on))
    people = select(Appointment.person_id).where(Appointment.unit_id.in_(units))
    wanted = (
        select(AuditEntry)
        .where(AuditEntry.person_id.in_(people), AuditEntry.action != SIGN_IN)
        .options(joinedload(AuditEntry.person))
    )
    return session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(limit)).all()


def _paper_total(session: Session, person: Person, today: Today) -> int:
    wanted = select(func.count()).select_from(OfficialDocument)
    return session.scalar(wanted.where(papers_waiting(person, on=today.day))) or 0
