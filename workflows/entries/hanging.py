"""What hangs on things of a kind: the ids of files and comments by the ids of the things."""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, and_, or_, select

from workflows.discussion import Comment
from workflows.files import Attachment

Ids = Sequence[int] | Select[int]


def parts_of(kind: str) -> dict[str, Callable[[Sequence[int]], Select[int]]]:
    """Kind of what hangs → from ids of things of the given kind to its ids."""
    return {
        "attachment": lambda ids: on(Attachment, (kind, ids)),
        "comment": lambda ids: on(Comment, (kind, ids)),
    }


def on(table: type[Attachment] | type[Comment], *things: tuple[str, Ids]) -> Select[int]:
    """The ids of the rows that hang on these things, each with the name of its kind."""
    hanging = (and_(table.subject_kind == kind, table.subject_id.in_(ids)) for kind, ids in things)
    return select(table.id).where(or_(*hanging))
