"""What is read past Whoosh's own interface must be what Whoosh reads through it."""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import TOC

from search_index import Entry
from search_index import open as open_index
from search_index.engine import Term
from search_index.engines._whoosh_postings import PostingCache, Segment
from search_index.engines.whoosh import WhooshGeneration
from search_index.record import record


@pytest.fixture
def generation(tmp_path: Path) -> WhooshGeneration:
    """Two segments, the first with deletions; words occur in all, some, or one of 400 papers."""
    made = WhooshGeneration(tmp_path)
    dice = random.Random(3)
    for start in (0, 300):
        papers = [
            Entry(
                f"task:{n}", "task", f"Việc {n % 7}", " ".join(f"từ{dice.randrange(50)}" for _ in range(30)),
                date=datetime.date.fromordinal(730_000 + n),
            )
            for n in range(start, start + 300 - start // 3)
        ]  # fmt: skip
        made.write([record(paper) for paper in papers], ())
    made.write([], [f"task:{n}" for n in range(0, 300, 11)])
    return made


def test_decoded_postings_are_those_of_whoosh(generation: WhooshGeneration) -> None:
    compared = 0
    for segment, alive in generation._current().parts:
        reader = segment._reader
        for field, text in reader.all_terms():
            decoded = segment.documents(Term(field.removeprefix("f_"), text.decode()))
            own = reader._terms.matcher(field, text, reader.schema[field].format)
            assert decoded.tolist() == list(own.all_ids())
            compared += 1
        assert np.count_nonzero(alive) <= segment.size
    assert compared > 400


def test_decoded_columns_are_those_of_whoosh(generation: WhooshGeneration) -> None:
    for segment, _ in generation._current().parts:
        reader = segment._reader.column_reader("day", translate=False)
        assert segment.column("day").tolist() == [reader[n] for n in range(segment.size)]


def test_deleted_papers_are_not_alive(generation: WhooshGeneration) -> None:
    assert generation.count() == 500 - len(range(0, 300, 11))


def test_segments_stay_in_the_memory_map(generation: WhooshGeneration) -> None:
    for segment, _ in generation._current().parts:
        assert isinstance(segment._reader._terms._postfile._buf, memoryview)
        assert segment._reader._terms._postfile.file.raw.__class__.__name__ == "_View"


def test_a_segment_mostly_deleted_is_rewritten(tmp_path: Path) -> None:
    generation = WhooshGeneration(tmp_path)
    generation.write([record(Entry(f"task:{n}", "task", "Việc")) for n in range(40)], ())
    generation.write([], [f"task:{n}" for n in range(30)])
    generation.write([record(Entry("task:99", "task", "Việc"))], ())
    assert sum(segment.size for segment, _ in generation._current().parts) == 11


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = PostingCache(most_bytes=100)
    terms = [Term("text", str(n)) for n in range(4)]
    for term in terms[:3]:
        cache.put(("segment", term), np.zeros(8, np.uint32))
        assert cache.get(("segment", terms[0])) is not None
    cache.put(("segment", terms[3]), np.zeros(8, np.uint32))
    assert [cache.get(("segment", term)) is not None for term in terms] == [True, False, True, True]


def test_a_segment_knows_its_facets(generation: WhooshGeneration) -> None:
    segment: Segment = generation._current().parts[0][0]
    values, owners, codes = segment.facet("kind")
    assert values == ["task"]
    assert len(owners) == len(codes) == segment.size


def test_a_table_of_contents_replaced_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    WhooshGeneration(folder).write([record(Entry("task:1", "task", "Việc"))], ())
    read, gone = TOC.read, []

    def read_late(*arguments: object, **options: object) -> object:
        if not gone:
            gone.append(True)
            raise FileNotFoundError("a newer one was renamed into place")
        return read(*arguments, **options)

    monkeypatch.setattr(TOC, "read", read_late)
    assert WhooshGeneration(folder).count() == 1
    assert gone


def test_a_rebuild_can_be_looked_at_from_the_moment_it_is_named(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path}"
    asked: list[int | None] = []

    def batches() -> Iterator[list[Entry]]:
        for number in range(3):
            asked.append(open_index(url).status().building)
            yield [Entry(f"task:{number}", "task", "Việc")]

    open_index(url).rebuild(batches())
    assert asked == [0, 1, 2]
