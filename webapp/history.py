"""The trail of a thing as readable prose: when, who, what was done, why, what changed by it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from webapp.runtime import session
from webapp.words import day, moment
from workflows import audit, entries
from workflows.audit import AuditEntry
from workflows.db import Base
from workflows.deeds import DEEDS, FIELDS

ISO = re.compile(r"\d{4}-\d\d-\d\d(?P<time>T[\d:.]+[+-]\d\d:\d\d)?")


@dataclass(frozen=True)
class Line:
    """One act as people read it."""

    at: datetime
    who: str
    did: str
    note: str
    changes: list[tuple[str, str, str]]


def lines_of(subject: Base, *also: Base) -> list[Line]:
    """What happened to a thing, and to the other things named, newest first."""
    return [line(entry) for entry in audit.history(session(), subject, *also)]


def line(entry: AuditEntry) -> Line:
    """One act of the trail in words."""
    return Line(
        entry.at,
        who(entry),
        gettext(DEEDS[entry.action]) if entry.action in DEEDS else entry.action,
        entry.note,
        [
            (gettext(FIELDS[column]), _said(entry, column, before), _said(entry, column, after))
            for column, (before, after) in entry.changes.items()
            if column in FIELDS
        ],
    )


def who(entry: AuditEntry) -> str:
    """Who did it, and for whom they stood in."""
    if entry.person is None:
        return gettext("Hệ thống")
    if entry.instead_of is None:
        return entry.person.full_name
    return gettext(
        "%(name)s (thay %(absent)s)", name=entry.person.full_name, absent=entry.instead_of.full_name
    )


def _said(entry: AuditEntry, column: str, value: object) -> str:
    """A recorded value as people write it: states in words, days and instants as on paper."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    states = {state.value: state.label for state in entries.STATES.get(entry.subject_kind, ())}
    if column == "state" and value in states:
        return str(gettext(states[str(value)]))
    if isinstance(value, str) and (instant := ISO.fullmatch(value)):
        return (
            moment(datetime.fromisoformat(value)) if instant.group("time") else day(date.fromisoformat(value))
        )
    return str(value)
