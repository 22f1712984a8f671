"""The people of the offices and agencies: who they are and which role they hold in which unit."""

from workflows.people.models import Account, Appointment, Person, Role, Substitution, reach_of
from workflows.people.queries import by_username, colleagues, holders, serving

__all__ = [
    "Account",
    "Appointment",
    "Person",
    "Role",
    "Substitution",
    "by_username",
    "colleagues",
    "holders",
    "reach_of",
    "serving",
]
