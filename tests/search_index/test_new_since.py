"""Of what a search finds, only what is new: the words reach as far as without that condition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from search_index import Entry, Index, Query

Make = Callable[..., Entry]
EVERYONE = {"office"}


def test_what_is_new_is_kept_of_what_the_words_find_by_themselves(index: Index, paper: Make) -> None:
    opened = datetime(2026, 12, 1, 8, 30, 15, tzinfo=UTC)
    titles = ["Kiểm tra nước sạch nông thôn", "Rà soát nước sạch nông thôn", "Báo cáo nước sạch nông thôn"]
    moments = [opened, opened + timedelta(seconds=1), None]
    index.put(paper(title, arrived=at) for title, at in zip(titles, moments, strict=True))
    # lacks a word, so that only those who reach further find it
    index.put([paper("nước sạch ở trường học", arrived=opened + timedelta(days=1))])
    words = Query("nước sạch nông thôn", new_since=opened)
    assert [hit.key for hit in index.search(words, visible_to=EVERYONE).hits] == ["directive:2"]
    nothing = replace(words, new_since=opened + timedelta(seconds=1))
    assert index.search(nothing, visible_to=EVERYONE).total == 0
    assert index.find_keys(words, visible_to=EVERYONE) == ["directive:2"]
    assert index.search(words, visible_to={"other"}).total == 0


def test_a_verified_phrase_goes_with_days(index: Index, paper: Make) -> None:
    index.put([paper("x", "cấp nước sạch", date=date(2026, 3, 1)), paper("y", "cấp nước, nước sạch")])
    found = index.search(Query('"cấp nước sạch" từ:01/01/2026'), visible_to=EVERYONE)
    assert [hit.key for hit in found.hits] == ["directive:1"]
    narrowed = index.search(Query('"cấp nước sạch" từ:01/01/2025 đến:31/12/2025'), visible_to=EVERYONE)
    assert narrowed.total == 0
