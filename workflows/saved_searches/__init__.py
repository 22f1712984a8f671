"""Searches that people keep under a name, alone or with their unit, and come back to for what is new."""

from workflows.saved_searches.models import SavedSearch
from workflows.saved_searches.queries import Kept, at_hand, reachable, shelf
from workflows.saved_searches.rules import LONGEST_NAME, kept_address
from workflows.saved_searches.verbs import delete, rename, save, share
from workflows.saved_searches.visits import note_visit

__all__ = [
    "LONGEST_NAME",
    "Kept",
    "SavedSearch",
    "at_hand",
    "delete",
    "kept_address",
    "note_visit",
    "reachable",
    "rename",
    "save",
    "share",
    "shelf",
]
