"""Tasks proposed from invented documents of the genre: Party, state, Front, youth, women, trade unions."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.directives.reading.confidence import RELATIVE_DEADLINE
from workflows.directives.reading.header import read_header
from workflows.directives.reading.model import Header, ProposedTask
from workflows.directives.reading.tasks import propose
from workflows.directives.reading.text import clean

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "tasks").glob("*.txt"))
GENRE = [
    *(
        "Giao Sở Y tế",
        "chủ trì, phối hợp với",
        "các sở, ban, ngành",
        "1.",
        "a)",
        "- ",
        "II.",
        "Phụ lục",
        "60%",
    ),
    *(
        "trước ngày 31/12/2026",
        "trong tháng 6/2026",
        "hằng năm",
        "TT",
        "|",
        "\t",
        "Đơn vị chủ trì:",
        "báo cáo",
    ),
    *("\n", "\n\n", ":", ";", "(", ")", "và", "Đảng ủy", "chỉ đạo", "Nơi nhận:", "2", "của", "các"),
]


def as_expected(task: ProposedTask) -> dict[str, Any]:
    """The fields that fixtures speak of; what is empty is left out."""
    said: dict[str, Any] = {
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "monitor": list(task.monitor),
        "chain": list(task.chain),
        "cadence": list(task.cadence),
        "deadline": task.deadline.isoformat() if task.deadline else None,
        "targets": [[target.value, target.unit] for target in task.targets],
        "report_to": task.report_to,
        "product": task.product,
        "deadline_text": task.deadline_text,
    }
    return {"clause": task.clause, **said}


def proposed(path: Path) -> list[ProposedTask]:
    text = clean(path.read_text(encoding="utf-8"))
    return propose(text, read_header(text))[1]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_tasks_of_a_document_are_found(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = [as_expected(task) for task in proposed(path)]
    assert [task["clause"] for task in found] == [task["clause"] for task in expected]
    always: dict[str, Any] = {name: [] for name in ("coordinate", "chain", "cadence", "targets", "monitor")}
    for task, wanted in zip(found, expected, strict=True):
        wanted = {"deadline": None, **always, **wanted}
        assert {key: task[key] for key in wanted} == wanted


def assert_sound(text: str) -> None:
    """Spans lie inside the text and quotes are their very characters."""
    clauses, tasks = propose(text, Header(body=(0, len(text))))
    for clause in clauses:
        assert text[slice(*clause.span)] == clause.text
    for task in tasks:
        assert 0 <= task.span[0] < task.span[1] <= len(text)
        assert text[slice(*task.span)] == task.quote
        assert 0 < task.confidence <= 1
        assert task.reasons


@given(st.text())
def test_no_text_whatever_stops_the_reader(text: str) -> None:
    assert_sound(clean(text))


@settings(max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(GENRE), st.text(max_size=8)), max_size=80).map(" ".join))
def test_no_heap_of_words_of_the_genre_stops_the_reader(text: str) -> None:
    assert_sound(clean(text))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_quotes_stand_word_for_word_in_the_document(path: Path) -> None:
    assert_sound(clean(path.read_text(encoding="utf-8")))


def test_the_same_text_gives_the_same_answer() -> None:
    assert [proposed(path) for path in FIXTURES] == [proposed(path) for path in FIXTURES]


def test_a_lone_marked_passage_is_read_without_a_header() -> None:
    _, (task,) = propose("Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 05/9/2026.")
    assert (task.lead, task.coordinate) == (("Sở Y tế",), ("Sở Tài chính",))
    assert task.deadline is not None
    assert task.deadline.isoformat() == "2026-09-05"


def test_an_assigned_body_is_surer_than_one_named_only_at_the_opening() -> None:
    text = "Ủy ban nhân dân xã đề nghị Trạm Y tế thực hiện:\n1. Phun thuốc.\n2. Giao Công an xã tuần tra."
    _, (opened, assigned) = propose(text)
    assert opened.lead == ("Trạm Y tế",)
    assert opened.confidence < assigned.confidence
    assert opened.reasons != assigned.reasons


def test_a_draft_without_a_date_still_knows_its_year() -> None:
    _, (task,) = propose("1. Sở Y tế báo cáo trước ngày 15/8.", Header(year=2026, body=(0, 35)))
    assert task.deadline is not None
    assert task.deadline.isoformat() == "2026-08-15"


def test_days_that_run_from_what_somebody_hands_in_stay_to_be_filled_in() -> None:
    _, (task,) = propose("Giao Sở Y tế giải quyết trong vòng 10 ngày kể từ ngày nhận được đầy đủ hồ sơ.")
    assert (task.due, task.deadline) == (None, None)
    assert RELATIVE_DEADLINE in task.reasons
