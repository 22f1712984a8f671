"""How long personal data stay: whose time is over, by what each organisation has settled for its register."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.members.models import Member, Membership
from workflows.members.queries import all_memberships, habits_of
from workflows.members.states import MembershipState
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import REGISTER_STAFF


def past_retention(session: Session, person: Person, *, on: date) -> Select[Membership]:
    """The last membership of each member whose data the register of the person need keep no longer.

    A member is past retention when no membership holds and the last one ended more years ago than the
    organisation keeps personal data.
    """
    other = aliased(Membership)
    later = select(other.id).where(
        other.member_id == Membership.member_id,
        other.id != Membership.id,
        or_(
            other.state == MembershipState.ACTIVE,
            other.since > Membership.since,
            and_(other.since == Membership.since, other.id > Membership.id),
        ),
    )
    return all_memberships(session, person, on=on).where(
        Membership.state != MembershipState.ACTIVE,
        Member.erased_at.is_(None),
        ended_too_long_ago(session, person, on=on),
        ~later.exists(),
    )


def ended_too_long_ago(session: Session, person: Person, *, on: date) -> ColumnElement[bool]:
    """The condition that a membership joined with its unit ended before what its organisation still keeps."""
    posts = [post.unit for post in person.appointments_on(on) if post.role in REGISTER_STAFF]
    return or_(
        false(),
        *(
            and_(Unit.organisation == unit.organisation, Membership.since < kept_since(session, unit, on=on))
            for unit in posts
            if unit.organisation
        ),
    )


def kept_since(session: Session, unit: Unit, *, on: date) -> date:
    """The day from which memberships that ended are still kept, by the rules of a unit's organisation."""
    return _years_before(on, habits_of(session, unit).retention_years)


def _years_before(day: date, years: int) -> date:
    # On the 29th of February a year without one goes by the day before.
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
