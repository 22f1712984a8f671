"""Calculated cells and parts that do not apply follow from what was typed, in whatever order they stand."""

from decimal import Decimal
from typing import Any

import pytest

from workflows.errors import Refused
from workflows.regimes.forms import Reckoned, examined, read, reckon

GIVEN = {"code": "given", "label": "Được giao", "kind": "number", "required": True}
DONE = {"code": "done", "label": "Hoàn thành", "kind": "number"}
RATE = {"code": "rate", "label": "Tỷ lệ", "kind": "number", "formula": "done / given * 100", "decimals": 1}
HELD = {"code": "held", "label": "Có tổ chức hội nghị", "kind": "choice", "choices": ["Có", "Không"]}
MEETINGS = {
    "code": "meetings",
    "label": "Số hội nghị",
    "kind": "number",
    "required": True,
    "when": [{"cell": "held", "sign": "=", "value": "Có"}],
}
GRID = {
    "code": "grid",
    "label": "Bảng",
    "rows": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}],
    "columns": [
        {"code": "x", "label": "X"},
        {"code": "y", "label": "Y"},
        {"code": "all", "label": "Cộng", "formula": "grid.{row}._"},
    ],
    "greyed": ["grid.b.y"],
}


def form(*parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"title": "Biểu", "sections": [{"title": "I", "parts": list(parts)}], **changes}


def result(definition: dict[str, Any], said: dict[str, str] | None = None, **figures: int) -> Reckoned:
    numbers = {cell.replace("__", "."): Decimal(value) for cell, value in figures.items()}
    return reckon(read(definition), numbers, said or {}, {"given": Decimal(8)})


def test_a_calculated_cell_may_stand_before_what_it_is_reckoned_from():
    found = result(form(RATE, GIVEN, DONE), given=12, done=5)
    assert found.figures["rate"] == Decimal("41.7")


def test_halves_go_up():
    half = {"code": "half", "label": "Nửa", "kind": "number", "formula": "given / 2", "decimals": 0}
    assert result(form(GIVEN, half), given=5).figures["half"] == 3


@pytest.mark.parametrize(("wanted", "hidden"), [("1.000", True), ("1,5", False), ("NaN", True), ("x", True)])
def test_a_condition_on_a_number_reads_it_as_offices_write_it(wanted: str, hidden: bool):
    asked = {"code": "more", "label": "Thêm", "kind": "number"}
    condition = {"when": {"cell": "given", "sign": ">=", "value": wanted}}
    assert (result(form(GIVEN, {**asked, **condition}), given=2).hidden == {"more"}) is hidden


def test_a_calculated_cell_may_use_another():
    twice = {"code": "twice", "label": "Gấp đôi", "kind": "number", "formula": "rate * 2"}
    assert result(form(twice, RATE, GIVEN, DONE), given=10, done=5).figures["twice"] == 100


def test_a_division_by_zero_leaves_the_cell_empty_and_says_why():
    found = result(form(GIVEN, DONE, RATE), given=0, done=5)
    assert "rate" not in found.figures
    assert "Tỷ lệ: chưa tính được" in found.undefined["rate"]


def test_an_optional_blank_counts_as_nothing_and_a_required_one_leaves_the_sum_open():
    assert result(form(GIVEN, DONE, RATE), given=10).figures["rate"] == 0
    assert "rate" not in result(form(GIVEN, DONE, RATE), done=5).figures


def test_a_cell_may_be_reckoned_from_the_period_before():
    growth = {"code": "growth", "label": "Tăng", "kind": "number", "formula": "given - previous(given)"}
    assert result(form(GIVEN, growth), given=3).figures["growth"] == -5


def test_what_was_sent_for_a_calculated_cell_is_not_believed():
    assert result(form(GIVEN, DONE, RATE), given=10, done=5, rate=99).figures["rate"] == 50


def test_a_part_is_asked_for_only_when_its_condition_holds():
    assert result(form(HELD, MEETINGS), {"held": "Không"}, meetings=3).hidden == {"meetings"}
    assert "meetings" not in result(form(HELD, MEETINGS), {"held": "Không"}, meetings=3).figures
    assert result(form(HELD, MEETINGS), {"held": "Có"}, meetings=3).figures["meetings"] == 3


def test_what_does_not_apply_hides_what_depends_on_it():
    place = {
        "code": "place",
        "label": "Nơi họp",
        "kind": "narrative",
        "when": {"cell": "meetings", "sign": ">=", "value": "1"},
    }
    assert result(form(HELD, MEETINGS, place), {"held": "Không"}, meetings=3).hidden == {"meetings", "place"}


