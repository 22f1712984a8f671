"""The appendix of a round: persons, overlaps, lists against returns; figures only, no names."""

from collections.abc import Iterable
from typing import Any

from workflows import reconciliation
from workflows.calendar import local_day, parse
from workflows.documents.facts.desk import Desk
from workflows.documents.rules import small
from workflows.errors import InvalidFields
from workflows.reconciliation import Round, RoundUnit
from workflows.wording import N_

REST = "Các đơn vị còn lại"
MOST_UNITS = 600
"""Units with a line of their own, those with most to look into: an appendix is read, a sheet has all."""


def reconciliation_appendix(desk: Desk) -> dict[str, Any]:
    """What a round found, as it was last counted."""
    round_ = desk.source.round
    if round_ is None or not round_.outcome or round_.compared_at is None:
        raise InvalidFields({"round": N_("Chọn một đợt đối chiếu đã có kết quả.")})
    names = [list_.head.short_name for list_ in round_.lists]
    units = _units(desk, round_)
    counted = round_.outcome["count"]
    return {
        "round": round_.name,
        "reference": "",
        "compared_on": local_day(round_.compared_at).isoformat(),
        "returns": _returns(round_),
        "memberships": counted["memberships"],
        "persons": counted["likely"],
        "lowest": counted["lowest"],
        "highest": counted["highest"],
        "undecided": reconciliation.undecided(desk.session, round_),
        "spread": [
            {"organisations": organisations, "persons": persons}
            for organisations, persons in enumerate(round_.outcome["in_so_many"], start=1)
        ],
        "organisations": [
            _organisation(round_, place, name, [unit for unit in units if unit.list_place == place])
            for place, name in enumerate(names)
        ],
        "overlaps": [
            {"name": name, "shared": [{"persons": persons} for persons in row]}
            for name, row in zip(names, round_.outcome["both"], strict=True)
        ],
        "units": _lines(units, names),
    }


def _returns(round_: Round) -> str:
    if round_.regime is None or round_.period is None:
        return ""
    return f"{round_.regime.name} {small(str(parse(round_.period).label))}"


def _units(desk: Desk, round_: Round) -> list[RoundUnit]:
    """The bodies the person may read, in the order of the tree."""
    readable = reconciliation.units(round_, desk.person, on=desk.day)
    return sorted(desk.session.scalars(readable), key=lambda line: (line.list_place, line.unit.path))


def _organisation(round_: Round, place: int, name: str, units: list[RoundUnit]) -> dict[str, Any]:
    """Of an organisation, who stands twice in two of its units counts too."""
    persons, twice = round_.outcome["both"][place][place], round_.outcome["entered_twice"][place]
    return {"name": name, **_figures(units), "persons": persons, "twice": twice}


def _lines(units: list[RoundUnit], names: list[str]) -> list[dict[str, Any]]:
    """A line for each unit worth a look, as many as can be read; the others together."""
    heaviest = sorted((unit for unit in units if unit.weight), key=lambda unit: -unit.weight)[:MOST_UNITS]
    shown = {unit.unit_id for unit in heaviest} if len(units) > MOST_UNITS else {u.unit_id for u in units}
    rest = [unit for unit in units if unit.unit_id not in shown]
    lines = [
        {"name": unit.unit.short_name, "organisation": names[unit.list_place], **_figures([unit])}
        for unit in units
        if unit.unit_id in shown
    ]
    # Somebody may stand in several of them: their persons are not added up.
    figures = {**_figures(rest), "persons": None}
    others = {"name": f"{REST} ({len(rest)} đơn vị)", "organisation": "Các tổ chức", **figures}
    return [*lines, others] if rest else lines


def _figures(units: Iterable[RoundUnit]) -> dict[str, int | None]:
    """The figures of several units together; what differs is added up unit by unit."""
    known = list(units)
    told = [unit for unit in known if unit.returned is not None]
    differences = [unit.difference or 0 for unit in told]
    return {
        "listed": sum(unit.entries for unit in known),
        "persons": sum(unit.persons for unit in known),
        "twice": sum(unit.entered_twice for unit in known),
        "returned": sum(unit.returned or 0 for unit in told) if told else None,
        "not_returned": sum(max(0, difference) for difference in differences) if told else None,
        "not_listed": sum(max(0, -difference) for difference in differences) if told else None,
    }
