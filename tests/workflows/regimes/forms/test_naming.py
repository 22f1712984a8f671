"""Formulas are written with the names of cells, stored by codes, and come back as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.regimes.forms.naming import for_rules, spoken, stored, vocabulary

DEFINITION = {
    "sections": [
        {
            "parts": [
                {"code": "so_1", "label": "Được giao", "kind": "number"},
                {"code": "so_2", "label": "Hoàn thành", "kind": "number"},
                {"code": "so_3", "label": "Hoàn thành", "kind": "number"},
                {
                    "code": "bang_1",
                    "label": "Bảng",
                    "rows": [{"code": "h1", "label": "Nữ"}],
                    "columns": [{"code": "c1", "label": "Đầu kỳ"}, {"code": "c2", "label": "Cuối kỳ"}],
                },
            ]
        }
    ]
}
WORDS = vocabulary(DEFINITION)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("[Hoàn thành] ÷ [Được giao] × 100", "so_2 / so_1 * 100"),
        ("[hoàn  THÀNH (2)] - 1,5", "so_3 - 1.5"),
        ("[kỳ trước: Được giao] + 1", "previous(so_1) + 1"),
        ("[Bảng: cộng cột Đầu kỳ]", "bang_1._.c1"),
        ("[Bảng: Nữ – Cuối kỳ]", "bang_1.h1.c2"),
        ("so_1 x 2", "so_1 * 2"),
    ],
)
def test_a_formula_is_kept_by_codes(written: str, kept: str):
    assert stored(written, WORDS) == kept


def test_a_cell_nobody_knows_keeps_its_brackets():
    assert stored("[Không có] + [Được giao]", WORDS) == "[Không có] + so_1"


def test_the_columns_of_its_own_grid_come_first_in_a_calculated_column():
    words = vocabulary(DEFINITION, "bang_1", "row")
    assert stored("[Cuối kỳ] - [Đầu kỳ]", words) == "bang_1.{row}.c2 - bang_1.{row}.c1"
    assert spoken("bang_1.{row}.c2 - 2.5", words) == "[Cuối kỳ] - 2,5"


def test_a_rule_may_speak_of_each_row():
    assert stored("[Bảng: mỗi hàng – Đầu kỳ]", for_rules(DEFINITION)) == "bang_1.{row}.c1"


@given(st.lists(st.sampled_from([*WORDS.values(), "1.5", "previous(so_1)"]), min_size=1, max_size=5))
def test_what_was_kept_comes_back_the_same(cells: list[str]):
    formula = " * ".join(cells)
    assert stored(spoken(formula, WORDS), WORDS) == formula
