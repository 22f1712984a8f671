"""Where the rows of a roster belong, and whether they are there already; chunk by chunk, never row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.members.identity import folded_name
from workflows.members.models import Branch, Member, Membership
from workflows.members.rosters.columns import Field, letters
from workflows.members.rosters.models import RosterImport
from workflows.members.rosters.reading import Person, Problem
from workflows.members.states import MembershipState
from workflows.organisations import Unit, UnitAlias, existing
from workflows.wording import N_

REPEATED_IDENTITY = N_("số định danh trùng với dòng %(other)s")
REPEATED_CARD = N_("số thẻ trùng với dòng %(other)s")
REPEATED_PERSON = N_("cùng họ tên, ngày sinh với dòng %(other)s của chi đoàn, chi hội này")
KNOWN_IDENTITY = N_("đã có trong sổ tại %(where)s: đề nghị chuyển sinh hoạt, không vào sổ lần hai")
KNOWN_CARD = N_("số thẻ đã cấp cho người khác trong sổ")
KNOWN_PERSON = N_("chi đoàn, chi hội này đã có người cùng họ tên, ngày sinh")
UNKNOWN_UNIT = N_("không có đơn vị này trong tổ chức")

Place = tuple[int, str]  # unit and folded name of a branch


@dataclass
class Places:
    """The units and branches a roster can name; a branch not yet there is one to be founded."""

    roster: RosterImport
    units: dict[str, int]
    branches: dict[Place, int]
    founded: dict[Place, str] = field(default_factory=dict)

    @classmethod
    def read(cls, session: Session, roster: RosterImport, on: date) -> "Places":
        """All of the roster's unit and of those of its organisation below it."""
        unit = roster.unit
        own = existing(on).where(Unit.path.startswith(unit.path), Unit.organisation == unit.organisation)
        units: dict[str, int] = {}
        below = session.scalars(own).all()
        for one in below:
            for name in (one.name, one.short_name, one.code):
                units.setdefault(folded_name(name), one.id)
        ids = [one.id for one in below]
        for id_, name in session.execute(
            select(UnitAlias.unit_id, UnitAlias.name).where(UnitAlias.unit_id.in_(ids))
        ):
            units.setdefault(folded_name(name), id_)
        known = select(Branch.unit_id, Branch.name, Branch.id).where(
            Branch.unit_id.in_(ids), Branch.dissolved_on.is_(None)
        )
        branches = {(unit_id, folded_name(name)): id_ for unit_id, name, id_ in session.execute(known)}
        return cls(roster, units, branches)

    def of(self, person: Person) -> Place | int | None:
        """The branch of a row: its id, or the place where one has to be founded; none for an unknown unit."""
        if self.roster.branch_id is not None:
            return self.roster.branch_id
        unit_id = self.units.get(folded_name(person.unit)) if person.unit else self.roster.unit_id
        if unit_id is None:
            return None
        place = (unit_id, folded_name(person.branch))
        if place not in self.branches:
            self.founded.setdefault(place, person.branch)
            return place
        return self.branches[place]


@dataclass
class Seen:
    """What earlier rows of the same roster said, by the row that said it."""

    keys: dict[str, int] = field(default_factory=dict)
    cards: dict[str, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)


def column_of(roster: RosterImport, field_: Field) -> str:
    """The letters of the column a field is read from."""
    place = roster.mapping.get(field_.value)
    return letters(place) if place is not None else ""


def repeated(roster: RosterImport, person: Person, where: Place | int, seen: Seen) -> Problem | None:
    """What an earlier row of the roster has already; the row is remembered for those to come."""
    same = hash((where, person.folded, person.born.day or person.born.year))
    found: Problem | None = None
    if person.key and person.key in seen.keys:
        found = _at(roster, person, Field.IDENTITY, REPEATED_IDENTITY, other=seen.keys[person.key])
    elif person.card and person.card in seen.cards:
        found = _at(roster, person, Field.CARD, REPEATED_CARD, other=seen.cards[person.card])
    elif not person.key and same in seen.people:
        found = _at(roster, person, Field.NAME, REPEATED_PERSON, other=seen.people[same])
    if found is None:
        if person.key:
            seen.keys[person.key] = person.row
        if person.card:
            seen.cards[person.card] = person.row
        seen.people.setdefault(same, person.row)
    return found


