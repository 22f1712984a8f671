"""Over many units counts are added up and rates are reckoned anew, never added."""

from decimal import Decimal
from typing import Any

import pytest

from workflows.regimes.forms import read, totals

GIVEN = {"code": "given", "label": "Được giao", "kind": "number", "required": True}
DONE = {"code": "done", "label": "Hoàn thành", "kind": "number"}
RATE = {
    "code": "rate",
    "label": "Tỷ lệ",
    "kind": "number",
    "unit": "%",
    "formula": "done / given * 100",
    "decimals": 1,
}


def together(*parts: dict[str, Any], **added: int) -> dict[str, Decimal]:
    form = read({"title": "Biểu", "sections": [{"title": "I", "parts": list(parts)}]})
    sums = {cell: Decimal(value) for cell, value in added.items()}
    return dict(totals(form, sums, {"given": Decimal(5)}))


def number(code: str, formula: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": code, "kind": "number", "formula": formula, **more}


def test_a_rate_is_reckoned_from_the_sums():
    assert together(RATE, GIVEN, DONE, given=60, done=45, rate=230)["rate"] == 75


def test_what_speaks_of_a_rate_is_reckoned_anew_too():
    lacking = number("lacking", "100 - rate", unit="%")
    assert together(GIVEN, DONE, RATE, lacking, given=60, done=45, rate=230, lacking=70)["lacking"] == 25


def test_a_rate_against_the_period_before_uses_the_sums_of_both():
    grown = number("grown", "given / previous(given) * 100", unit="%")
    assert together(GIVEN, grown, given=60, grown=999)["grown"] == 1200


def test_other_calculated_cells_are_added_up():
    spent = number("spent", "given * done")
    moved = number("moved", "given - previous(given)")
    found = together(GIVEN, DONE, spent, moved, given=60, done=45, spent=700, moved=4)
    assert (found["spent"], found["moved"]) == (700, 4)


def test_where_nothing_was_accepted_nothing_is_reckoned():
    grown = number("grown", "(given - previous(given)) / previous(given) * 100", unit="%")
    assert together(GIVEN, grown) == {}


@pytest.mark.parametrize("unit", ["%", "(%)", "tỷ lệ %", "Phần trăm", "‰"])
def test_a_share_is_known_by_its_unit_however_it_is_written(unit: str):
    typed = {"code": "typed", "label": "Nhập tay", "kind": "number", "unit": unit}
    assert together(GIVEN, typed, given=60, typed=180) == {"given": 60}


def test_shares_that_cannot_be_reckoned_have_no_total():
    typed = {"code": "typed", "label": "Tỷ lệ nhập tay", "kind": "number", "unit": "% hộ"}
    of_it, fixed = number("of_it", "100 - typed", unit="%"), number("fixed", "given / 500", unit="%")
    found = together(GIVEN, typed, of_it, fixed, given=60, typed=180, of_it=120, fixed=1)
    assert found == {"given": 60}


def test_a_total_divided_by_nothing_stays_empty():
    assert "rate" not in together(GIVEN, DONE, RATE, given=0, done=3, rate=10)


def test_a_condition_answered_by_each_unit_hides_no_total():
    held = {"code": "held", "label": "Có họp", "kind": "choice", "choices": ["Có", "Không"]}
    when = [{"cell": "held", "sign": "=", "value": "Có"}]
    assert together(held, {**GIVEN, "when": when}, DONE, RATE, given=4, done=3)["rate"] == 75
