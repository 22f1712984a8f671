"""Where a thing that notices and calendars speak of is looked at: one table from its kind to its page."""

from collections.abc import Callable
from typing import Any

from flask import abort, url_for
from sqlalchemy import select

from webapp.access import me
from webapp.runtime import session, today
from workflows import reminders

ADDRESSES: dict[str, Callable[[Any], str]] = {
    "task": lambda task: url_for("tasks.show", task_id=task.id),
    "obligation": lambda owed: url_for("reports.show", period=owed.period, obligation_id=owed.id),
    "official_document": lambda document: url_for("documents.show", document_id=document.id),
    "document_batch": lambda batch: url_for("documents.batch", batch_id=batch.id),
}


def address_of(kind: str, id_: int) -> str:
    """The page of a thing; 404 when it is no more, or the signed-in person may not see it (any more)."""
    thing = reminders.THINGS.get(kind)
    if thing is None or kind not in ADDRESSES:
        abort(404)
    wanted = select(thing.model).where(thing.model.id == id_, thing.visible(me(), today()))  # type: ignore[attr-defined]
    return ADDRESSES[kind](session().scalar(wanted) or abort(404))
