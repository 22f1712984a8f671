"""Tantivy, embedded and fast (extra `fast`): files the terms of the record, scores by the plan's weights."""

import os
import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur
from tantivy import Query as Tantivy

from search_index.engine import (
    All,
    AllButOne,
    Either,
    Found,
    Node,
    Not,
    Order,
    Request,
    Scored,
    Span,
    Store,
    Term,
)
from search_index.entry import Entry
from search_index.generations import FolderStore
from search_index.record import FACETS, FIELDS, TEXT_FIELDS, Record, day, instant

# bytes; the documents of one commit fit in
_HEAP = 50_000_000
_MOST_VALUES = 10_000
# a hit's score is multiplied by log2(2 + this × days): enough to put the newer of two equals first, no more
_FRESHNESS = 1e-7
_FIRST_DAY = 690_000
_LAST_DAY = 4_000_000


def connect(url: str) -> Store:
    """The index in the folder that `tantivy:FOLDER` names."""
    return FolderStore(Path(url.partition(":")[2]), TantivyGeneration)


def schema() -> tantivy.Schema:
    """Fields of terms, counted ones by column too; the entry; numbers to sort by; key with version."""
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        tokenizer = "whitespace" if name in TEXT_FIELDS else "raw"
        builder.add_text_field(name, fast=name in FACETS, tokenizer_name=tokenizer, index_option="basic")
    builder.add_text_field("stamp", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("entry", stored=True)
    for name in ("day", "deadline", "oldest", "arrived"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("freshness", fast=True)
    return builder.build()


class TantivyGeneration:
    """A Tantivy index in one folder; readers of other processes see a commit at their next search."""

    def __init__(self, folder: Path) -> None:
        self._schema = schema()
        self._contents = folder / "meta.json"
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.config_reader("manual")
        self._refreshing = threading.Lock()
        self._seen: tuple[int, int] | None = None

    def write(self, records: Iterable[Record], gone: Collection[str]) -> None:
        """One commit; then the merges it set off, which end with the writer."""
        writer = self._index.writer(_HEAP, 1)
        # a writer killed in the middle of a commit leaves files whose names the next one would take
        writer.garbage_collect_files()
        for key in gone:
            writer.delete_documents_by_term("key", key)
        for record in records:
            writer.delete_documents_by_term("key", record.entry.key)
            writer.add_document(_document(record))
        writer.commit()
        writer.wait_merging_threads()

    def find(self, request: Request) -> Found:
        """Search, count, and read the asked-for stretch."""
        searcher = self._searcher()
        result = self._search(searcher, request, request.limit)
        facets = _facets(searcher, self._query(request.match)) if request.facets else {}
        hits = [
            Scored(_entry(searcher, address), float(score) if request.order is Order.RELEVANCE else 0.0)
            for score, address in result.hits[: request.limit]
        ]
        return Found(hits, int(result.count), True, facets)  # type: ignore[attr-defined]  # the stub forgot it

    def find_keys(self, request: Request) -> list[str]:
        """The keys of the asked-for stretch."""
        searcher = self._searcher()
        result = self._search(searcher, request, request.limit)
        return [_entry(searcher, address).key for _, address in result.hits[: request.limit]]

    def known(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many documents, deleted but unmerged ones included, carry each term."""
        searcher = self._searcher()
        counts = {term: searcher.doc_freq(term.field, term.text) for term in terms}
        return {term: count for term, count in counts.items() if count}

    def read(self, keys: Collection[str]) -> list[Entry]:
        """The stored entries of these keys."""
        match = Either(tuple(Term("key", key) for key in keys))
        return [hit.entry for hit in self.find(Request(match, limit=len(keys))).hits]

    def versions(self) -> dict[str, str]:
        """Key → version, from the stamps of living documents."""
        stamps = self._searcher().terms_with_prefix("stamp", "", Tantivy.all_query())
        pairs = (stamp.partition("\0") for stamp, _ in stamps)
        return {key: version for key, _, version in pairs}

    def count(self) -> int:
        """The living documents of the last commit."""
        return int(self._searcher().num_docs)

    def finish(self) -> None:
        """Nothing to do: commits merge as they go."""

    def close(self) -> None:
        """Nothing is held that does not close by itself."""

    def _searcher(self) -> tantivy.Searcher:
        """A searcher over the last commit of whatever process wrote it."""
        with self._refreshing:
            status = os.stat(self._contents)
            seen = (status.st_mtime_ns, status.st_ino)
            if seen != self._seen:
                self._index.reload()
                self._seen = seen
            return self._index.searcher()

    def _search(self, searcher: tantivy.Searcher, request: Request, limit: int) -> tantivy.SearchResult:
        query = self._query(request.match)
        # Tantivy panics when asked for no hits at all
        limit = max(limit, 1)
        if request.order is Order.RELEVANCE:
            weighed = self._weighed(query, request.boosts)
            return searcher.search(weighed, limit, offset=request.offset, weight_by_field="freshness")
        field = "day" if request.order is Order.NEWEST else "oldest"
        return searcher.search(query, limit, offset=request.offset, order_by_field=field)

    def _weighed(self, query: Tantivy, boosts: Sequence[tuple[Term, float]]) -> Tantivy:
        weights = [
            (Occur.Should, Tantivy.const_score_query(self._query(term), weight)) for term, weight in boosts
        ]
        return Tantivy.boolean_query([(Occur.Must, Tantivy.const_score_query(query, 1.0)), *weights])

    def _query(self, node: Node) -> Tantivy:
        match node:
            case Term(field, text, prefix=True):
                return Tantivy.fuzzy_term_query(self._schema, field, text, distance=0, prefix=True)
            case Term(field, text):
                return Tantivy.term_query(self._schema, field, text, "basic")
            case All(parts):
                return Tantivy.boolean_query([(Occur.Must, Tantivy.all_query()), *map(self._required, parts)])
            case Either(parts):
                return Tantivy.boolean_query([(Occur.Should, self._query(part)) for part in parts])
            case AllButOne(parts):
                optional = [(Occur.Should, self._query(part)) for part in parts]
                return Tantivy.boolean_query(optional, minimum_number_should_match=len(parts) - 1)
            case Span(field, first, last):
                return Tantivy.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)
            case Not():
                return self._query(All((node,)))

    def _required(self, part: Node) -> tuple[Occur, Tantivy]:
        if isinstance(part, Not):
            return Occur.MustNot, self._query(part.part)
        return Occur.Must, self._query(part)


def _document(record: Record) -> tantivy.Document:
    entry = record.entry
    document = tantivy.Document()
    for name, terms in record.terms.items():
        if name in TEXT_FIELDS:
            document.add_text(name, " ".join(terms))
        else:
            for term in terms:
                document.add_text(name, term)
    document.add_text("stamp", f"{entry.key}\0{entry.version}")
    document.add_bytes("entry", entry.to_json().encode())
    document.add_integer("day", day(entry.date))
    document.add_integer("deadline", day(entry.deadline))
    document.add_integer("arrived", instant(entry.arrived))
    document.add_integer("oldest", _LAST_DAY - day(entry.date) if entry.date else 0)
    document.add_float("freshness", max(0, day(entry.date) - _FIRST_DAY) * _FRESHNESS)
    return document


def _entry(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Entry:
    return Entry.from_json(bytes(searcher.doc(address)["entry"][0]).decode())


def _facets(searcher: tantivy.Searcher, query: Tantivy) -> dict[str, dict[str, int]]:
    asked = {field: {"terms": {"field": field, "size": _MOST_VALUES}} for field in FACETS}
    counted = searcher.aggregate(query, asked)
    return {
        field: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[field]["buckets"]}
        for field in FACETS
    }
