"""Taking a whole import back: every row it made goes, and the register is what it was before, to the byte."""

from sqlalchemy import Select, delete, func, select, union_all
from sqlalchemy.orm import Session, aliased

from workflows.members.models import Branch, BranchGrade, Member, Membership, Movement, Transfer
from workflows.members.reviews import ReviewMark
from workflows.members.rosters.models import RosterImport


def built_upon(session: Session, roster: RosterImport) -> int:
    """How many things rest by now on what the import brought, so that taking it back would tear them."""
    return session.scalar(select(func.count()).select_from(_later(roster).subquery())) or 0


def take_back(session: Session, roster: RosterImport) -> None:
    """Delete what the import brought, the last made first."""
    for kind in (Movement, Membership, Member, Branch):
        session.execute(
            delete(kind).where(kind.import_id == roster.id).execution_options(synchronize_session=False)
        )
    session.expire_all()


def _later(roster: RosterImport) -> Select[int]:
    memberships = select(Membership.id).where(Membership.import_id == roster.id)
    branches = select(Branch.id).where(Branch.import_id == roster.id)
    below = aliased(Branch)
    found = union_all(
        _strangers(Movement, roster).where(Movement.membership_id.in_(memberships)),
        _strangers(Movement, roster).where(Movement.branch_id.in_(branches)),
        select(Transfer.id).where(Transfer.membership_id.in_(memberships)),
        select(ReviewMark.membership_id).where(ReviewMark.membership_id.in_(memberships)),
        select(Member.id).where(Member.import_id == roster.id, Member.version > 1),
        select(BranchGrade.branch_id).where(BranchGrade.branch_id.in_(branches)),
        select(below.id).where(
            below.parent_id.in_(branches), below.import_id.is_(None) | (below.import_id != roster.id)
        ),
        select(Branch.id).where(Branch.import_id == roster.id, Branch.version > 1),
    )
    return select(found.subquery().c[0])


def _strangers(kind: type[Movement], roster: RosterImport) -> Select[int]:
    """Rows another hand made."""
    return select(kind.id).where(kind.import_id.is_(None) | (kind.import_id != roster.id))
