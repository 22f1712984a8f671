import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from document_templates.widths import break_lines, width

NAME = "Uỷ ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội tỉnh Tân Hưng"
WORDS = st.lists(
    st.text("aăâbcdđeêghikmnoôơpqrstuưvxyABĐƠƯ", min_size=1, max_size=9), min_size=1, max_size=30
)


def test_tone_marks_add_no_width():
    assert width("Uỷ ban", 14) == width("Uy ban", 14)


def test_composed_and_decomposed_letters_are_equally_wide():
    assert width(unicodedata.normalize("NFD", NAME), 14) == width(NAME, 14)


def test_a_short_name_stays_on_one_line():
    assert break_lines("Tỉnh uỷ", 70, 14) == ["Tỉnh uỷ"]


@given(WORDS, st.integers(40, 90))
def test_lines_fit_and_lose_no_word(words, limit):
    lines = break_lines(" ".join(words), limit, 14)
    assert " ".join(lines).split() == words
    assert all(width(line, 14) <= limit or " " not in line for line in lines)


def test_lines_of_a_name_are_about_as_long_as_each_other():
    lengths = [width(line, 14) for line in break_lines(NAME, 100, 14)]
    assert min(lengths) > 0.6 * max(lengths)
