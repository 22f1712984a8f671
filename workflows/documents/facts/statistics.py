"""The statistics appendix: members by organisation and by unit, from accepted returns."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select, true

from workflows import statistics
from workflows.calendar import parse
from workflows.documents.facts.desk import Desk
from workflows.documents.rules import small
from workflows.errors import InvalidFields
from workflows.organisations import Level, Unit
from workflows.statistics import Line, member_form
from workflows.wording import N_

CELLS = {
    "eligible": "eligible",
    "opening": "opening",
    "admitted": "admitted",
    "moved_in": "transferred_in",
    "moved_out": "transferred_out",
    "struck_off": "struck_off",
    "ended": "left",
    "closing": "closing",
    "women": "female",
    "minority": "ethnic_minority",
    "religious": "religious",
    "party_members": "party_members",
    "private_sector": "non_state",
    "branches": "branches",
    "groups": "cells",
}


def statistics_appendix(desk: Desk) -> dict[str, Any]:
    """Both tables of a period of member statistics."""
    regime, period = desk.source.regime, desk.source.period
    if regime is None or period is None or regime.form_version.code != member_form.CODE:
        raise InvalidFields({"collection": N_("Chọn một kỳ thống kê đoàn viên, hội viên.")})
    lines = statistics.by_unit(desk.session, regime, period, true())
    units = {str(unit.id): unit for unit in desk.session.scalars(select(Unit).where(_ids(lines)))}
    families = _families(desk)
    target = statistics.target_in_force(desk.session, regime.office, "", on=desk.day)
    return {
        "period": small(str(parse(period).label)),
        "reference": "",
        "target": float(target.share * 100) if target else None,
        "target_source": target.source if target else "",
        "organisations": [
            _row(families.get(line.key, line.key), line)
            for line in statistics.by_organisation(desk.session, regime, period, true())
        ],
        "units": [
            _row(units[line.key].short_name, line)
            for line in sorted(lines, key=lambda line: units[line.key].path)
        ],
    }


def _families(desk: Desk) -> dict[str, str]:
    """Family of organisations → the name of the one at its head."""
    heads = (
        select(Unit)
        .where(Unit.organisation.is_not(None), Unit.level.in_((Level.NATION, Level.PROVINCE)))
        .order_by(Unit.path.desc())
    )
    return {str(unit.organisation): unit.short_name for unit in desk.session.scalars(heads)}


def _ids(lines: list[Line]) -> Any:
    return Unit.id.in_([int(line.key) for line in lines])


def _row(name: str, line: Line) -> dict[str, Any]:
    missing = line.expected - line.accepted
    note = "" if not missing else "chưa có báo cáo" if line.expected == 1 else f"thiếu {missing} báo cáo"
    figures = {field: _whole(line.figures, cell) for field, cell in CELLS.items()}
    return {"name": name, **figures, "grade": "", "note": note}


def _whole(figures: Mapping[str, Decimal], cell: str) -> int | None:
    value = figures.get(cell)
    return None if value is None else int(value)
