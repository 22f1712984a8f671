"""Names of bodies as papers write them → units of the tree: synonyms, groups, successors of merged bodies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session, selectinload

from workflows.directives.reading.text import words
from workflows.intake.name_words import key, looser
from workflows.organisations import Succession, Unit, UnitGroup, UnitKind, within
from workflows.wording import N_, Phrase

CLOSE_ENOUGH = 0.7
_JOINTS = re.compile(r"\s*[,;]\s*|\s+(?:và|cùng)\s+")


@dataclass(frozen=True)
class Match:
    """The units that a name stands for: none when it is not known, many for a group.

    A match that is not `sure` is a guess by the words the names share; a person should look at it.
    """

    name: str
    units: tuple[Unit, ...] = ()
    group: str = ""
    note: Phrase | None = None
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.units)

    @property
    def is_own_name(self) -> bool:
        """Is it the very name of its one unit, whatever the spelling?"""
        return len(self.units) == 1 and key(self.name) == key(self.units[0].name)


@dataclass(frozen=True)
class Vocabulary:
    """What bodies are called in one committee's papers; keys are those of `name_words`."""

    places: tuple[str, ...] = ()
    exact: Mapping[str, Match] = field(default_factory=dict)
    loose: Mapping[str, Match] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What a person may choose from: units by their full names, then groups."""
        known = dict.fromkeys(self.exact.values())
        units = [match.units[0].name for match in known if not match.group and not match.note]
        return [*dict.fromkeys(units), *(match.group for match in known if match.group)]

    def match(self, name: str) -> Match:
        """The units meant by a name, an enumeration of names included."""
        ways = (self._whole, self._parts, self._guess)
        found = next((match for way in ways if (match := way(name)) is not None), Match(name))
        return replace(found, name=name)

    def match_all(self, names: Iterable[str]) -> list[Match]:
        """Each name with its units."""
        return [self.match(name) for name in names]

    def _whole(self, name: str) -> Match | None:
        for one in looser(name, self.places):
            found = self.exact.get(one, self.loose.get(one))
            if found is not None:
                return found
        return None

    def _parts(self, name: str) -> Match | None:
        """Several names in one; parts that are not known are said, and make it unsure."""
        names = [part for part in _JOINTS.split(name) if part]
        found = {part: self._whole(part) or Match(part) for part in names} if len(names) > 1 else {}
        unknown = [part for part, match in found.items() if not match]
        if len(unknown) == len(found):
            return None
        note = Phrase(N_("Chưa nhận ra: %(names)s."), names="; ".join(unknown)) if unknown else None
        return Match(name, units_of(found.values()), group=name, note=note, sure=not unknown)

    def _guess(self, name: str) -> Match | None:
        wanted = set(key(name).split())
        close = [
            (share, match)
            for known, match in self.exact.items()
            if (share := _share(wanted, set(known.split()))) >= CLOSE_ENOUGH
        ]
        best = max((share for share, _ in close), default=0.0)
        units = {match.units: match for share, match in close if share == best}
        if len(units) != 1:
            return None
        (match,) = units.values()
        return replace(match, sure=False, note=Phrase(N_("Tên gần giống; kiểm tra lại trước khi giao.")))


def units_of(matches: Iterable[Match]) -> tuple[Unit, ...]:
    """The units that names stand for, each once."""
    return tuple(dict.fromkeys(unit for match in matches for unit in match.units))


def committee_of(office: Unit) -> Unit:
    """The committee whose papers an office keeps."""
    return office.parent if office.kind is UnitKind.PARTY_OFFICE and office.parent else office


def vocabulary_of(session: Session, office: Unit, *, on: date) -> Vocabulary:
    """The names in use under the committee of an office on a day. Five queries."""
    committee = committee_of(office)
    above = literal(committee.path).startswith(Unit.path)
    units = session.scalars(
        select(Unit)
        .where(or_(within(committee), above))
        .options(selectinload(Unit.aliases))
        .order_by(Unit.id)
    ).all()
    heirs = _heirs(session, units, on)
    groups = session.scalars(select(UnitGroup).options(selectinload(UnitGroup.members))).all()
    builder = _Builder(places=_places(committee))
    for unit in sorted(units, key=lambda unit: (not unit.existed_on(on), unit.level is not committee.level)):
        builder.add(_of_unit(unit, heirs, on), [unit.name, unit.short_name, *(a.name for a in unit.aliases)])
    for group in groups:
        members = tuple(unit for unit in group.members if unit.existed_on(on) and unit in units)
        builder.add(Match(group.name, members, group=group.name), [group.name, *group.aliases])
    return Vocabulary(builder.places, builder.exact, builder.loose)


@dataclass
class _Builder:
    places: tuple[str, ...]
    exact: dict[str, Match] = field(default_factory=dict)
    loose: dict[str, Match] = field(default_factory=dict)

    def add(self, match: Match, names: Iterable[str]) -> None:
        """Make a match known under its names; a name once taken stays with the one before."""
        for name in names:
            self.exact.setdefault(key(name), match)
            for one in looser(name, self.places):
                self.loose.setdefault(one, match)


def _heirs(session: Session, units: Iterable[Unit], on: date) -> dict[int, tuple[Unit, ...]]:
    """Dissolved unit → the units in being that went on in its place."""
    known = {unit.id: unit for unit in units}
    steps: dict[int, list[int]] = {}
    for predecessor, successor in session.execute(select(Succession.predecessor_id, Succession.successor_id)):
        steps.setdefault(predecessor, []).append(successor)

    def follow(id_: int, seen: frozenset[int]) -> tuple[Unit, ...]:
        if id_ in known and known[id_].existed_on(on):
            return (known[id_],)
        further = [heir for heir in steps.get(id_, ()) if heir not in seen]
        return tuple(unit for heir in further for unit in follow(heir, seen | {heir}))

    return {id_: follow(id_, frozenset({id_})) for id_ in steps}


def _of_unit(unit: Unit, heirs: Mapping[int, tuple[Unit, ...]], on: date) -> Match:
    if unit.existed_on(on):
        return Match(unit.name, (unit,))
    today = heirs.get(unit.id, ())
    if not today:
        return Match(unit.name, note=Phrase(N_("%(old)s không còn hoạt động."), old=unit.name))
    names = ", ".join(heir.name for heir in today)
    note = Phrase(N_("%(old)s không còn hoạt động; nay là %(new)s."), old=unit.name, new=names)
    return Match(unit.name, today, note=note)


def _places(committee: Unit) -> tuple[str, ...]:
    """The proper name of the place, with and without its level, as names of bodies end in it."""
    proper = " ".join(words(committee.name)[2:])
    return (f"tinh {proper}", f"thanh pho {proper}", proper) if proper else ()


def _share(one: set[str], other: set[str]) -> float:
    """How alike two names are when one only adds words to the other; 0 otherwise."""
    if not (one <= other or other <= one):
        return 0.0
    return 2 * min(len(one), len(other)) / (len(one) + len(other))
