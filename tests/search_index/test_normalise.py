import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.normalise import canonical, clean, folded, spellings, unaccented


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Chỉ\tthị \n số ", "Chỉ thị số"),
        (unicodedata.normalize("NFD", "Đoàn viên"), "Đoàn viên"),
        ("Ðoàn ðội", "Đoàn đội"),
        ("nƣớc", "nước"),
        ("11 – CT/TU", "11 - CT/TU"),
        ("đo\u200bàn\ufeff viên\u00ad", "đoàn viên"),
        pytest.param("a\x00b", "a b", id="control character"),
        pytest.param("\ud800x", "x", id="half a surrogate pair"),
    ],
)
def test_clean_text_is_composed_visible_and_on_one_line(typed: str, expected: str) -> None:
    assert clean(typed) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hoà", "hòa"), ("HOÀ", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("uỷ", "ủy"), ("thuý", "thúy"),
        ("quý", "quý"), ("quỳ", "quỳ"), ("hoàn", "hoàn"), ("toán", "toán"), ("loé", "lóe"),
        ("lí", "lý"), ("kĩ", "kỹ"), ("mĩ", "mỹ"), ("tỉ", "tỷ"), ("thì", "thì"), ("nghĩ", "nghĩ"),
        ("ddoàn", "đoàn"), ("Ðoàn".replace("Ð", "Đ"), "đoàn"), ("toà", "tòa"), ("xoá", "xóa"), ("họa", "họa"),
    ],
)  # fmt: skip
def test_a_word_has_one_spelling(word: str, expected: str) -> None:
    assert canonical(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("Đường", "duong"), ("ỷ", "y"), ("hoà", "hoa"), ("lí", "ly"), ("ơ", "o")]
)
def test_a_folded_word_has_no_accent(word: str, expected: str) -> None:
    assert folded(word) == expected


def test_either_tone_placement_is_looked_for() -> None:
    assert set(spellings("ủy ban hòa giải")) == {"ủy ban hòa giải", "uỷ ban hoà giải"}
    assert spellings("đoàn viên") == ("đoàn viên",)
    assert spellings("quý") == ("quý",)


@given(st.text())
def test_plain_text_keeps_every_place(text: str) -> None:
    assert len(unaccented(clean(text))) == len(clean(text))


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="aáạđdoòóuúyỳýqhklmst", max_size=8))
def test_a_canonical_word_stays_as_it_is(word: str) -> None:
    assert canonical(canonical(word)) == canonical(word)
