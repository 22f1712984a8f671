import datetime
from contextlib import closing

import pytest

import search_index
from search_index import Entry, Query
from search_index.engine import All, AllButOne, Either, Node, Not, Request, Span, Term
from search_index.engines import _postgresql_queries
from search_index.engines._postgresql_queries import condition, page, tsquery
from tests.support.postgres import Server

A, B, C = Term("text", "a"), Term("text", "b"), Term("text", "c")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (A, "'w:a'"),
        (Term("pair", "a_b"), "'p:a_b'"),
        (Term("text", "a", prefix=True), "'w:a':*"),
        (Term("token", "it's \\ :*&"), "'v:it''s \\\\ :*&'"),
        (All((A, Not(B))), "('w:a' & !('w:b'))"),
        (Either((A, B)), "('w:a' | 'w:b')"),
        (AllButOne((A, B, C)), "(('w:b' & 'w:c') | ('w:a' & 'w:c') | ('w:a' & 'w:b'))"),
    ],
)
def test_nodes_are_said_as_tsqueries(node: Node, expected: str) -> None:
    assert tsquery(node) == expected


def test_nothing_is_said_as_a_contradiction() -> None:
    assert tsquery(Either(())) == "('k' & !'k')"


def test_days_become_conditions_on_columns() -> None:
    said = condition(All((A, Span("deadline", 1, 9)))).as_string()
    assert said == """"deadline" BETWEEN 1 AND 9 AND terms @@ '(''w:a'')'::tsquery"""
    assert condition(All(())).as_string() == "TRUE"


def test_texts_cannot_leave_their_quotation() -> None:
    said = page("search_entry", Request(All((Term("text", "x'; DROP TABLE search_entry; --"),)))).as_string()
    assert "x''''; DROP TABLE" in said


def test_of_many_hits_those_that_carry_what_ranks_are_scored(
    postgres_server: Server, testrun_uid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_postgresql_queries, "_BY_DATE", 5)
    monkeypatch.setattr(_postgresql_queries, "_BY_TERMS", 2)
    text = "Hội xã Nậm Khắt họp về thợ trẻ năm 2020; thợ làng nghề trẻ."
    old = Entry(
        "task:old", "task", "Thợ trẻ", text, units=("Hội xã Nậm Khắt",), year=2020, tokens=frozenset({"all"})
    )
    others = [
        Entry(
            f"task:{n}", "task", f"Việc {n}", text, date=datetime.date(2025, 1, n), tokens=frozenset({"all"})
        )
        for n in range(1, 29)
    ]
    database = f"ranking_{testrun_uid[:8]}"
    with closing(search_index.open(postgres_server.create(database))) as index:
        index.put([old, *others])
        for asked in ("thợ trẻ", "thợ trẻ hội xã nậm khắt 2020", "tho tre nam khat"):
            results = index.search(Query(asked), visible_to={"all"})
            assert (results.total, results.hits[0].key) == (29, "task:old"), asked
    postgres_server.drop(database)
