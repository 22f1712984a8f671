"""Anything findable → an entry of the search index; the database is the truth, the index follows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from search_index import Entry, Results
from workflows import directives, documents, reports, tasks
from workflows.db import Base
from workflows.directives import Directive, DirectiveState
from workflows.documents import DocumentState, OfficialDocument
from workflows.organisations import Unit
from workflows.people import Appointment, Person
from workflows.permissions import (
    Parties,
    keeping_tokens,
    kept_people,
    kept_units,
    readable_units,
    visibility_tokens,
)
from workflows.regimes import Obligation
from workflows.reports import Report, ReportState
from workflows.tasks import Task, TaskState
from workflows.wording import N_, LabelledEnum

BATCH = 200

KINDS = {
    "directive": N_("Văn bản chỉ đạo"),
    "task": N_("Nhiệm vụ"),
    "report": N_("Báo cáo"),
    "official_document": N_("Văn bản của văn phòng"),
    "unit": N_("Đơn vị"),
    "person": N_("Người dùng"),
}

STATES: dict[str, type[LabelledEnum]] = {
    "directive": DirectiveState,
    "task": TaskState,
    "report": ReportState,
    "official_document": DocumentState,
}

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Source(Generic[Row]):
    """How one kind of thing is read, who may see it, and how it becomes an entry; `key` is its identity."""

    key: Any
    statement: Select[Row]
    visible_to: Callable[[Person, date], ColumnElement[bool]]
    entry: Callable[[Row], Entry]

    def filed(self, row: Row) -> Entry:
        """The entry with a version that changes whenever anything in it does."""
        entry = self.entry(row)
        return replace(entry, version=blake2b(entry.to_json().encode(), digest_size=12).hexdigest())


def of(session: Session, kind: str, ids: Iterable[int]) -> list[Entry]:
    """The entries of these things as they are now; what is gone has none."""
    source = SOURCES[kind]
    rows = session.scalars(source.statement.where(source.key.in_(list(ids)))).unique()
    return [source.filed(row) for row in rows]


def of_keys(session: Session, wanted: Iterable[str]) -> dict[str, Entry]:
    """Key → entry of these things as they are now."""
    ids: dict[str, list[int]] = {}
    for kind, id_ in map(split_key, wanted):
        ids.setdefault(kind, []).append(id_)
    known = ids.keys() & SOURCES.keys()
    return {entry.key: entry for kind in known for entry in of(session, kind, ids[kind])}


def everything(session: Session) -> Iterator[Sequence[Entry]]:
    """All entries of the office, in batches, for a rebuild or a check."""
    for source in SOURCES.values():
        last = 0
        while batch := _next_batch(session, source, last):
            yield [source.filed(row) for row in batch]
            last = batch[-1].id
            session.expunge_all()


def key(kind: str, id_: int) -> str:
    """The key under which a thing is filed."""
    return f"{kind}:{id_}"


def split_key(filed: str) -> tuple[str, int]:
    """The kind and id behind a key."""
    kind, _, id_ = filed.partition(":")
    return kind, int(id_)


def keys(session: Session) -> set[str]:
    """The key of everything that has to be filed."""
    return {key(kind, id_) for kind, source in SOURCES.items() for id_ in session.scalars(select(source.key))}


def total(session: Session) -> int:
    """How many things have to be filed."""
    counts = [select(func.count(source.key)).scalar_subquery() for source in SOURCES.values()]
    return sum(session.execute(select(*counts)).one())


class Fault(LabelledEnum):
    """How the index can differ from the database."""

    MISSING = "missing", N_("thiếu trong chỉ mục")
    STALE = "stale", N_("chỉ mục còn bản cũ")
    LEFT_OVER = "left-over", N_("không còn trong cơ sở dữ liệu")


def faults(session: Session, filed: Mapping[str, str]) -> dict[str, Fault]:
    """Key → fault of everything filed (key → version) otherwise than the database has it."""
    found: dict[str, Fault] = {}
    present = set()
    for entry in (entry for batch in everything(session) for entry in batch):
        present.add(entry.key)
        if filed.get(entry.key) != entry.version:
            found[entry.key] = Fault.STALE if entry.key in filed else Fault.MISSING
    return found | dict.fromkeys(filed.keys() - present, Fault.LEFT_OVER)


def still_visible(session: Session, found: Iterable[str], person: Person, *, on: date) -> set[str]:
    """Those of the found keys whose things the person may see now; the index may lag behind."""
    ids: dict[str, list[int]] = {}
    for kind, id_ in map(split_key, found):
        ids.setdefault(kind, []).append(id_)
    return {
        key(kind, id_)
        for kind in ids.keys() & SOURCES.keys()
        for id_ in session.scalars(_seen(SOURCES[kind], person, on).where(SOURCES[kind].key.in_(ids[kind])))
    }


def without_hidden(session: Session, results: Results, person: Person, *, on: date) -> Results:
    """The results less the hits that the database no longer lets the person see."""
    seen = still_visible(session, [hit.key for hit in results.hits], person, on=on)
    hits = tuple(hit for hit in results.hits if hit.key in seen)
    return replace(results, hits=hits, total=results.total - len(results.hits) + len(hits))


def count_visible(session: Session, kind: str, person: Person, *, on: date) -> int:
    """How many things of a kind the person may see, counted in the database."""
    return len(session.scalars(_seen(SOURCES[kind], person, on)).all())


def _seen(source: Source[Any], person: Person, on: date) -> Select[int]:
    return select(source.key).where(source.visible_to(person, on))


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
        **_units(Parties(responsible=(owed.unit,))),
    )


def _official_document(document: OfficialDocument) -> Entry:
    return Entry(
        key=key("official_document", document.id),
        kind="official_document",
        title=document.subject,
        body=document.text,
        number=document.symbol or "",
        type=document.type,
        issuer=document.issuer.name,
        year=(document.issued_on or document.drafted_at).year,
        date=document.issued_on or document.drafted_at.date(),
        state=document.state.value,
        url=f"/documents/{document.id}",
        **_units(document.parties()),
    )


def _unit(unit: Unit) -> Entry:
    itself = Parties(responsible=(unit,))
    return Entry(
        key=key("unit", unit.id),
        kind="unit",
        title=unit.name,
        body="\n".join([unit.short_name, unit.code, *(alias.name for alias in unit.aliases)]),
        unit_ids=(unit.id,),
        units=(unit.name,),
        state="",
        tokens=visibility_tokens(itself) | keeping_tokens([unit]),
        url=f"/units/{unit.id}",
    )


def _person(person: Person) -> Entry:
    posts = person.appointments
    lasting = [post for post in posts if post.valid_to is None]
    units = tuple(dict.fromkeys(post.unit for post in posts))
    said = [person.username, person.post, *(f"{post.role.label}, {post.unit.name}" for post in posts)]
    return Entry(
        key=key("person", person.id),
        kind="person",
        title=person.full_name,
        body="\n".join(filter(None, said)),
        unit_ids=tuple(unit.id for unit in units),
        units=tuple(unit.name for unit in units),
        tokens=keeping_tokens(post.unit for post in lasting or posts),
        url=f"/administration/people/{person.id}",
    )


def _units_visible(person: Person, on: date) -> ColumnElement[bool]:
    return or_(readable_units(person, on=on), kept_units(person, on=on))


SOURCES: dict[str, Source[Any]] = {
    "directive": Source(
        Directive.id,
        select(Directive).options(joinedload(Directive.office), selectinload(Directive.audience)),
        lambda person, on: directives.visible_to(person, on=on),
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
        lambda person, on: tasks.visible_to(person, on=on),
        _task,
    ),
    "report": Source(
        Report.id,
        select(Report).options(
            joinedload(Report.obligation).options(joinedload(Obligation.unit), joinedload(Obligation.regime))
        ),
        lambda person, on: reports.visible_to(person, on=on),
        _report,
    ),
    "official_document": Source(
        OfficialDocument.id,
        select(OfficialDocument).options(
            joinedload(OfficialDocument.office),
            joinedload(OfficialDocument.issuer),
            selectinload(OfficialDocument.recipients),
        ),
        lambda person, on: documents.visible_to(person, on=on),
        _official_document,
    ),
    "unit": Source(Unit.id, select(Unit).options(selectinload(Unit.aliases)), _units_visible, _unit),
    "person": Source(
        Person.id,
        select(Person).options(selectinload(Person.appointments).joinedload(Appointment.unit)),
        lambda person, on: kept_people(person, on=on),
        _person,
    ),
}
