"""Clean, readable, folded and joined text: nothing is lost, and every offset stays true."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.text import (
    LineKind,
    cells,
    clean,
    fold,
    is_stamp,
    joined,
    lines,
    one_spelling,
    readable,
)


def kinds(text: str) -> list[LineKind]:
    return [line.kind for line in lines(text)]


def test_cleaning_composes_accents_unites_line_ends_and_drops_what_nobody_sees() -> None:
    assert clean(unicodedata.normalize("NFD", "\ufeffTỉnh\u200b ủy\r\nđã")) == "Tỉnh ủy\nđã"


def test_readable_text_has_the_letters_that_old_fonts_misplace_and_no_markup() -> None:
    assert readable("nhƣ **Kế hoạch**<sup>1</sup> – ½") == "như   Kế hoạch" + 15 * " " + "- ½"


def test_a_bullet_star_is_no_emphasis() -> None:
    assert readable("* mục một\n*nghiêng*") == "* mục một\n nghiêng "


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đảng ủy", "dang uy"), ("HOÀ ƣu", "hoa uu"), ("ĐẶC-12", "dac-12"), ("ß日", "ß日")],
)
def test_folding_keeps_the_length(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert len(fold(written)) == len(written)


@pytest.mark.parametrize(
    ("late", "early"),
    [
        ("hoà", "hòa"),
        ("uỷ", "ủy"),
        ("Khoẻ", "Khỏe"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("TỈNH UỶ", "TỈNH ỦY"),
    ],
)
def test_both_tone_placements_become_one(late: str, early: str) -> None:
    assert one_spelling(late) == one_spelling(early) == early


def test_page_numbers_are_told_from_row_numbers() -> None:
    text = "đoạn một\n\n2\n\nđoạn hai\n                                   3\nHàng\n11\nXử lý"
    pages = [line.words for line in lines(text) if line.kind is LineKind.PAGE]
    assert pages == ["2", "3"]


def test_marks_of_pages_rules_and_stamps_are_no_text() -> None:
    assert kinds("===== Trang 1 =====\n-----\n*\nTrang 2/5\n\nChữ") == [
        LineKind.PAGE,
        LineKind.RULE,
        LineKind.RULE,
        LineKind.PAGE,
        LineKind.BLANK,
        LineKind.TEXT,
    ]


@pytest.mark.parametrize(
    "stamp",
    [
        "(đã ký)",
        "(Đã ký và đóng dấu)",
        "Ký bởi: Sở Nội vụ",
        "Giờ ký: 2022-05-11T09:41:07+07:00",
        "2022.05.11 09:41:07 +07:00",
        "Người ký: Trần A",
        "Signature Not Verified",
    ],
)
def test_stamps_of_digital_signatures_are_recognised(stamp: str) -> None:
    assert is_stamp(stamp)


@pytest.mark.parametrize(
    "words", ["Trần Ký", "Đã ký kết hợp đồng với các đơn vị chủ quản từ năm 2020", "1. Ký"]
)
def test_other_words_are_no_stamp(words: str) -> None:
    assert not is_stamp(words)


def test_wide_gaps_and_tabs_part_columns() -> None:
    assert [(cell.text, cell.column) for cell in cells("  A B    C\tD")] == [("A B", 2), ("C", 9), ("D", 11)]


def test_joined_lines_leave_out_the_page_number_between_them() -> None:
    run = joined("số 31-\n\n                    2\n\nCTr/TW")
    assert run.text == "số 31- CTr/TW"
    assert run.span(7, 13) == (
        len("số 31-\n\n                    2\n\n"),
        len("số 31-\n\n                    2\n\nCTr/TW"),
    )


@given(st.text(max_size=300))
def test_readable_and_folded_text_have_the_length_of_their_source(raw: str) -> None:
    text = clean(raw)
    assert len(readable(text)) == len(fold(text)) == len(text)


@given(st.text(max_size=300))
def test_lines_cover_the_text(raw: str) -> None:
    text = clean(raw)
    assert "\n".join(text[line.start : line.end] for line in lines(text)) == text


@given(st.text(max_size=300))
def test_every_word_of_joined_text_stood_where_its_offsets_say(raw: str) -> None:
    text = clean(raw)
    run = joined(text)
    seen = readable(text)
    assert len(run.offsets) == len(run.text)
    for place, sign in enumerate(run.text):
        if sign != " ":
            assert seen[run.offsets[place]] == sign
