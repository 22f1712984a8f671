"""Reading the sample office: data files, the scale asked for and the day it is, put together."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.calendar import Cadence, DueKind, DueRule, Timetable, containing
from workflows.organisations import Level, UnitKind
from workflows.sample_office.moments import fill, resolve
from workflows.sample_office.names import is_generated
from workflows.sample_office.people import all_people
from workflows.sample_office.shapes import (
    SampleDirective,
    SampleGroup,
    SampleOffice,
    SampleOrganisation,
    SampleRegime,
    SampleTarget,
    SampleTask,
    SampleUnit,
    Scale,
)
from workflows.sample_office.tables import directive_text, table
from workflows.sample_office.units import all_units
from workflows.statistics import member_form

MEMBERS = "members"


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
        people=all_people(units, seed),
        organisations={key: _organisation(key, row) for key, row in table("organisations").items()},
        directives=_directives(today),
        regimes=tuple(_regime(row, today) for row in table("regimes")["regime"]),
    )


def _group(row: dict[str, Any], units: tuple[SampleUnit, ...]) -> SampleGroup:
    picked = row["codes"] if "codes" in row else [unit.code for unit in units if _is_of(unit, row["of"])]
    return SampleGroup(row["name"], tuple(row["aliases"]), tuple(picked))


def _is_of(unit: SampleUnit, wanted: dict[str, str]) -> bool:
    """Whether a living unit of the first province fits every condition of a group."""
    return (
        unit.dissolved is None
        and not is_generated(unit.code)
        and unit.kind is UnitKind(wanted["kind"])
        and wanted.get("parent", unit.parent) == unit.parent
        and Level(wanted.get("level", unit.level)) is unit.level
    )


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


def _regime(row: dict[str, Any], today: date) -> SampleRegime:
    due = DueRule(DueKind(row["due"]["kind"]), row["due"]["number"])
    timetable = Timetable(due, row.get("cut_off_day"), row.get("grace_days", 0), row.get("lock_days", 0))
    cadence = Cadence(row["cadence"])
    return SampleRegime(
        key=row["key"],
        title=row["title"],
        form=_form(row["form"]),
        directive=row.get("directive"),
        cadence=cadence,
        timetable=timetable,
        group=row.get("group"),
        organisations=tuple(row.get("organisations", ())),
        level=row.get("level"),
        starts_on=_start(row, cadence, timetable.cut_off_day, today),
        ends_on=resolve(row["until"], today) if "until" in row else None,
    )


def _form(name: str) -> dict[str, Any]:
    """A form of the data files, or the one of member statistics."""
    if name == MEMBERS:
        return {**member_form.definition(), "code": member_form.CODE}
    return table(f"forms/{name}")


def _start(row: dict[str, Any], cadence: Cadence, cut_off_day: int | None, today: date) -> date:
    """The day named, or the first day of the period so many periods before the running one."""
    if "from" in row:
        return resolve(row["from"], today)
    period = containing(today, cadence, cut_off_day)
    for _ in range(row.get("past_periods", 0)):
        period = period and period.previous()
    if period is None:
        raise ValueError(f"no period before {today} for {row['key']}")
    return period.first_day(cut_off_day)
