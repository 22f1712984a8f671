"""The yearly review: each branch confirms its list name by name and marks those it cannot vouch for."""

from workflows.members.reviews.models import ListReview, ReviewMark, Verdict
from workflows.members.reviews.queries import counts_of, marks_of, names_of, open_for, progress, reviews_for
from workflows.members.reviews.verbs import close, confirm_rest, mark, open_review

__all__ = [
    "ListReview",
    "ReviewMark",
    "Verdict",
    "close",
    "confirm_rest",
    "counts_of",
    "mark",
    "marks_of",
    "names_of",
    "open_for",
    "open_review",
    "progress",
    "reviews_for",
]
