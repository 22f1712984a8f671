"""What is removed from a text is only what nobody sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.cleaning import bracketed, clean, opens_note, superscript, tidy


def test_letters_are_composed_and_lines_end_in_one_way():
    assert clean("Tỉnh ủy\r\nA\rB") == "Tỉnh ủy\nA\nB"


def test_controls_and_invisible_marks_go():
    assert clean("a\x00b\u200bc\ufeffd\u00ade\ud800f\u202eg") == "abcdefg"


def test_odd_spaces_and_signs_of_symbol_fonts_become_ordinary():
    assert clean("a\u00a0b\u2003c \uf0b7 d") == "a b c • d"


def test_blank_lines_are_kept_but_not_heaped_up():
    assert tidy("\n\na  \n\n\n\n\n\nb\n\n") == "a\n\n\nb"


def test_a_note_is_known_by_its_raised_mark():
    assert superscript("12") == "¹²"
    assert opens_note("¹² Ghi chú")
    assert not opens_note("12 Ghi chú")
    assert bracketed("¹² Ghi chú ³") == "[12] Ghi chú ³"


@given(st.text())
def test_clean_text_is_composed_storable_and_stays_as_it_is(text):
    once = clean(text)
    assert once == unicodedata.normalize("NFC", once)
    assert clean(once) == once
    assert "\x00" not in once
    assert "\r" not in once
    once.encode()
