"""Words become lines by where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.lines import lines_of
from workflows.directives.reading.extraction.models import Word


def words(text, x=50.0, baseline=100.0, size=14.0):
    """Words of a line, each letter 7 points wide, a space 4."""
    placed = []
    for word in text.split():
        placed.append(Word(word, x, baseline - size, x + 7 * len(word), baseline + 3, baseline, size))
        x += 7 * len(word) + 4
    return placed


def mark(text, x, baseline, size):
    return Word(text, x, baseline - size, x + 4, baseline, baseline, size, spaced=False)


def texts(*groups):
    return [line.text for line in lines_of(word for group in groups for word in group)]


def test_words_on_one_baseline_are_one_line_whatever_their_order():
    assert texts(list(reversed(words("Các đơn vị")))) == ["Các đơn vị"]


def test_a_wide_gap_parts_two_columns():
    assert texts(words("TỈNH ỦY"), words("ĐẢNG CỘNG SẢN", x=300)) == ["TỈNH ỦY", "ĐẢNG CỘNG SẢN"]


def test_the_mark_of_an_item_stays_with_its_words_however_far_they_are():
    assert texts(words("1."), words("Giao Sở Nội vụ", x=100)) == ["1. Giao Sở Nội vụ"]
    assert texts(words("-"), words("Như trên", x=100)) == ["- Như trên"]


def test_a_raised_figure_hangs_on_its_word():
    assert texts(words("NĐ-CP"), [mark("2", 85, 95, 9)]) == ["NĐ-CP²"]


def test_a_raised_figure_opens_the_note_after_it():
    note = words("Ban hành kèm theo", x=56, size=10)
    assert texts([mark("1", 50, 96, 6)], note) == ["¹ Ban hành kèm theo"]


def test_an_ordinary_figure_is_not_raised():
    assert texts(words("quý 2")) == ["quý 2"]


number = st.floats(0, 800, allow_nan=False)
any_word = st.builds(Word, st.text(min_size=1, max_size=6), number, number, number, number, number, number)


@given(st.lists(any_word, max_size=30))
def test_no_word_is_lost_wherever_words_stand(some):
    together = "".join(line.text for line in lines_of(some))
    assert sum(not letter.isspace() for letter in together) == sum(
        not letter.isspace() for word in some for letter in word.text
    )
