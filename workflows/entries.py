"""Anything findable → an entry of the search index; the database is the truth, the index follows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from search_index import Entry
from workflows.db import Base
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.permissions import Parties, visibility_tokens
from workflows.regimes import Obligation
from workflows.reports import Report
from workflows.tasks import Task, TaskState
from workflows.wording import N_

BATCH = 200

KINDS = {
    "directive": N_("Văn bản chỉ đạo"),
    "task": N_("Nhiệm vụ"),
    "report": N_("Báo cáo"),
    "unit": N_("Đơn vị"),
}

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Source(Generic[Row]):
    """How one kind of thing is read and turned into entries; `key` is its column of identity."""

    key: Any
    statement: Select[Row]
    entry: Callable[[Row], Entry]


def of(session: Session, kind: str, ids: Iterable[int]) -> list[Entry]:
    """The entries of these things as they are now; what is gone has none."""
    source = SOURCES[kind]
    rows = session.scalars(source.statement.where(source.key.in_(list(ids)))).unique()
    return [source.entry(row) for row in rows]


def everything(session: Session) -> Iterator[Sequence[Entry]]:
    """All entries of the office, in batches, for a rebuild or a check."""
    for source in SOURCES.values():
        last = 0
        while batch := _next_batch(session, source, last):
            yield [source.entry(row) for row in batch]
            last = batch[-1].id
            session.expunge_all()


def key(kind: str, id_: int) -> str:
    """The key under which a thing is filed."""
    return f"{kind}:{id_}"


def _next_batch(session: Session, source: Source[Any], last: int) -> Sequence[Any]:
    wanted = source.statement.where(source.key > last).order_by(source.key).limit(BATCH)
    return session.scalars(wanted).unique().all()


def _units(parties: Parties) -> dict[str, Any]:
    units = list(dict.fromkeys(parties.all()))
    return {
        "unit_ids": tuple(unit.id for unit in units),
        "units": tuple(unit.name for unit in units),
        "tokens": visibility_tokens(parties),
    }


def _directive(directive: Directive) -> Entry:
    return Entry(
        key=key("directive", directive.id),
        kind="directive",
        title=directive.subject,
        body=directive.text,
        number=directive.number or "",
        type=directive.type,
        issuer=directive.issuer,
        year=directive.issued_on.year if directive.issued_on else None,
        date=directive.issued_on,
        state=directive.state.value,
        url=f"/directives/{directive.id}",
        version=f"{directive.version}.{len(directive.audience)}",
        **_units(directive.parties()),
    )


def _task(task: Task) -> Entry:
    finished = task.state in (TaskState.DONE, TaskState.CANCELLED)
    said = [task.quote, task.product, *(note.words for note in task.notes)]
    return Entry(
        key=key("task", task.id),
        kind="task",
        title=task.title,
        body="\n".join(filter(None, said)),
        number=(task.directive.number or "") if task.directive else "",
        type=task.directive.type if task.directive else "",
        issuer=task.lead.name,
        year=task.assigned_at.year,
        date=task.assigned_at.date(),
        state=task.state.value,
        deadline=None if finished else task.deadline,
        url=f"/tasks/{task.id}",
        version=f"{task.version}.{len(task.notes)}.{len(task.coordinators)}",
        **_units(task.parties()),
    )


def _report(report: Report) -> Entry:
    owed = report.obligation
    return Entry(
        key=key("report", report.id),
        kind="report",
        title=report.label,
        body="\n".join(str(text) for text in report.narrative.values()),
        issuer=owed.unit.name,
        year=owed.last_day.year,
        date=report.submitted_on or report.changed_at.date(),
        state=report.state.value,
        url=f"/reports/{owed.period}/{owed.id}",
        version=str(report.version),
        **_units(report.parties()),
    )


def _unit(unit: Unit) -> Entry:
    return Entry(
        key=key("unit", unit.id),
        kind="unit",
        title=unit.name,
        body="\n".join([unit.short_name, unit.code, *(alias.name for alias in unit.aliases)]),
        unit_ids=(unit.id,),
        units=(unit.name,),
        state="",
        tokens=visibility_tokens(Parties(responsible=(unit,))),
        url=f"/units/{unit.id}",
        version=f"{unit.name}.{unit.dissolved_on}.{len(unit.aliases)}",
    )


SOURCES: dict[str, Source[Any]] = {
    "directive": Source(
        Directive.id,
        select(Directive).options(joinedload(Directive.office), selectinload(Directive.audience)),
        _directive,
    ),
    "task": Source(
        Task.id,
        select(Task).options(
            joinedload(Task.office),
            joinedload(Task.lead),
            joinedload(Task.monitoring),
            joinedload(Task.directive).load_only(Directive.number, Directive.type),
            selectinload(Task.coordinators),
            selectinload(Task.notes),
        ),
        _task,
    ),
    "report": Source(
        Report.id,
        select(Report).options(
            joinedload(Report.obligation).options(joinedload(Obligation.unit), joinedload(Obligation.regime))
        ),
        _report,
    ),
    "unit": Source(Unit.id, select(Unit).options(selectinload(Unit.aliases)), _unit),
}

__all__ = ["KINDS", "SOURCES", "everything", "key", "of"]
