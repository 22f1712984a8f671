"""The whole reading of a text: it never crashes, and every quote stands where its span says."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.directives.reading.fixtures_of_the_genre import NAMES, text_of
from workflows.directives.reading import read_text
from workflows.directives.reading.model import Reading

LINES = sorted({line for name in NAMES for line in text_of(name).split("\n")})
MARKS = [
    "1.",
    "a)",
    "- ",
    "I.",
    "Điều 1.",
    "\t",
    "  ",
    "số 12-CT/TU",
    "ngày 31/02/2024",
    "T/M ",
    "Nơi nhận:",
    "\f",
]


def assert_spans_hold(reading: Reading) -> None:
    for part in (*reading.clauses, *reading.tasks, *reading.citations, *reading.header.footnotes):
        assert 0 <= part.span[0] < part.span[1] <= len(reading.text)
    for task in reading.tasks:
        assert task.quote == reading.text[slice(*task.span)]
        assert 0 <= task.confidence <= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_prints_as_json(name: str) -> None:
    reading = read_text(text_of(name))
    assert_spans_hold(reading)
    printed = json.loads(json.dumps(reading.as_json(), ensure_ascii=False))
    assert set(printed) == {
        "number", "type", "issuer", "place", "date", "abstract", "addressees", "recipients", "signer",
        "citations", "tasks",
    }  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_documents_in_disorder_are_read(text: str) -> None:
    assert_spans_hold(read_text(text))


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=12)), max_size=60).map("".join))
def test_any_text_whatever_is_read(text: str) -> None:
    assert_spans_hold(read_text(text))


def test_an_empty_text_gives_an_empty_reading() -> None:
    reading = read_text("")
    assert (reading.clauses, reading.citations, reading.tasks, reading.text) == ((), (), (), "")
