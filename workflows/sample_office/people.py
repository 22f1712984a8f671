"""The people of the sample: those of the data file, and a clerk for every body that would have none."""

from collections.abc import Iterable
from typing import Any

from workflows.organisations import UnitKind
from workflows.people import Role
from workflows.sample_office.chance import chance
from workflows.sample_office.names import is_generated
from workflows.sample_office.shapes import SamplePerson, SampleUnit
from workflows.sample_office.tables import table

_STAFFED = (UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_BODY, UnitKind.STATE_BODY, UnitKind.FRONT)
CLERK_POST = "Chuyên viên"


def all_people(units: Iterable[SampleUnit], seed: int) -> tuple[SamplePerson, ...]:
    """Everybody, those with an account of their own first."""
    units = tuple(units)
    codes = {unit.code for unit in units}
    named = [_named(row) for row in table("people")["person"] if _serves_in(row, codes)]
    staffed = {unit for person in named for unit, role in person.roles if role is Role.UNIT_CLERK}
    missing = [unit for unit in units if _needs_a_clerk(unit) and unit.code not in staffed]
    return (*named, *(_clerk(unit, seed) for unit in missing))


def _named(row: dict[str, Any]) -> SamplePerson:
    roles = tuple((held["unit"], Role(held["role"])) for held in row["roles"])
    return SamplePerson(row["username"], row["full_name"], row["post"], roles, has_account=True)


def _serves_in(row: dict[str, Any], codes: set[str]) -> bool:
    """Whether the units a person serves in are there at this scale."""
    return all(held["unit"] in codes for held in row["roles"])


def _needs_a_clerk(unit: SampleUnit) -> bool:
    """Whether a living unit directly below the committee of the full province must act for itself."""
    return (
        unit.parent == "TU"
        and unit.dissolved is None
        and unit.kind in _STAFFED
        and not is_generated(unit.code)
    )


def _clerk(unit: SampleUnit, seed: int) -> SamplePerson:
    dice = chance(seed, unit.code, "clerk")
    parts = table("person_names")
    name = " ".join(dice.choice(parts[part].split()) for part in ("family", "middle", "given"))
    where = unit.code.removeprefix("DU-").replace("-", "").lower()
    return SamplePerson(
        f"chuyenvien.{where}", name, CLERK_POST, ((unit.code, Role.UNIT_CLERK),), has_account=False
    )
