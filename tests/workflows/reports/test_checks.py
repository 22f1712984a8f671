"""A form says what is lacking, impossible, contradictory or unusual, at the cell and in words."""

from decimal import Decimal
from typing import Any

import pytest

from workflows.regimes.forms import read
from workflows.reports import Content, Usual, findings, settled

NUMBER = {"code": "n", "label": "Số", "kind": "number"}
HELD = {"code": "held", "label": "Có họp", "kind": "choice", "choices": ["Có", "Không"], "required": True}
IF_HELD = {"when": [{"cell": "held", "sign": "=", "value": "Có"}]}


def form(*parts: dict[str, Any], rules: tuple[dict[str, str], ...] = ()) -> Any:
    return read({"title": "B", "sections": [{"title": "I", "parts": list(parts)}], "rules": list(rules)})


def said(parts: Any, content: Content, **usual: Usual) -> list[str]:
    return [str(finding.sentence) for finding in findings(parts, content, {}, usual)]


def figures(**cells: object) -> Content:
    return Content(figures={cell: Decimal(str(value)) for cell, value in cells.items()})


@pytest.mark.parametrize(
    ("settings", "typed", "sentence"),
    [
        ({}, -1, "Số: số liệu không thể âm."),
        ({"minimum": -5}, -6, "Số: số liệu không được nhỏ hơn -5."),
        ({"minimum": 3}, 2, "Số: số liệu không được nhỏ hơn 3."),
        ({"maximum": "1234.5"}, 1235, "Số: số liệu không được lớn hơn 1.234,5."),
        ({"decimals": 0}, "1.5", "Số: chỉ nhận số nguyên."),
        ({"decimals": 1}, "1.25", "Số: chỉ nhận đến 1 chữ số thập phân."),
        ({"required": True}, None, "Số: thiếu số liệu."),
    ],
)
def test_what_a_number_may_not_be_is_said(settings: dict[str, Any], typed: object, sentence: str):
    content = Content() if typed is None else figures(n=typed)
    found = said(form({**NUMBER, **settings}), content)
    assert len(found) == 1
    assert found[0].startswith(sentence)


@pytest.mark.parametrize(("settings", "typed"), [({"minimum": -5}, -5), ({"maximum": 3}, 3), ({}, "0.5")])
def test_what_a_number_may_be_is_taken(settings: dict[str, Any], typed: object):
    assert said(form({**NUMBER, **settings}), figures(n=typed)) == []


def test_a_required_file_is_asked_for():
    assert said(form({"code": "f", "label": "Danh sách", "kind": "file", "required": True}), Content()) == [
        "Danh sách: chưa có tệp. Gửi tệp tại mục này rồi nộp lại."
    ]


def test_what_does_not_apply_is_neither_required_nor_counted_nor_lost():
    whole = form(HELD, {**NUMBER, **IF_HELD, "required": True})
    no = Content(narrative={"held": "Không"})
    assert said(whole, no) == []
    kept = settled(whole, Content(figures={"n": Decimal(7)}, narrative={"held": "Không"}), {})
    assert (dict(kept.figures), dict(kept.aside)) == ({}, {"n": "7"})
    again = settled(whole, Content(narrative={"held": "Có"}, aside=kept.aside), {})
    assert (dict(again.figures), dict(again.aside)) == ({"n": Decimal(7)}, {})
    assert Content.read(kept.as_data()) == kept


def test_words_that_do_not_apply_are_kept_too():
    whole = form(HELD, {"code": "w", "label": "Nội dung", "kind": "narrative", **IF_HELD})
    kept = settled(whole, Content(narrative={"held": "Không", "w": "Đã soạn."}), {})
    assert (dict(kept.narrative), dict(kept.aside)) == ({"held": "Không"}, {"w": "Đã soạn."})
    assert settled(whole, kept, {}) == kept


def test_a_rule_over_cells_that_do_not_apply_says_nothing():
    rule = {"left": "n", "operator": ">=", "right": "1", "importance": "error", "sentence": "Ít nhất một."}
    whole = form(HELD, {**NUMBER, **IF_HELD}, rules=(rule,))
    assert said(whole, Content(narrative={"held": "Không"})) == []
    assert said(whole, Content(narrative={"held": "Có"})) == ["Ít nhất một. Hiện là 0 so với 1."]


def test_a_rule_reads_calculated_cells():
    rule = {"left": "twice", "operator": "<=", "right": "10", "importance": "error", "sentence": "Quá mười."}
    whole = form(NUMBER, {**NUMBER, "code": "twice", "formula": "n * 2"}, rules=(rule,))
    assert said(whole, figures(n=6)) == ["Quá mười. Hiện là 12 so với 10."]


def test_an_unusual_figure_is_a_question_that_a_note_answers():
    usual = Usual(Decimal(120), Decimal(180), 8)
    [asked] = findings(form(NUMBER), figures(n=900), {}, {"n": usual})
    assert (asked.refuses, asked.question) == (False, True)
    assert "thường từ 120 đến 180 (8 kỳ gần nhất)" in asked.sentence
    noted = Content(figures={"n": Decimal(900)}, notes={"n": "Đại hội."})
    assert said(form(NUMBER), noted, n=usual) == []
