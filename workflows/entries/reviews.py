"""Reviews of directives, with what was gathered and written for them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from search_index import Entry
from workflows import reviews
from workflows.directives import Directive
from workflows.entries.source import Source, by_parties, each, key
from workflows.reviews import Review


def entry(review: Review) -> Entry:
    """A review with its paragraphs, but those left out."""
    paragraphs = (paragraph.text for paragraph in review.paragraphs if not paragraph.left_out)
    return Entry(
        key=key("review", review.id),
        kind="review",
        title=review.title,
        body="\n".join(paragraphs),
        number=review.directive.number or "",
        type=review.directive.type,
        issuer=review.office.name,
        year=review.planned_on.year,
        date=review.planned_on,
        arrived=review.scheduled_at,
        url=f"/reviews/{review.id}",
        **by_parties(review.parties()),
    )


REVIEW = Source(
    Review.id,
    select(Review).options(
        joinedload(Review.office),
        joinedload(Review.directive).load_only(Directive.number, Directive.type),
        selectinload(Review.paragraphs),
    ),
    lambda person, on: reviews.seen_by(person, on=on),
    each(entry),
)
