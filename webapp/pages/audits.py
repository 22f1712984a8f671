"""Nhật ký: who did what to which thing, when, why, and what changed by it; for those who inspect."""

from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager

from webapp import history, listing
from webapp.access import guarded, me
from webapp.filters import Days, Options, Words
from webapp.listing import Column, Listing
from webapp.navigation import exists
from webapp.pages.administration import blueprint as administration
from webapp.runtime import session, today
from workflows import audit, directives, reminders
from workflows.audit import AuditEntry
from workflows.calendar import start_of_day
from workflows.db import in_vietnamese_order
from workflows.deeds import DEEDS, THINGS
from workflows.directives import Directive
from workflows.people import Appointment, Person
from workflows.permissions import Permission, inspected_units, inspects_all
from workflows.regimes import Obligation
from workflows.reports import Report
from workflows.tasks import Extension, ProgressNote, Task
from workflows.wording import N_

Line = Row[Any]

# Kind of thing → the page that shows it and what its address calls the id.
PAGES = {
    "directive": ("directives.show", "directive_id"),
    "task": ("tasks.show", "task_id"),
    "unit": ("units.show", "unit_id"),
    "regime": ("regimes.show", "regime_id"),
    "official_document": ("documents.show", "document_id"),
}


def _address(row: Line) -> str | None:
    """The page of the thing that was acted on, or of the thing it is a part of."""
    entry: AuditEntry = row.AuditEntry
    if row.obligation_id:
        return url_for("reports.show", period=row.period, obligation_id=row.obligation_id)
    if row.task_id:
        return url_for("tasks.show", task_id=row.task_id)
    endpoint, name = PAGES.get(entry.subject_kind, ("", ""))
    return url_for(endpoint, **{name: entry.subject_id}) if endpoint and exists(endpoint) else None


def _thing(row: Line) -> str:
    entry: AuditEntry = row.AuditEntry
    kind = gettext(THINGS[entry.subject_kind]) if entry.subject_kind in THINGS else ""
    return ": ".join(filter(None, (kind, entry.subject_label)))


def _changes(row: Line) -> str:
    changes = history.line(row.AuditEntry).changes
    return "; ".join(f"{label}: {before} → {after}" for label, before, after in changes)


TRAIL: Listing[Line] = Listing(
    name="nhat-ky",
    title=N_("Nhật ký"),
    columns=(
        Column("at", N_("Thời điểm"), lambda row: row.AuditEntry.at, sort=AuditEntry.id),
        Column(
            "person",
            N_("Người thực hiện"),
            lambda row: history.line(row.AuditEntry).who,
            sort=in_vietnamese_order(Person.full_name),
            width=28,
        ),
        Column("deed", N_("Việc"), lambda row: history.line(row.AuditEntry).did, width=28),
        Column("thing", N_("Đối tượng"), _thing, address=_address, width=60),
        Column("note", N_("Lý do, ghi chú"), lambda row: row.AuditEntry.note, width=40),
        Column("changes", N_("Những chỗ thay đổi"), _changes, width=60),
        Column("seal", N_("Niêm phong"), lambda row: (row.AuditEntry.seal or "")[:16], shown=False),
    ),
    filters=(
        Words("person", N_("Người thực hiện"), (Person.full_name, Person.username)),
        Words("thing", N_("Đối tượng"), (AuditEntry.subject_label,)),
        Options("deed", N_("Việc"), lambda: _words(DEEDS), lambda deeds: AuditEntry.action.in_(deeds)),
        Options("kind", N_("Loại"), lambda: _words(THINGS), lambda kinds: AuditEntry.subject_kind.in_(kinds)),
        Days("at", N_("Ngày"), AuditEntry.at, is_instant=True),
    ),
    sort="-at",
)


def _words(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, gettext(label)) for value, label in labels.items()]


@administration.get("/trail")
@guarded(Permission.AUDIT_VIEW)
def trail() -> ResponseReturnValue:
    """The trail, newest first; with `check=1` a word on whether its chain holds."""
    checked = request.args.get("check") == "1"
    return listing.answer(
        TRAIL,
        _entries(),
        "audits/index.html",
        checked=checked,
        broken=audit.first_broken(session()) if checked else None,
        newest=audit.newest_seal(session()),
    )


def _entries() -> Select[Any]:
    """The entries the person may read, each with the thing it leads to."""
    return (
        select(
            AuditEntry,
            Obligation.period,
            Obligation.id.label("obligation_id"),
            _part_of("task_id", ProgressNote, Extension),
        )
        .outerjoin(AuditEntry.person)
        .outerjoin(Report, _is(Report))
        .outerjoin(Obligation, or_(Obligation.id == Report.obligation_id, _is(Obligation)))
        .outerjoin(ProgressNote, _is(ProgressNote))
        .outerjoin(Extension, _is(Extension))
        .where(_inspected(), _readable())
        .options(contains_eager(AuditEntry.person))
    )


def _inspected() -> ColumnElement[bool]:
    """What people did while they worked in the inspected branches; everything, for who inspects everybody."""
    if inspects_all(me(), on=today()):
        return true()
    inspected = inspected_units(me(), on=today())
    posts = session().scalars(select(Appointment).join(Appointment.unit).where(inspected))
    return or_(false(), *map(_done_by_holder, posts))


def _readable() -> ColumnElement[bool]:
    """Whoever inspects one branch does not read of others' matters what people of the branch did there."""
    if inspects_all(me(), on=today()):
        return true()
    seen: dict[Any, ColumnElement[bool]] = {
        thing.model: thing.visible(me(), today()) for thing in reminders.THINGS.values()
    }
    seen[Directive] = directives.visible_to(me(), on=today())
    keys: dict[Any, tuple[Any, Any]] = {kind: (kind, AuditEntry.subject_id) for kind in seen}
    keys |= {part: (Task, part.task_id) for part in (ProgressNote, Extension)}
    keys[Report] = (Obligation, Report.obligation_id)
    known = [kind.__tablename__ for kind in keys]
    readable = [
        and_(AuditEntry.subject_kind == kind.__tablename__, key.in_(select(thing.id).where(seen[thing])))
        for kind, (thing, key) in keys.items()
    ]
    return or_(AuditEntry.subject_kind.not_in(known), *readable)


def _done_by_holder(post: Appointment) -> ColumnElement[bool]:
    held = [AuditEntry.person_id == post.person_id, AuditEntry.at >= start_of_day(post.valid_from)]
    if post.valid_to:
        held.append(AuditEntry.at < start_of_day(post.valid_to + timedelta(days=1)))
    return and_(*held)


def _part_of(name: str, *parts: Any) -> Any:
    return func.coalesce(*(part.task_id for part in parts)).label(name)


def _is(kind: Any) -> Any:
    return and_(AuditEntry.subject_kind == kind.__tablename__, AuditEntry.subject_id == kind.id)
