"""What a result says about itself: which part of a query was left out, what was searched instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a Vietnamese message for the catalogues without translating it here."""
    return message


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the reader: a gettext id with %(name)s parameters."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message
