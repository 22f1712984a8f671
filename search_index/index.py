"""The index as the rest of the program sees it: put, delete, search, suggest, check, rebuild."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from search_index.engine import Generation, Store
from search_index.entry import Entry
from search_index.errors import Outdated, Unavailable
from search_index.query import Query, Vocabulary
from search_index.record import FORMAT, record
from search_index.searching import Completion, Results, complete, find, find_keys

_PLAIN = Vocabulary()
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Status:
    """How the index stands: entries, format, whether it must be rebuilt, entries of a rebuild in progress."""

    engine: str
    entries: int
    format: str | None
    needs_rebuild: bool
    building: int | None


class Index:
    """One index in whatever engine its address names; safe for threads and for several processes.

    Every method raises `Unavailable` when the engine cannot do its work now, and nothing else.
    """

    def __init__(self, engine: str, store: Store) -> None:
        self.engine = engine
        self._store = store

    def put(self, entries: Iterable[Entry]) -> None:
        """File entries in one commit, replacing those of the same key."""
        self._write({entry.key: entry for entry in entries}, set())

    def delete(self, keys: Iterable[str]) -> None:
        """Remove entries in one commit; unknown keys are passed over."""
        self._write({}, set(keys))

    def search(
        self, query: Query, *, visible_to: Collection[str], vocabulary: Vocabulary = _PLAIN
    ) -> Results:
        """What the bearer of these tokens finds; hits, total, facets and suggestions agree."""
        return self._asked(lambda live: find(live, query, frozenset(visible_to), vocabulary))

    def find_keys(
        self, query: Query, *, visible_to: Collection[str], vocabulary: Vocabulary = _PLAIN
    ) -> list[str]:
        """The keys of all the hits that `search` counts, for acting on all that was filtered."""
        return self._asked(lambda live: find_keys(live, query, frozenset(visible_to), vocabulary))

    def suggest(
        self, prefix: str, *, visible_to: Collection[str], vocabulary: Vocabulary = _PLAIN, limit: int = 8
    ) -> list[Completion]:
        """The visible things that best answer what was typed so far."""
        query = Query(prefix, limit=limit, facets=False, typing=True)
        return self._asked(lambda live: complete(live, query, frozenset(visible_to), vocabulary))

    def versions(self) -> Mapping[str, str]:
        """Key → version of everything filed, to compare with the database."""
        return self._asked(lambda live: live.versions() if live else {})

    def keys(self) -> set[str]:
        """The keys of everything filed."""
        return set(self.versions())

    def count(self) -> int:
        """How many entries are filed."""
        return self._asked(lambda live: live.count() if live else 0)

    def status(self) -> Status:
        """How the index stands."""
        with _as_unavailable():
            building = self._store.building(FORMAT)
            written_in = self._store.live_format()
            return Status(
                engine=self.engine,
                entries=self.count(),
                format=written_in,
                needs_rebuild=written_in != FORMAT,
                building=building.count() if building else None,
            )

    def built_so_far(self) -> Mapping[str, str]:
        """Key → version of what an unfinished rebuild has filed: when resumed, it need not be read again."""
        with _as_unavailable():
            building = self._store.building(FORMAT)
            return building.versions() if building else {}

    def rebuild(self, batches: Iterable[Collection[Entry]], *, resume: bool = True) -> int:
        """File everything beside the live index, then switch; returns the number of entries.

        A killed rebuild is taken up where it was, unless `resume` is false. What is put or deleted meanwhile
        goes to the live index and is carried over before the switch. The batches must name all there is.
        """
        with _as_unavailable(), self._store.rebuilding():
            building = self._begin(resume=resume)
            named = _fill(building, batches)
            building.finish()
            with self._store.writing():
                self._carry_over(building, named)
                self._store.switch()
                building.close()
            return self.count()

    def close(self) -> None:
        """Let go of files and connections."""
        self._store.close()

    def _asked(self, ask: Callable[[Generation | None], Answer]) -> Answer:
        """Ask the live generation; again if that failed: a rebuild may just have put another in its place."""
        with _as_unavailable():
            try:
                return self._read(ask)
            except Exception:
                return self._read(ask)

    def _read(self, ask: Callable[[Generation | None], Answer]) -> Answer:
        with self._store.reading():
            return ask(self._store.live())

    def _write(self, entries: Mapping[str, Entry], gone: set[str]) -> None:
        keys = entries.keys() | gone
        if not keys:
            return
        records = [record(entry) for entry in entries.values()]
        with _as_unavailable(), self._store.writing():
            if self._store.live_format() not in (None, FORMAT):
                raise Outdated(
                    f"the index is of format {self._store.live_format()}, not {FORMAT}: rebuild it"
                )
            self._store.touch(keys)
            self._store.ensure_live(FORMAT).write(records, gone)

    def _begin(self, *, resume: bool) -> Generation:
        with self._store.writing():
            unfinished = self._store.building(FORMAT) if resume else None
            return unfinished or self._store.start_building(FORMAT)

    def _carry_over(self, building: Generation, named: set[str]) -> None:
        """Bring what changed since the rebuild began from the live index, and drop what is no more."""
        touched = self._store.touched()
        try:
            live = self._store.live()
            present = [record(entry) for entry in live.read(touched)] if live and touched else []
        except Exception:
            # nothing can have been put into a live index that cannot be read: the batches are all there is
            touched, present = set(), []
        gone = (touched | (building.versions().keys() - named)) - {change.entry.key for change in present}
        if present or gone:
            building.write(present, gone)


def _fill(building: Generation, batches: Iterable[Collection[Entry]]) -> set[str]:
    """File what is not filed yet; the keys of everything that the batches named."""
    done = building.versions()
    named: set[str] = set()
    for batch in batches:
        named.update(entry.key for entry in batch)
        new = {entry.key: entry for entry in batch if done.get(entry.key) != entry.version}
        if new:
            building.write(map(record, new.values()), ())
    return named


@contextmanager
def _as_unavailable() -> Iterator[None]:
    """Engines fail in ways of their own: damaged files, full disks, lost connections; callers need one."""
    try:
        yield
    except Unavailable:
        raise
    except Exception as error:
        raise Unavailable(f"{type(error).__name__}: {error}") from error
