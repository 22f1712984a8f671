"""What the accepted reports of a regime say in a period: figures together, paragraphs with their unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, true

from workflows import statistics
from workflows.calendar import Period, parse
from workflows.documents.facts.desk import Desk, together
from workflows.documents.facts.outline import Paragraph
from workflows.organisations import Unit
from workflows.regimes import Obligation, Regime
from workflows.regimes.forms import Form
from workflows.reports import Report, accepted
from workflows.statistics import Consolidated

LISTED_AT_MOST = 10


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
    whole = statistics.consolidate(desk.session, regime, period, true())
    return Gathered(
        regime,
        parse(period),
        answered,
        [unit for unit in _asked(desk, regime, period) if unit not in answered],
        _figures(whole),
        _paragraphs(whole.form, reports),
    )


def _asked(desk: Desk, regime: Regime, period: str) -> list[Unit]:
    wanted = (
        select(Unit)
        .join(Obligation, Obligation.unit_id == Unit.id)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived)
        .order_by(Unit.path)
    )
    return list(desk.session.scalars(wanted))


def _figures(whole: Consolidated) -> list[dict[str, Any]]:
    """One line for each number of the form that has a total."""
    return [
        {
            "name": cell.label,
            "unit": cell.unit,
            "value": plain(whole.figures[cell.name]),
            "target": None,
            "previous": plain(whole.before.get(cell.name)),
            "source": f"{whole.accepted} báo cáo được tiếp nhận",
        }
        for cell in whole.form.number_cells()
        if cell.name in whole.figures
    ]


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
