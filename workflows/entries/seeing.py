"""What a person may see of what was found: the database decides, the index may lag behind."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from search_index import Results
from workflows.entries.filing import ids_by_kind
from workflows.entries.kinds import SOURCES
from workflows.entries.source import Source, key
from workflows.people import Person


def still_visible(session: Session, found: Iterable[str], person: Person, *, on: date) -> set[str]:
    """Those of the found keys whose things the person may see now."""
    return {
        key(kind, id_)
        for kind, ids in ids_by_kind(found).items()
        for id_ in session.scalars(_seen(SOURCES[kind], person, on).where(SOURCES[kind].key.in_(ids)))
    }


def without_hidden(session: Session, results: Results, person: Person, *, on: date) -> Results:
    """The results less the hits that the database no longer lets the person see."""
    seen = still_visible(session, [hit.key for hit in results.hits], person, on=on)
    hits = tuple(hit for hit in results.hits if hit.key in seen)
    return replace(results, hits=hits, total=results.total - len(results.hits) + len(hits))


def count_visible(session: Session, kind: str, person: Person, *, on: date) -> int:
    """How many things of a kind the person may see, counted in the database."""
    seen = _seen(SOURCES[kind], person, on).subquery()
    return session.scalar(select(func.count()).select_from(seen)) or 0


def _seen(source: Source[Any], person: Person, on: date) -> Select[int]:
    return source.ids().where(source.visible_to(person, on))
