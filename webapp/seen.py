"""Two people at one thing: whoever sends a form says what they had seen; what happened since is told first.

Every act is in the trail, so the newest act on a thing is its version, whatever kind of thing it is.
"""

from typing import NoReturn

from flask import request
from sqlalchemy import select

from webapp.access import me
from webapp.history import line
from webapp.runtime import session
from webapp.words import moment
from workflows.audit import AuditEntry, kind_of
from workflows.db import Base
from workflows.errors import Conflict

FIELD = "seen"


def last_act(subject: Base | None) -> int:
    """The id of the newest act on a thing in the trail, 0 when there is none."""
    newest = _newest(subject) if subject is not None else None
    return newest.id if newest else 0


def insist_unchanged(subject: Base) -> None:
    """Refuse a form that was filled in before somebody else acted on the thing; says who did what."""
    seen = request.form.get(FIELD, "")
    if not (seen.isascii() and seen.isdigit()):
        return
    # Whoever comes second waits here until the first is done.
    session().refresh(subject, with_for_update=True)
    newest = _newest(subject)
    if newest is None or newest.id <= int(seen) or newest.person_id == me().id:
        return
    _tell(newest)


def insist_newest(known: Base | None) -> None:
    """The same for things of which a change makes a new row: refuse when a newer one came than was seen."""
    seen = request.form.get(FIELD, "")
    if known is not None and seen.isascii() and seen.isdigit():
        newest = _newest(known)
        if newest is not None and newest.id > int(seen) and newest.person_id != me().id:
            _tell(newest)


def _tell(newest: AuditEntry) -> NoReturn:
    said = line(newest)
    raise Conflict(
        "Trong lúc bạn mở trang này, %(who)s đã làm: %(did)s (%(when)s). Nội dung bạn nhập còn nguyên;"
        " xem lại rồi gửi lại nếu vẫn cần.",
        who=said.who,
        did=said.did,
        when=moment(said.at),
    )


def _newest(subject: Base) -> AuditEntry | None:
    here = (AuditEntry.subject_kind == kind_of(subject), AuditEntry.subject_id == subject.id)  # type: ignore[attr-defined]
    return session().scalar(select(AuditEntry).where(*here).order_by(AuditEntry.id.desc()).limit(1))
