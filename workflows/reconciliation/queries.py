"""Reading rounds: which a person sees, the doubtful pairs side by side, what the counts say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from workflows import organisations
from workflows.members import Membership, register_units
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import Permission, allows
from workflows.reconciliation.comparing import bits
from workflows.reconciliation.matching import Agreement, Field
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundList
from workflows.reconciliation.states import RoundState

_OVERSEEING = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.INSPECTOR)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries laid beside each other; the record only for whoever may see it."""

    list_: RoundList
    unit: Unit
    membership: Membership | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What one field says of a pair: how the two stand, and its weight in bits."""

    field: Field
    agreement: Agreement
    bits: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A doubtful pair as it is laid before a person."""

    pair: DoubtfulPair
    left: Side
    right: Side

    @property
    def shows_names(self) -> bool:
        """Are both records to be seen?"""
        return self.left.membership is not None and self.right.membership is not None


def all_rounds(person: Person, *, on: date) -> Select[Round]:
    """The rounds a person may read: those of offices they oversee, and those their organisation is asked in.

    The twin of ROUND_VIEW.
    """
    overseen = or_(
        false(),
        *(
            Unit.path.startswith(post.reach)
            for post in person.appointments_on(on)
            if post.role in _OVERSEEING
        ),
    )
    asked = select(RoundList.round_id).join(RoundList.head).where(register_units(person, on=on))
    return (
        select(Round)
        .where(or_(Round.office_id.in_(select(Unit.id).where(overseen)), Round.id.in_(asked)))
        .options(joinedload(Round.office), selectinload(Round.lists).joinedload(RoundList.head))
    )


def own_lists(round_: Round, person: Person, *, on: date) -> list[RoundList]:
    """The lists of a round that are the person's to read anyway."""
    return [list_ for list_ in round_.lists if allows(person, Permission.MEMBERS_VIEW, list_.head, on=on)]


def pairs(round_: Round, person: Person, *, on: date) -> Select[DoubtfulPair]:
    """The doubtful pairs a person may read: all for the office, for others those of their lists."""
    wanted = select(DoubtfulPair).where(DoubtfulPair.round_id == round_.id)
    if allows(person, Permission.ROUND_MANAGE, round_, on=on):
        return wanted
    places = [list_.place for list_ in own_lists(round_, person, on=on)]
    mine = select(RoundEntry.number).where(
        RoundEntry.round_id == round_.id, RoundEntry.list_place.in_(places)
    )
    return wanted.where(or_(DoubtfulPair.left_number.in_(mine), DoubtfulPair.right_number.in_(mine)))


def laid_out(
    session: Session, round_: Round, some: Iterable[DoubtfulPair], person: Person, *, on: date
) -> list[Laid]:
    """Pairs with both their records, as far as the person may see them."""
    pairs_ = list(some)
    numbers = {number for pair in pairs_ for number in (pair.left_number, pair.right_number)}
    wanted = (
        select(RoundEntry)
        .where(RoundEntry.round_id == round_.id, RoundEntry.number.in_(numbers))
        .options(
            joinedload(RoundEntry.unit),
            joinedload(RoundEntry.membership).joinedload(Membership.member),
            joinedload(RoundEntry.membership).joinedload(Membership.branch),
        )
    )
    entries = {entry.number: entry for entry in session.scalars(wanted)}
    may_decide = allows(person, Permission.ROUND_MANAGE, round_, on=on)
    own = {list_.place for list_ in own_lists(round_, person, on=on)}
    return [_laid(pair, entries, round_, own, may_decide) for pair in pairs_]


def _laid(
    pair: DoubtfulPair, entries: Mapping[int, RoundEntry], round_: Round, own: set[int], may_decide: bool
) -> Laid:
    """A record is shown to its own organisation; where both lists are open, to all who have a part in it."""
    both = (entries[pair.left_number], entries[pair.right_number])
    lists = {list_.place: list_ for list_ in round_.lists}
    all_open = all(lists[entry.list_place].is_open for entry in both)
    has_part = may_decide or any(entry.list_place in own for entry in both)
    sides = [
        Side(
            lists[entry.list_place],
            entry.unit,
            entry.membership if entry.list_place in own or (all_open and has_part) else None,
        )
        for entry in both
    ]
    return Laid(pair, *sides)


def grounds(pair: DoubtfulPair) -> list[Ground]:
    """What speaks for and against a pair being one person, the weightiest first."""
    stands = {Field(field): Agreement(agreement) for field, agreement in pair.stands.items()}
    said = [
        Ground(field, agreement, bits(pair.round, field, agreement, pair.name_share))
        for field, agreement in stands.items()
        if agreement is not Agreement.UNKNOWN
    ]
    return sorted(said, key=lambda ground: -abs(ground.bits))


def undecided(session: Session, round_: Round) -> int:
    """How many pairs wait for a decision."""
    waiting = select(func.count()).where(DoubtfulPair.round_id == round_.id, DoubtfulPair.decision.is_(None))
    return session.scalar(waiting) or 0


def others(session: Session, memberships: Sequence[int]) -> dict[int, int]:
    """Membership → in how many other organisations the newest closed round found its person; 0 is left out.

    Only keys count, not decisions: which organisations they are stays with the round.
    """
    newest = select(func.max(Round.id)).where(Round.state == RoundState.CLOSED).scalar_subquery()
    mine, theirs = aliased(RoundEntry), aliased(RoundEntry)
    counted = (
        select(mine.membership_id, func.count(theirs.list_place.distinct()))
        .join(
            theirs,
            and_(
                theirs.round_id == mine.round_id,
                theirs.person == mine.person,
                theirs.list_place != mine.list_place,
            ),
        )
        .where(mine.round_id == newest, mine.membership_id.in_(memberships))
        .group_by(mine.membership_id)
    )
    return dict(session.execute(counted).all())


def heads(session: Session, office: Unit, *, on: date) -> Sequence[Unit]:
    """The uppermost units of the organisations in the branch an office serves."""
    above = aliased(Unit)
    family = organisations.existing(on).outerjoin(above, above.id == Unit.parent_id)
    uppermost = or_(above.id.is_(None), above.organisation.is_distinct_from(Unit.organisation))
    inside = Unit.path.startswith(office.served_branch)
    return session.scalars(family.where(Unit.organisation.is_not(None), uppermost, inside)).all()
