"""Straight lines drawn in a Word file, in today's drawing language or in the older one."""

from __future__ import annotations

import re
from typing import Any

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_MM_PER_POINT = 25.4 / 72
_EMU_PER_MM = 36_000
_STRAIGHT = ("line", "straightConnector1")
_OLD_CONNECTOR = "#_x0000_t32"
_WIDTH = re.compile(r"(?:^|;)width:([\d.]+)pt")
_ABSCISSA = re.compile(r"^(-?[\d.]+)(?:pt)?,")


def rule_length(paragraph: Any) -> float | None:
    """Millimetres of a straight line anchored in a paragraph; None if there is none."""
    for shape in paragraph.iter(f"{_A}prstGeom"):
        if shape.get("prst") in _STRAIGHT:
            extent = next(shape.getparent().iter(f"{_A}ext"))
            return int(extent.get("cx")) / _EMU_PER_MM
    for line in paragraph.iter(f"{_V}line"):
        ends = [_ABSCISSA.match(line.get(end, "")) for end in ("from", "to")]
        if ends[0] and ends[1]:
            return abs(float(ends[1][1]) - float(ends[0][1])) * _MM_PER_POINT
    for connector in paragraph.iter(f"{_V}shape"):
        width = _WIDTH.search(connector.get("style", ""))
        if connector.get("type") == _OLD_CONNECTOR and width:
            return float(width[1]) * _MM_PER_POINT
    return None
