from datetime import date

import pytest

from document_templates import Field, WordingError, check_wording
from document_templates.fields import complete

FIELDS = (
    Field("subject", "Trích yếu"),
    Field("deadline", "Thời hạn", "date"),
    Field("total", "Tổng số", "number"),
    Field("note", "Ghi chú", optional=True),
    Field("directive.number", "Số văn bản"),
    Field("units[].name", "Tên đơn vị"),
    Field("units[].tasks[].title", "Nhiệm vụ"),
    Field("copies[]", "Nơi nhận", optional=True),
)
FACTS = {
    "subject": "đôn đốc",
    "deadline": "2026-11-20",
    "total": 3,
    "directive": {"number": "06-CT/TU"},
    "units": [{"name": "Ban A", "tasks": [{"title": "Rà soát"}]}],
}


def problems_of(facts) -> list[str]:
    with pytest.raises(WordingError) as refused:
        complete(facts, FIELDS)
    return [problem.sentence for problem in refused.value.problems]


def test_optional_gaps_are_filled_and_dates_read():
    facts = complete(FACTS, FIELDS)
    assert facts["deadline"] == date(2026, 11, 20)
    assert facts["note"] is None
    assert facts["copies"] == []


def test_an_empty_list_is_a_list():
    assert complete(FACTS | {"units": []}, FIELDS)["units"] == []


def test_all_missing_fields_are_named_at_once():
    named = problems_of({"units": [{"tasks": [{}]}]})
    for path in ("subject", "deadline", "total", "directive", "units[1].name", "units[1].tasks[1].title"):
        assert any(f"“{path}”" in sentence for sentence in named), path


def test_a_missing_list_is_named():
    assert any(
        "“units”" in sentence for sentence in problems_of({k: v for k, v in FACTS.items() if k != "units"})
    )


def test_a_misspelt_fact_is_shown_beside_the_missing_one():
    facts = {k: v for k, v in FACTS.items() if k != "subject"} | {"subjct": "đôn đốc"}
    assert "subjct" in problems_of(facts)[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deadline", "mai"),
        ("total", "ba"),
        ("total", True),
        ("subject", ["a"]),
        ("units", "Ban A"),
        ("directive", "06"),
        ("copies", 3),
    ],
)
def test_a_fact_of_the_wrong_kind_is_named(name, value):
    assert any(f"“{name}”" in sentence for sentence in problems_of(FACTS | {name: value}))


def test_facts_that_are_no_record_are_refused():
    assert problems_of(["đôn đốc"])


def test_a_wording_may_name_every_declared_field():
    check_wording(
        "{{ subject }}{{ directive.number }}{{ office.name }}{{ paper.date }}"
        "{% for unit in units|sort(attribute='name') %}{{ loop.index }}{{ unit.name }}"
        "{% for task in unit.tasks %}{{ task.title }}{% endfor %}{% else %}{{ note }}{% endfor %}"
        "{{ units|map(attribute='name')|join }}{{ copies|join }}{{ units[0].name }}",
        FIELDS,
    )


def test_all_misspelt_fields_are_named_with_line_and_guess():
    with pytest.raises(WordingError) as refused:
        check_wording(
            "{{ subjet }}\n{% for unit in units %}{{ unit.nam }}{% endfor %}\n"
            "{{ units|map(attribute='nme')|join }}",
            FIELDS,
        )
    problems = refused.value.problems
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert "“subject”" in problems[0].sentence
    assert "“units[].name”" in problems[1].sentence
    assert "“units[].nme”" in problems[2].sentence


def test_a_loop_name_means_nothing_after_its_loop():
    with pytest.raises(WordingError):
        check_wording("{% for unit in units %}{% endfor %}{{ unit.name }}", FIELDS)
