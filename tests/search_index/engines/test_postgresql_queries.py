import pytest

from search_index.engine import All, AllButOne, Days, Either, Node, Not, Request, Term
from search_index.engines._postgresql_queries import condition, page, tsquery

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
    said = condition(All((A, Days("deadline", 1, 9)))).as_string()
    assert said == """"deadline" BETWEEN 1 AND 9 AND terms @@ '(''w:a'')'::tsquery"""
    assert condition(All(())).as_string() == "TRUE"


def test_texts_cannot_leave_their_quotation() -> None:
    said = page("search_entry", Request(All((Term("text", "x'; DROP TABLE search_entry; --"),)))).as_string()
    assert "x''''; DROP TABLE" in said
