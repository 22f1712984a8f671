"""Two versions are compared part by part, in words."""

from workflows.regimes.forms.comparing import Turn, alterations
from workflows.regimes.forms.designing import Design, blank


def test_what_was_added_changed_and_taken_away_is_named():
    before = Design(blank("Biểu"))
    before.add_part("phan_1", "number")
    before.add_part("phan_1", "date")
    after = Design(before.data)
    after.add_part("phan_1", "calculated")
    after.change("part:tinh_1", {"label": "Gấp đôi", "formula": "so_1 * 2"})
    after.change("part:so_1", {"label": "Số cuộc họp", "required": False})
    after.remove("part:ngay_1")
    found = {(one.turn, one.label): one.aspects for one in alterations(before.data, after.data)}
    assert found[Turn.CHANGED, "Số cuộc họp"] == (
        ("Tên", "Số liệu", "Số cuộc họp"),
        ("Bắt buộc", "có", ""),
    )
    assert (Turn.ADDED, "Gấp đôi") in found
    assert (Turn.REMOVED, "Ngày") in found


def test_a_version_does_not_differ_from_itself():
    design = Design(blank("Biểu"))
    design.add_part("phan_1", "grid")
    assert alterations(design.data, design.data) == []
