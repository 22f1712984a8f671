"""Discussion: what the parties of a task (or of anything with parties) say to each other about it.

Words are not changed afterwards: whoever said them may withdraw them, and it shows that something was
withdrawn. Units are mentioned by id, so that a mention outlives a new name.
"""

from workflows.discussion.models import Comment
from workflows.discussion.queries import Talk, about, mentioning, newest
from workflows.discussion.rules import LONGEST, Piece, pieces
from workflows.discussion.verbs import say, withdraw

__all__ = [
    "LONGEST",
    "Comment",
    "Piece",
    "Talk",
    "about",
    "mentioning",
    "newest",
    "pieces",
    "say",
    "withdraw",
]
