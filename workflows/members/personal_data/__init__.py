"""Personal data: who read what, and what a person may ask for: their data, or that they be forgotten."""

from workflows.members.personal_data.keeping import kept_since, past_retention
from workflows.members.personal_data.reading import Read, note_list, note_record, readings_of
from workflows.members.personal_data.verbs import erase, hand_out

__all__ = [
    "Read",
    "erase",
    "hand_out",
    "kept_since",
    "note_list",
    "note_record",
    "past_retention",
    "readings_of",
]
