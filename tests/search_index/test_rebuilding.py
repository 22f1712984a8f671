"""A rebuild stands beside the live index until it is switched, and can be killed at any moment."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import search_index
from search_index import Busy, Entry, Index, Outdated, Query
from search_index import index as index_module

Make = Callable[..., Entry]
EVERYONE = {"office"}


def found(index: Index, text: str) -> int:
    return index.search(Query(text), visible_to=EVERYONE).total


def test_readers_see_the_former_index_until_the_rebuild_is_done(index: Index, url: str, paper: Make) -> None:
    index.put([paper("Bản cũ")])
    reader = search_index.open(url)

    def batches() -> Iterator[list[Entry]]:
        for n in range(3):
            yield [paper(f"Bản mới {n}")]
            assert (found(reader, "bản cũ"), found(reader, "bản mới")) == (1, 0)

    assert index.rebuild(batches()) == 3
    assert (found(reader, "bản cũ"), found(reader, "bản mới")) == (0, 3)
    assert index.status().building is None
    reader.close()


def test_what_is_put_or_deleted_meanwhile_is_carried_over(index: Index, paper: Make) -> None:
    index.put([paper("Sẽ sửa", key="task:1", version="1"), paper("Sẽ xoá", key="task:2")])

    def batches() -> Iterator[list[Entry]]:
        yield [paper("Sẽ sửa", key="task:1", version="1"), paper("Sẽ xoá", key="task:2")]
        index.put([paper("Đã sửa", key="task:1", version="2"), paper("Mới đến", key="task:3")])
        index.delete(["task:2"])
        yield [paper("Còn lại", key="task:4")]

    index.rebuild(batches())
    assert index.versions() == {"task:1": "2", "task:3": "1", "task:4": "1"}
    assert found(index, "đã sửa") == 1


def test_an_interrupted_rebuild_is_taken_up_where_it_was(index: Index, paper: Make) -> None:
    index.put([paper("Bản cũ")])
    papers = [paper(f"Bản mới {n}") for n in range(6)]

    def interrupted() -> Iterator[list[Entry]]:
        yield papers[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(interrupted())
    assert found(index, "bản cũ") == 1
    assert index.status().building == 3
    assert index.built_so_far().keys() == {entry.key for entry in papers[:3]}
    changed = paper("Bản mới nhất", key=papers[0].key, version="2")
    assert index.rebuild([[changed, *papers[2:]]]) == 5
    assert found(index, "bản mới nhất") == 1
    assert papers[1].key not in index.versions()


def test_a_rebuild_may_begin_anew(index: Index, paper: Make) -> None:
    def interrupted() -> Iterator[list[Entry]]:
        yield [paper("Dở dang", key="task:1")]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(interrupted())
    index.rebuild([[paper("Trọn vẹn", key="task:1")]], resume=False)
    assert found(index, "trọn vẹn") == 1


def test_only_one_rebuild_runs_at_a_time(index: Index, url: str, paper: Make) -> None:
    other = search_index.open(url)

    def batches() -> Iterator[list[Entry]]:
        yield [paper("Bản mới")]
        with pytest.raises(Busy):
            other.rebuild([])

    index.rebuild(batches())
    assert found(index, "bản mới") == 1
    other.close()


def test_an_index_of_another_format_is_searched_but_not_written_until_rebuilt(
    index: Index, paper: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([paper("Bản cũ", key="task:1")])
    monkeypatch.setattr(index_module, "FORMAT", "next")
    assert index.status().needs_rebuild
    assert found(index, "bản cũ") == 1
    with pytest.raises(Outdated):
        index.put([paper("Chờ", key="task:2")])
    index.rebuild([[paper("Bản mới", key="task:1"), paper("Chờ", key="task:2")]])
    assert not index.status().needs_rebuild
    index.put([paper("Được rồi", key="task:3")])
    assert index.count() == 3


def test_nothing_is_left_lying_after_many_rebuilds(tmp_path: Path, paper: Make) -> None:
    for engine in ("whoosh", "tantivy"):
        index = search_index.open(f"{engine}:{tmp_path / engine}")
        for n in range(4):
            index.rebuild([[paper(f"Bản {n}")]])
        assert len(list((tmp_path / engine).glob("generation-*"))) == 1


def _rebuild_and_die(url: str, papers: list[Entry]) -> None:
    def batches() -> Iterator[list[Entry]]:
        for n in range(0, len(papers), 5):
            yield papers[n : n + 5]
        os._exit(9)

    search_index.open(url).rebuild(batches())


def test_a_killed_rebuild_leaves_the_live_index_and_its_progress(index: Index, url: str, paper: Make) -> None:
    index.put([paper("Bản cũ")])
    papers = [paper(f"Bản mới {n}") for n in range(20)]
    process = multiprocessing.get_context("spawn").Process(target=_rebuild_and_die, args=(url, papers))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert found(index, "bản cũ") == 1
    assert len(index.built_so_far()) == 20
    assert index.rebuild([papers]) == 20
    assert found(index, "bản mới") == 20
