import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_templates import WordingError, wording
from document_templates.blocks import Paragraph, plain
from document_templates.markup import read


def filled(text: str, **facts) -> str:
    return wording.shown(wording.fill(text, facts))


def test_fields_conditions_and_loops_are_filled_in():
    text = "{% for unit in units %}{{ unit.name }}{% if not loop.last %}; {% endif %}{% endfor %}"
    assert filled(text, units=[{"name": "Ban A"}, {"name": "Ban B"}]) == "Ban A; Ban B"


def test_a_field_named_like_a_method_of_a_dictionary_is_the_field():
    assert filled("{{ row.items }}", row={"items": "ba mục"}) == "ba mục"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 1234.5|số }}", "1.234,5"),
        ("{{ 45.26|phần_trăm }}", "45,3%"),
        ("{{ day|ngày }}", "09/3/2026"),
        ("{{ day|ngày_dài }}", "ngày 09 tháng 3 năm 2026"),
        ("{{ 4|la_mã }}", "IV"),
        ("{{ names|join }}", "Ban A, Ban B"),
        ("{{ rows|tổng('members')|số }}", "1.500"),
        ("{{ 1|tỷ_lệ(4)|số }}|{{ 1|tỷ_lệ(0)|số }}", "25|"),
        ("{{ 2.5 }}", "2,5"),
        ("{{ nothing }}", ""),
        ("{{ 'Báo cáo'|chữ_thường_đầu }}", "báo cáo"),
        ("{{ names[1] }}", "Ban B"),
    ],
)
def test_the_filters_write_as_offices_write(text, printed):
    facts = {
        "day": "2026-03-09",
        "names": ["Ban A", "", "Ban B"],
        "rows": [{"members": 1000}, {"members": None}, {"members": 500}],
        "nothing": None,
    }
    facts["names"] = ["Ban A", "Ban B"]
    assert filled(text, **facts) == printed


@pytest.mark.parametrize(
    "value", ["# Đầu", "- mục", "@phụ lục: X", "| a | b |", "> căn cứ", "**đậm** *nghiêng* [[ghi]]"]
)
def test_a_value_never_becomes_a_mark(value):
    [block] = read(wording.fill("{{ value }}", {"value": value})).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.text) == value


@given(st.text(max_size=200))
def test_no_value_breaks_the_line_it_stands_on(value):
    printed = wording.fill("trước {{ value }} sau", {"value": value})
    [block] = read(printed).blocks
    assert plain(block.text).startswith("trước")
    assert plain(block.text).endswith("sau")


@given(st.lists(st.text("ab\n |*#-", max_size=20)))
def test_every_line_of_a_long_field_becomes_a_paragraph(lines):
    value = "\n".join(lines)
    blocks = read(wording.fill("{{ value|đoạn }}", {"value": value})).blocks
    assert [plain(block.text) for block in blocks] == [
        line.strip() for line in value.splitlines() if line.strip()
    ]


def test_letters_are_composed():
    assert filled("{{ value }}", value=unicodedata.normalize("NFD", "Tỉnh uỷ")) == "Tỉnh uỷ"


FORBIDDEN = [
    "{{ ''.__class__ }}",
    "{{ fact.__class__.__mro__ }}",
    "{{ fact.keys() }}",
    "{{ range(10) }}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{{ 9 ** 9 }}",
    "{{ 'a' * 9 }}",
    "{{ 'a'|attr('upper') }}",
    "{{ fact|pprint }}",
    "{% for a in fact recursive %}{{ loop(a) }}{% endfor %}",
    "{{ x is odd_one }}",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_wording_cannot_reach_outside_its_facts(text):
    with pytest.raises(WordingError):
        assert filled(text, fact={}) == ""


def test_attributes_of_python_objects_are_not_there():
    with pytest.raises(WordingError):
        filled("{{ fact.__class__.__name__ }}", fact={})


def test_every_forbidden_statement_is_named_with_its_line():
    with pytest.raises(WordingError) as refused:
        wording.parse("{% set x = 1 %}\n\n{{ a|pprint }}")
    assert [problem.line for problem in refused.value.problems] == [1, 3]


def test_a_statement_left_open_is_named_with_its_line():
    with pytest.raises(WordingError) as refused:
        wording.parse("một\n{% if x %}\nba")
    assert "Dòng" in str(refused.value)


def test_loops_within_loops_are_stopped():
    many = list(range(1000))
    text = "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}"
    with pytest.raises(WordingError, match="lặp quá nhiều"):
        wording.fill(text, {"many": many})


def test_a_text_that_grows_without_end_is_stopped():
    text = "{% for a in many %}{{ long }}{% endfor %}"
    with pytest.raises(WordingError, match="quá dài"):
        wording.fill(text, {"many": list(range(1000)), "long": "x" * 100_000})


def test_a_joined_list_that_grows_without_end_is_stopped():
    nested = "many|join(many|join(many|join(many|join)))"
    with pytest.raises(WordingError, match="quá dài"):
        wording.fill("{{ " + nested + " }}", {"many": ["dài"] * 1000})


def test_a_wording_that_is_too_long_is_refused():
    with pytest.raises(WordingError, match=r"200\.000"):
        wording.parse("x" * 200_001)


def test_a_wording_nested_too_deeply_is_refused():
    with pytest.raises(WordingError):
        wording.parse("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}")


def test_an_expression_that_fails_is_refused_with_what_to_do():
    with pytest.raises(WordingError, match="Sửa lại biểu thức"):
        wording.fill("{{ name - 1 }}", {"name": "Ban A"})
