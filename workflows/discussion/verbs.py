"""What is done in a discussion: say something, withdraw what one said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from workflows.audit import kind_of
from workflows.calendar import local_day
from workflows.discussion.models import Comment
from workflows.discussion.rules import LONGEST, names_tried, with_ids
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Parties, Permission
from workflows.verb import verb
from workflows.wording import N_


class Discussed(Protocol):
    """A kept thing that says which units it concerns."""

    @property
    def id(self) -> int:
        """Its key."""

    def parties(self) -> Parties:
        """The units by the part they play."""


@verb("comment.say", Permission.DISCUSS)
def say(
    session: Session,
    subject: Discussed,
    *,
    words: str,
    mentionable: Iterable[Unit],
    by: Person,
    at: datetime,
) -> Comment:
    """Say something about a thing; an @name of one of the mentionable units mentions it."""
    text, mentioned = with_ids(words, mentionable)
    if not text:
        raise InvalidFields({"words": N_("Nhập nội dung trao đổi.")})
    if len(text) > LONGEST:
        raise InvalidFields({"words": N_("Nội dung dài quá 4.000 ký tự. Rút gọn hoặc gửi làm nhiều ý kiến.")})
    if names_tried(text):
        raise InvalidFields(
            {
                "words": N_(
                    "Có tên sau dấu @ không phải đơn vị nhắc được ở đây. Chọn tên trong danh sách gợi ý;"
                    " đơn vị ngoài nhiệm vụ thì nhờ văn phòng thêm vào “Để biết” trước."
                )
            }
        )
    comment = Comment(
        subject_kind=kind_of(subject),
        subject_id=subject.id,
        by=by,
        unit=_speaks_for(subject, by, at),
        at=at,
        words=text,
        mentioned=mentioned,
    )
    session.add(comment)
    return comment


@verb("comment.withdraw", Permission.OWN_WORK)
def withdraw(session: Session, comment: Comment, *, by: Person, at: datetime) -> None:
    """Take back what one said; that something was said and taken back stays to be seen."""
    if comment.withdrawn_at is not None:
        raise Refused("Ý kiến này đã được rút từ trước.")
    comment.withdrawn_at = at


def _speaks_for(subject: Discussed, by: Person, at: datetime) -> Unit | None:
    """The unit of the person that has a part in the thing, otherwise the first in which they hold a post."""
    own = [post.unit for post in by.appointments_on(local_day(at))]
    parties = list(subject.parties().all())
    return next((unit for unit in own if unit in parties), next(iter(own), None))
