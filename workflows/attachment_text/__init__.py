"""What stands in the files that hang on things: read once by content, kept, found by the search."""

from workflows.attachment_text.models import FileText
from workflows.attachment_text.queries import attachments_with, next_unread, tally, texts
from workflows.attachment_text.reading import GONE, ReadText, read
from workflows.attachment_text.turns import begin, forget_unreadable, keep

__all__ = [
    "GONE",
    "FileText",
    "ReadText",
    "attachments_with",
    "begin",
    "forget_unreadable",
    "keep",
    "next_unread",
    "read",
    "tally",
    "texts",
]
