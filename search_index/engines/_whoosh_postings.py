"""Reads a Whoosh segment through decoded postings, kept as arrays.

Whoosh's own matchers walk posting by posting in Python, and drop true top hits when they skip by quality; a
search here is a few operations on whole arrays. It reads private attributes of Whoosh's readers: the version
is pinned, and `tests/search_index/engines/test_whoosh_postings.py` compares what both decode.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb import compound
from whoosh.filedb.structfile import BufferFile

from search_index.engine import All, AllButOne, Either, Node, Not, Span, Term

Documents = NDArray[np.uint32]
Mask = NDArray[np.bool_]
_CACHE_BYTES = 64 * 1024 * 1024


class _View(RawIOBase):
    """A file over a part of a memory map that copies only what is read."""

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._place = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move as files do."""
        self._place = offset + (0, self._place, len(self._buffer))[whence]
        return self._place

    def tell(self) -> int:
        """The present place."""
        return self._place

    def readinto(self, target: Any) -> int:
        """Fill the target from the present place."""
        part = self._buffer[self._place : self._place + len(target)]
        target[: len(part)] = part
        self._place += len(part)
        return len(part)


class _MappedFile(BufferFile):  # type: ignore[misc]
    """A sub-file of a compound segment, left in the memory map; Whoosh would copy it to every heap."""

    def __init__(self, buf: memoryview, name: str | None = None, onclose: Any = None) -> None:
        super().__init__(b"", name, onclose)
        self._buf = buf
        self.file = BufferedReader(_View(buf))


compound.BufferFile = _MappedFile


class PostingCache:
    """Arrays of document numbers by segment and term, the least used dropped first; shared by all threads."""

    def __init__(self, most_bytes: int = _CACHE_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[str, Term], Documents] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, Term]) -> Documents | None:
        """The kept array, if any."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, Term], documents: Documents) -> None:
        """Keep an array."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = documents
                self._bytes += documents.nbytes
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes


class Segment:
    """A written segment: what it holds never changes; which documents are deleted is known elsewhere."""

    def __init__(self, reader: Any, cache: PostingCache) -> None:
        self._reader = reader
        self._cache = cache
        self._id: str = reader.segment().segment_id()
        # one file position serves all threads: only one may read at a time
        self._reading = threading.Lock()
        self._columns: dict[str, NDArray[np.int64]] = {}
        self._facets: dict[str, tuple[list[str], Documents, Documents]] = {}
        self.size: int = reader.doc_count_all()

    def documents(self, term: Term) -> Documents:
        """The documents that carry a term, in order."""
        key = (self._id, term)
        found = self._cache.get(key)
        if found is None:
            with self._reading:
                found = (
                    self._prefixed(term)
                    if term.prefix
                    else self._decoded(f"f_{term.field}", term.text.encode())
                )
            self._cache.put(key, found)
        return found

    def column(self, name: str) -> NDArray[np.int64]:
        """The values of a numeric column, by document."""
        if name not in self._columns:
            with self._reading:
                values = self._reader.column_reader(name, translate=False)
                self._columns[name] = np.fromiter((values[n] for n in range(self.size)), np.int64, self.size)
        return self._columns[name]

    def facet(self, field: str) -> tuple[list[str], Documents, Documents]:
        """The values of a field, and side by side a document and the number of the value that it carries."""
        if field not in self._facets:
            with self._reading:
                values = list(self._texts(f"f_{field}", b""))
                lists = [self._decoded(f"f_{field}", value) for value in values]
            owners = np.concatenate([np.empty(0, np.uint32), *lists])
            codes = np.repeat(np.arange(len(lists), dtype=np.uint32), [len(documents) for documents in lists])
            self._facets[field] = ([value.decode() for value in values], owners, codes)
        return self._facets[field]

    def stored(self, document: int) -> str:
        """The entry stored with a document."""
        with self._reading:
            return str(self._reader.stored_fields(document)["entry"])

    def stamps(self) -> list[str]:
        """Key and version of every document, deleted ones included."""
        with self._reading:
            values = self._reader.column_reader("stamp", translate=False)
            return [values[n].decode() for n in range(self.size)]

    def matching(self, node: Node) -> Mask:
        """Which documents satisfy a node."""
        match node:
            case Term():
                return self._mask(self.documents(node))
            case All(parts):
                return self._all([part for part in parts if not isinstance(part, Not)]) & ~self._any(
                    [part.part for part in parts if isinstance(part, Not)]
                )
            case Either(parts):
                return self._any(list(parts))
            case AllButOne(parts):
                present = sum(
                    (self.matching(part).astype(np.int16) for part in parts), np.zeros(self.size, np.int16)
                )
                return np.asarray(present >= len(parts) - 1)
            case Span(field, first, last):
                days = self.column(field)
                return (days >= first) & (days <= last)
            case Not(part):
                return ~self.matching(part)

    def _all(self, parts: list[Node]) -> Mask:
        mask = np.ones(self.size, np.bool_)
        for part in parts:
            mask &= self.matching(part)
        return mask

    def _any(self, parts: list[Node]) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        for part in parts:
            if isinstance(part, Term):
                mask[self.documents(part)] = True
            else:
                mask |= self.matching(part)
        return mask

    def _mask(self, documents: Documents) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        mask[documents] = True
        return mask

    def _texts(self, field: str, prefix: bytes) -> Iterator[bytes]:
        for name, text in self._reader._terms.terms_from(field, prefix):
            if name != field or not text.startswith(prefix):
                return
            yield text

    def _prefixed(self, term: Term) -> Documents:
        field = f"f_{term.field}"
        lists = [self._decoded(field, text) for text in self._texts(field, term.text.encode())]
        return np.unique(np.concatenate([np.empty(0, np.uint32), *lists]))

    def _decoded(self, field: str, text: bytes) -> Documents:
        """The document numbers of a posting list, block by block: each block holds differences."""
        terms = self._reader._terms
        if (field, text) not in terms:
            return np.empty(0, np.uint32)
        matcher = terms.matcher(field, text, self._reader.schema[field].format)
        blocks = []
        while not matcher._atend:
            matcher._read_data()
            blocks.append(np.cumsum(np.fromiter(matcher._data[0], np.uint32)))
            matcher._next_block()
        return np.concatenate(blocks).astype(np.uint32)
