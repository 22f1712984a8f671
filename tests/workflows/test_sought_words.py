"""Words are found as people type them: without accents, in capitals, with the tone on either vowel."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from workflows.directives.reading.text import fold
from workflows.sought_words import MOST_WORDS, all_words_in, all_words_in_sought, sought, spellings

TEXT = "Thuỷ lợi: Uỷ ban nhân dân xã Hòa Bình báo cáo 100% tiến độ, tài_liệu số 7"
FOUND = (
    *("thuỷ lợi", "THỦY", "uỷ ban", "ủy ban", "hoà bình", "Hòa", "bao cao tien do", "uy ban NHAN dan"),
    *("100%", "tài_liệu", "7 báo", "hoa binh", "tien độ"),
)
NOT_FOUND = ("hoá", "thuy lội", "bão cáo", "báo cáo tuần", "0%%", "tàixliệu", "8", "\\", "bình\\")
LETTERS = st.sampled_from("aàáảãạâấầẩeêếgđdoôồơớuưứýyiínqthHĐ %_\\'0")


def found(session: Session, text: str, typed: str) -> tuple[bool | None, bool | None]:
    """Does the database find the words in the text itself, and in the text as it is kept?"""
    ways = all_words_in(literal(text), typed), all_words_in_sought(literal(sought(text)), typed)
    return tuple(map(bool, session.execute(select(*ways)).one()))


@pytest.mark.parametrize("typed", FOUND)
def test_words_are_found_however_they_are_typed(session: Session, typed: str):
    assert found(session, TEXT, typed) == (True, True)


@pytest.mark.parametrize("typed", NOT_FOUND)
def test_other_words_are_not_found(session: Session, typed: str):
    assert found(session, TEXT, typed) == (False, False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(LETTERS, max_size=30), st.text(LETTERS, min_size=1, max_size=6).filter(str.strip))
def test_the_database_finds_what_python_finds(session: Session, text: str, typed: str):
    text = unicodedata.normalize("NFC", text)
    expected = all(
        any(way in (fold(text.lower()) if word.isascii() else text.lower()) for way in spellings(word))
        for word in typed.lower().split()
    )
    assert found(session, text, typed) == (expected, expected)


@pytest.mark.parametrize(
    ("word", "other"),
    [("hoà", "hòa"), ("ủy", "uỷ"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("loà-xoà", "lòa-xòa")],
)
def test_a_tone_may_stand_on_either_vowel(word: str, other: str):
    assert spellings(word) == (word, other)
    assert spellings(other) == (other, word)


@pytest.mark.parametrize("word", ["hoàn", "toán", "huỳnh", "báo", "hoa", "7"])
def test_most_words_are_spelt_in_one_way(word: str):
    assert spellings(word) == (word,)


def test_words_within_longer_ones_and_very_many_words_are_let_go(session: Session):
    asked = all_words_in(literal("x"), "a an ban ban " + " ".join(f"w{n}" for n in range(50)))
    said = str(asked.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    assert said.count("'w") == MOST_WORDS
    assert found(session, "ban an", "an ban a") == (True, True)


def test_a_decomposed_text_is_kept_as_a_composed_one():
    assert sought(unicodedata.normalize("NFD", "Đoàn thể")) == sought("Đoàn thể") == "đoàn thể\ndoan the"
