"""Branches: chi đoàn, chi hội and the cells below them, in a tree of their own under a unit."""

from workflows.members.branches.verbs import (
    dissolve_branch,
    entrust,
    found_branch,
    grade,
    move_branch,
    relieve,
    rename_branch,
    settle,
)

__all__ = [
    "dissolve_branch",
    "entrust",
    "found_branch",
    "grade",
    "move_branch",
    "relieve",
    "rename_branch",
    "settle",
]
