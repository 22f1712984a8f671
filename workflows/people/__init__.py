"""The people of the offices and agencies: who they are and which role they hold in which unit."""

from workflows.people.models import (
    Account,
    Appointment,
    Person,
    Role,
    SignInRules,
    Substitution,
    reach_of,
)
from workflows.people.queries import (
    by_username,
    colleagues,
    demands_second_factor,
    holders,
    second_factor_roles,
    serving,
)

__all__ = [
    "Account",
    "Appointment",
    "Person",
    "Role",
    "SignInRules",
    "Substitution",
    "by_username",
    "colleagues",
    "demands_second_factor",
    "holders",
    "reach_of",
    "second_factor_roles",
    "serving",
]
