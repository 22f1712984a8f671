"""How far a person's posts reach: as branches of the tree, as SQL conditions, as tokens of search entries."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.sql import false

from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.permissions.predicates import is_root, posts_in
from workflows.permissions.things import Parties

# Keeping the house, or a branch's list, is no reason to read what goes on in a unit.
_READING_NO_AFFAIRS = (Role.ADMINISTRATOR, Role.BRANCH_SECRETARY)


def reaches(person: Person, *, on: date) -> list[str]:
    """The branches of the tree, as paths, whose affairs the person may read."""
    return _branches(post for post in person.appointments_on(on) if post.role not in _READING_NO_AFFAIRS)


def _branches(posts: Iterable[Appointment]) -> list[str]:
    paths = sorted({post.reach for post in posts}, key=len)
    return [path for i, path in enumerate(paths) if not any(path.startswith(p) for p in paths[:i])]


def readable_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch whose affairs the person may read."""
    return _within(reaches(person, on=on))


def kept_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch the person administers."""
    return _within(_kept_branches(person, on))


def inspected_units(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit stands in a branch the person inspects."""
    return _within(_branches(posts_in(person, on, (Role.INSPECTOR,))))


def kept_people(person: Person, *, on: date) -> ColumnElement[bool]:
    """The SQL condition that a Person works in the branches the person administers, and nowhere else.

    The twin of PEOPLE_MANAGE: posts that ended count only for somebody who has no other.
    """
    lasting = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on)
    employed = select(Appointment.person_id).where(lasting)
    counting = select(Appointment.person_id).where(or_(lasting, Appointment.person_id.not_in(employed)))
    kept = select(Unit.id).where(kept_units(person, on=on))
    inside = counting.where(Appointment.unit_id.in_(kept))
    outside = counting.where(Appointment.unit_id.not_in(kept))
    return and_(Person.id.in_(inside), Person.id.not_in(outside))


def keeps(person: Person, reach: str, *, on: date) -> bool:
    """Does the person administer the whole branch that somebody's role would cover?"""
    return any(reach.startswith(path) for path in _kept_branches(person, on))


def inspects_all(person: Person, *, on: date) -> bool:
    """Does the person inspect everybody there is?"""
    return any(is_root(post.reach) for post in posts_in(person, on, (Role.INSPECTOR,)))


def _kept_branches(person: Person, on: date) -> list[str]:
    return _branches(posts_in(person, on, (Role.ADMINISTRATOR,)))


def _within(paths: list[str]) -> ColumnElement[bool]:
    if any(path == "/" for path in paths):
        return true()
    return or_(false(), *(Unit.path.startswith(path) for path in paths))


def visibility_tokens(parties: Parties) -> frozenset[str]:
    """What a search entry carries: one token per branch and per person that may read the thing."""
    branches = {f"branch:{unit_id}" for unit in parties.all() for unit_id in _lineage(unit)}
    return frozenset(branches | {f"person:{id_}" for id_ in parties.informed_people})


def keeping_tokens(units: Iterable[Unit]) -> frozenset[str]:
    """What a search entry carries that those who administer every one of the units may find."""
    lineages = [_lineage(unit) for unit in units]
    return (
        frozenset(f"keeper:{unit_id}" for unit_id in set.intersection(*lineages)) if lineages else frozenset()
    )


def working_tokens(unit_ids: Iterable[int]) -> frozenset[str]:
    """What a search entry carries that those who work in one of the very units may find."""
    return frozenset(f"in:{unit_id}" for unit_id in unit_ids)


def tokens_of(person: Person, *, on: date) -> frozenset[str]:
    """What a person shows at the index: branches they read or keep, units they work in, themselves."""
    read = {f"branch:{_last(path)}" for path in reaches(person, on=on)}
    kept = {f"keeper:{_last(path)}" for path in _kept_branches(person, on)}
    work = working_tokens(post.unit_id for post in person.appointments_on(on))
    return frozenset(read | kept | work | {f"person:{person.id}"})


def _lineage(unit: Unit) -> set[str]:
    return set(unit.path.strip("/").split("/"))


def _last(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1]
