"""So sánh số liệu: one figure of all units from two periods, or from a return and the register."""

from dataclasses import dataclass

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select

from webapp.access import guarded, me
from webapp.pages import statistics as pages
from webapp.runtime import session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import in_words, inside
from workflows import statistics
from workflows.calendar import parse
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Regime
from workflows.statistics import Difference, Source, member_form

MOST_PERIODS = 12
MOST_UNITS = 100
REGISTER = "register"


@dataclass(frozen=True)
class Offer:
    """A source one may choose, as the address and the page name it."""

    key: str
    name: str
    source: Source


@dataclass(frozen=True)
class Row:
    """A unit with both figures."""

    unit: Unit
    difference: Difference

    @property
    def address(self) -> str:
        """The unit over all periods."""
        return url_for("statistics.unit_series", unit_id=self.unit.id)


@pages.blueprint.get("/comparing")
@guarded(Permission.STATISTICS_VIEW)
def comparing() -> ResponseReturnValue:
    """Two sources side by side, unit by unit."""
    regimes = statistics.member_regimes(session(), me(), on=today())
    offers = {offer.key: offer for regime in regimes for offer in _offers(regime)}
    if not offers:
        abort(404)
    keys = list(offers)
    usual = [key for key in keys if _has_closed(offers[key].source)] or keys
    right = offers[_asked("right", keys, usual[0])]
    left = offers[_asked("left", keys, usual[min(1, len(usual) - 1)])]
    cell = _asked("cell", list(member_form.LABELS), member_form.CLOSING)
    organisation = _asked("organisation", list(member_form.ORGANISATIONS), "")
    rows = _rows(statistics.compare(session(), left.source, right.source, cell, _scope(organisation)))
    if request.args.get("format") == "xlsx":
        return _sheet(left, right, rows)
    return render_template(
        "statistics/comparing.html",
        offers=offers.values(),
        left=left,
        right=right,
        cell=cell,
        organisation=organisation,
        labels={key: gettext(label) for key, label in member_form.LABELS.items()},
        organisations=pages.organisation_names(),
        rows=rows[:MOST_UNITS],
        more=max(0, len(rows) - MOST_UNITS),
        differing=sum(bool(row.difference.amount) for row in rows),
    )


def _has_closed(source: Source) -> bool:
    """May the returns of this period be complete? What is still to come would differ everywhere."""
    ended = parse(source.period).last_day(source.regime.cut_off_day) < today()
    return ended and not source.from_register


def _asked(name: str, known: list[str], usual: str) -> str:
    """What the address names, as far as it is known."""
    wanted = request.args.get(name, "")
    return wanted if wanted in known else usual


def _scope(organisation: str) -> ColumnElement[bool]:
    readable = readable_units(me(), on=today())
    return readable & (Unit.organisation == organisation) if organisation else readable


def _offers(regime: Regime) -> list[Offer]:
    """The newest periods of a regime, each by its returns and by the register at its end."""
    found = []
    for period in statistics.periods(session(), regime)[:MOST_PERIODS]:
        name = f"{regime.name}, {inside(in_words(parse(period).label))}"
        key = f"{regime.id}:{period}"
        found.append(Offer(key, name, Source(regime, period)))
        in_register = gettext("Sổ đoàn viên, hội viên, cuối %(period)s", period=in_words(parse(period).label))
        found.append(Offer(f"{key}:{REGISTER}", in_register, Source(regime, period, from_register=True)))
    return found


def _rows(differences: list[Difference]) -> list[Row]:
    ids = [one.unit_id for one in differences]
    units = {unit.id: unit for unit in session().scalars(select(Unit).where(Unit.id.in_(ids)))}
    return [Row(units[one.unit_id], one) for one in differences]


def _sheet(left: Offer, right: Offer, rows: list[Row]) -> ResponseReturnValue:
    heads = [gettext("Đơn vị"), left.name, right.name, gettext("Chênh lệch"), gettext("Phần trăm")]
    columns = [SheetColumn(head, 40 if place == 0 else 18) for place, head in enumerate(heads)]
    values = [
        [row.unit.name, one.left, one.right, one.amount, one.share and one.share * 100]
        for row in rows
        if (one := row.difference)
    ]
    file = xlsx(gettext("So sánh"), columns, values)
    return send_file(file, XLSX, as_attachment=True, download_name="so-sanh-so-lieu.xlsx")
