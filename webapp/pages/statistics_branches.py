"""Số liệu theo nhánh: what the branches below a unit told together and how completely, down to the return."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from webapp.access import fetch, guarded, may, me
from webapp.pages import statistics as pages
from webapp.runtime import session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import in_words, there_with
from workflows import reminders, reports, statistics
from workflows.calendar import parse
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.permissions import Permission, readable_units
from workflows.regimes import Obligation, Regime
from workflows.reports import Completeness
from workflows.statistics import Line, member_form

YEAR = "year-"
FLOWS = (*member_form.INCREASES, *member_form.DECREASES)
SHOWN = (member_form.ELIGIBLE, member_form.OPENING, *FLOWS, member_form.CLOSING, *member_form.PARTS)
PERIODS_DRAWN = 12
SILENT_NAMED = 60


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a regime, one period or all of a year, an organisation or all."""

    regime: Regime
    known: list[str]
    chosen: str
    organisation: str

    @property
    def is_year(self) -> bool:
        """Are all periods of a year to be added up?"""
        return self.chosen.startswith(YEAR)

    @property
    def periods(self) -> list[str]:
        """The periods whose returns are added up."""
        year = self.chosen.removeprefix(YEAR)
        return [code for code in self.known if code.startswith(year)] if self.is_year else [self.chosen]

    @property
    def columns(self) -> tuple[str, ...]:
        """Levels of several periods make no sum; what flowed does."""
        return FLOWS if self.is_year else SHOWN

    @property
    def scope(self) -> ColumnElement[bool]:
        """The units whose returns the person may read, of the organisation if one is chosen."""
        readable = readable_units(me(), on=today())
        return readable & (Unit.organisation == self.organisation) if self.organisation else readable

    @property
    def title(self) -> str:
        """The period in words."""
        if self.is_year:
            return gettext("Cả năm %(year)s", year=self.chosen.removeprefix(YEAR))
        return in_words(parse(self.chosen).label)

    def choices(self) -> list[tuple[str, str]]:
        """Periods, newest first, each year before its own."""
        found: list[tuple[str, str]] = []
        for code in self.known:
            year = code[:4]
            if code != year and (YEAR + year) not in dict(found):
                found.append((YEAR + year, gettext("Cả năm %(year)s", year=year)))
            found.append((code, in_words(parse(code).label)))
        return found


@dataclass(frozen=True)
class Branch:
    """A line of the table: what it is called, where it leads, what it told."""

    name: str
    address: str | None
    line: Line

    @property
    def timeliness(self) -> float | None:
        """The share of returns received in time."""
        return self.line.in_time / self.line.expected if self.line.expected else None


@pages.blueprint.get("/branches/<int:unit_id>")
@guarded(Permission.STATISTICS_VIEW)
def branches(unit_id: int) -> ResponseReturnValue:
    """The branches directly below a unit, each with all that hangs on it."""
    unit = fetch(Unit, unit_id, Permission.STATISTICS_VIEW)
    asked = _asked()
    shown, silent = _shown(unit, asked), _silent(unit, asked)
    if request.args.get("format") == "xlsx":
        return _sheet(unit, asked, shown)
    return render_template(
        "statistics/branches.html",
        unit=unit,
        above=_above(unit),
        asked=asked,
        regimes=statistics.member_regimes(session(), me(), on=today()),
        organisations=pages.organisation_names(),
        labels=pages.labels_of_cells(),
        shown=shown,
        total=pages.total_of([branch.line for branch in shown]),
        trend=_trend(unit, asked),
        silent=silent,
        reminded=reminders.reminded_last(
            session(), Obligation.__tablename__, [owed.id for owed in silent[:SILENT_NAMED]]
        ),
        most_named=SILENT_NAMED,
    )


def _asked() -> Asked:
    regime = pages.asked_regime(statistics.member_regimes(session(), me(), on=today()))
    known = statistics.periods(session(), regime)
    closed = [code for code in known if parse(code).last_day(regime.cut_off_day) < today()]
    wanted = request.args.get("period", "")
    possible = {*known, *(YEAR + code[:4] for code in known)}
    chosen = wanted if wanted in possible else next(iter(closed or known), "") or abort(404)
    return Asked(regime, known, chosen, pages.asked_organisation())


