"""Searching on every engine side by side: speed, memory, relevance, accidents.

About fifteen minutes on two quiet cores. SEARCH_SIZES=50,1000 measures smaller indexes against the same bars,
SEARCH_SECONDS shortens the two minutes of reading beside a writer, SEARCH_KILLS the fifty kills.
"""

import contextlib
import itertools
import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import search_index
from search_index import Entry, Filters, Index, Query
from tests.benchmarks._corpus import Paper, Wanted, entry, papers, wanted
from tests.benchmarks._memory import most_megabytes
from tests.search_index.killing import lost_after_kill
from tests.support import postgres
from webapp import collector

SMALL, LARGE = 5_000, 100_000
_WANTED = map(int, os.environ.get("SEARCH_SIZES", "5000,100000").split(","))
SIZES = dict(zip((SMALL, LARGE), _WANTED, strict=True))
EVERYONE = {"office"}
TWENTY_UNITS = Filters(unit_ids=frozenset(range(20)))
BATCH, KILLS = 500, int(os.environ.get("SEARCH_KILLS", "50"))
SECONDS = float(os.environ.get("SEARCH_SECONDS", "120"))
READERS, THINKING = 4, 0.05
Measured = dict[str, Any]


@dataclass(frozen=True)
class Bars:
    """What one engine must hold: milliseconds, documents a second, megabytes, mean reciprocal rank."""

    page: dict[int, float]
    per_second: float
    change: float
    memory: float
    rank: dict[int, float]


BARS = {
    "whoosh": Bars({SMALL: 120}, 60, 500, 500, {SMALL: 0.95}),
    "tantivy": Bars({SMALL: 20, LARGE: 25}, 400, 150, 400, {SMALL: 0.95, LARGE: 0.93}),
    "postgresql": Bars({SMALL: 40, LARGE: 150}, 300, 50, 300, {SMALL: 0.95, LARGE: 0.93}),
}


def machine() -> Iterator[Measured]:
    """How fast and how busy the machine is while this runs: all times below scale with it."""
    yield _measured("machine: a million additions", _milliseconds(lambda: sum(range(1_000_000)), 9)[4], "ms")
    yield _measured("machine: load", os.getloadavg()[0], "processes")


def five_thousand() -> Iterator[Measured]:
    """Every engine with 5,000 entries, one after the other."""
    filed = list(papers(SIZES[SMALL]))
    for engine in BARS:
        with _address(engine) as (url, _):
            yield from _engine(engine, url, SMALL, filed, _build(url, len(filed)))


def hundred_thousand() -> Iterator[Measured]:
    """The engines made for it with 100,000 entries, one after the other."""
    filed = list(papers(SIZES[LARGE]))
    for engine, bars in BARS.items():
        if LARGE in bars.page:
            with _address(engine) as (url, _):
                yield from _engine(engine, url, LARGE, filed, _build(url, len(filed)))


