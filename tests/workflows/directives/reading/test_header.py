"""Headers of invented documents in every form, also as extraction and typing habits vary them."""

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.directives.reading.fixtures_of_the_genre import NAMES, expected_of, text_of
from workflows.directives.reading.citations import read_citations
from workflows.directives.reading.header import read_header
from workflows.directives.reading.model import Reading
from workflows.directives.reading.text import clean, one_spelling, words

HEADER_ONLY = ("symbol", "urgency", "draft", "year", "month", "form", "upper_body")


def found_in(raw: str) -> dict[str, Any]:
    text = clean(raw)
    header = read_header(text)
    reading = Reading(header, (), read_citations(text, header), (), text)
    found = reading.as_json() | {name: getattr(header, name) for name in HEADER_ONLY}
    return found | {"footnotes": len(header.footnotes)}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_of_the_genre_is_read_as_labelled(name: str) -> None:
    found, expected = found_in(text_of(name)), expected_of(name)
    assert {field: found[field] for field in expected} == expected


def _late_tones(text: str) -> str:
    """The other placement: hòa → hoà, ủy → uỷ."""
    loose = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC",
        re.sub(
            "(?i)(?<!q)(o(?=.[ae])|u(?=.y))([\u0300\u0301\u0303\u0309\u0323])([aey])(?!\\w)", r"\1\3\2", loose
        ),
    )


HABITS: dict[str, Callable[[str], str]] = {
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "tone marks on the first vowel": one_spelling,
    "tone marks on the second vowel": _late_tones,
    "ƣ for ư": lambda text: text.replace("ư", "ƣ").replace("Ư", "Ƣ"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace("  ", "\u00a0\u00a0"),
    "long dashes": lambda text: re.sub(r"(?m)^(\s*)- ", "\\1– ", text),
    "spaces at line ends": lambda text: text.replace("\n", "   \n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no space after ngày and tháng": lambda text: re.sub(
        r"(?m)(, ngày) (\d+ tháng) (\d+ năm) (\d+)$", r"\1\2\3\4", text
    ),
    "spaces around the number": lambda text: re.sub(r"(?m)^(\s*Số:? ?\d+) ?([/-])", r"\1   \2 ", text),
    "blank lines at the top": lambda text: "\n\n" + text,
    "a page mark of OCR": lambda text: "===== Trang 1 =====\n" + text,
}


def _same_words(found: dict[str, Any]) -> dict[str, Any]:
    return {field: words(json.dumps(value, ensure_ascii=False)) for field, value in found.items()}


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("name", NAMES)
def test_habits_of_typing_and_extraction_change_nothing(name: str, habit: str) -> None:
    expected = expected_of(name)
    found = found_in(HABITS[habit](text_of(name)))
    assert _same_words({field: found[field] for field in expected}) == _same_words(expected)


LINES = sorted({line for name in NAMES for line in text_of(name).split("\n")})


@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_lines_in_any_order_are_read_without_a_crash(text: str) -> None:
    header = read_header(clean(text))
    assert 0 <= header.body[0] <= header.body[1] <= len(clean(text))


@given(st.text(max_size=400))
def test_any_text_whatever_is_read_without_a_crash(raw: str) -> None:
    text = clean(raw)
    header = read_header(text)
    assert 0 <= header.body[0] <= header.body[1] <= len(text)
    for note in header.footnotes:
        assert 0 <= note.span[0] < note.span[1] <= len(text)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=25).map("\n".join))
def test_every_citation_stands_where_its_span_says(raw: str) -> None:
    text = clean(raw)
    header = read_header(text)
    for cited in read_citations(text, header):
        figures = re.match(r"\d+", cited.number)
        quote = re.sub(r"\s", "", text[slice(*cited.span)])
        assert quote
        assert figures is None or quote.startswith(figures.group()) or not quote[0].isdigit()
