"""The form as a workbook: drawn to be filled in elsewhere, read again without trusting anything."""

from workflows.reports.sheets.drawing import Facts, draw
from workflows.reports.sheets.layout import Layout, lay_out
from workflows.reports.sheets.reading import Filled, SheetFault, merged, read_workbook
from workflows.reports.sheets.stamp import Stamp

__all__ = [
    "Facts",
    "Filled",
    "Layout",
    "SheetFault",
    "Stamp",
    "draw",
    "lay_out",
    "merged",
    "read_workbook",
]
