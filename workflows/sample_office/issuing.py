"""The stories of the office's own papers: drafted from its records, signed off, numbered, sent."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from workflows import documents, tasks
from workflows.calendar import containing
from workflows.documents import Desk, Drafting, Source
from workflows.organisations import Unit
from workflows.people import Role
from workflows.sample_office.chance import chance
from workflows.sample_office.moments import resolve
from workflows.sample_office.scene import Scene
from workflows.sample_office.tables import table
from workflows.sample_office.timeline import CALENDAR, Story, office_hour

# How far a paper goes, one working day after another.
_STEPS = ("draft", "prepared", "signed-off", "issued", "sent")


def document_stories(scene: Scene, *, since: datetime) -> Iterator[Story]:
    """The term under which papers are numbered, and one story for each paper."""
    yield _term(scene, since)
    for row in table("documents")["document"]:
        yield _paper(scene, row)


def _term(scene: Scene, since: datetime) -> Story:
    term = table("documents")["term"]
    at = yield since
    documents.register.begin_term(
        scene.session,
        scene.units["TU"],
        name=term["name"],
        starts_on=term["starts_on"],
        by=scene.staff.of(scene.office, Role.ADMINISTRATOR),
        at=at,
    )


def _paper(scene: Scene, row: dict[str, Any]) -> Story:
    dice = chance(scene.seed, row["form"], row["on"])
    drafted = yield office_hour(resolve(row["on"], scene.today), dice, now=scene.now)
    clerk, leader = scene.clerk(scene.office), scene.leader(scene.office)
    source = _source(scene, row)
    recipients = _recipients(scene, row["form"], source, drafted.date())
    drafting = Drafting(row["form"], scene.office, source, recipients=recipients)
    document = documents.draft(scene.session, scene.office, drafting=drafting, by=clerk, at=drafted)
    if typed := row.get("typed"):
        facts = {**document.facts, **typed}
        documents.edit(scene.session, document, facts=facts, by=clerk, at=drafted)
    day = drafted.date()
    for step in _STEPS[1 : _STEPS.index(row["state"]) + 1]:
        at = yield office_hour(day, dice, now=scene.now)
        _ACTS[step](scene.session, document, by=leader if step == "signed-off" else clerk, at=at)
        day = CALENDAR.add_working_days(day, dice.randint(0, 1))


def _source(scene: Scene, row: dict[str, Any]) -> Source:
    """The directive a paper is about, or the newest closed period of a regime."""
    if "directive" in row:
        return Source(directive=scene.directives[row["directive"]])
    regime = scene.regimes[row["regime"]]
    running = containing(scene.today, regime.cadence, regime.cut_off_day)
    closed = running.previous() if running else None
    return Source(regime=regime, period=closed.code if closed else None)


def _recipients(scene: Scene, form: str, source: Source, day: date) -> tuple[Unit, ...]:
    """Those who lead the tasks of the directive; for a reminder those of them who are late."""
    if source.directive is None:
        return ()
    clerk = scene.clerk(scene.office)
    if form == "reminder-letter":
        desk = Desk(scene.session, source, scene.office, clerk, day, CALENDAR)
        return tuple(documents.late_units(desk))
    found = tasks.of_directive(scene.session, source.directive, clerk, on=scene.today)
    return tuple(dict.fromkeys(task.lead for task in found))


_ACTS = {
    "prepared": documents.prepare,
    "signed-off": documents.sign_off,
    "issued": documents.issue,
    "sent": documents.send,
}