def _above(unit: Unit) -> list[Unit]:
    """The units on the way up that the person may read, the highest first."""
    ids = [int(part) for part in unit.path.split("/") if part][:-1]
    wanted = select(Unit).where(Unit.id.in_(ids)).order_by(Unit.path)
    return [one for one in session().scalars(wanted) if may(Permission.STATISTICS_VIEW, one)]


def _shown(unit: Unit, asked: Asked) -> list[Branch]:
    """The unit's own returns first, then its branches by the alphabet."""
    periods, scope = asked.periods, asked.scope
    lines = statistics.by_branch(session(), asked.regime, periods, scope, unit)
    told = {int(line.key): line for line in lines}
    own = statistics.by_own(session(), asked.regime, periods, scope, unit)
    child = aliased(Unit)
    has_units = select(child.id).where(child.parent_id == Unit.id).exists()
    wanted = select(Unit.id, Unit.short_name, has_units).where(Unit.id.in_(told))
    named = session().execute(wanted.order_by(in_vietnamese_order(Unit.short_name))).all()
    leaves = [id_ for id_, _, has in named if not has]
    returns = _returns([unit.id, *leaves], asked)
    found = [Branch(gettext("Riêng %(unit)s", unit=unit.short_name), returns.get(unit.id), own)]
    return (found if own.expected else []) + [
        Branch(
            name,
            there_with(url_for(".branches", unit_id=id_)) if has else returns.get(id_),
            told[id_],
        )
        for id_, name, has in named
    ]


def _returns(units: Sequence[int], asked: Asked) -> dict[int, str]:
    """Unit → its return of the period; over a year, its series."""
    if asked.is_year:
        return {id_: url_for(".unit_series", unit_id=id_, regime=asked.regime.id) for id_ in units}
    known = statistics.answers(session(), asked.regime, asked.chosen, asked.scope & Unit.id.in_(units))
    return {
        int(unit): url_for("reports.show", period=asked.chosen, obligation_id=obligation)
        for unit, obligation in known.items()
    }


def _trend(unit: Unit, asked: Asked) -> list[tuple[str, float, str]]:
    """The share of returns received in time, period by period, oldest first."""
    periods = asked.known[:PERIODS_DRAWN][::-1]
    within = select(Unit.id).where(asked.scope, Unit.path.startswith(unit.path))
    scope = Obligation.unit_id.in_(within)
    counted = reports.completeness_of(session(), asked.regime, periods, scope)
    here = url_for(".branches", unit_id=unit.id)

    def share(one: Completeness) -> float:
        return 100 * one.in_time / one.expected

    return [
        (
            in_words(parse(code).label),
            share(counted[code]),
            there_with(here, period=code),
        )
        for code in periods
        if code in counted
    ]


def _silent(unit: Unit, asked: Asked) -> list[Obligation]:
    """Who below the unit has not answered for the period."""
    if asked.is_year:
        return []
    below = asked.scope & Unit.path.startswith(unit.path)
    silent = reports.silent(session(), asked.regime, asked.chosen, person=me(), on=today(), scope=below)
    return list(silent)


def _sheet(unit: Unit, asked: Asked, shown: list[Branch]) -> ResponseReturnValue:
    heads = [
        gettext("Đơn vị"),
        gettext("Phải nộp"),
        gettext("Đã nộp"),
        gettext("Đúng hạn"),
        gettext("Đã tiếp nhận"),
        *(gettext(member_form.LABELS[cell]) for cell in asked.columns),
    ]
    columns = [SheetColumn(head, 40 if place == 0 else 14) for place, head in enumerate(heads)]
    rows = [
        [
            branch.name,
            line.expected,
            line.received,
            line.in_time,
            line.accepted,
            *map(line.figures.get, asked.columns),
        ]
        for branch in shown
        if (line := branch.line)
    ]
    file = xlsx(gettext("Thống kê"), columns, rows)
    name = f"thong-ke-nhanh-{unit.code}-{asked.chosen}.xlsx"
    return send_file(file, XLSX, as_attachment=True, download_name=name)
