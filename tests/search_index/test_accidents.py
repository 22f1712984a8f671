"""Killed writers, damaged files, missing rights: what was committed stays, and nobody else is stopped."""

import os
import random
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

import search_index
from search_index import Busy, Index, Query, Unavailable, generations
from tests.search_index.killing import entry, lost_after_kill

EVERYONE = {"office"}
KILLS = 4


def test_a_killed_writer_loses_nothing_that_was_committed(index: Index, url: str, tmp_path: Path) -> None:
    dice = random.Random(5)
    for kill in range(KILLS):
        assert lost_after_kill(url, tmp_path / f"journal{kill}", dice) == 0
        index.put([entry(1_000 + kill, 0)])
        assert f"task:{1_000 + kill}" in index.versions()
    assert index.search(Query("việc số"), visible_to=EVERYONE).total == index.count()


def test_readers_work_on_while_one_writes(index: Index, url: str) -> None:
    index.put([entry(n, 0) for n in range(30)])
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        reader = search_index.open(url)
        while not stop.is_set():
            try:
                results = reader.search(Query("việc số"), visible_to=EVERYONE)
                assert results.total == sum(results.facets["kind"].values()) >= 30
                assert len({hit.key for hit in results.hits}) == len(results.hits)
            except BaseException as error:
                failures.append(error)
                return
        reader.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for round_ in range(8):
        index.put([entry(n, round_) for n in range(round_, round_ + 10)] + [entry(100 + round_, 0)])
    stop.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert index.count() == 38


def test_readers_work_on_while_the_index_is_rebuilt_again_and_again(index: Index, url: str) -> None:
    papers = [entry(n, 0) for n in range(10)]
    index.put(papers)
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        with closing(search_index.open(url)) as reader:
            while not stop.is_set() and not failures:
                try:
                    assert reader.search(Query("việc số"), visible_to=EVERYONE).total == 10
                except BaseException as error:
                    failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(8):
        index.rebuild([papers])
    stop.set()
    for reader in readers:
        reader.join()
    assert not failures


def test_one_index_serves_many_threads(index: Index) -> None:
    index.put([entry(n, 0) for n in range(40)])
    expected = [hit.key for hit in index.search(Query("việc số 7"), visible_to=EVERYONE).hits]
    answers: list[list[str]] = []

    def ask() -> None:
        for _ in range(15):
            answers.append([hit.key for hit in index.search(Query("việc số 7"), visible_to=EVERYONE).hits])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 60


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Index, Path]:
    """An index in a folder with one entry."""
    path = tmp_path / "index"
    index = search_index.open(f"{request.param}:{path}")
    index.put([entry(1, 0)])
    return index, path


# Whoosh leaves the file open that it could not read
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_unavailable_and_can_be_rebuilt(folder: tuple[Index, Path]) -> None:
    index, path = folder
    for file in path.glob("generation-*/*"):
        if file.is_file() and file.stat().st_size:
            file.write_bytes(os.urandom(64))
    reopened = search_index.open(f"{index.engine}:{path}")
    with pytest.raises(Unavailable):
        reopened.search(Query("việc"), visible_to=EVERYONE)
    with pytest.raises(Unavailable):
        reopened.put([entry(2, 0)])
    assert reopened.rebuild([[entry(1, 0), entry(2, 0)]]) == 2
    assert reopened.search(Query("việc"), visible_to=EVERYONE).total == 2


def test_an_index_that_lost_its_name_is_unavailable_and_can_be_rebuilt(folder: tuple[Index, Path]) -> None:
    index, path = folder
    (path / "live").write_text("{")
    with pytest.raises(Unavailable):
        index.count()
    assert index.rebuild([[entry(1, 0)]]) == 1


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for engine in ("whoosh", "tantivy"):
        index = search_index.open(f"{engine}:{tmp_path / 'file' / 'index'}")
        with pytest.raises(Unavailable):
            index.put([entry(1, 0)])


def test_a_full_disk_is_unavailable_and_harms_nothing(tmp_path: Path) -> None:
    script = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from tests.search_index.killing import entry
import search_index
index = search_index.open(sys.argv[1])
index.put([entry(1, 0)])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
try:
    index.put([entry(n, 0) for n in range(2, 60)])
except search_index.Unavailable:
    print("unavailable", len(index.keys()))
"""
    root = str(Path(__file__).parents[2])
    for engine in ("whoosh", "tantivy"):
        url = f"{engine}:{tmp_path / engine}"
        said = subprocess.run(
            [sys.executable, "-c", script, url, root], capture_output=True, text=True, check=False
        )
        assert said.stdout.split() == ["unavailable", "1"], said.stderr
        index = search_index.open(url)
        index.put([entry(2, 0)])
        assert index.count() == 2


def test_a_lock_held_too_long_is_busy(folder: tuple[Index, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    index, path = folder
    monkeypatch.setattr(generations, "LONGEST_WAIT", 0.1)
    other = search_index.open(f"{index.engine}:{path}")
    with other._store.writing(), pytest.raises(Busy):
        index.put([entry(2, 0)])
    index.put([entry(2, 0)])


def test_a_database_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    index = search_index.open(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(Unavailable):
        index.search(Query("việc"), visible_to=EVERYONE)
    with pytest.raises(Unavailable):
        index.put([entry(1, 0)])
