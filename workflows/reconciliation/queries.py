"""Reading rounds: which a person sees, the doubtful pairs side by side, what the counts say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from workflows import organisations
from workflows.members import Membership, register_units
from workflows.organisations import Unit
from workflows.people import Person, Role
from workflows.permissions import Permission, allows
from workflows.reconciliation.comparing import model_of
from workflows.reconciliation.matching import Agreement, Field
from workflows.reconciliation.models import DoubtfulPair, Round, RoundEntry, RoundList, RoundUnit
from workflows.reconciliation.states import RoundState

AT_ONCE = 1_000
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
    asked = (
        select(RoundList.round_id).join(RoundList.head).where(or_(register_units(person, on=on), overseen))
    )
    return (
        select(Round)
        .where(or_(Round.office_id.in_(select(Unit.id).where(overseen)), Round.id.in_(asked)))
        .options(joinedload(Round.office), selectinload(Round.lists).joinedload(RoundList.head))
    )


def own_lists(round_: Round, person: Person, *, on: date) -> list[RoundList]:
    """The lists of a round that are the person's to read anyway."""
    return [list_ for list_ in round_.lists if allows(person, Permission.MEMBERS_VIEW, list_.head, on=on)]


def units(round_: Round, person: Person, *, on: date) -> Select[RoundUnit]:
    """The bodies of a round whose figures a person may read: the office all, an organisation its own."""
    wanted = select(RoundUnit).join(RoundUnit.unit).where(RoundUnit.round_id == round_.id)
    if not allows(person, Permission.STATISTICS_VIEW, round_.office, on=on):
        own = [list_.place for list_ in own_lists(round_, person, on=on)]
        wanted = wanted.where(RoundUnit.list_place.in_(own))
    return wanted.options(contains_eager(RoundUnit.unit))


def pairs(round_: Round, person: Person, *, on: date) -> Select[DoubtfulPair]:
    """The doubtful pairs a person may read: all for the office, which decides them without names.

    For an organisation those whose records it may see both: of a pair with a list that is not open, its own
    name beside what agrees would tell where else that person is a member.
    """
    wanted = select(DoubtfulPair).where(DoubtfulPair.round_id == round_.id)
    if allows(person, Permission.ROUND_MANAGE, round_, on=on):
        return wanted
    own = {list_.place for list_ in own_lists(round_, person, on=on)}
    left, right = DoubtfulPair.left_number, DoubtfulPair.right_number
    mine, theirs = _entries_on(round_, own), _entries_on(round_, _open_places(round_))
    both_own = and_(left.in_(mine), right.in_(mine))
    both_open = and_(left.in_(theirs), right.in_(theirs), or_(left.in_(mine), right.in_(mine)))
    return wanted.where(or_(both_own, both_open))


def _entries_on(round_: Round, places: Iterable[int]) -> Select[int]:
    return select(RoundEntry.number).where(
        RoundEntry.round_id == round_.id, RoundEntry.list_place.in_(sorted(places))
    )


def _open_places(round_: Round) -> set[int]:
    """The lists that are open to others; an organisation opens its list for a round, not beyond its end."""
    return set() if round_.ended_at else {list_.place for list_ in round_.lists if list_.is_open}


def laid_out(
    session: Session, round_: Round, some: Iterable[DoubtfulPair], person: Person, *, on: date
) -> list[Laid]:
    """Pairs with both their records, as far as the person may see them."""
    may_decide = allows(person, Permission.ROUND_MANAGE, round_, on=on)
    own = {list_.place for list_ in own_lists(round_, person, on=on)}
    laid: list[Laid] = []
    remaining = iter(some)
    while pairs_ := list(islice(remaining, AT_ONCE)):
        entries = _entries(session, round_, pairs_)
        laid += [_laid(pair, entries, round_, own, may_decide) for pair in pairs_]
    return laid


def _entries(session: Session, round_: Round, pairs_: Sequence[DoubtfulPair]) -> dict[int, RoundEntry]:
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
    return {entry.number: entry for entry in session.scalars(wanted)}


def _laid(
    pair: DoubtfulPair, entries: Mapping[int, RoundEntry], round_: Round, own: set[int], may_decide: bool
) -> Laid:
    """Both records or neither: one's own name beside the other's unit would tell who else has that person.

    They are shown to the organisation both are of; where both lists are open, to all who have a part in it.
    """
    both = (entries[pair.left_number], entries[pair.right_number])
    places = {entry.list_place for entry in both}
    shown = places <= own or (places <= _open_places(round_) and (may_decide or bool(places & own)))
    lists = {list_.place: list_ for list_ in round_.lists}
    sides = [Side(lists[entry.list_place], entry.unit, entry.membership if shown else None) for entry in both]
    return Laid(pair, *sides)


def grounds(pair: DoubtfulPair) -> list[Ground]:
    """What speaks for and against a pair being one person, the weightiest first."""
    stands = {Field(field): Agreement(agreement) for field, agreement in pair.stands.items()}
    model = model_of(pair.round)
    said = [
        Ground(field, agreement, model.bits(field, agreement, pair.name_share))
        for field, agreement in stands.items()
        if agreement is not Agreement.UNKNOWN
    ]
    return sorted(said, key=lambda ground: -abs(ground.bits))


def undecided(session: Session, round_: Round) -> int:
    """How many pairs wait for a decision."""
    waiting = select(func.count()).where(DoubtfulPair.round_id == round_.id, DoubtfulPair.decision.is_(None))
    return session.scalar(waiting) or 0


def others(session: Session, memberships: Sequence[int]) -> dict[int, int]:
    """Membership → in how many other organisations its newest closed round found its person; 0 is left out.

    Only keys count, not decisions: which organisations they are stays with the round.
    """
    mine, theirs, any_of_its = aliased(RoundEntry), aliased(RoundEntry), aliased(RoundEntry)
    newest = (
        select(func.max(Round.id))
        .join(any_of_its, any_of_its.round_id == Round.id)
        .where(Round.state == RoundState.CLOSED, any_of_its.membership_id == mine.membership_id)
        .correlate(mine)
        .scalar_subquery()
    )
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
