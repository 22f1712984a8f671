"""Tasks proposed from invented documents of the genre: Party, state, Front, youth, women, trade unions."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.directives.reading.header import read_header
from workflows.directives.reading.model import Header, ProposedTask
from workflows.directives.reading.tasks import propose
from workflows.directives.reading.text import clean

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "tasks").glob("*.txt"))
GENRE = [
    "Giao Sở Y tế",
    "chủ trì, phối hợp với",
    "các sở, ban, ngành",
    "1.",
    "a)",
    "- ",
    "II.",
    "\n",
    ":",
    ";",
    "(",
    ")",
]
GENRE += [
    "trước ngày 31/12/2026",
    "trong tháng 6/2026",
    "hằng năm",
    "TT",
    "|",
    "\t",
    "Đơn vị chủ trì:",
    "60%",
    "Phụ lục",
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
    always = dict.fromkeys(("coordinate", "chain", "cadence", "targets", "monitor"), [])
    for task, wanted in zip(found, expected, strict=True):
        wanted = {"deadline": None, **always, **wanted}
        assert {key: task[key] for key in wanted} == wanted
