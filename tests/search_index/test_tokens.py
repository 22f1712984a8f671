import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.normalise import clean
from search_index.tokens import join_number, number_at, number_forms, pairs, tokens


def words(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


def test_words_are_folded_and_keep_their_accents() -> None:
    read = tokens("Chỉ thị, Đoàn viên")
    assert [token.folded for token in read] == ["chi", "thi", "doan", "vien"]
    assert [token.exact for token in read] == ["chỉ", "thị", "đoàn", "viên"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("394-CV/TU", ["394-cv-tu"]),
        ("Số: 193 /KH-UBND", ["so", "193-kh-ubnd"]),
        ("số 34 -NQ/TU ngày", ["so", "34-nq-tu", "ngay"]),
        ("11 - CT/TU", ["11-ct-tu"]),
        ("11- CT/TU", ["11-ct-tu"]),
        ("15/2024/NĐ-CP", ["15-2024-nd-cp"]),
        ("09/2009/CT-UBND,", ["09-2009-ct-ubnd"]),
        ("369/PGD&ĐT", ["369-pgd-dt"]),
        ("31-CTr/TW", ["31-ctr-tw"]),
        ("12a-KH/TU", ["12-a-kh-tu"]),
        ("01/02/2025", ["01", "02", "2025"]),
        ("2020-2025", ["2020", "2025"]),
        ("năm 2025 - Hội Nông dân", ["nam", "2025", "hoi", "nong", "dan"]),
        ("24/7", ["24", "7"]),
        ("ngày 5 - 6", ["ngay", "5", "6"]),
    ],
)
def test_numbers_of_documents_are_read_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_number_is_found_under_every_beginning() -> None:
    assert number_forms("11-CT/TU") == ["11", "11-ct", "11-ct-tu"]
    assert number_forms("15/2024/NĐ-CP") == [
        "15",
        "15-2024",
        "15-2024-nd",
        "15-2024-nd-cp",
        "15-nd",
        "15-nd-cp",
    ]
    assert number_forms("") == []


def test_neighbours_are_paired_but_numbers_have_none() -> None:
    assert list(pairs(tokens("chỉ thị 11-CT/TU về đoàn viên"))) == ["chi_thi", "ve_doan", "doan_vien"]


def test_a_number_is_recognised_only_where_it_begins() -> None:
    assert number_at("số 11-CT/TU", 0) is None
    match = number_at("số 11-CT/TU", 3)
    assert match is not None
    assert join_number(match.group()) == "11-ct-tu"


@given(st.text())
def test_any_text_is_read_as_words_without_spaces(text: str) -> None:
    read = tokens(clean(text))
    assert all(token.folded and " " not in token.folded for token in read)
