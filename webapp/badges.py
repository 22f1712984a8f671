"""States as people see them: a colour that never stands without its word."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The five colours of a state, named by what they mean."""

    GOOD = "good"  # green: done, in time
    SOON = "soon"  # amber: due soon
    LATE = "late"  # red: overdue, refused
    IDLE = "idle"  # grey: no deadline, not yet
    WAITING = "waiting"  # blue: waits for somebody


@dataclass(frozen=True)
class Badge:
    """A state in one word and its colour; the word is already in the language of the page."""

    word: str
    tone: Tone = Tone.IDLE

    def __str__(self) -> str:
        return self.word