def test_what_does_not_apply_counts_as_nothing_in_sums():
    total = {"code": "total", "label": "Tổng", "kind": "number", "formula": "given + meetings"}
    assert (
        result(form(GIVEN, HELD, MEETINGS, total), {"held": "Không"}, given=2, meetings=9).figures["total"]
        == 2
    )


def test_a_sum_over_a_row_takes_what_is_there_and_leaves_out_calculated_and_greyed_cells():
    found = result(form(GRID), grid__a__x=1, grid__a__y=2, grid__b__x=4)
    assert (found.figures["grid.a.all"], found.figures["grid.b.all"]) == (3, 4)
    assert "grid.b.all" not in result(form(GRID), grid__a__x=1).figures


def test_a_single_cell_of_a_grid_may_be_calculated_and_goes_before_its_column():
    own = {**GRID, "cell_formulas": {"grid.b.x": "grid.a.x * 2", "grid.b.all": "given"}}
    found = result(form(GIVEN, own), given=9, grid__a__x=1, grid__a__y=2, grid__b__x=70)
    assert (found.figures["grid.b.x"], found.figures["grid.b.all"]) == (2, 9)
    assert found.figures["grid.a.all"] == 3


@pytest.mark.parametrize(
    ("formulas", "sentence"),
    [
        ({"grid.a.x": "grid.b.x", "grid.b.x": "grid.a.x"}, "vòng quanh"),
        ({"grid.a.x": "grid.a.x + 1"}, "vòng quanh"),
        ({"grid.a.x": "given / 0"}, "chia cho 0"),
        ({"grid.a.x": "nowhere"}, "không có trong biểu: nowhere"),
        ({"grid.c.x": "given"}, "không có trong bảng: grid.c.x"),
    ],
)
def test_a_cell_formula_that_cannot_work_is_refused(formulas: dict[str, str], sentence: str):
    with pytest.raises(Refused, match=sentence):
        read(form(GIVEN, {**GRID, "cell_formulas": formulas}))


def test_a_cell_formula_that_divides_by_zero_leaves_its_cell_empty_and_says_which():
    found = result(form(GIVEN, {**GRID, "cell_formulas": {"grid.a.x": "1 / given"}}), given=0)
    assert "Bảng: A – X: chưa tính được" in found.undefined["grid.a.x"]


def test_a_sum_over_a_calculated_column_is_of_calculated_cells():
    grand = {"code": "grand", "label": "Chung", "kind": "number", "formula": "grid._.all"}
    assert result(form(GRID, grand), grid__a__x=1, grid__a__y=2, grid__b__x=4).figures["grand"] == 7


@pytest.mark.parametrize(
    "parts",
    [
        (
            {"code": "a", "label": "A", "kind": "number", "formula": "b"},
            {"code": "b", "label": "B", "kind": "number", "formula": "a + 1"},
        ),
        ({"code": "a", "label": "A", "kind": "number", "formula": "a + 1"},),
        ({"code": "a", "label": "A", "kind": "number", "when": {"cell": "a", "sign": "filled"}},),
        (
            {"code": "a", "label": "A", "kind": "number", "when": {"cell": "b", "sign": "=", "value": "1"}},
            {"code": "b", "label": "B", "kind": "number", "formula": "a"},
        ),
    ],
)
def test_a_circle_is_refused_by_the_names_of_its_cells(parts: tuple[dict[str, Any], ...]):
    with pytest.raises(Refused, match="A → "):
        read(form(*parts))


def test_everything_wrong_is_named_with_its_place():
    wrong = form(
        {**GIVEN, "minimum": "abc"},
        {**DONE, "label": ""},
        {**RATE, "formula": "[Không có] / 2"},
        rules=[{"left": "given", "operator": "=", "right": "1", "sentence": "S"}, {"operator": "="}],
    )
    places = [fault.place for fault in examined(wrong)[1]]
    assert places[:2] == ["part:given", "part:done"]
    assert "rule:2" in places


@pytest.mark.parametrize("limit", ["1e400", "NaN", "inf", True, "x"])
def test_a_limit_that_is_no_number_is_refused(limit: object):
    with pytest.raises(Refused, match="giới hạn"):
        read(form({**GIVEN, "maximum": limit}))


@pytest.mark.parametrize("formula", ["1e400 * done", "done +", "done @ given", "", "done / 0", "nothing + 1"])
def test_a_formula_that_cannot_work_is_refused_when_the_form_is_read(formula: str):
    with pytest.raises(Refused):
        read(form(GIVEN, DONE, {**RATE, "formula": formula}))
