"""What the figures of many units come to: counts are added up, rates are reckoned anew. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from workflows.regimes.forms.parts import Form
from workflows.regimes.forms.reckoning import Reckoning
from workflows.regimes.formulas import Values


def totals(form: Form, added: Values, before: Values) -> Mapping[str, Decimal]:
    """The figures of a form over many units, from the plain sums of its cells in this period and the last.

    A calculated cell that divides by other cells, or speaks of one that does, is reckoned anew from the sums;
    any other holds the sum of what the units have there. A share that was typed, or that cannot be reckoned
    from sums, has no total and is left out. Over nothing at all there are no totals.
    """
    if not added:
        return {}
    cells = {cell.name: cell for cell in form.number_cells()}
    lost = {name for name, cell in cells.items() if cell.is_share and cell.formula is None}
    known = {name: value for name, value in added.items() if name in cells and name not in lost}
    reckoning = Reckoning(form, known, {}, before)
    anew: set[str] = set()
    for name in (name for name in form.order if name in form.formulas):
        formula = form.formulas[name]
        used = formula.cells | formula.earlier
        if used & lost and (formula.divides or cells[name].is_share):
            lost.add(name)
        elif formula.divides or used & anew:
            anew.add(name)
            reckoning.calculate(name, formula)
        elif cells[name].is_share:
            lost.add(name)
        elif name in known:
            reckoning.values[name] = reckoning.result.figures[name] = known[name]
    return reckoning.result.figures
