"""Whoosh 2.7.4, embedded: it writes, merges and deletes; `_whoosh_postings` reads what it wrote."""

import math
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from itertools import repeat
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from search_index.engine import Either, Found, Node, Order, Request, Scored, Store, Term
from search_index.engines._whoosh_postings import Mask, PostingCache, Segment
from search_index.entry import Entry
from search_index.generations import FolderStore
from search_index.record import FACETS, FIELDS, Record, day, instant

_WRITER_MEMORY_MB = 128
_ATTEMPTS = 5
_ALIKE = 24
Answer = TypeVar("Answer")


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose value is the set of its terms: whether one occurs is all that is kept."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.indexed = True
        self.spelling = False
        self.column_type = None

    def index(self, value: Iterable[str], **_: Any) -> Iterable[tuple[bytes, int, float, bytes]]:
        """The postings of one document."""
        return ((term.encode(), 1, 1.0, b"") for term in value)


def schema() -> Any:
    """A field of terms for each field of a record, the entry as stored text, columns to sort and check by."""
    return fields.Schema(
        **{f"f_{name}": Terms() for name in FIELDS},
        entry=fields.STORED(),
        stamp=fields.COLUMN(columns.VarBytesColumn()),
        day=fields.COLUMN(columns.NumericColumn("i")),
        deadline=fields.COLUMN(columns.NumericColumn("i")),
        arrived=fields.COLUMN(columns.NumericColumn("q")),
    )


def connect(url: str) -> Store:
    """The index in the folder that `whoosh:FOLDER` names."""
    return FolderStore(Path(url.partition(":")[2]), WhooshGeneration)


class WhooshGeneration:
    """A Whoosh index in one folder: one process writes, any number of threads and processes read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = PostingCache()
        self._refreshing = threading.Lock()
        self._snapshot = Snapshot(-1, ())
        self._segments: dict[str, Segment] = {}
        storage = FileStorage(str(folder))
        self._index = _patiently(lambda: _opened_index(storage))

    def write(self, records: Iterable[Record], gone: Collection[str]) -> None:
        """One commit: former versions deleted, records added."""
        fresh = {record.entry.key: record for record in records}
        writer = self._index.writer(limitmb=_WRITER_MEMORY_MB)
        try:
            for segment in writer.segments:
                self._delete(segment, {*fresh, *gone})
            for record in fresh.values():
                writer.add_document(**_document(record))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge)

    def find(self, request: Request) -> Found:
        """Score all matching documents of all segments, sort, read the asked-for stretch."""
        snapshot = self._current()
        matches = snapshot.matching(request.match)
        wanted = snapshot.ranked(matches, request)[request.offset : request.offset + request.limit]
        return Found(
            hits=[Scored(Entry.from_json(part.stored(document)), score) for part, document, score in wanted],
            total=sum(int(np.count_nonzero(mask)) for mask in matches),
            total_is_exact=True,
            facets=snapshot.facets(matches) if request.facets else {},
        )

    def find_keys(self, request: Request) -> list[str]:
        """The keys of the asked-for stretch."""
        snapshot = self._current()
        ranked = snapshot.ranked(snapshot.matching(request.match), request)
        stamps = {part: part.stamps() for part, _, _ in ranked}
        wanted = ranked[request.offset : request.offset + request.limit]
        return [stamps[part][document].partition("\0")[0] for part, document, _ in wanted]

    def known(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many documents, not yet merged away, carry each term."""
        parts = self._current().parts
        counts = {term: sum(len(segment.documents(term)) for segment, _ in parts) for term in terms}
        return {term: count for term, count in counts.items() if count}

    def read(self, keys: Collection[str]) -> list[Entry]:
        """The stored entries of these keys."""
        match = Either(tuple(Term("key", key) for key in keys))
        return [hit.entry for hit in self.find(Request(match, limit=len(keys))).hits]

    def versions(self) -> dict[str, str]:
        """Key → version, from the stamp column."""
        stamped = {}
        for segment, alive in self._current().parts:
            stamps = segment.stamps()
            for document in np.flatnonzero(alive):
                key, _, version = stamps[document].partition("\0")
                stamped[key] = version
        return stamped

    def count(self) -> int:
        """The living documents of the last commit."""
        return sum(int(np.count_nonzero(alive)) for _, alive in self._current().parts)

    def finish(self) -> None:
        """Nothing to do: commits merge as they go."""

    def close(self) -> None:
        """Forget the open segments; their files close with the last thread that reads them."""
        self._segments.clear()
        self._snapshot = Snapshot(-1, ())

    def _delete(self, segment: Any, keys: Collection[str]) -> None:
        filed = self._segment(segment)
        for key in keys:
            for document in filed.documents(Term("key", key)):
                if not segment.is_deleted(int(document)):
                    segment.delete_document(int(document))

    def _current(self) -> "Snapshot":
        """The last commit of whatever process wrote it."""
        with self._refreshing:
            if self._snapshot.generation != self._index.latest_generation():
                self._snapshot = self._opened()
            return self._snapshot

    def _opened(self) -> "Snapshot":
        """What the newest table of contents names."""
        return _patiently(self._named)

    def _named(self) -> "Snapshot":
        contents = self._index._read_toc()
        parts = tuple((self._segment(segment), _alive(segment)) for segment in contents.segments)
        kept = {segment.segment_id() for segment in contents.segments}
        self._segments = {name: part for name, part in self._segments.items() if name in kept}
        return Snapshot(contents.generation, parts)

    def _segment(self, segment: Any) -> Segment:
        name = segment.segment_id()
        if name not in self._segments:
            reader = SegmentReader(self._index.storage, schema(), segment)
            self._segments[name] = Segment(reader, self._cache)
        return self._segments[name]


