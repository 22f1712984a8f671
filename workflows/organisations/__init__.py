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
    by_code,
    children,
    existing,
    find,
    letterhead_in_force,
    roots,
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
    "by_code",
    "children",
    "existing",
    "find",
    "letterhead_in_force",
    "roots",
    "successors",
    "within",
]
