"""A draft is changed card by card; codes stay, so that figures go on under a new name."""

import pytest

from workflows.errors import Refused
from workflows.regimes.forms import read
from workflows.regimes.forms.designing import PART_KINDS, Design, blank, heads


@pytest.fixture
def design() -> Design:
    """A form of two sections with one number and one grid."""
    made = Design(blank("Biểu thử"))
    made.add_section()
    made.add_part("phan_1", "number")
    made.add_part("phan_1", "grid")
    return made


def places(design: Design) -> list[str]:
    return [place for place, _ in design.cards()]


@pytest.mark.parametrize("kind", [kind for kind in PART_KINDS if kind != "calculated"])
def test_every_kind_of_part_works_as_it_is_added(kind: str):
    made = Design(blank("Biểu thử"))
    made.add_part("phan_1", kind)
    assert read(made.data).labels


def test_an_older_form_is_taken_as_it_is():
    old = {
        "title": "Cũ",
        "sections": [{"title": "I", "fields": [{"code": "n", "label": "N", "kind": "number"}], "grids": []}],
        "rules": [{"left": "n", "operator": ">=", "right": "1", "sentence": "S"}],
    }
    assert places(Design(old)) == ["section:phan_1", "part:n", "rule:quy_tac_1"]


def test_a_part_moves_on_into_the_next_section(design: Design):
    design.step("part:bang_1", 1)
    assert places(design) == ["section:phan_1", "part:so_1", "section:phan_2", "part:bang_1"]
    design.step("part:bang_1", -1)
    assert places(design) == ["section:phan_1", "part:so_1", "part:bang_1", "section:phan_2"]
    design.put_before("part:bang_1", "part:so_1")
    assert places(design)[1] == "part:bang_1"
    design.put_before("part:bang_1", "section:phan_2")
    assert places(design)[-1] == "part:bang_1"


def test_nothing_is_dropped_where_it_does_not_belong(design: Design):
    with pytest.raises(Refused):
        design.put_before("section:phan_1", "part:so_1")
    assert "section:phan_1" in places(design)


def test_a_copy_has_codes_of_its_own(design: Design):
    design.change("part:bang_1", {"greyed": ["bang_1.h1.c1"]})
    assert design.duplicate("section:phan_1") == "section:phan_3"
    assert design.card("part:bang_2")["greyed"] == ["bang_2.h1.c1"]
    assert len(read(design.data).labels) == 8


def test_a_renamed_row_keeps_its_code_and_a_lost_one_its_cells_lose(design: Design):
    design.change("part:bang_1", {"greyed": ["bang_1.h1.c1", "bang_1.h2.c1"]})
    design.change("part:bang_1", {"rows": ["Hàng một", "Hàng 2"]})
    assert [head["code"] for head in design.card("part:bang_1")["rows"]] == ["h1", "h2"]
    design.change("part:bang_1", {"rows": ["Hàng 2"]})
    assert design.card("part:bang_1")["greyed"] == ["bang_1.h2.c1"]


def test_a_cells_own_formula_goes_with_its_copy_and_its_row(design: Design):
    design.change("part:bang_1", {"cell_formulas": {"bang_1.h2.c1": "bang_1.h1.c1 * 2"}})
    design.duplicate("part:bang_1")
    assert design.card("part:bang_2")["cell_formulas"] == {"bang_2.h2.c1": "bang_2.h1.c1 * 2"}
    design.change("part:bang_1", {"rows": ["Hàng 1"]})
    assert not design.card("part:bang_1")["cell_formulas"]


def test_rows_that_change_places_keep_their_codes():
    known = [{"code": "h1", "label": "Nữ"}, {"code": "h2", "label": "Nam"}]
    assert [head["code"] for head in heads(known, ["Nam", "Khác", "Nữ"], "h")] == ["h2", "h3", "h1"]


def test_a_setting_is_taken_away_by_saying_nothing_and_zero_says_something(design: Design):
    design.change("part:so_1", {"decimals": 0, "unit": "người", "required": False})
    assert design.card("part:so_1")["decimals"] == 0
    design.change("part:so_1", {"decimals": None, "unit": ""})
    assert not {"decimals", "unit", "required"} & design.card("part:so_1").keys()


def test_two_rows_of_one_name_are_two_rows():
    assert len({head["code"] for head in heads([], ["Khác", "Khác"], "h")}) == 2


def test_what_is_gone_is_said_and_not_changed(design: Design):
    design.remove("part:so_1")
    with pytest.raises(Refused, match="không còn"):
        design.change("part:so_1", {"label": "X"})
