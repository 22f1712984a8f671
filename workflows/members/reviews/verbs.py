"""What is done with the yearly review: open, mark name by name, close, strike off whom nobody vouches for."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.members.models import Branch, Membership
from workflows.members.reviews.models import ListReview, ReviewMark, Verdict
from workflows.members.states import MembershipState
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb
from workflows.wording import N_


@verb("list-review.open", Permission.MEMBERS_MANAGE)
def open_review(
    session: Session, unit: Unit, *, year: int, due_on: date, paper: str, by: Person, at: datetime
) -> ListReview:
    """Have all branches of the unit, and of those below it, go through their lists."""
    today = local_day(at)
    if due_on <= today:
        raise InvalidFields({"due_on": N_("Hạn rà soát phải sau hôm nay.")})
    if not today.year - 1 <= year <= today.year + 1:
        raise InvalidFields({"year": N_("Chọn năm rà soát là năm nay, năm trước hoặc năm sau.")})
    known = select(ListReview.id).where(ListReview.unit_id == unit.id, ListReview.year == year)
    if session.scalar(known) is not None:
        raise Refused("Đơn vị đã mở đợt rà soát của năm này. Mở đợt đó để xem tiến độ.")
    review = ListReview(
        unit=unit, year=year, opened_on=today, due_on=due_on, paper=paper.strip(), opened_by=by
    )
    session.add(review)
    return review


@verb("list-review.mark", Permission.MEMBERS_CONFIRM)
def mark(
    session: Session,
    branch: Branch,
    *,
    review: ListReview,
    membership: Membership,
    verdict: Verdict,
    by: Person,
    at: datetime,
    note: str = "",
) -> None:
    """A branch says of one name on its list that it is right, or that nobody vouches for it."""
    _refuse_closed(review, branch)
    if membership.branch_id != branch.id or membership.state is not MembershipState.ACTIVE:
        raise Conflict("Người này không còn trong danh sách của chi đoàn, chi hội. Tải lại trang để xem.")
    _put(session, review, membership.id, verdict, note, by=by, at=at)


@verb("list-review.confirm-rest", Permission.MEMBERS_CONFIRM)
def confirm_rest(session: Session, branch: Branch, *, review: ListReview, by: Person, at: datetime) -> None:
    """A branch confirms every name of its list it has not marked yet."""
    _refuse_closed(review, branch)
    marked = select(ReviewMark.membership_id).where(ReviewMark.review_id == review.id)
    waiting = select(Membership.id).where(
        Membership.branch_id == branch.id,
        Membership.state == MembershipState.ACTIVE,
        Membership.id.not_in(marked),
    )
    rest: Iterable[int] = session.scalars(waiting).all()
    session.add_all(
        ReviewMark(review_id=review.id, membership_id=id_, verdict=Verdict.CONFIRMED, by_id=by.id, at=at)
        for id_ in rest
    )


@verb("list-review.close", Permission.MEMBERS_MANAGE)
def close(session: Session, review: ListReview, *, by: Person, at: datetime) -> None:
    """End the review; what was not marked stays so."""
    if review.closed_on:
        raise Conflict("Đợt rà soát này đã kết thúc.")
    review.closed_on = local_day(at)


def _put(
    session: Session, review: ListReview, id_: int, verdict: Verdict, note: str, *, by: Person, at: datetime
) -> None:
    known = session.get(ReviewMark, (review.id, id_))
    if known is None:
        known = ReviewMark(review_id=review.id, membership_id=id_)
        session.add(known)
    known.verdict, known.note, known.by_id, known.at = verdict, note.strip()[:500], by.id, at


def _refuse_closed(review: ListReview, branch: Branch) -> None:
    if review.closed_on:
        raise Conflict("Đợt rà soát này đã kết thúc, không ghi thêm được.")
    if not branch.unit.is_within(review.unit) or branch.unit.organisation != review.unit.organisation:
        raise Refused("Đợt rà soát này không gồm chi đoàn, chi hội đang mở.")
