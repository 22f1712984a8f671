import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_templates import DocumentError
from document_templates.blocks import Column, Row, Run
from document_templates.columns import columns_of, density, head_rows

TITLES = st.lists(st.text("abc ", min_size=1, max_size=12), min_size=1, max_size=40)


@given(TITLES)
def test_widths_are_whole_percents_that_sum_to_a_hundred(titles):
    columns = columns_of([(title,) for title in titles], [], [])
    assert sum(column.width for column in columns) == 100
    assert all(column.width >= 1 for column in columns)


def test_widths_asked_for_are_kept():
    assert [column.width for column in columns_of([("a",), ("b",)], [], [30, 70])] == [30, 70]


def test_widths_that_do_not_sum_to_a_hundred_are_taken_as_shares():
    assert sum(column.width for column in columns_of([("a",), ("b",)], [], [1, 2])) == 100


def test_widths_for_other_columns_are_refused():
    with pytest.raises(DocumentError, match="bề rộng"):
        columns_of([("a",), ("b",)], [], [100])


def test_a_table_too_wide_for_any_page_is_refused():
    with pytest.raises(DocumentError, match="41 cột"):
        columns_of([("a",)] * 41, [], [])


def test_figures_stand_right_days_and_ordinals_in_the_middle_words_left():
    row = Row(tuple((Run(text),) for text in ("1", "Ban A", "1.234,5", "15/12/2026")))
    columns = columns_of([("TT",), ("Tên",), ("Số",), ("Hạn",)], [row], [])
    assert [column.align for column in columns] == ["center", "left", "right", "center"]


def test_figures_stand_right_even_where_a_row_has_none():
    rows = [Row(((Run(text),),)) for text in ("12", "–")]
    assert [column.align for column in columns_of([("Số người",)], rows, [])] == ["right"]


def test_the_more_columns_the_smaller_the_letters():
    assert [density(columns) for columns in (3, 8, 9, 14, 15, 40)] == [
        "table", "table", "table_small", "table_small", "table_tiny", "table_tiny",
    ]  # fmt: skip


def test_titles_with_one_beginning_stand_under_it():
    columns = [Column(titles, 25) for titles in (("TT",), ("Tăng", "a"), ("Tăng", "b"), ("Giảm", "a"))]
    top, bottom = head_rows(columns)
    assert [(cell.title, cell.column, cell.columns, cell.rows) for cell in top] == [
        ("TT", 0, 1, 2), ("Tăng", 1, 2, 1), ("Giảm", 3, 1, 1),
    ]  # fmt: skip
    assert [(cell.title, cell.column) for cell in bottom] == [("a", 1), ("b", 2), ("a", 3)]
