"""Reading the sample office: data files, the scale asked for and the day it is, put together."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.calendar import Cadence, DueKind, DueRule, Timetable
from workflows.organisations import Level, UnitKind
from workflows.people import Role
from workflows.sample_office.moments import fill, resolve
from workflows.sample_office.shapes import (
    SampleDirective,
    SampleGroup,
    SampleOffice,
    SampleOrganisation,
    SamplePerson,
    SampleRegime,
    SampleTarget,
    SampleTask,
    SampleUnit,
    Scale,
)
from workflows.sample_office.tables import directive_text, table
from workflows.sample_office.units import all_units

MEMBERS = "members"
_GENERATED = re.compile(r"T\d\d-")


def read(*, scale: Scale = Scale.OFFICE, seed: int = 1, today: date) -> SampleOffice:
    """The sample office as it stands on `today`; the same for the same scale, seed and day."""
    units = tuple(all_units(scale, seed))
    groups = tuple(_group(row, units) for row in table("units")["group"])
    province = table("units")["province"]
    return SampleOffice(
        place=province["place"],
        reform=province["reform"],
        units=units,
        groups=groups,
        people=tuple(_person(row) for row in table("people")["person"]),
        organisations={key: _organisation(key, row) for key, row in table("organisations").items()},
        directives=_directives(today),
        regimes=tuple(_regime(row, units, groups) for row in table("regimes")["regime"]),
    )


def _group(row: dict[str, Any], units: tuple[SampleUnit, ...]) -> SampleGroup:
    picked = row["codes"] if "codes" in row else [unit.code for unit in units if _is_of(unit, row["of"])]
    return SampleGroup(row["name"], tuple(row["aliases"]), tuple(picked))


def _is_of(unit: SampleUnit, wanted: dict[str, str]) -> bool:
    """Whether a living unit of the first province fits every condition of a group."""
    return (
        unit.dissolved is None
        and not _GENERATED.match(unit.code)
        and unit.kind is UnitKind(wanted["kind"])
        and wanted.get("parent", unit.parent) == unit.parent
        and Level(wanted.get("level", unit.level)) is unit.level
    )


def _person(row: dict[str, Any]) -> SamplePerson:
    roles = tuple((held["unit"], Role(held["role"])) for held in row["roles"])
    return SamplePerson(row["username"], row["full_name"], row["post"], roles)


def _organisation(key: str, row: dict[str, Any]) -> SampleOrganisation:
    return SampleOrganisation(
        key=key,
        name=row["name"],
        member=row["member"],
        branch=row["branch"],
        cell=row["cell"],
        eligible_name=row["eligible_name"],
        grades=tuple(row["grades"]),
        grade_shares=tuple(row["grade_shares"]),
        branch_size=row["branch_size"],
        cell_size=row["cell_size"],
        shares={name: float(value) for name, value in row.items() if isinstance(value, float)},
    )


def _directives(today: date) -> tuple[SampleDirective, ...]:
    rows = table("directives")["directive"]
    issued = {row["key"]: resolve(row["issued"], today) for row in rows}
    return tuple(_directive(row, today, issued) for row in rows)


def _directive(row: dict[str, Any], today: date, issued: Mapping[str, date]) -> SampleDirective:
    return SampleDirective(
        key=row["key"],
        number=row["number"],
        type=row["type"],
        issuer=row["issuer"],
        issued=issued[row["key"]],
        subject=row["subject"],
        monitoring=row.get("monitoring", "VPTU"),
        cites=tuple(row.get("cites", ())),
        text=fill(directive_text(row["key"]), today, issued),
        tasks=tuple(_task(task, today, issued) for task in row["task"]),
    )


def _task(row: dict[str, Any], today: date, issued: Mapping[str, date]) -> SampleTask:
    def day(field: str) -> date | None:
        return resolve(row[field], today) if field in row else None

    return SampleTask(
        clause=row["clause"],
        title=row["title"],
        quote=fill(row["quote"], today, issued),
        lead=row["lead"],
        coordinating=tuple(row.get("coordinating", ())),
        deadline=day("deadline"),
        cadences=tuple(Cadence(cadence) for cadence in row.get("cadence", ())),
        targets=tuple(
            SampleTarget(Decimal(str(target["value"])), target["unit"], target["text"])
            for target in row.get("targets", ())
        ),
        product=row.get("product", ""),
        state=row.get("state", "assigned"),
        on=day("on"),
        progress=row.get("progress", 0),
        proposed=day("proposed"),
        reason=row.get("reason", ""),
        spread=row.get("spread", False),
    )


def _regime(
    row: dict[str, Any], units: tuple[SampleUnit, ...], groups: tuple[SampleGroup, ...]
) -> SampleRegime:
    due = DueRule(DueKind(row["due"]["kind"]), row["due"]["number"])
    return SampleRegime(
        key=row["key"],
        title=row["title"],
        form=table(f"forms/{row['form']}") if "form" in row else None,
        directive=row.get("directive"),
        cadence=Cadence(row["cadence"]),
        timetable=Timetable(due, row.get("cut_off_day"), row["grace_days"], row["lock_days"]),
        units=_reporting(row["units"], units, groups),
        past_periods=row["past_periods"],
    )


def _reporting(name: str, units: tuple[SampleUnit, ...], groups: tuple[SampleGroup, ...]) -> tuple[str, ...]:
    """The units a regime asks: the members of a group, or the commune level of the six organisations."""
    if name == MEMBERS:
        return tuple(unit.code for unit in units if unit.population and unit.organisation)
    return next(group.members for group in groups if group.name == name)
