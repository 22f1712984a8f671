"""Reading what was said: page by page about one thing, by mention, for the search."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from workflows.audit import kind_of
from workflows.db import Base
from workflows.discussion.models import Comment, comment_mention

PAGE = 20


@dataclass(frozen=True)
class Talk:
    """A page of what was said, oldest first; `earlier` is the id before which there is more."""

    comments: list[Comment]
    earlier: int | None
    total: int


def about(kind: str, subject_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that a comment is about this thing."""
    return Comment.subject_kind == kind, Comment.subject_id == subject_id


def newest(session: Session, subject: Base, *, before: int | None = None, size: int = PAGE) -> Talk:
    """The newest comments about a thing, or those before one of them. Three queries."""
    here = about(kind_of(subject), subject.id)  # type: ignore[attr-defined]
    wanted = select(Comment).where(*here).options(*_shown()).order_by(Comment.id.desc()).limit(size + 1)
    found = session.scalars(wanted.where(Comment.id < before) if before else wanted).all()
    total = session.scalar(select(func.count()).select_from(Comment).where(*here)) or 0
    page = list(reversed(found[:size]))
    return Talk(page, page[0].id if len(found) > size else None, total)


def mentioning(kind: str, units: Iterable[int]) -> Select[int]:
    """The ids of things of a kind about which one of the units was mentioned."""
    mentions = select(comment_mention.c.comment_id).where(comment_mention.c.unit_id.in_(list(units)))
    said = select(Comment.subject_id).where(Comment.subject_kind == kind, Comment.withdrawn_at.is_(None))
    return said.where(Comment.id.in_(mentions))


def _shown() -> tuple[ExecutableOption, ...]:
    return joinedload(Comment.by), joinedload(Comment.unit), selectinload(Comment.mentioned)
