"""Reviews: half-way and at the end a directive is looked back on, from what was reported so far."""

from workflows.reviews.models import Review, ReviewParagraph
from workflows.reviews.outlines import Heading, Kind, Matter, Outline, usual
from workflows.reviews.queries import all_visible, seen_by
from workflows.reviews.verbs import (
    call_off,
    draft_document,
    edit,
    gather,
    paragraphs_by_heading,
    report_facts,
    reschedule,
    schedule,
)

__all__ = [
    "Heading",
    "Kind",
    "Matter",
    "Outline",
    "Review",
    "ReviewParagraph",
    "all_visible",
    "call_off",
    "draft_document",
    "edit",
    "gather",
    "paragraphs_by_heading",
    "report_facts",
    "reschedule",
    "schedule",
    "seen_by",
    "usual",
]