def accidents() -> Iterator[Measured]:
    """Fifty killed writers on each engine, the engines side by side."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor() as threads:
        places = [stack.enter_context(_address(engine)) for engine in BARS]
        for engine, (lost, first) in zip(BARS, threads.map(_killed, places), strict=True):
            yield _measured(f"{engine}: lost in {KILLS} kills of the writer", lost, "entries", most=0)
            yield _measured(f"{engine}: first commit after the last kill", first, "ms")


def reading_beside_a_writer() -> Iterator[Measured]:
    """A writer and four readers, each a process; readers look at each answer for a twentieth of a second."""
    for engine in BARS:
        with _address(engine) as (url, _):
            _build(url, 500)
            waits, errors, commits = _read_beside_a_writer(url)
        name = f"{engine}, {READERS} readers and {commits} commits in {SECONDS:g} s"
        yield _measured(f"{name}: errors in {len(waits):,} searches", errors, "errors", most=0)
        yield _measured(f"{name}: longest wait", max(waits), "ms", most=200)
        yield _measured(f"{name}: wait p95", _p95(waits), "ms")


def _killed(place: tuple[str, Path]) -> tuple[int, float]:
    """Committed entries that were lost, and milliseconds of the next commit: no lock may be left behind."""
    url, folder = place
    dice = random.Random(50)
    lost = sum(lost_after_kill(url, folder / f"journal{kill}", dice) for kill in range(KILLS))
    with contextlib.closing(search_index.open(url)) as index:
        return lost, _seconds(partial(index.put, [entry(next(papers(1)))])) * 1e3


def _engine(
    engine: str, url: str, size: int, filed: list[Paper], built: tuple[float, float]
) -> Iterator[Measured]:
    """What was measured while building, then the searches."""
    bars, name = BARS[engine], f"{engine}, {len(filed):,}"
    yield _measured(f"{name}: indexing", built[0], "documents/s", least=bars.per_second)
    yield _measured(f"{name}: memory to build", built[1], "MB", most=bars.memory)
    with contextlib.closing(search_index.open(url)) as index:
        yield from _searches(index, name, filed, bars, size)


def _searches(index: Index, name: str, filed: list[Paper], bars: Bars, size: int) -> Iterator[Measured]:
    queries = wanted(filed)
    _pages(index, queries[::4])
    # The corpus that lies in memory here is none of the office's.
    collector.settle()
    began = time.process_time()
    pages = _pages(index, queries)
    own = (time.process_time() - began) / len(pages) * 1e3
    yield _measured(f"{name}: page, p95", _p95(pages), "ms", most=bars.page[size])
    yield _measured(f"{name}: page, processor time of our process, mean", own, "ms")
    yield from _relevance(index, name, queries, bars.rank[size])
    yield _measured(f"{name}: add to findable, p95", _p95(_changes(index, filed)), "ms", most=bars.change)


def _relevance(index: Index, name: str, queries: list[Wanted], least: float) -> Iterator[Measured]:
    ranks = {query: _reciprocal_rank(index, query) for query in queries}
    for group in dict.fromkeys(query.group for query in queries):
        of_group = [rank for query, rank in ranks.items() if query.group == group]
        yield _measured(f"{name}: MRR@10, {group}", sum(of_group) / len(of_group), "")
    yield _measured(f"{name}: MRR@10", sum(ranks.values()) / len(ranks), "", least=least)


def _reciprocal_rank(index: Index, query: Wanted) -> float:
    hits = index.search(Query(query.text, limit=10), visible_to=EVERYONE).hits
    return next((1 / place for place, hit in enumerate(hits, 1) if hit.key == query.key), 0.0)


def _pages(index: Index, queries: list[Wanted]) -> list[float]:
    """The times of pages with facets and twenty snippets, for whole queries and their first words."""
    texts = [" ".join(query.text.split()[:length]) for query in queries for length in (2, 3, 4, 40)]

    def ask(text: str) -> object:
        return index.search(Query(text, filters=TWENTY_UNITS), visible_to=EVERYONE)

    return [_seconds(partial(ask, text)) * 1e3 for text in texts]


def _changes(index: Index, filed: list[Paper]) -> list[float]:
    """The times until each of forty changed papers is found by its new word."""
    times = []
    for turn, paper in enumerate(filed[:: len(filed) // 40][:40]):
        changed = entry(paper)
        word = f"đổimới{turn}"
        changed = replace(changed, body=f"{changed.body} {word}", version="2")
        times.append(_until_found(index, changed, word) * 1e3)
    return times


def _until_found(index: Index, changed: Entry, word: str) -> float:
    """The seconds until a reader finds what a writer is putting; the writer may then still be tidying up."""
    began = time.perf_counter()
    writer = threading.Thread(target=index.put, args=([changed],))
    writer.start()
    while not index.search(Query(word), visible_to=EVERYONE).hits:
        time.sleep(0.005)
    seconds = time.perf_counter() - began
    writer.join()
    return seconds


@contextlib.contextmanager
def _address(engine: str) -> Iterator[tuple[str, Path]]:
    """An address of the engine where nothing is, and a folder for notes; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if engine != "postgresql":
            yield f"{engine}:{folder}/index", Path(folder)
            return
        server = postgres.server(f"bench{os.getpid()}", os.getpid())
        database = f"search_{time.monotonic_ns()}"
        try:
            yield server.create(database), Path(folder)
        finally:
            server.drop(database)


