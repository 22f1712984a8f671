"""A marked text is cut into pieces, and none of its characters is lost or told twice."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.marked_text import block_at, blocks, pieces

TEXTS = st.text(alphabet="ab \nđ", max_size=60)
SPANS = st.dictionaries(st.sampled_from("123456"), st.tuples(st.integers(-5, 70), st.integers(-5, 70)))


def test_overlapping_marks_are_told_apart():
    found = pieces("một hai ba", {"1": (0, 7), "2": (4, 10)})
    assert [(piece.text, piece.marks, piece.begins) for piece in found] == [
        ("một ", ("1",), ("1",)),
        ("hai", ("1", "2"), ("2",)),
        (" ba", ("2",), ()),
    ]


def test_a_block_begins_with_the_line_of_its_clause():
    text = "mở đầu\n1. việc một\n2. việc hai"
    found = blocks(text, [("1", 10), ("2", 22)], {})
    assert [(block.address, text[block.start : block.end]) for block in found] == [
        ("", "mở đầu\n"),
        ("1", "1. việc một\n"),
        ("2", "2. việc hai"),
    ]
    assert [block_at(found, place) for place in (0, 7, 12, 25)] == [0, 1, 1, 2]


@given(TEXTS, SPANS)
def test_the_pieces_make_up_the_text(text: str, marks: dict[str, tuple[int, int]]):
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    begun = [key for piece in found for key in piece.begins]
    assert len(begun) == len(set(begun))


@given(TEXTS, st.lists(st.tuples(st.just("1"), st.integers(-5, 70))), SPANS)
def test_the_blocks_make_up_the_text(text: str, clauses, marks: dict[str, tuple[int, int]]):
    found = blocks(text, clauses, marks)
    assert "".join(piece.text for block in found for piece in block.pieces) == text
