"""Things with a deadline: what the ladder follows, and what notices may lead to.

Another feature joins by `follow(Source(…))`: a table with an id, a unit that owes, an office that waits and
a day. Things without a deadline of their own that events tell of join by `lead_to(Thing(…))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal, select

from workflows import documents, regimes, tasks
from workflows.calendar import parse
from workflows.db import Base
from workflows.documents import DocumentBatch, OfficialDocument
from workflows.errors import DomainError
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import readable_units
from workflows.regimes import Obligation, Regime
from workflows.reports import Report, ReportState
from workflows.tasks import Task, TaskState
from workflows.tasks.models import task_coordinator

Visible = Callable[[Person, date], ColumnElement[bool]]
_DASH = " – "
ANSWERED = (ReportState.UNDER_REVIEW, ReportState.SUBMITTED, ReportState.ACCEPTED)


class Due(NamedTuple):
    """One thing that is still to be done: who owes it to whom, by when."""

    id: int
    office_id: int
    unit_id: int
    unit_path: str
    directive_id: int | None
    regime_id: int | None
    period: str | None
    deadline: date
    late_after: date
    since: date


@dataclass(frozen=True)
class Thing:
    """A kind of thing that notices lead to: its table, its name in one expression, who may see it.

    `in_words` says the name as people do, where the database keeps a code in it.
    """

    model: type[Base]
    title: ColumnElement[str]
    visible: Visible
    in_words: Callable[[str], str] = str

    @property
    def kind(self) -> str:
        """The name of its table, as the trail names it."""
        return str(self.model.__tablename__)


@dataclass(frozen=True)
class Source:
    """A kind of thing with a deadline.

    `open_between(first, last)` selects the columns of Due for what is still to be done by a day in between;
    `taking_part` selects (id, unit id) of further units that are reminded with the one that owes.
    """

    thing: Thing
    open_between: Callable[[date, date], Select[*tuple[Any, ...]]]
    taking_part: Select[*tuple[Any, ...]] | None = None


SOURCES: dict[str, Source] = {}
THINGS: dict[str, Thing] = {}


def lead_to(thing: Thing) -> None:
    """Let notices lead to things of this kind."""
    THINGS[thing.kind] = thing


def in_words(kind: str, title: str) -> str:
    """The name of a thing, as a query found it, as people say it."""
    return THINGS[kind].in_words(title) if kind in THINGS else title


def follow(source: Source) -> None:
    """Let ladders remind of things of this kind."""
    lead_to(source.thing)
    SOURCES[source.thing.kind] = source


def _open_tasks(first: date, last: date) -> Select[*tuple[Any, ...]]:
    finished = (TaskState.DONE, TaskState.AWAITING_CONFIRMATION, *tasks.STOPPED)
    return (
        select(
            Task.id,
            Task.office_id,
            Task.lead_id,
            Unit.path,
            Task.directive_id,
            literal(None),
            literal(None),
            Task.deadline,
            Task.deadline,
            Task.assigned_at,
        )
        .join(Unit, Unit.id == Task.lead_id)
        .where(Task.deadline.between(first, last), Task.state.not_in(finished))
    )


def _open_obligations(first: date, last: date) -> Select[*tuple[Any, ...]]:
    answered = select(Report.obligation_id).where(Report.state.in_(ANSWERED))
    return (
        select(
            Obligation.id,
            Regime.office_id,
            Obligation.unit_id,
            Unit.path,
            Regime.directive_id,
            Obligation.regime_id,
            Obligation.period,
            Obligation.due_on,
            Obligation.timely_until,
            Obligation.first_day,
        )
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Regime, Regime.id == Obligation.regime_id)
        .where(Obligation.due_on.between(first, last), ~Obligation.waived, Obligation.id.not_in(answered))
    )


def _document_visible(person: Person, on: date) -> ColumnElement[bool]:
    return documents.visible_to(person, on=on)


def _batch_visible(person: Person, on: date) -> ColumnElement[bool]:
    return DocumentBatch.office_id.in_(select(Unit.id).where(readable_units(person, on=on)))


_OWED = (
    select(Regime.name + _DASH + Obligation.period)
    .where(Regime.id == Obligation.regime_id)
    .correlate(Obligation)
    .scalar_subquery()
)


def _with_period(title: str) -> str:
    """The period in words at the end of the name of an obligation."""
    regime, _, code = title.rpartition(_DASH)
    try:
        return f"{regime}{_DASH}{parse(code).label}"
    except DomainError:
        return title


follow(
    Source(
        Thing(Task, Task.title.expression, lambda person, on: tasks.visible_to(person, on=on)),
        _open_tasks,
        select(task_coordinator.c.task_id, task_coordinator.c.unit_id),
    )
)
follow(
    Source(
        Thing(Obligation, _OWED, lambda person, on: regimes.visible_obligations(person, on=on), _with_period),
        _open_obligations,
    )
)
lead_to(Thing(OfficialDocument, OfficialDocument.subject.expression, _document_visible))
lead_to(Thing(DocumentBatch, DocumentBatch.name.expression, _batch_visible))
