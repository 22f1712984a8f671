"""Số liệu từ sổ cho văn phòng: what the organisations' registers count, by organisation or unit; no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp.access import guarded, me
from webapp.filters import Days
from webapp.pages import statistics as pages
from webapp.runtime import session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.stretches import asked_stretch
from workflows.members import tallies
from workflows.members.tallies import Tally
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.statistics import member_form
from workflows.wording import N_

ROWS_SHOWN = 150
SPAN = Days("span", N_("Thời gian"), None)
FLOWS = {
    "opening": N_("Đầu kỳ"),
    "enrolled": N_("Vào sổ ban đầu"),
    "admitted": N_("Kết nạp"),
    "transferred_in": N_("Chuyển đến"),
    "transferred_out": N_("Chuyển đi"),
    "struck_off": N_("Đưa ra khỏi danh sách"),
    "matured": N_("Trưởng thành"),
    "deceased": N_("Từ trần"),
    "closing": N_("Cuối kỳ"),
}


@dataclass(frozen=True)
class Row:
    """A line of the table: what it is called, where it leads, its figures."""

    name: str
    address: str | None
    tally: Tally

    def figures(self) -> list[int]:
        """The figures in the order of the columns."""
        flow, parts = self.tally.flow, self.tally.parts
        told = [getattr(flow, name) for name in FLOWS]
        return [*told, *(parts.get(part, 0) for part in member_form.PARTS), self.tally.branches]


@pages.blueprint.get("/register")
@guarded(Permission.STATISTICS_VIEW)
def register() -> ResponseReturnValue:
    """The figures of every register the person may know the numbers of, for a span of days."""
    first, last, problem = _span()
    organisation = pages.asked_organisation()
    rows = _units(organisation, first, last) if organisation else _organisations(first, last)
    columns = [gettext(label) for label in (*FLOWS.values(), *member_form.PARTS.values())]
    columns.append(gettext("Chi đoàn, chi hội"))
    if request.args.get("format") == "xlsx":
        return _sheet(columns, rows)
    return render_template(
        "statistics/register.html",
        problem=problem,
        first=first,
        last=last,
        organisation=organisation,
        organisations=pages.organisation_names(),
        columns=columns,
        stretch=asked_stretch(rows, ROWS_SHOWN),
        total=Row(gettext("Cộng"), None, tallies.together(row.tally for row in rows)),
    )


def _span() -> tuple[date, date, str]:
    """The days asked for, this year up to now if none are; and what made no sense."""
    usual = date(today().year, 1, 1), today()
    try:
        first, last = SPAN.read(request.args) or (None, None)
    except ValueError as problem:
        return *usual, str(problem)
    last = last or usual[1]
    return first or date(last.year, 1, 1), last, ""


def _organisations(first: date, last: date) -> list[Row]:
    """A line for each organisation that keeps a register."""
    found = tallies.by_unit(session(), readable_units(me(), on=today()), first, last)
    whose = dict(session().execute(select(Unit.id, Unit.organisation).where(Unit.id.in_(found))).all())
    return [
        Row(gettext(name), _address(key, first, last), tallies.together(own))
        for key, name in member_form.ORGANISATIONS.items()
        if (own := [tally for unit_id, tally in found.items() if whose[unit_id] == key])
    ]


def _units(organisation: str, first: date, last: date) -> list[Row]:
    """A line for each unit of one organisation."""
    own = readable_units(me(), on=today()) & (Unit.organisation == organisation)
    found = tallies.by_unit(session(), own, first, last)
    # The condition once more instead of the units found: there may be more of them than a statement takes.
    units = session().execute(select(Unit.id, Unit.name).where(own).order_by(Unit.path))
    return [Row(name, None, found[id_]) for id_, name in units if id_ in found]


def _address(organisation: str, first: date, last: date) -> str:
    span = {"span_from": f"{first:%d/%m/%Y}", "span_to": f"{last:%d/%m/%Y}"}
    return url_for("statistics.register", organisation=organisation, **span)


def _sheet(columns: Sequence[str], rows: Sequence[Row]) -> ResponseReturnValue:
    heads = [SheetColumn(gettext("Đơn vị"), 40), *(SheetColumn(label, 16, 0) for label in columns)]
    file = xlsx(gettext("Số liệu từ sổ"), heads, ([row.name, *row.figures()] for row in rows))
    return send_file(file, XLSX, as_attachment=True, download_name=f"so-lieu-tu-so-{today()}.xlsx")
