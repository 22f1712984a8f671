"""Putting the units of the sample into the database, with letterheads, aliases, groups and successions."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from workflows.organisations import Letterhead, Succession, Unit, UnitAlias, UnitGroup
from workflows.sample_office.shapes import SampleOffice, SampleUnit

SIGN_OFF = frozenset({"DU-UBND", "MTTQ", "DU-AN-BINH"})
_SOURCE = "Nghị quyết về sắp xếp các đơn vị hành chính cấp xã của tỉnh"


def found_units(session: Session, office: SampleOffice) -> dict[str, Unit]:
    """Every unit by its code, flushed, with its path in the tree."""
    units: dict[str, Unit] = {}
    for generation in _generations(office.units):
        born = {sample.code: _unit(sample, units) for sample in generation}
        session.add_all(born.values())
        session.flush()
        for unit in born.values():
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.id}/"
        units |= born
    session.add_all(_successions(office.units, units))
    session.add_all(
        UnitGroup(
            name=group.name, aliases=list(group.aliases), members=[units[code] for code in group.members]
        )
        for group in office.groups
    )
    session.flush()
    return units


def _generations(samples: Iterable[SampleUnit]) -> list[list[SampleUnit]]:
    """Units by their distance from the root."""
    depth: dict[str, int] = {}
    generations: list[list[SampleUnit]] = []
    for sample in samples:
        depth[sample.code] = depth[sample.parent] + 1 if sample.parent else 0
        if depth[sample.code] == len(generations):
            generations.append([])
        generations[depth[sample.code]].append(sample)
    return generations


def _unit(sample: SampleUnit, known: Mapping[str, Unit]) -> Unit:
    head = sample.letterhead
    return Unit(
        code=sample.code,
        name=sample.name,
        short_name=sample.short_name,
        kind=sample.kind,
        level=sample.level,
        organisation=sample.organisation,
        parent=known[sample.parent] if sample.parent else None,
        path="",
        founded_on=sample.founded,
        dissolved_on=sample.dissolved,
        needs_sign_off=sample.code in SIGN_OFF,
        aliases=[UnitAlias(name=alias) for alias in sample.aliases],
        letterheads=[
            Letterhead(
                valid_from=sample.founded,
                upper_line=head.upper,
                issuing_lines="\n".join(head.lines),
                profile=head.profile,
                symbol=head.symbol,
                place=head.place,
            )
        ],
    )


def _successions(samples: Iterable[SampleUnit], units: Mapping[str, Unit]) -> Iterable[Succession]:
    for sample in samples:
        for predecessor in sample.predecessors:
            yield Succession(
                predecessor=units[predecessor],
                successor=units[sample.code],
                happened_on=sample.founded,
                source=_SOURCE,
            )
