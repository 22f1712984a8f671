"""Which attachments hang on things of a kind."""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, select

from workflows.files import Attachment


def to(kind: str) -> Callable[[Sequence[int]], Select[int]]:
    """Ids of things of the kind → the ids of what hangs on them."""
    return lambda ids: among(kind, ids)


def among(kind: str, ids: Sequence[int] | Select[int]) -> Select[int]:
    """The ids of the attachments that hang on these things."""
    return select(Attachment.id).where(Attachment.subject_kind == kind, Attachment.subject_id.in_(ids))
