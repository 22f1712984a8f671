"""Reading what units reported before: the usual range of each cell, and the figures that lie outside."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflows.organisations import Unit
from workflows.regimes import Indicator, Obligation, Regime, indicator_code
from workflows.regimes.forms import Form, read
from workflows.reports.content import Content, written
from workflows.reports.models import Edition, Figure, Report
from workflows.reports.queries import ANSWERED
from workflows.reports.usual import Usual, usual_of


@dataclass(frozen=True)
class Outlier:
    """A figure of a period outside the usual range of its unit."""

    obligation: Obligation
    report: Report
    cell: str
    label: str
    figure: Decimal
    usual: Usual

    @property
    def note(self) -> str:
        """What the unit said to it."""
        return str(self.report.cell_notes.get(self.cell, ""))


@dataclass(frozen=True)
class Saying:
    """What one edition said in a cell, who handed it in and when."""

    number: int
    at: datetime
    who: str
    words: str
    note: str


def usual_for(session: Session, obligation: Obligation, form: Form) -> dict[str, Usual]:
    """Cell → the usual range of the unit, from the earlier periods of the regime; one query for the form."""
    if not form.outliers.asked:
        return {}
    earlier = _earlier(obligation.regime_id, obligation.last_day, form.outliers.periods)
    prefix = indicator_code(obligation.form_version.code, "")
    rows = session.execute(
        _figures(earlier).where(Obligation.unit_id == obligation.unit_id).order_by(Obligation.last_day)
    )
    series: defaultdict[str, list[Decimal]] = defaultdict(list)
    for _, code, value in rows:
        series[code.removeprefix(prefix)].append(value)
    return _ranges(series, form)


def outliers_of(session: Session, regime: Regime, period: str, scope: ColumnElement[bool]) -> list[Outlier]:
    """The unusual figures of a period by the tree, over the obligations in scope; three queries."""
    answers = (
        select(Report)
        .join(Report.obligation)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, scope)
        .where(Report.state.in_(ANSWERED))
        .options(contains_eager(Report.obligation).contains_eager(Obligation.unit))
        .order_by(Unit.path)
    )
    found = session.scalars(answers).all()
    form = read(regime.form_version.definition)
    if not found or not form.outliers.asked:
        return []
    obligation = found[0].obligation
    prefix = indicator_code(regime.form_version.code, "")
    now = session.execute(
        select(Figure.report_id, Indicator.code, Figure.value)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .join(Report, Report.id == Figure.report_id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, scope)
    )
    figures: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for report_id, code, value in now:
        figures[report_id][code.removeprefix(prefix)] = value
    earlier = _earlier(regime.id, obligation.last_day, form.outliers.periods)
    series: defaultdict[int, defaultdict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for unit_id, code, value in session.execute(_figures(earlier).where(scope).order_by(Obligation.last_day)):
        series[unit_id][code.removeprefix(prefix)].append(value)
    return [
        outlier
        for report in found
        for outlier in _outside(report, form, figures[report.id], series[report.obligation.unit_id])
    ]


def earlier_figures(
    session: Session, obligation: Obligation, cell: str, *, limit: int
) -> list[tuple[Obligation, Decimal]]:
    """What the unit said in a cell for the periods before, newest first."""
    wanted = (
        select(Obligation, Figure.value)
        .join(Report, Report.obligation_id == Obligation.id)
        .join(Figure, Figure.report_id == Report.id)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .where(Indicator.code == indicator_code(obligation.form_version.code, cell))
        .where(Obligation.regime_id == obligation.regime_id, Obligation.unit_id == obligation.unit_id)
        .where(Obligation.last_day < obligation.last_day, Report.state.in_(ANSWERED))
        .order_by(Obligation.last_day.desc())
    )
    return [(owed, value) for owed, value in session.execute(wanted.limit(limit))]


def sayings_of(session: Session, report: Report, cell: str) -> list[Saying]:
    """What each edition said in a cell, newest first."""
    wanted = (
        select(Edition)
        .where(Edition.report_id == report.id)
        .options(joinedload(Edition.submitted_by))
        .order_by(Edition.number.desc())
    )
    return [_saying(edition, cell) for edition in session.scalars(wanted)]


def _saying(edition: Edition, cell: str) -> Saying:
    content = Content.read(edition.content)
    figure = content.figures.get(cell)
    words = written(figure) if figure is not None else content.narrative.get(cell, "")
    note = content.notes.get(cell, "")
    return Saying(edition.number, edition.submitted_at, edition.submitted_by.full_name, words, note)


def _earlier(regime_id: int, last_day: object, periods: int) -> Select[str]:
    """The newest periods of a regime that ended before a day."""
    ended = func.max(Obligation.last_day)
    wanted = select(Obligation.period).where(Obligation.regime_id == regime_id)
    return wanted.group_by(Obligation.period).having(ended < last_day).order_by(ended.desc()).limit(periods)


def _figures(periods: Select[str]) -> Select[int, str, Decimal]:
    """Unit, indicator and value of what was handed in for some periods of a regime, oldest first."""
    named = periods.add_columns(Obligation.regime_id).group_by(Obligation.regime_id).subquery()
    return (
        select(Obligation.unit_id, Indicator.code, Figure.value)
        .join(Report, Report.id == Figure.report_id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Indicator, Indicator.id == Figure.indicator_id)
        .join(named, (named.c.period == Obligation.period) & (named.c.regime_id == Obligation.regime_id))
        .where(Report.state.in_(ANSWERED))
    )


def _ranges(series: Mapping[str, list[Decimal]], form: Form) -> dict[str, Usual]:
    found = {cell: usual_of(figures, form.outliers) for cell, figures in series.items()}
    return {cell: usual for cell, usual in found.items() if usual is not None}


def _outside(
    report: Report, form: Form, figures: Mapping[str, Decimal], series: Mapping[str, list[Decimal]]
) -> Iterator[Outlier]:
    ranges = _ranges({cell: earlier for cell, earlier in series.items() if cell in figures}, form)
    for cell, label in form.labels.items():
        if cell in ranges and not ranges[cell].holds(figures[cell]):
            yield Outlier(report.obligation, report, cell, label, figures[cell], ranges[cell])
