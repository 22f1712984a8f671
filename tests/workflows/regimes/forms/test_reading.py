"""A form is read from plain data; what is wrong in it is named when it is saved, not when it is filled in."""

from typing import Any

import pytest

from workflows.errors import Refused
from workflows.regimes.forms import read

GRID = {
    "code": "tasks",
    "label": "Nhiệm vụ",
    "rows": [{"code": "dated", "label": "Có hạn"}, {"code": "standing", "label": "Thường xuyên"}],
    "columns": [{"code": "given", "label": "Được giao"}, {"code": "done", "label": "Hoàn thành"}],
    "greyed": ["tasks.standing.done"],
}
FIELD = {"code": "petitions", "label": "Số đơn", "kind": "number", "required": True}


def form(**changes: Any) -> dict[str, Any]:
    return {"title": "Biểu thử", "sections": [{"title": "I", "fields": [FIELD], "grids": [GRID]}], **changes}


def rule(left: str, right: str, operator: str = "=") -> dict[str, str]:
    return {
        "left": left,
        "operator": operator,
        "right": right,
        "importance": "error",
        "sentence": "Phải bằng.",
    }


def test_greyed_cells_are_not_asked_for():
    cells = [cell.name for cell in read(form()).number_cells()]
    assert cells == ["tasks.dated.given", "tasks.dated.done", "tasks.standing.given", "petitions"]


def test_parts_listed_together_keep_their_order():
    together = form(sections=[{"title": "I", "parts": [FIELD, GRID]}])
    assert next(cell.name for cell in read(together).number_cells()) == "petitions"


def test_a_rule_over_rows_becomes_one_for_each_row():
    rules = read(form(rules=[rule("tasks.{row}.given", "petitions", ">=")])).rules
    assert [sorted(each.left.cells) for each in rules] == [["tasks.dated.given"], ["tasks.standing.given"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"sections": []},
        {"sections": [{"title": "I", "fields": [FIELD, FIELD]}]},
        {"sections": [{"title": "I", "fields": [{**FIELD, "kind": "picture"}]}]},
        {"rules": [rule("petitions", "unknown")]},
        {"rules": [rule("petitions", "1", "<>")]},
        {"rules": [rule("petitions +", "1")]},
        {"rules": [rule("petitions", "1 / 0")]},
        {"rules": [rule("petitions", "previous(unknown)")]},
        {"rules": [{"left": "petitions"}]},
        {"rules": "petitions = 1"},
        {"title": ""},
        {"sections": {"title": "I"}},
        {"sections": [{"fields": [FIELD]}]},
        {"sections": [{"title": "I", "fields": [{**FIELD, "code": "Số đơn"}]}]},
        {"sections": [{"title": "I", "fields": [{**FIELD, "code": "class"}]}]},
        {"sections": [{"title": "I", "fields": [{**FIELD, "kind": "choice"}]}]},
        {"sections": [{"title": "I", "grids": [{**GRID, "greyed": ["tasks.nowhere.done"]}]}]},
        {"sections": [{"title": "I", "grids": [{**GRID, "rows": [1, 2]}]}]},
    ],
)
def test_a_form_that_cannot_work_is_refused_when_saved(changes: dict[str, Any]):
    with pytest.raises(Refused):
        read(form(**changes))
