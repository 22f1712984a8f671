"""An outline keeps its keys, whatever becomes of its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import InvalidFields
from workflows.reviews import Kind, Matter, Outline, usual

LINES = st.lists(
    st.tuples(st.sampled_from(["", "h1", "h2"]), st.text("ab ", max_size=5), st.sampled_from(Matter)),
    max_size=8,
).filter(lambda lines: len({key for key, _, _ in lines if key}) == sum(1 for key, _, _ in lines if key))


@given(LINES)
def test_keys_are_unique_and_given_ones_stay(lines):
    said = [line for line in lines if line[1].strip()]
    if not said:
        with pytest.raises(InvalidFields):
            Outline.of(lines)
        return
    outline = Outline.of(lines)
    keys = [heading.key for heading in outline.headings]
    assert len(set(keys)) == len(keys) == len(said)
    assert all(key == given for key, (given, _, _) in zip(keys, said, strict=True) if given)
    assert Outline.read(outline.as_data()) == outline


@pytest.mark.parametrize("kind", Kind)
def test_the_usual_outlines_have_a_place_for_all_that_is_gathered(kind: Kind):
    assert all(usual(kind).first_for(matter) for matter in Matter if matter is not Matter.LESSONS)


def test_endless_outlines_are_refused():
    with pytest.raises(InvalidFields):
        Outline.of([("", "Mục", Matter.RESULTS)] * 31)
