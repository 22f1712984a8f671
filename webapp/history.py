"""The trail of a thing as readable prose: when, who, what was done, why, what changed by it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from webapp.runtime import session
from workflows import audit
from workflows.audit import AuditEntry
from workflows.db import Base
from workflows.deeds import DEEDS, FIELDS


@dataclass(frozen=True)
class Line:
    """One act as people read it."""

    at: datetime
    who: str
    did: str
    note: str
    changes: list[tuple[str, str, str]]


def lines_of(subject: Base) -> list[Line]:
    """What happened to a thing, newest first."""
    return [line(entry) for entry in audit.history(session(), subject)]


def line(entry: AuditEntry) -> Line:
    """One act of the trail in words."""
    return Line(
        entry.at,
        entry.person.full_name if entry.person else gettext("Hệ thống"),
        gettext(DEEDS[entry.action]) if entry.action in DEEDS else entry.action,
        entry.note,
        [
            (gettext(FIELDS[column]), _said(before), _said(after))
            for column, (before, after) in entry.changes.items()
            if column in FIELDS
        ],
    )


def _said(value: object) -> str:
    return "–" if value in (None, "", [], {}) else str(value)
