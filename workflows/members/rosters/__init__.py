"""Rosters: lists in the organisations' own shapes, taken in as a whole and taken back as a whole."""

from workflows.members.rosters.columns import Field, Head, head_of, letters
from workflows.members.rosters.exporting import exported, shape_of
from workflows.members.rosters.importing import check, take_in
from workflows.members.rosters.models import ImportState, RosterImport, RosterShape
from workflows.members.rosters.shape import forget_file
from workflows.members.rosters.sheets import Rows
from workflows.members.rosters.undoing import take_back
from workflows.members.rosters.verbs import (
    decide,
    discard,
    settle_columns,
    undo,
    upload,
)

__all__ = [
    "Field",
    "Head",
    "ImportState",
    "RosterImport",
    "RosterShape",
    "Rows",
    "check",
    "decide",
    "discard",
    "exported",
    "forget_file",
    "head_of",
    "letters",
    "settle_columns",
    "shape_of",
    "take_back",
    "take_in",
    "undo",
    "upload",
]
