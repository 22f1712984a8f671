"""What has to be filed: the entries of things as they are now, and how an index differs from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from search_index import Entry
from workflows.entries.kinds import SOURCES
from workflows.entries.source import Source, key, split_key
from workflows.wording import N_, LabelledEnum

BATCH = 200


def of(session: Session, kind: str, ids: Iterable[int]) -> list[Entry]:
    """The entries of these things as they are now; what is gone has none."""
    source = SOURCES[kind]
    rows = session.scalars(source.rows(source.key.in_(list(ids)))).unique().all()
    return source.filed(session, rows)


def of_keys(session: Session, wanted: Iterable[str]) -> dict[str, Entry]:
    """Key → entry of these things as they are now."""
    by_kind = ids_by_kind(wanted)
    return {entry.key: entry for kind, ids in by_kind.items() for entry in of(session, kind, ids)}


def with_parts(session: Session, changed: Iterable[str]) -> set[str]:
    """The keys of things that changed and of what belongs to them: it is seen by the same people."""
    every = set(changed)
    for kind, ids in ids_by_kind(every).items():
        for part, ids_of in SOURCES[kind].parts.items():
            every.update(key(part, id_) for id_ in session.scalars(ids_of(ids)))
    return every


def everything(session: Session) -> Iterator[Sequence[Entry]]:
    """All entries of the office, in batches, for a rebuild or a check."""
    for source in SOURCES.values():
        last = 0
        while batch := _next_batch(session, source, last):
            yield source.filed(session, batch)
            last = batch[-1].id
            session.expunge_all()


def keys(session: Session) -> set[str]:
    """The key of everything that has to be filed."""
    return {key(kind, id_) for kind, source in SOURCES.items() for id_ in session.scalars(source.ids())}


def total(session: Session) -> int:
    """How many things have to be filed."""
    counts = [
        select(func.count(source.key)).where(source.there).scalar_subquery() for source in SOURCES.values()
    ]
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


def ids_by_kind(wanted: Iterable[str]) -> dict[str, list[int]]:
    """Kind → ids of the keys whose kind is filed."""
    ids: dict[str, list[int]] = {}
    for kind, id_ in map(split_key, wanted):
        if kind in SOURCES:
            ids.setdefault(kind, []).append(id_)
    return ids


def _next_batch(session: Session, source: Source[Any], last: int) -> Sequence[Any]:
    wanted = source.rows(source.key > last).order_by(source.key).limit(BATCH)
    return session.scalars(wanted).unique().all()
