"""A file from anywhere becomes a form only when everything in it can be stored, shown and reckoned."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.errors import Refused
from workflows.regimes.forms.importing import from_text

FORM = {"title": "B", "sections": [{"title": "I", "parts": [{"code": "n", "label": "N", "kind": "number"}]}]}


def test_a_whole_form_comes_back():
    assert from_text(json.dumps(FORM)) == FORM


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "dòng 1"),
        ('{"title":\n\n oops}', "dòng 3"),
        ("[" * 100_000, "không đọc được"),
        (json.dumps({**FORM, "title": "\ud800"}), "title"),
        (json.dumps({**FORM, "title": "a\u0000b"}), "title"),
        (json.dumps({**FORM, "note": "x" * 6_000}), "note"),
        (json.dumps({**FORM, "note": 10**40}), "quá lớn"),
        (json.dumps(FORM)[:-1] + ', "note": 1e400}', "quá lớn"),
        (json.dumps(FORM)[:-1] + ', "note": NaN}', "không đọc được"),
        (json.dumps({**FORM, "a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": {}}}}}}}}}}), "quá sâu"),
        (json.dumps({**FORM, "sections": [{"title": "I", "parts": [{"label": "N"}]}]}), "phần 1, mục 1"),
        (json.dumps({**FORM, "sections": {"a": 1}}), "các phần"),
        (json.dumps({**FORM, "rules": [{"left": "n"}]}), "quy tắc 1"),
    ],
)
def test_what_cannot_be_a_form_is_refused_by_its_place(text: str, sentence: str):
    with pytest.raises(Refused, match=sentence):
        from_text(text)


KEYS = st.sampled_from(
    ["title", "sections", "parts", "rows", "columns", "code", "label", "kind", "when", "rules"]
)
SHAPES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["n", "number", "", "{row}", "a.b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(KEYS, SHAPES, max_size=5))
def test_no_shape_does_more_than_be_refused(shape: dict[str, object]):
    with suppress(Refused):
        from_text(json.dumps({**FORM, **shape}))
