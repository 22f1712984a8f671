"""The tree of bodies: each unit has its dates of existence, its predecessors and its letterheads."""

from workflows.organisations.models import (
    Letterhead,
    Level,
    Succession,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitKind,
)
from workflows.organisations.queries import (
    ancestors,
    by_code,
    children,
    existing,
    find,
    letterhead_in_force,
    roots,
    successions,
    successors,
    within,
)

__all__ = [
    "Letterhead",
    "Level",
    "Succession",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitKind",
    "ancestors",
    "by_code",
    "children",
    "existing",
    "find",
    "letterhead_in_force",
    "roots",
    "successions",
    "successors",
    "within",
]