@dataclass(frozen=True)
class Known:
    """What the register has already of the people of a chunk."""

    active: dict[str, str]
    gone: dict[str, int]
    cards: frozenset[str]
    people: frozenset[tuple[int, str, date | None, int | None]]


def known(session: Session, organisation: str, chunk: Sequence[tuple[Person, Place | int]]) -> Known:
    """Ask the register once for all rows of a chunk."""
    keys = [person.key for person, _ in chunk if person.key]
    active: dict[str, str] = {}
    gone: dict[str, int] = {}
    for key, id_, state, name, unit in session.execute(
        select(Member.identity_key, Member.id, Membership.state, Branch.name, Unit.short_name)
        .join(Member.memberships)
        .join(Membership.branch)
        .join(Branch.unit)
        .where(Member.organisation == organisation, Member.identity_key.in_(keys))
        .order_by(Membership.id)
    ):
        if key and state is MembershipState.ACTIVE:
            active[key] = f"{name}, {unit}"
        elif key:
            gone[key] = id_
    return Known(active, gone, _cards(session, organisation, chunk), _people(session, chunk))


def already_there(
    roster: RosterImport, person: Person, where: Place | int, register: Known
) -> Problem | None:
    """Why the register cannot take a row: the person is on a list already, or their card is."""
    if person.key and person.key in register.active:
        return _at(roster, person, Field.IDENTITY, KNOWN_IDENTITY, where=register.active[person.key])
    if person.card in register.cards:
        return _at(roster, person, Field.CARD, KNOWN_CARD)
    if isinstance(where, int) and (where, person.folded, *_birth(person)) in register.people:
        return _at(roster, person, Field.NAME, KNOWN_PERSON)
    return None


def unknown_unit(roster: RosterImport, person: Person) -> Problem:
    """The row names a unit that the organisation does not have."""
    return _at(roster, person, Field.UNIT, UNKNOWN_UNIT)


def _cards(
    session: Session, organisation: str, chunk: Iterable[tuple[Person, Place | int]]
) -> frozenset[str]:
    cards = [person.card for person, _ in chunk if person.card]
    if not cards:
        return frozenset()
    wanted = (
        select(Membership.card_number)
        .join(Membership.member)
        .where(
            Membership.card_number.in_(cards),
            Membership.state == MembershipState.ACTIVE,
            Member.organisation == organisation,
        )
    )
    return frozenset(card for card in session.scalars(wanted) if card)


def _people(
    session: Session, chunk: Iterable[tuple[Person, Place | int]]
) -> frozenset[tuple[int, str, date | None, int | None]]:
    """Branch, name and birth of those in the register who could be the people of the chunk."""
    asked = {(person.folded, person.born.year) for person, where in chunk if isinstance(where, int)}
    branches = {where for _, where in chunk if isinstance(where, int)}
    if not asked:
        return frozenset()
    wanted = (
        select(Membership.branch_id, Member.folded_name, Member.born_on, Member.birth_year)
        .join(Membership.member)
        .where(
            Membership.branch_id.in_(branches),
            Membership.state == MembershipState.ACTIVE,
            tuple_(Member.folded_name, Member.birth_year).in_([pair for pair in asked if pair[1]]),
        )
    )
    return frozenset((row[0], row[1], row[2], row[3]) for row in session.execute(wanted))


def _birth(person: Person) -> tuple[date | None, int | None]:
    return person.born.day, person.born.year


def _at(roster: RosterImport, person: Person, field_: Field, message: str, **params: object) -> Problem:
    return Problem(person.row, column_of(roster, field_), message, params)
