"""What the sample office consists of, as plain frozen data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.calendar import Cadence, Timetable
from workflows.organisations import Level, UnitKind
from workflows.people import Role
from workflows.wording import N_, LabelledEnum


class Scale(LabelledEnum):
    """How much of a country the sample covers."""

    OFFICE = "office", N_("một tỉnh, 60 xã, phường")
    PROVINCE = "province", N_("một tỉnh, 150 xã, phường")
    NATION = "nation", N_("34 tỉnh, 3.321 xã, phường")


@dataclass(frozen=True)
class SampleLetterhead:
    """How a unit's papers begin."""

    upper: str | None
    lines: tuple[str, ...]
    symbol: str
    profile: str
    place: str


@dataclass(frozen=True)
class SampleUnit:
    """A body; `population` is that of the commune, of an association those it appeals to, 0 elsewhere."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    level: Level
    parent: str | None
    organisation: str | None
    founded: date
    dissolved: date | None
    aliases: tuple[str, ...]
    letterhead: SampleLetterhead
    population: int = 0
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class SampleGroup:
    """A name under which directives address many units."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who works with the system, with the roles held in units; not everybody has an account yet."""

    username: str
    full_name: str
    post: str
    roles: tuple[tuple[str, Role], ...]
    has_account: bool


@dataclass(frozen=True)
class SampleTarget:
    """A figure a task is to reach."""

    value: Decimal
    unit: str
    text: str


@dataclass(frozen=True)
class SampleTask:
    """A task as a clerk would confirm it, and how far it has come on the day `on`."""

    clause: str
    title: str
    quote: str
    lead: str
    coordinating: tuple[str, ...]
    deadline: date | None
    cadences: tuple[Cadence, ...]
    targets: tuple[SampleTarget, ...]
    product: str
    state: str
    on: date | None
    progress: int
    proposed: date | None
    reason: str
    spread: bool


@dataclass(frozen=True)
class SampleDirective:
    """A directive with its whole text and the tasks that stand in it."""

    key: str
    number: str
    type: str
    issuer: str
    issued: date
    subject: str
    monitoring: str
    cites: tuple[str, ...]
    text: str
    tasks: tuple[SampleTask, ...]


@dataclass(frozen=True)
class SampleOrganisation:
    """One of the six kinds of organisation, with the shares its figures follow (organisations.toml)."""

    key: str
    name: str
    member: str
    branch: str
    cell: str
    eligible_name: str
    grades: tuple[str, ...]
    grade_shares: tuple[float, ...]
    branch_size: int
    cell_size: int
    shares: dict[str, float]


@dataclass(frozen=True)
class SampleRegime:
    """A reporting regime; it asks a group, or organisations at a level, from a day on."""

    key: str
    title: str
    form: dict[str, Any]
    directive: str | None
    cadence: Cadence
    timetable: Timetable
    group: str | None
    organisations: tuple[str, ...]
    level: str | None
    starts_on: date
    ends_on: date | None

    @property
    def counts_members(self) -> bool:
        """Does it gather member statistics?"""
        return bool(self.organisations)


@dataclass(frozen=True)
class SampleOffice:
    """Everything a new installation is filled with."""

    place: str
    reform: date
    units: tuple[SampleUnit, ...]
    groups: tuple[SampleGroup, ...]
    people: tuple[SamplePerson, ...]
    organisations: dict[str, SampleOrganisation]
    directives: tuple[SampleDirective, ...]
    regimes: tuple[SampleRegime, ...]

    def unit(self, code: str) -> SampleUnit:
        """The unit with this code."""
        return self.by_code[code]

    @property
    def by_code(self) -> dict[str, SampleUnit]:
        """The units by their code."""
        return {unit.code: unit for unit in self.units}

    def reached_by(self, lead: str) -> tuple[str, ...]:
        """The codes of the units a task is given to: the members of a group, or the one unit named."""
        return next((group.members for group in self.groups if group.name == lead), (lead,))
