"""Members: the register of each organisation's branches, kept true by a ledger of movements."""

from workflows.members.models import (
    Branch,
    BranchGrade,
    Member,
    Membership,
    Movement,
    RegisterReading,
    RegisterRules,
    Transfer,
    branch_secretary,
)
from workflows.members.reviews import ListReview, ReviewMark, Verdict
from workflows.members.rosters import ImportState, RosterImport, RosterShape
from workflows.members.states import (
    BranchKind,
    MembershipState,
    MovementKind,
    Sector,
    Sex,
    TransferState,
)

__all__ = [
    "Branch",
    "BranchGrade",
    "BranchKind",
    "ImportState",
    "ListReview",
    "Member",
    "Membership",
    "MembershipState",
    "Movement",
    "MovementKind",
    "RegisterReading",
    "RegisterRules",
    "ReviewMark",
    "RosterImport",
    "RosterShape",
    "Sector",
    "Sex",
    "Transfer",
    "TransferState",
    "Verdict",
    "branch_secretary",
]
