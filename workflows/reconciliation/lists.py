"""The entries of a round as columns to compare: read in one stream, keyed under the round's secret."""

import hashlib
import re
from array import array
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from workflows.members import Branch, Member, Membership, MembershipState, Sex
from workflows.members.identity import folded_name, folded_place
from workflows.organisations import Unit
from workflows.reconciliation.matching import Birth, Rows
from workflows.reconciliation.models import Round

AT_ONCE = 5_000
_LOCALITY = re.compile(r"\b(xã|phường|đặc khu|thị trấn)\s+(.+)$", re.IGNORECASE)
SEXES = tuple(Sex)
_CODES = (
    "organisation",
    "place",
    "hamlet",
    "sex",
    "ethnicity",
    "religion",
    "year",
    "month",
    "day",
    "identity_length",
    "name",
    "spelling",
    "unit",
)
_Member = tuple[
    int, int, str, str, date | None, int | None, Sex | None, str | None, int | None, str, str, str
]


@dataclass(frozen=True, slots=True)
class Lists:
    """Who was compared: the columns, and which membership and unit stands behind each row."""

    rows: Rows
    memberships: NDArray[np.int64]
    units: NDArray[np.int32]


def read(session: Session, round_: Round, *, secret: bytes) -> Lists:
    """All active members on the lists of a round; keys are made under the secret and kept nowhere else."""
    columns = Columns(secret, _localities(session, round_))
    for list_ in round_.lists:
        for found in session.execute(_listed(list_.head).execution_options(yield_per=AT_ONCE)):
            columns.add(list_.place, *found)
    return columns.lists()


def locality(unit: Unit) -> str:
    """The commune a body sits in, by its name: what the bodies of several organisations have in common."""
    found = _LOCALITY.search(unit.name)
    return folded_name(" ".join(found.groups())) if found else ""


def on_the_lists_of(head: Unit) -> ColumnElement[bool]:
    """The SQL condition that a joined Unit belongs to an organisation, from its uppermost unit down."""
    return Unit.path.startswith(head.path) & (Unit.organisation == head.organisation)


def _localities(session: Session, round_: Round) -> dict[int, int]:
    """Unit → number of its commune; a body that names none has a number of its own."""
    numbers = _Numbers()
    heads = [list_.head for list_ in round_.lists]
    units = session.scalars(select(Unit).where(or_(*map(on_the_lists_of, heads))).order_by(Unit.id))
    return {unit.id: numbers.of(locality(unit) or unit.path) for unit in units}


def _listed(head: Unit) -> Select[*_Member]:
    return (
        select(
            Membership.id,
            Branch.unit_id,
            Member.name,
            Member.folded_name,
            Member.born_on,
            Member.birth_year,
            Member.sex,
            Member.identity_key,
            Member.identity_digits,
            Member.ethnicity,
            Member.religion,
            Member.place,
        )
        .join(Membership.member)
        .join(Membership.branch)
        .join(Branch.unit)
        .where(on_the_lists_of(head), Membership.state == MembershipState.ACTIVE, Member.erased_at.is_(None))
        .order_by(Membership.id)
    )


class _Numbers:
    """A number for each distinct value, in the order of their coming; 0 for nothing."""

    def __init__(self) -> None:
        self.known: dict[object, int] = {}

    def of(self, value: object) -> int:
        """The number of a value."""
        return self.known.setdefault(value, len(self.known) + 1) if value else 0


class Columns:
    """Columns that grow by one row a membership."""

    def __init__(self, secret: bytes, localities: dict[int, int]) -> None:
        self.secret, self.localities = secret, localities
        self.codes = {name: array("i") for name in _CODES}
        self.keys = {name: array("Q") for name in ("identity", "signature")}
        self.memberships = array("q")
        self.numbers = {name: _Numbers() for name in ("name", "spelling", "hamlet", "ethnicity", "religion")}

    def add(
        self,
        list_place: int,
        membership_id: int,
        unit_id: int,
        name: str,
        folded: str,
        born_on: date | None,
        birth_year: int | None,
        sex: Sex | None,
        identity: str | None,
        digits: int | None,
        ethnicity: str,
        religion: str,
        hamlet: str,
    ) -> None:
        """One membership more."""
        place = self.localities[unit_id]
        day = (born_on.year, born_on.month, born_on.day) if born_on else (birth_year or 0, 0, 0)
        sex_number = SEXES.index(sex) + 1 if sex else 0
        hamlet_key = folded_place(hamlet)
        values = (
            list_place,
            place,
            self.numbers["hamlet"].of((place, hamlet_key) if hamlet_key else None),
            sex_number,
            self.numbers["ethnicity"].of(folded_name(ethnicity)),
            self.numbers["religion"].of(folded_name(religion)),
            *day,
            digits or 0,
            self.numbers["name"].of(folded or "?"),
            self.numbers["spelling"].of(name.casefold() or "?"),
            unit_id,
        )
        for column, value in zip(self.codes.values(), values, strict=True):
            column.append(value)
        is_whole = bool(folded and born_on and sex_number)
        self.keys["identity"].append(self._key(identity) if identity else 0)
        self.keys["signature"].append(self._key(f"{folded}|{day}|{sex_number}|{place}") if is_whole else 0)
        self.memberships.append(membership_id)

    def lists(self) -> Lists:
        """What was gathered."""
        codes = {name: np.frombuffer(column, np.int32) for name, column in self.codes.items()}
        rows = Rows(
            organisation=codes["organisation"],
            place=codes["place"],
            hamlet=codes["hamlet"],
            sex=codes["sex"],
            ethnicity=codes["ethnicity"],
            religion=codes["religion"],
            birth=Birth(codes["year"], codes["month"], codes["day"]),
            identity=np.frombuffer(self.keys["identity"], np.uint64),
            identity_length=codes["identity_length"],
            signature=np.frombuffer(self.keys["signature"], np.uint64),
            name=codes["name"] - 1,
            spelling=codes["spelling"] - 1,
            names=list(map(str, self.numbers["name"].known)),
            spellings=list(map(str, self.numbers["spelling"].known)),
        )
        return Lists(rows, np.frombuffer(self.memberships, np.int64), codes["unit"])

    def _key(self, value: str) -> int:
        """64 bits that tell equality and nothing else, as long as nobody knows the secret."""
        digest = hashlib.blake2b(value.encode(), key=self.secret, digest_size=8).digest()
        return int.from_bytes(digest, "little") or 1
