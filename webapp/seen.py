"""Two people at one thing: whoever sends a form says what they had seen; what happened since is told first.

Every act is in the trail, so the newest act on a thing is its version, whatever kind of thing it is.
"""

from flask import request
from markupsafe import Markup
from sqlalchemy import select

from webapp.access import me
from webapp.history import line
from webapp.runtime import session
from webapp.words import moment
from workflows.audit import AuditEntry, kind_of
from workflows.db import Base
from workflows.errors import Conflict

FIELD = "seen"


def last_act(subject: Base) -> int:
    """The id of the newest act on a thing in the trail, 0 when there is none."""
    newest = _newest(subject)
    return newest.id if newest else 0


def hidden(subject: Base) -> Markup:
    """The field of a form that says what its page had shown."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, last_act(subject))


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
