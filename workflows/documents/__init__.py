"""Official documents: drafted from accepted facts, signed off, numbered, issued, sent."""

from workflows.documents.models import (
    FormWording,
    NumberSeries,
    NumberState,
    OfficialDocument,
    RegisterEntry,
    Term,
)
from workflows.documents.states import MOVES, DocumentMove, DocumentState

__all__ = [
    "MOVES",
    "DocumentMove",
    "DocumentState",
    "FormWording",
    "NumberSeries",
    "NumberState",
    "OfficialDocument",
    "RegisterEntry",
    "Term",
]
