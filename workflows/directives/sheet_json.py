"""Sheets as JSON, for the column of a draft."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.calendar import Cadence
from workflows.directives.models import ImportDraft, Relation
from workflows.directives.rules import Citation, Passage, Registration
from workflows.directives.sheet import Decision, Figure, Proposal, Sheet, way_to_count


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Plain data ready for a JSON column; days in ISO form, figures as text."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(sheet), default=str))
    return data


def from_json(data: dict[str, Any]) -> Sheet:
    """The sheet that `to_json` wrote down."""
    proposals = tuple(_read_proposal(proposal) for proposal in data["proposals"])
    return Sheet(_read_registration(data["registration"]), proposals)


def sheet_of(draft: ImportDraft) -> Sheet:
    """The sheet of a draft as the person has made it so far."""
    return from_json(draft.corrected or draft.reading)


def _read_registration(data: dict[str, Any]) -> Registration:
    return Registration(
        **data
        | {
            "issued_on": _day(data["issued_on"]),
            "addressees": tuple(data["addressees"]),
            "recipients": tuple(data["recipients"]),
            "citations": tuple(_read_citation(citation) for citation in data["citations"]),
            "passages": tuple(Passage(**passage) for passage in data["passages"]),
        }
    )


def _read_citation(data: dict[str, Any]) -> Citation:
    return Citation(**data | {"issued_on": _day(data["issued_on"]), "relation": Relation(data["relation"])})


def _read_proposal(data: dict[str, Any]) -> Proposal:
    span = data["span"]
    return Proposal(
        **data
        | {name: tuple(data[name]) for name in ("lead", "coordinate", "chain", "reasons")}
        | {
            "span": (span[0], span[1]) if span else None,
            "cadences": tuple(Cadence(value) for value in data["cadences"]),
            "deadline": _day(data["deadline"]),
            "due_kind": way_to_count(data.get("due_kind")),
            "targets": tuple(Figure(**t | {"value": Decimal(t["value"])}) for t in data["targets"]),
            "decision": Decision(data["decision"]),
        }
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
