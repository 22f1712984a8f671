"""Số liệu qua các kỳ: one body's figures over all periods, those of the bodies it came from included."""

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp.access import fetch, guarded, me
from webapp.pages import statistics as pages
from webapp.runtime import session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import in_words
from workflows import statistics
from workflows.calendar import parse
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Regime
from workflows.statistics import Lineage, Moment, member_form

SHOWN = (
    member_form.ELIGIBLE,
    member_form.OPENING,
    *member_form.INCREASES,
    *member_form.DECREASES,
    member_form.CLOSING,
    *member_form.PARTS,
)


@pages.blueprint.get("/units/<int:unit_id>")
@guarded(Permission.STATISTICS_VIEW)
def unit_series(unit_id: int) -> ResponseReturnValue:
    """One body over all periods."""
    unit = fetch(Unit, unit_id, Permission.STATISTICS_VIEW)
    regimes = statistics.member_regimes(session(), me(), on=today())
    regime = pages.asked_regime(regimes)
    line = statistics.lineage(session(), unit)
    moments = statistics.told_by(session(), regime, line.own)
    if request.args.get("format") == "xlsx":
        return _sheet(unit, moments)
    return render_template(
        "statistics/unit.html",
        unit=unit,
        regime=regime,
        regimes=regimes,
        moments=[(parse(moment.period).label, moment) for moment in moments],
        line=line,
        beside=_beside(regime, line),
        cells=SHOWN,
        labels=pages.labels_of_cells(),
        chart=[
            (in_words(parse(moment.period).label), float(moment.figures[member_form.CLOSING]))
            for moment in moments
            if member_form.CLOSING in moment.figures
        ],
    )


def _beside(regime: Regime, line: Lineage) -> list[tuple[Unit, list[Moment]]]:
    """What bodies told that went on as several others; only what the person may read of."""
    wanted = select(Unit).where(Unit.id.in_([unit.id for unit in line.divided]))
    readable = session().scalars(wanted.where(readable_units(me(), on=today()))).all()
    return [(unit, statistics.told_by(session(), regime, [unit])) for unit in readable]


def _sheet(unit: Unit, moments: list[Moment]) -> ResponseReturnValue:
    heads = [
        gettext("Kỳ"),
        gettext("Theo báo cáo của"),
        *(gettext(member_form.LABELS[cell]) for cell in SHOWN),
    ]
    columns = [SheetColumn(head, 30 if place < 2 else 14) for place, head in enumerate(heads)]
    rows = [
        [in_words(parse(one.period).label), ", ".join(one.tellers), *map(one.figures.get, SHOWN)]
        for one in moments
    ]
    file = xlsx(gettext("Thống kê"), columns, rows)
    return send_file(file, XLSX, as_attachment=True, download_name=f"thong-ke-{unit.code}.xlsx")
