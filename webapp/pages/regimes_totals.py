"""Chế độ báo cáo, continued: what a period comes to, down the tree to the cell of a return; publishing."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from webapp.access import fetch, guarded, may, me
from webapp.pages.regimes import blueprint as regime_pages
from webapp.runtime import now, session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from workflows import regimes, statistics
from workflows.calendar import Period, parse
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Regime
from workflows.reports import written
from workflows.statistics import Consolidated, Line

PERIODS_OFFERED = 40
NAMED = 120
SAID_SHOWN = 40


@dataclass(frozen=True)
class Branch:
    """A line below a unit: what it is called, where it leads, what it told."""

    name: str
    address: str | None
    line: Line


@regime_pages.get("/<int:regime_id>/totals")
@guarded(Permission.REPORT_VIEW)
def totals(regime_id: int) -> ResponseReturnValue:
    """Every figure of a period over all accepted returns, what was said in words, and who is missing."""
    regime, periods, period = _asked(regime_id)
    scope = _scope()
    whole = statistics.consolidate(session(), regime, period.code, scope)
    if request.args.get("format") == "xlsx":
        return _sheet(regime, period, whole)
    publication = None
    if may(Permission.STATISTICS_VIEW, regime):
        publication = statistics.newest_publication(session(), regime, period.code)
    return render_template(
        "regimes/totals.html",
        regime=regime,
        periods=periods,
        period=period,
        whole=whole,
        before=period.previous(),
        top=_highest(),
        written=written,
        missing=statistics.missing(session(), regime, period.code, scope, limit=NAMED),
        said=statistics.said(session(), regime, period.code, scope, whole.form, limit=SAID_SHOWN),
        publication=publication,
        restated=statistics.restatement(session(), publication) if publication else [],
    )


@regime_pages.get("/<int:regime_id>/totals/<int:unit_id>/<cell>")
@guarded(Permission.REPORT_VIEW)
def branch_totals(regime_id: int, unit_id: int, cell: str) -> ResponseReturnValue:
    """One figure branch by branch below a unit, down to the cell of a return and its author."""
    regime, _, period = _asked(regime_id)
    unit = session().scalar(select(Unit).where(Unit.id == unit_id, _scope())) or abort(404)
    lines = statistics.branches_of(session(), regime, period.code, _scope(), unit)
    asked = statistics.form_of(session(), regime, period.code)
    if cell not in asked.labels:
        abort(404)
    return render_template(
        "regimes/branch_totals.html",
        regime=regime,
        period=period,
        unit=unit,
        above=_above(unit),
        cell=cell,
        label=asked.labels[cell],
        branches=_branches(regime, period, cell, unit, lines),
        written=written,
    )


@regime_pages.post("/<int:regime_id>/totals/<period>/publish")
@guarded(Permission.STATISTICS_PUBLISH)
def publish_totals(regime_id: int, period: str) -> ResponseReturnValue:
    """Freeze what a period comes to; corrections show beside it from then on."""
    regime = fetch(Regime, regime_id, Permission.STATISTICS_PUBLISH)
    if period not in regimes.periods_of(session(), regime, limit=PERIODS_OFFERED):
        abort(404)
    statistics.publish(session(), regime, period=period, by=me(), at=now())
    flash(gettext("Đã công bố số liệu của kỳ."), "success")
    return redirect(url_for(".totals", regime_id=regime.id, period=period))


def _asked(regime_id: int) -> tuple[Regime, list[Period], Period]:
    """The regime, its periods (newest first) and the one the address asks for."""
    regime = session().scalar(regimes.one_visible(me(), regime_id, on=today())) or abort(404)
    known = regimes.periods_of(session(), regime, limit=PERIODS_OFFERED)[::-1]
    wanted = request.args.get("period") or regimes.default_period(session(), regime, on=today())
    if wanted not in known:
        abort(404)
    return regime, [parse(code) for code in known], parse(wanted)


def _scope() -> ColumnElement[bool]:
    return readable_units(me(), on=today())


def _highest() -> int | None:
    """The highest unit the person oversees: where the way down the tree begins."""
    paths = [post.reach or post.unit.path for post in me().appointments_on(today())]
    highest = min(paths, key=len, default="").strip("/")
    return int(highest.rsplit("/", 1)[-1]) if highest else None


def _above(unit: Unit) -> list[Unit]:
    """The units on the way up that the person may read, the highest first."""
    ids = [int(part) for part in unit.path.split("/") if part][:-1]
    return list(session().scalars(select(Unit).where(Unit.id.in_(ids), _scope()).order_by(Unit.path)))


def _branches(regime: Regime, period: Period, cell: str, unit: Unit, lines: list[Line]) -> list[Branch]:
    """The unit's own return first, then its branches by the alphabet."""
    told = {int(line.key): line for line in lines}
    child = aliased(Unit)
    has_units = select(child.id).where(child.parent_id == Unit.id).exists()
    wanted = select(Unit.id, Unit.short_name, has_units).where(Unit.id.in_(told))
    named = session().execute(wanted.order_by(Unit.id != unit.id, in_vietnamese_order(Unit.short_name))).all()
    ends = [id_ for id_, _, has in named if not has or id_ == unit.id]
    owed = statistics.answers(session(), regime, period.code, _scope() & Unit.id.in_(ends))

    def address(id_: int) -> str | None:
        if id_ not in ends:
            here = {"regime_id": regime.id, "cell": cell, "period": period.code}
            return url_for(".branch_totals", unit_id=id_, **here)
        if not told[id_].accepted:
            return None
        return url_for("reports.cell", period=period.code, obligation_id=owed[str(id_)], name=cell)

    return [
        Branch(
            gettext("Riêng %(unit)s", unit=name) if id_ == unit.id and len(named) > 1 else name,
            address(id_),
            told[id_],
        )
        for id_, name, _ in named
    ]


def _sheet(regime: Regime, period: Period, whole: Consolidated) -> ResponseReturnValue:
    """The table as it stands, for the office's own calculations."""
    heads = [gettext("Chỉ tiêu"), gettext("Đơn vị tính"), gettext("Tổng hợp"), gettext("Kỳ trước")]
    columns = [SheetColumn(head, 60 if place == 0 else 16) for place, head in enumerate(heads)]
    rows = [
        [cell.label, cell.unit, whole.figures.get(cell.name), whole.before.get(cell.name)]
        for cell in whole.form.number_cells()
    ]
    name = f"tong-hop-{regime.form_version.code}-{period.code}.xlsx"
    return send_file(xlsx(gettext("Tổng hợp"), columns, rows), XLSX, as_attachment=True, download_name=name)