def _build(url: str, count: int) -> tuple[float, float]:
    """Build an index in a process of its own: documents a second, not counting their writing; megabytes."""
    processes = multiprocessing.get_context("spawn")
    answer: Queue[tuple[float, float]] = processes.Queue()
    builder = processes.Process(target=_build_here, args=(url, count, answer))
    builder.start()
    seconds, megabytes = answer.get()
    builder.join()
    return count / seconds, megabytes


def _build_here(url: str, count: int, answer: "Queue[tuple[float, float]]") -> None:
    writing = 0.0

    def batches() -> Iterator[list[Entry]]:
        nonlocal writing
        waiting = papers(count)
        for _ in range(0, count, BATCH):
            began = time.perf_counter()
            batch = [entry(paper) for paper, _ in zip(waiting, range(BATCH), strict=False)]
            writing += time.perf_counter() - began
            yield batch

    with contextlib.closing(search_index.open(url)) as index:
        seconds = _seconds(lambda: index.rebuild(batches()))
    answer.put((seconds - writing, most_megabytes()))


def _read_beside_a_writer(url: str) -> tuple[list[float], int, int]:
    """The waits of four readers, their errors, and the commits of the writer."""
    processes = multiprocessing.get_context("spawn")
    stop, commits, answers = processes.Event(), processes.Queue(), processes.Queue()
    writer = processes.Process(target=_write_until_stopped, args=(url, stop, commits))
    readers = [processes.Process(target=_read, args=(url, number, answers)) for number in range(READERS)]
    for process in (writer, *readers):
        process.start()
    read: list[tuple[list[float], int]] = [answers.get() for _ in readers]
    stop.set()
    made = commits.get()
    for process in (writer, *readers):
        process.join()
    return [wait for waits, _ in read for wait in waits], sum(errors for _, errors in read), made


def _read(url: str, number: int, answers: "Queue[tuple[list[float], int]]") -> None:
    """Search on and on; the first search of a process opens files and is not counted."""
    texts = [query.text for query in wanted(list(papers(500)))]
    waits, errors = [], 0
    with contextlib.closing(search_index.open(url)) as index:
        index.search(Query(texts[0]), visible_to=EVERYONE)
        until = time.monotonic() + SECONDS
        for text in itertools.cycle(texts[number * 7 :] + texts[: number * 7]):
            if time.monotonic() > until:
                break
            try:
                waits.append(_seconds(partial(index.search, Query(text), visible_to=EVERYONE)) * 1e3)
            except Exception:
                errors += 1
            time.sleep(THINKING)
    answers.put((waits, errors))


def _write_until_stopped(url: str, stop: Event, commits: "Queue[int]") -> None:
    made = 0
    with contextlib.closing(search_index.open(url)) as index:
        for paper in papers(1_000_000):
            if stop.wait(0.5):
                break
            index.put([replace(entry(paper), version=str(made + 2))])
            made += 1
    commits.put(made)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _milliseconds(act: Callable[[], object], times: int) -> list[float]:
    return sorted(_seconds(act) * 1e3 for _ in range(times))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _measured(
    name: str, value: float, unit: str, *, most: float | None = None, least: float | None = None
) -> Measured:
    holds = (most is None or value <= most) and (least is None or value >= least)
    bar = f"≤ {most:g}" if most is not None else f"≥ {least:g}" if least is not None else None
    return {"name": name, "value": round(value, 3), "unit": unit, "bar": bar, "holds": holds}
