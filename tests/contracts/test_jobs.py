"""Whatever is handed over is done by somebody, and whoever does it says what it does."""

import ast
import inspect
from collections.abc import Iterator

import pytest

from tests.support.needs import ROOT
from webapp.jobs import JOBS, READERS, TIMES
from webapp.pages import administration_system

EVERY = {**JOBS, **READERS}
SOURCES = [path for storey in ("webapp", "workflows") for path in sorted((ROOT / storey).rglob("*.py"))]


def jobs_handed_over() -> Iterator[tuple[str, str]]:
    """Where a job is handed over and which."""
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and (argument := job_in(call)) is not None:
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                yield from ((place, name) for name in names_of(argument, ast.parse(path.read_text("utf-8"))))


def job_in(call: ast.Call) -> ast.expr | None:
    """What a call names as the job: the second argument of hand_over, the job of a Way to act with many."""
    called = ast.unparse(call.func)
    if called.endswith("hand_over"):
        return call.args[1]
    if called == "Way":
        return next(keyword.value for keyword in call.keywords if keyword.arg == "job")
    return None


def names_of(argument: ast.expr, module: ast.Module) -> set[str]:
    """The names an argument may stand for: itself, or whatever text its variable is given in the module."""
    wanted = [argument]
    if isinstance(argument, ast.Name):
        wanted = [
            assigned.value
            for assigned in ast.walk(module)
            if isinstance(assigned, ast.Assign) and argument.id in map(ast.unparse, assigned.targets)
        ]
    texts = (part for value in wanted for part in ast.walk(value) if isinstance(part, ast.Constant))
    return {str(text.value) for text in texts}


def test_every_job_handed_over_is_known():
    unknown = [f"{place}: {job}" for place, job in jobs_handed_over() if job not in EVERY]
    assert not unknown, "enter it in webapp/jobs.py"


def test_no_job_is_kept_that_nobody_hands_over():
    assert EVERY.keys() == {job for _, job in jobs_handed_over()}


def test_a_job_either_reads_or_changes():
    assert not JOBS.keys() & READERS.keys()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_job_says_what_it_does(name: str):
    assert inspect.getdoc(EVERY[name])


def test_every_job_has_its_words():
    assert administration_system.JOBS.keys() == EVERY.keys()


def test_every_timed_job_has_its_own_name_and_says_what_it_does():
    assert len({timed.name for timed in TIMES}) == len(TIMES)
    assert all(inspect.getdoc(timed.run) and timed.every.total_seconds() > 0 for timed in TIMES)
