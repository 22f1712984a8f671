import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.language import MOST_WORDS, parse
from search_index.query import Filters, Query, Tree, Vocabulary

TODAY = datetime.date(2026, 3, 1)
OFFICE = Vocabulary(
    kinds={"nhiệm vụ": "task"},
    types={"chỉ thị": "CT"},
    states={"đang thực hiện": "running", "quá tải": "overloaded"},
)


def read(text: str, *, typing: bool = False) -> Tree:
    return parse(Query(text, typing=typing, today=TODAY), OFFICE)


def words(tree: Tree) -> list[str]:
    return [word.exact for word in tree.words]


def test_words_phrases_and_exclusions_are_told_apart() -> None:
    tree = read('công tác "đoàn viên" -báo -"giao ban" thi-đua')
    assert words(tree) == ["công", "tác", "thi", "đua"]
    assert [[word.exact for word in phrase.words] for phrase in tree.phrases] == [["đoàn", "viên"]]
    assert [[word.exact for word in phrase.words] for phrase in tree.without] == [["báo"], ["giao", "ban"]]
    assert tree.notes == ()


def test_a_quoted_single_word_is_a_word() -> None:
    assert words(read('"đoàn"')) == ["đoàn"]


def test_a_word_typed_twice_counts_once() -> None:
    assert words(read("đoàn đoàn viên")) == ["đoàn", "viên"]


@pytest.mark.parametrize("text", ["11 - CT/TU", "số 11 -CT/TU", "11-CT/TU"])
def test_a_dash_inside_a_number_excludes_nothing(text: str) -> None:
    tree = read(text)
    assert words(tree) == ["11-ct-tu"]
    assert tree.without == ()


def test_the_word_for_number_before_a_number_is_dropped_elsewhere_kept() -> None:
    assert words(read("số 11")) == ["11"]
    assert words(read("số liệu 11")) == ["số", "liệu", "11"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loại:CT", Filters(types=frozenset({"CT"}))),
        ("loai: ct,kh", Filters(types=frozenset({"CT", "KH"}))),
        ('Loại:"Chỉ thị"', Filters(types=frozenset({"CT"}))),
        ("kind:task", Filters(kinds=frozenset({"task"}))),
        ('kind:"nhiệm vụ"', Filters(kinds=frozenset({"task"}))),
        ("năm:2025", Filters(years=frozenset({2025}))),
        ("năm:2023-2025", Filters(years=frozenset({2023, 2024, 2025}))),
        ("trạng thái:đang-thực-hiện", Filters(states=frozenset({"running"}))),
        ("trạng thái:quá-hạn", Filters(overdue=True)),
        ("từ:05/02/2025", Filters(since=datetime.date(2025, 2, 5))),
        ("từ:2/2025 đến:2/2024", Filters(since=datetime.date(2025, 2, 1), until=datetime.date(2024, 2, 29))),
        ("từ:2024 đến:2025", Filters(since=datetime.date(2024, 1, 1), until=datetime.date(2025, 12, 31))),
    ],
)
def test_field_words_become_filters(text: str, expected: Filters) -> None:
    tree = read(text)
    assert tree.restrictions == expected
    assert (tree.words, tree.notes) == ((), ())


def test_numbers_and_bodies_are_asked_for_by_field() -> None:
    tree = read('số: 11 - CT/TU cơ quan:"Tỉnh đoàn" co quan:UBND')
    assert tree.numbers == ("11-ct-tu",)
    assert [[word.folded for word in phrase.words] for phrase in tree.agencies] == [
        ["tinh", "doan"],
        ["ubnd"],
    ]


def test_a_colon_after_any_other_word_is_no_field() -> None:
    assert words(read("kính gửi: Tỉnh đoàn")) == ["kính", "gửi", "tỉnh", "đoàn"]


@pytest.mark.parametrize(
    "text",
    ["năm:20", "từ:30/02/2025", "từ:hôm-qua", "trạng thái:lạ", "loại:", "số:", "cơ quan:--", "-năm:2025"],
)
def test_what_cannot_be_read_is_named_in_a_note(text: str) -> None:
    tree = read(f"đoàn {text}")
    assert words(tree) == ["đoàn"]
    assert tree.restrictions == Filters()
    assert len(tree.notes) == 1
    assert "Đã bỏ qua" in str(tree.notes[0])


def test_lateness_needs_a_day() -> None:
    assert parse(Query("trạng thái:quá-hạn"), OFFICE).notes


def test_an_open_quotation_is_read_as_words() -> None:
    tree = read('công tác "đoàn viên')
    assert words(tree) == ["công", "tác", "đoàn", "viên"]
    assert "ngoặc kép" in str(tree.notes[0])


def test_too_many_words_are_cut_and_said() -> None:
    tree = read(" ".join(f"từ{n}" for n in range(100)))
    assert len(tree.words) == MOST_WORDS
    assert str(MOST_WORDS) in str(tree.notes[0])


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [("công tá", True), ("công tác ", False), ('"công tác"', False), ("11-c", True), ("", False)],
)
def test_the_last_word_is_unfinished_only_while_it_is_being_typed(text: str, unfinished: bool) -> None:
    assert read(text, typing=True).unfinished is unfinished
    assert read(text).unfinished is False


@given(st.text() | st.text(alphabet='ab :"-/0123456789lọaináêơùưđtừ'))
def test_no_text_makes_reading_fail(text: str) -> None:
    tree = read(text, typing=True)
    assert len(tree.words) <= MOST_WORDS
    assert all(str(note) for note in tree.notes)
