"""Anything findable → an entry of the search index; the database is the truth, the index follows."""

from workflows.entries.filing import (
    Fault,
    everything,
    faults,
    keys,
    of,
    of_keys,
    total,
    with_parts,
)
from workflows.entries.holders import HOLDERS
from workflows.entries.kinds import KINDS, SOURCES, STATES
from workflows.entries.seeing import count_visible, still_visible, without_hidden
from workflows.entries.source import Source, key, split_key

__all__ = [
    "HOLDERS",
    "KINDS",
    "SOURCES",
    "STATES",
    "Fault",
    "Source",
    "count_visible",
    "everything",
    "faults",
    "key",
    "keys",
    "of",
    "of_keys",
    "split_key",
    "still_visible",
    "total",
    "with_parts",
    "without_hidden",
]
