"""What people said about things: found as long as it is not withdrawn, by whoever sees the thing."""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from search_index import Entry
from workflows.calendar import local_day
from workflows.discussion import Comment, pieces
from workflows.entries import holders
from workflows.entries.source import Source, key, part_of, shortened


def entries(session: Session, rows: Sequence[Comment]) -> Iterator[Entry]:
    """Comments, with the present names of the units they mention."""
    wholes = holders.wholes(session, rows)
    for row in rows:
        if (whole := wholes.get((row.subject_kind, row.subject_id))) is not None:
            yield _entry(row, whole)


def _entry(comment: Comment, whole: Entry) -> Entry:
    said = "".join(p.unit.short_name if p.unit else p.words for p in pieces(comment.words, comment.mentioned))
    day = local_day(comment.at)
    return part_of(
        whole,
        key=key("comment", comment.id),
        kind="comment",
        title=shortened(said),
        body=f"{said}\n{comment.by.full_name}",
        issuer=comment.unit.name if comment.unit else "",
        year=day.year,
        date=day,
        arrived=comment.at,
    )


COMMENT = Source(
    Comment.id,
    select(Comment).options(
        joinedload(Comment.by), joinedload(Comment.unit), selectinload(Comment.mentioned)
    ),
    lambda person, on: holders.seen(Comment, person, on),
    entries,
    there=and_(Comment.withdrawn_at.is_(None), holders.held(Comment)),
)
