"""The yearly review: each branch confirms its list name by name and marks those it cannot vouch for."""

from workflows.members.reviews.models import ListReview, ReviewMark, Verdict

__all__ = ["ListReview", "ReviewMark", "Verdict"]
