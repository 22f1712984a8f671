"""The real directives beside the checkout, scored by their own script; the table is printed."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from workflows.directives.reading import read_text

CORPUS = Path(__file__).parents[5] / "shared" / "corpus"

BARS = {
    "header.number": 0.97,
    "header.type": 0.97,
    "header.date": 0.97,
    "header.issuer": 0.93,
    "header.abstract": 0.93,
    "header.signer": 0.93,
    "header.addressees": 0.92,
    "header.recipients": 0.92,
    "citations": 0.97,
    "citations.dated": 0.95,
    "tasks.lead": 0.88,
    "tasks.coordinate": 0.82,
    "tasks.deadline": 0.92,
    "tasks.cadence": 0.92,
    "tasks.quote_found": 1.0,
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the real directives are not beside the checkout"),
]


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    scorer.subprocess = SimpleNamespace(run=_read_here)  # the script starts a command; a function is quicker
    return scorer


def _read_here(command: list[str], **_: Any) -> SimpleNamespace:
    text = Path(command[-1]).read_text(encoding="utf-8")
    return SimpleNamespace(stdout=json.dumps(read_text(text).as_json(), ensure_ascii=False))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    scored: dict[str, Any] = _scorer().score([json.loads(line) for line in lines], CORPUS, ["read"])
    return scored


def test_every_case_is_read(figures: dict[str, Any], show_table: Callable[[str], None]) -> None:
    rows = [
        f"  {name:20} " + "  ".join(f"{part} {figure}" for part, figure in value.items())
        for name, value in figures.items()
        if isinstance(value, dict)
    ]
    show_table("\n".join(["The reading of real directives:", *rows]))
    assert figures["failed"] == []


@pytest.mark.parametrize("name", BARS)
def test_a_figure_reaches_its_bar(figures: dict[str, Any], name: str) -> None:
    assert figures[name]["f1"] >= BARS[name]
