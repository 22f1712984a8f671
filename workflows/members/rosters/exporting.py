"""Giving a list back in the organisation's own shape: its columns, its heads, its order."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from workflows.members.models import Branch, Member, Membership
from workflows.members.rosters.columns import Field
from workflows.members.rosters.models import RosterShape
from workflows.members.states import MembershipState, Sex
from workflows.organisations import Unit

USUAL = (
    Field.NAME,
    Field.BORN,
    Field.SEX,
    Field.CARD,
    Field.JOINED,
    Field.ETHNICITY,
    Field.RELIGION,
    Field.PARTY,
    Field.OCCUPATION,
    Field.PLACE,
    Field.BRANCH,
    Field.UNIT,
)


def shape_of(session: Session, unit: Unit) -> list[tuple[str, Field | None]]:
    """Heads and meanings of a unit's own rosters; the usual ones where it never sent any."""
    known = session.get(RosterShape, unit.id)
    if known is None:
        return [(field.label, field) for field in USUAL]
    return [(label, Field(name) if name else None) for label, name in known.columns]


def exported(
    session: Session, branches: ColumnElement[bool], shape: list[tuple[str, Field | None]]
) -> Iterator[list[Any]]:
    """The active members of some branches, a row each, in Vietnamese order within their branch.

    Columns the register does not know stay empty; of an identity number only the last three digits are known.
    """
    wanted = (
        select(Membership)
        .join(Membership.member)
        .join(Membership.branch)
        .join(Branch.unit)
        .options(
            contains_eager(Membership.member),
            contains_eager(Membership.branch).contains_eager(Branch.unit),
        )
        .where(branches, Membership.state == MembershipState.ACTIVE)
        .order_by(Unit.path, Branch.path, Member.sort_name, Membership.id)
    )
    for place, membership in enumerate(session.scalars(wanted.execution_options(yield_per=1_000)), start=1):
        yield [_shown(field, label, membership, place) for label, field in shape]


def _shown(field: Field | None, label: str, membership: Membership, place: int) -> Any:
    if field is None:
        # The one nameless column every roster begins with counts the rows.
        return place if not label else None
    return _VALUES[field](membership)


def _born(membership: Membership, sex: Sex | None = None) -> Any:
    member = membership.member
    return None if sex is not None and member.sex is not sex else member.born_on or member.birth_year


def _tick(holds: bool) -> str | None:
    return "x" if holds else None


_VALUES: Mapping[Field, Callable[[Membership], Any]] = {
    Field.NAME: lambda m: m.member.name,
    Field.FAMILY: lambda m: " ".join(m.member.name.split()[:-1]),
    Field.GIVEN: lambda m: m.member.name.split()[-1] if m.member.name else None,
    Field.BORN: _born,
    Field.BORN_MALE: lambda m: _born(m, Sex.MALE),
    Field.BORN_FEMALE: lambda m: _born(m, Sex.FEMALE),
    Field.SEX: lambda m: m.member.sex.label if m.member.sex else None,
    Field.IS_FEMALE: lambda m: _tick(m.member.sex is Sex.FEMALE),
    Field.IDENTITY: lambda m: f"…{m.member.identity_tail}" if m.member.identity_tail else None,
    Field.CARD: lambda m: m.card_number,
    Field.JOINED: lambda m: m.joined_on,
    Field.ETHNICITY: lambda m: m.member.ethnicity,
    Field.RELIGION: lambda m: m.member.religion,
    Field.PARTY: lambda m: _tick(m.member.party_member),
    Field.SECTOR: lambda m: m.member.sector.label if m.member.sector else None,
    Field.OCCUPATION: lambda m: m.member.occupation,
    Field.PLACE: lambda m: m.member.place,
    Field.BRANCH: lambda m: m.branch.name,
    Field.UNIT: lambda m: m.branch.unit.short_name,
}
