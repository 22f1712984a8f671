"""Who may do what, and how far they see."""

from workflows.permissions.grants import GRANTS, acting_for, allows, holds_anywhere, require
from workflows.permissions.predicates import REGISTER_STAFF
from workflows.permissions.reach import (
    inspected_units,
    inspects_all,
    keeping_tokens,
    keeps,
    kept_people,
    kept_units,
    reaches,
    readable_units,
    tokens_of,
    visibility_tokens,
    working_tokens,
)
from workflows.permissions.things import Concerning, Holder, Parties, Permission, Subject

__all__ = [
    "GRANTS",
    "REGISTER_STAFF",
    "Concerning",
    "Holder",
    "Parties",
    "Permission",
    "Subject",
    "acting_for",
    "allows",
    "holds_anywhere",
    "inspected_units",
    "inspects_all",
    "keeping_tokens",
    "keeps",
    "kept_people",
    "kept_units",
    "reaches",
    "readable_units",
    "require",
    "tokens_of",
    "visibility_tokens",
    "working_tokens",
]
