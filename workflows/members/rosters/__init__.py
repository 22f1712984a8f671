"""Rosters: lists in the organisations' own shapes, taken in as a whole and taken back as a whole."""

from workflows.members.rosters.models import ImportState, RosterImport, RosterShape

__all__ = ["ImportState", "RosterImport", "RosterShape"]
