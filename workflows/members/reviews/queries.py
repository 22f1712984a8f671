"""How far a review is: for each branch, how many names were confirmed, doubted, not looked at."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflows.members.figures import of_unit
from workflows.members.models import Branch, Member, Membership
from workflows.members.queries import register_units, visible_branches
from workflows.members.reviews.models import ListReview, ReviewMark, Verdict
from workflows.members.states import MembershipState
from workflows.organisations import Unit
from workflows.people import Person


def reviews_for(session: Session, person: Person, *, on: date) -> Sequence[ListReview]:
    """The reviews that concern a list the person may read, newest first."""
    above = (
        select(Unit.path, Unit.organisation)
        .join(Branch, Branch.unit_id == Unit.id)
        .where(visible_branches(session, person, on=on))
        .distinct()
    )
    lists = session.execute(above).all()
    own = select(Unit.id).where(register_units(person, on=on))
    known = select(ListReview).options(joinedload(ListReview.unit)).order_by(ListReview.opened_on.desc())
    kept = set(session.scalars(own))
    return [
        review
        for review in session.scalars(known)
        if review.unit_id in kept or any(_covers(review.unit, path, family) for path, family in lists)
    ]


def open_for(session: Session, branch: Branch) -> Sequence[ListReview]:
    """The open reviews in which a branch has to go through its list."""
    above = [int(id_) for id_ in branch.unit.path.strip("/").split("/")]
    wanted = select(ListReview).where(ListReview.unit_id.in_(above), ListReview.closed_on.is_(None))
    found = session.scalars(wanted.options(joinedload(ListReview.unit)).order_by(ListReview.due_on))
    return [review for review in found if review.unit.organisation == branch.unit.organisation]


def counts_of(review: ListReview) -> dict[str, ColumnElement[int]]:
    """For each branch: names on its list, confirmed, doubted, not looked at; as SQL beside a Branch."""
    active = (Membership.branch_id == Branch.id, Membership.state == MembershipState.ACTIVE)
    names = select(func.count(Membership.id)).where(*active).correlate(Branch).scalar_subquery()

    def marked(verdict: Verdict) -> ColumnElement[int]:
        told = select(func.count()).select_from(ReviewMark).join(ReviewMark.membership)
        mine = told.where(ReviewMark.review_id == review.id, ReviewMark.verdict == verdict, *active)
        return mine.correlate(Branch).scalar_subquery()

    confirmed, doubtful = marked(Verdict.CONFIRMED), marked(Verdict.DOUBTFUL)
    return {
        "names": names,
        "confirmed": confirmed,
        "doubtful": doubtful,
        "waiting": names - confirmed - doubtful,
    }


def progress(review: ListReview, visible: ColumnElement[bool]) -> Select[Branch, int, int, int, int]:
    """Every branch the review covers and the person may read, with its numbers."""
    count = counts_of(review)
    return (
        select(
            Branch,
            count["names"].label("names"),
            count["confirmed"].label("confirmed"),
            count["doubtful"].label("doubtful"),
            count["waiting"].label("waiting"),
        )
        .join(Branch.unit)
        .options(contains_eager(Branch.unit))
        .where(of_unit(review.unit), visible, Branch.dissolved_on.is_(None))
    )


def marks_of(session: Session, review: ListReview, branch: Branch) -> dict[int, ReviewMark]:
    """Membership → what was said of it."""
    wanted = (
        select(ReviewMark)
        .join(ReviewMark.membership)
        .where(ReviewMark.review_id == review.id, Membership.branch_id == branch.id)
    )
    return {mark.membership_id: mark for mark in session.scalars(wanted)}


def names_of(session: Session, branch: Branch) -> Sequence[Membership]:
    """The names on the list of a branch, in Vietnamese order, given name first."""
    return session.scalars(
        select(Membership)
        .join(Membership.member)
        .options(contains_eager(Membership.member))
        .where(Membership.branch_id == branch.id, Membership.state == MembershipState.ACTIVE)
        .order_by(Member.sort_name, Membership.id)
    ).all()


def _covers(unit: Unit, path: str, family: str | None) -> bool:
    return path.startswith(unit.path) and unit.organisation == family
