"""What a form asks: sections of fields and grids, formulas and rules between their cells. Pure."""

from workflows.regimes.forms.faults import Fault
from workflows.regimes.forms.parts import (
    Condition,
    Field,
    Form,
    Grid,
    Head,
    Measure,
    NumberCell,
    Outliers,
    Rule,
    Section,
)
from workflows.regimes.forms.reading import examined, read
from workflows.regimes.forms.reckoning import Reckoned, reckon
from workflows.regimes.forms.totals import totals

__all__ = [
    "Condition",
    "Fault",
    "Field",
    "Form",
    "Grid",
    "Head",
    "Measure",
    "NumberCell",
    "Outliers",
    "Reckoned",
    "Rule",
    "Section",
    "examined",
    "read",
    "reckon",
    "totals",
]