def _patiently(read: Callable[[], Answer]) -> Answer:
    """Read, and again when a writer put a newer table of contents in the place of the one being read."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(FileNotFoundError):
            return read()
    return read()


def _opened_index(storage: Any) -> Any:
    is_new = TOC._latest_generation(storage, "MAIN") < 0
    return storage.create_index(schema()) if is_new else storage.open_index(schema=schema())


class Snapshot:
    """The segments of one commit with the documents that live in each; never changes."""

    def __init__(self, generation: int, parts: tuple[tuple[Segment, Mask], ...]) -> None:
        self.generation = generation
        self.parts = parts

    def matching(self, node: Node) -> list[Mask]:
        """Which living documents of each segment satisfy a node."""
        return [segment.matching(node) & alive for segment, alive in self.parts]

    def ranked(self, matches: list[Mask], request: Request) -> list[tuple[Segment, int, float]]:
        """The matching documents up to the end of the asked-for stretch, in order."""
        found = [np.flatnonzero(mask) for mask in matches]
        part = np.repeat(np.arange(len(found)), [len(documents) for documents in found])
        documents = np.concatenate([np.empty(0, np.intp), *found])
        scores = np.concatenate(
            [np.empty(0), *map(self._scores, range(len(found)), found, repeat(request.boosts))]
        )
        days = np.concatenate(
            [
                np.empty(0, np.int64),
                *(s.column("day")[d] for (s, _), d in zip(self.parts, found, strict=True)),
            ]
        )
        order = _sorted(request.order, scores, days)[: request.offset + request.limit]
        return [(self.parts[part[n]][0], int(documents[n]), float(scores[n])) for n in order]

    def facets(self, matches: list[Mask]) -> dict[str, dict[str, int]]:
        """For each counted field, how many matching documents carry each value."""
        return {field: self._counted(field, matches) for field in FACETS}

    def _counted(self, field: str, matches: list[Mask]) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for (segment, _), mask in zip(self.parts, matches, strict=True):
            values, owners, codes = segment.facet(field)
            present = np.bincount(codes[mask[owners]], minlength=len(values))
            counts.update({value: int(count) for value, count in zip(values, present, strict=True) if count})
        return dict(counts)

    def _scores(
        self, part: int, found: NDArray[np.intp], boosts: Sequence[tuple[Term, float]]
    ) -> NDArray[np.float64]:
        segment = self.parts[part][0]
        scores = np.zeros(segment.size)
        for term, weight in boosts:
            scores[segment.documents(term)] += weight
        return np.asarray(scores[found])


def _sorted(order: Order, scores: NDArray[np.float64], days: NDArray[np.int64]) -> NDArray[np.intp]:
    """Places in order: by score then newest, or by date with the undated last."""
    if order is Order.RELEVANCE:
        return np.lexsort((-days, -scores))
    if order is Order.NEWEST:
        return np.lexsort((-days,))
    return np.lexsort((np.where(days > 0, days, np.iinfo(np.int64).max),))


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Rewrite two dozen segments of like size as one, so that few commits wait, and any half deleted one."""
    merged = [segment for segment in segments if segment.deleted_count() * 2 > segment.doc_count_all()]
    sizes: dict[int, list[Any]] = {}
    for segment in segments:
        if segment not in merged:
            sizes.setdefault(int(math.log(max(1, segment.doc_count()), _ALIKE)), []).append(segment)
    for alike in sizes.values():
        if len(alike) >= _ALIKE:
            merged += alike
    for segment in merged:
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in segments if segment not in merged]


def _alive(segment: Any) -> Mask:
    alive = np.ones(segment.doc_count_all(), np.bool_)
    alive[list(segment.deleted_docs())] = False
    return alive


def _document(record: Record) -> dict[str, Any]:
    entry = record.entry
    return {
        **{f"f_{name}": terms for name, terms in record.terms.items() if terms},
        "entry": entry.to_json(),
        "stamp": f"{entry.key}\0{entry.version}".encode(),
        "day": day(entry.date),
        "deadline": day(entry.deadline),
        "arrived": instant(entry.arrived),
    }
