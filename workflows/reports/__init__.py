"""Reports: a unit's answer to an obligation, written, submitted, returned with reasons, accepted."""

from workflows.reports.models import Edition, Figure, Report
from workflows.reports.states import MOVES, ReportMove, ReportState

__all__ = ["MOVES", "Edition", "Figure", "Report", "ReportMove", "ReportState"]
