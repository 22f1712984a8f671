"""Member statistics of the sample: figures that look real, add up, and are the same for the same seed.

The identities of the returns hold by construction: closing = opening + increases − decreases, opening =
closing of the period before (of all predecessors together for a merged unit), parts ≤ whole, graded branches
= branches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from workflows.calendar import Period
from workflows.organisations import Level
from workflows.sample_office.chance import chance
from workflows.sample_office.shapes import SampleOffice, SampleOrganisation, SampleUnit

CUT_OFF_DAY = 14
OUTLIER_SHARE = 0.004
_OUTLIER_FACTOR = 9
_PARTS = ("female", "ethnic_minority", "religious", "party_members", "non_state")
_DECREASES = ("transferred_out", "struck_off", "left")


@dataclass(frozen=True)
class MemberFigures:
    """The return of one unit of an organisation for one period."""

    unit: str
    organisation: str
    period: str
    eligible: int
    opening: int
    admitted: int
    transferred_in: int
    transferred_out: int
    struck_off: int
    left: int
    closing: int
    female: int
    ethnic_minority: int
    religious: int
    party_members: int
    non_state: int
    branches: int
    cells: int
    grades: tuple[int, ...]


@dataclass
class _Standing:
    """Where a unit stands between two periods."""

    eligible: int
    members: int
    habits: dict[str, float] = field(default_factory=dict)


def member_figures(
    office: SampleOffice, periods: Sequence[Period], *, seed: int, level: Level = Level.COMMUNE
) -> Iterator[MemberFigures]:
    """The returns of the associations of the province, or of every organisation below it, oldest first."""
    of_province = level is Level.PROVINCE
    units = [
        unit
        for unit in office.units
        if unit.population and unit.organisation and (unit.level is Level.PROVINCE) is of_province
    ]
    standings: dict[str, _Standing] = {}
    for period in periods:
        closing_day = period.last_day(CUT_OFF_DAY)
        for unit in units:
            if unit.founded <= closing_day and (unit.dissolved is None or closing_day < unit.dissolved):
                organisation = office.organisations[unit.organisation or ""]
                standing = standings.get(unit.code) or _first_standing(unit, organisation, standings, seed)
                standings[unit.code] = standing
                dice = chance(seed, unit.code, period.code)
                yield _return(unit.code, organisation, period.code, standing, dice)


def _first_standing(
    unit: SampleUnit, organisation: SampleOrganisation, standings: dict[str, _Standing], seed: int
) -> _Standing:
    dice = chance(seed, unit.code)
    habits = {part: _share(organisation.shares[part] * dice.uniform(0.8, 1.2)) for part in _PARTS}
    inherited = [standings[code] for code in unit.predecessors if code in standings]
    if inherited:
        return _Standing(sum(s.eligible for s in inherited), sum(s.members for s in inherited), habits)
    eligible = round(unit.population * organisation.shares["eligible"] * dice.uniform(0.85, 1.15))
    rate = min(max(dice.gauss(organisation.shares["gathering"] - 0.05, 0.07), 0.15), 0.92)
    return _Standing(eligible, round(eligible * rate), habits)


def _return(
    unit: str, organisation: SampleOrganisation, period: str, standing: _Standing, dice: Random
) -> MemberFigures:
    """One period of a unit; moves its standing to the end of the period."""
    opening = standing.members
    eligible = max(opening, round(standing.eligible * dice.uniform(0.998, 1.008)))
    moved = {
        move: round(opening * organisation.shares[move] * dice.uniform(0.4, 1.6))
        for move in ("admitted", "transferred_in", *_DECREASES)
    }
    if dice.random() < OUTLIER_SHARE:
        moved["admitted"] *= _OUTLIER_FACTOR
    remaining = opening - sum(moved[move] for move in _DECREASES)
    moved["transferred_in"] = min(moved["transferred_in"], eligible - remaining)
    moved["admitted"] = min(moved["admitted"], eligible - remaining - moved["transferred_in"])
    closing = remaining + moved["transferred_in"] + moved["admitted"]
    standing.eligible, standing.members = eligible, closing
    branches = max(1, round(closing / organisation.branch_size))
    return MemberFigures(
        unit=unit,
        organisation=organisation.key,
        period=period,
        eligible=eligible,
        opening=opening,
        closing=closing,
        branches=branches,
        cells=max(branches, round(closing / organisation.cell_size)),
        grades=_split(branches, organisation.grade_shares, dice),
        **moved,
        **{
            part: round(closing * _share(standing.habits[part] * dice.uniform(0.98, 1.02))) for part in _PARTS
        },
    )


def _share(value: float) -> float:
    return min(value, 1.0)


def _split(total: int, shares: Sequence[float], dice: Random) -> tuple[int, ...]:
    """Whole numbers near the shares that add up to `total`."""
    weights = [share * dice.uniform(0.7, 1.3) for share in shares]
    parts = [int(total * weight / sum(weights)) for weight in weights]
    parts[max(range(len(parts)), key=weights.__getitem__)] += total - sum(parts)
    return tuple(parts)
