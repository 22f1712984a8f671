"""What the accepted reports of a regime say in a period: figures added up, paragraphs with their unit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from workflows.calendar import Period, parse
from workflows.documents.facts.desk import Desk, together
from workflows.documents.facts.outline import Paragraph
from workflows.organisations import Unit
from workflows.regimes import Indicator, Obligation, Regime, indicator_code
from workflows.regimes.forms import Form, read
from workflows.reports import Figure, Report, accepted

LISTED_AT_MOST = 10
SHARE = "%"


@dataclass(frozen=True)
class Gathered:
    """The accepted returns of one regime and period."""

    regime: Regime
    span: Period
    answered: list[Unit]
    missing: list[Unit]
    figures: list[dict[str, Any]]
    paragraphs: list[Paragraph]

    @property
    def origins(self) -> list[str]:
        """Whose reports the figures are from."""
        if len(self.answered) <= LISTED_AT_MOST:
            return [f"báo cáo của {unit.name}" for unit in self.answered]
        return [f"{len(self.answered)} báo cáo đã được tiếp nhận"]


def gather(desk: Desk, regime: Regime, period: str) -> Gathered:
    """Everything accepted for a period of a regime."""
    reports = list(accepted(desk.session, regime, period))
    answered = together([report.obligation.unit for report in reports])
    form = read(regime.form_version.definition)
    return Gathered(
        regime,
        parse(period),
        answered,
        [unit for unit in _asked(desk, regime, period) if unit not in answered],
        _figures(desk, regime, period, form, reports),
        _paragraphs(form, reports),
    )


def _asked(desk: Desk, regime: Regime, period: str) -> list[Unit]:
    wanted = (
        select(Unit)
        .join(Obligation, Obligation.unit_id == Unit.id)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived)
        .order_by(Unit.path)
    )
    return list(desk.session.scalars(wanted))


def _figures(
    desk: Desk, regime: Regime, period: str, form: Form, reports: Sequence[Report]
) -> list[dict[str, Any]]:
    """One line for each number of the form; shares cannot be added up and are left to the units."""
    now = _sums(desk, regime, reports)
    earlier = parse(period).previous()
    before = _sums(desk, regime, accepted(desk.session, regime, earlier.code)) if earlier else {}
    return [
        {
            "name": cell.label,
            "unit": cell.unit,
            "value": plain(now[cell.name]),
            "target": None,
            "previous": plain(before.get(cell.name)),
            "source": f"{len(reports)} báo cáo được tiếp nhận",
        }
        for cell in form.number_cells()
        if cell.name in now and cell.unit != SHARE
    ]


def _sums(desk: Desk, regime: Regime, reports: Sequence[Report]) -> dict[str, Decimal]:
    prefix = indicator_code(regime.form_version.code, "")
    rows = desk.session.execute(
        select(Indicator.code, Figure.value)
        .join(Figure, Figure.indicator_id == Indicator.id)
        .where(Figure.report_id.in_([report.id for report in reports]))
    )
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for code, value in rows:
        totals[code.removeprefix(prefix)] += value
    return dict(totals)


def _paragraphs(form: Form, reports: Sequence[Report]) -> list[Paragraph]:
    """Answers in words, question by question."""
    return [
        Paragraph(report.obligation.unit, asked.label, report.narrative[asked.code])
        for asked in form.fields()
        if asked.kind == "narrative"
        for report in reports
        if str(report.narrative.get(asked.code, "")).strip()
    ]


def plain(value: Decimal | None) -> float | int | None:
    """A number that JSON can hold; whole ones stay whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
