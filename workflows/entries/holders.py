"""Things that other rows hang on by kind and id (files, comments): seen by the same people, leading there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from search_index import Entry
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.entries.directives import DIRECTIVE
from workflows.entries.documents import DOCUMENT
from workflows.entries.reports import REPORT
from workflows.entries.source import Source, split_key
from workflows.entries.targets import TARGET
from workflows.entries.tasks import TASK
from workflows.people import Person
from workflows.reports import Report
from workflows.targets import TargetValue
from workflows.tasks import ProgressNote, Task


class Hanging(Protocol):
    """A row that hangs on another one."""

    subject_kind: Any
    subject_id: Any


@dataclass(frozen=True)
class Holder:
    """What something hangs on: rows, by `row_id`, of the thing that is seen, by `thing_id`."""

    source: Source[Any]
    row_id: Any
    thing_id: Any

    def wholes(self, session: Session, ids: Iterable[int]) -> dict[int, Entry]:
        """Row → the entry of the thing that is seen. Few queries for all of them."""
        wanted = select(self.row_id, self.thing_id).where(self.row_id.in_(set(ids)))
        things: dict[int, int] = dict(session.execute(wanted).all())
        rows = session.scalars(self.source.rows(self.source.key.in_(set(things.values())))).unique().all()
        entries = {split_key(entry.key)[1]: entry for entry in self.source.entries(session, rows)}
        return {row: entries[thing] for row, thing in things.items() if thing in entries}


HOLDERS = {
    "directive": Holder(DIRECTIVE, Directive.id, Directive.id),
    "task": Holder(TASK, Task.id, Task.id),
    "progress_note": Holder(TASK, ProgressNote.id, ProgressNote.task_id),
    "target_value": Holder(TARGET, TargetValue.id, TargetValue.target_id),
    "report": Holder(REPORT, Report.id, Report.id),
    "official_document": Holder(DOCUMENT, OfficialDocument.id, OfficialDocument.id),
}


def held(table: type[Hanging]) -> ColumnElement[bool]:
    """Holds for rows of the table that hang on something there is."""
    return or_(
        *(
            and_(table.subject_kind == kind, table.subject_id.in_(select(holder.row_id)))
            for kind, holder in HOLDERS.items()
        )
    )


def seen(table: type[Hanging], person: Person, on: date) -> ColumnElement[bool]:
    """Holds for rows of the table that hang on what the person may see."""
    return or_(
        *(
            and_(table.subject_kind == kind, table.subject_id.in_(_seen_rows(holder, person, on)))
            for kind, holder in HOLDERS.items()
        )
    )


def wholes(session: Session, rows: Sequence[Hanging]) -> Mapping[tuple[str, int], Entry]:
    """Kind and id → the entry of the thing on which rows hang."""
    ids: dict[str, set[int]] = {}
    for row in rows:
        ids.setdefault(row.subject_kind, set()).add(row.subject_id)
    return {
        (kind, row): entry
        for kind in ids.keys() & HOLDERS.keys()
        for row, entry in HOLDERS[kind].wholes(session, ids[kind]).items()
    }


def _seen_rows(holder: Holder, person: Person, on: date) -> Any:
    things = select(holder.source.key).where(holder.source.visible_to(person, on))
    return select(holder.row_id).where(holder.thing_id.in_(things))
