"""Notes at the foot of pages."""

from workflows.directives.reading.footnotes import read_footnotes
from workflows.directives.reading.model import Footnote
from workflows.directives.reading.text import lines


def notes(text: str) -> tuple[Footnote, ...]:
    return read_footnotes(text, lines(text))


def test_a_note_ends_at_the_page_number() -> None:
    text = (
        "theo quy định1.\n   1 Nghị quyết số 10-\n\nNQ/TW ngày 1/2/2022.\n                    2\n\ntiếp theo"
    )
    (note,) = notes(text)
    assert (note.mark, note.text) == ("1", "Nghị quyết số 10- NQ/TW ngày 1/2/2022.")
    assert text[slice(*note.span)].endswith("1/2/2022.")


def test_one_note_ends_where_the_next_begins() -> None:
    text = "việc a1, việc b2.\n1 Luật số 1/2024/QH15\n2 Thông tư số 2/2024/TT-ABC.\n\ntiếp theo của việc b"
    assert [note.text for note in notes(text)] == ["Luật số 1/2024/QH15", "Thông tư số 2/2024/TT-ABC."]


def test_a_figure_that_hangs_nowhere_begins_no_note() -> None:
    assert notes("theo điểm b Điều\n7 Thông tư số 31/2023/TT-ABC ngày 8/9/2023") == ()


def test_brackets_and_superscripts_are_marks_of_their_own() -> None:
    assert [note.mark for note in notes("[1] Luật A\n\n<sup>2</sup> Luật B")] == ["1", "2"]
