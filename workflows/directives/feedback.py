"""What a person corrected in a reading, part by part: kept so that the reader can be improved. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from workflows.directives.models import ReadingCorrection
from workflows.directives.rules import Registration
from workflows.directives.sheet import Decision, Proposal, Sheet
from workflows.directives.sheet_json import to_json

_HEADER = [field.name for field in fields(Registration) if field.name not in ("citations", "passages")]
_NOT_CORRECTED = {"key", "decision", "confidence", "reasons", "quote", "clause"}
_TASK = [field.name for field in fields(Proposal) if field.name not in _NOT_CORRECTED]


@dataclass(frozen=True)
class Correction:
    """One thing proposed and what became of it, both as JSON objects; empty for new or discarded."""

    part: str
    before: dict[str, Any]
    after: dict[str, Any]
    clause: str = ""
    quote: str = ""


def as_row(kept: ReadingCorrection) -> dict[str, Any]:
    """A kept correction as one row of the export: who, when, in which paper, before and after."""
    return {
        "at": kept.at.isoformat(),
        "person": kept.person.username,
        "directive": kept.directive.number,
        "file": kept.directive.file_name,
        "part": kept.part,
        "clause": kept.clause,
        "quote": kept.quote,
        "before": kept.before,
        "after": kept.after,
    }


def corrections(proposed: Sheet, made: Sheet) -> list[Correction]:
    """Where the person decided otherwise; what was left undecided says nothing."""
    before, after = to_json(proposed), to_json(made)
    return [*_of_header(before["registration"], after["registration"]), *_of_tasks(before, after)]


def _of_header(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Correction]:
    for name in _HEADER:
        if before[name] != after[name]:
            yield Correction(f"header.{name}", {name: before[name]}, {name: after[name]})


def _of_tasks(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Correction]:
    known = {task["key"]: task for task in before["proposals"]}
    made = {task["key"]: task for task in after["proposals"]}
    for key, task in known.items():
        if key not in made or made[key]["decision"] == Decision.DISCARDED:
            yield Correction("task", task, {}, task["clause"], task["quote"])
    for key, task in made.items():
        if task["decision"] == Decision.ACCEPTED:
            yield from _of_task(known.get(key), task)


def _of_task(before: dict[str, Any] | None, after: dict[str, Any]) -> Iterator[Correction]:
    if before is None:
        yield Correction("task", {}, after, after["clause"], after["quote"])
        return
    for name in _TASK:
        if before[name] != after[name]:
            yield Correction(
                f"task.{name}", {name: before[name]}, {name: after[name]}, before["clause"], before["quote"]
            )
