"""In which order the cells of a form are reckoned; what refers to itself in a circle is refused. Pure."""

from graphlib import CycleError, TopologicalSorter

from workflows.errors import Refused
from workflows.regimes.forms.parts import Form


def in_order(form: Form) -> tuple[str, ...]:
    """The cells that are reckoned or shown only sometimes, each after everything it depends on."""
    depends = {cell: set(formula.cells) for cell, formula in form.formulas.items()}
    for cell, conditions in form.conditions.items():
        depends.setdefault(cell, set()).update(condition.cell for condition in conditions)
    try:
        ordered = TopologicalSorter(depends).static_order()
        return tuple(cell for cell in ordered if cell in depends)
    except CycleError as circle:
        path = " → ".join(form.labels.get(cell, cell) for cell in reversed(circle.args[1]))
        raise Refused(
            "Các ô phụ thuộc vòng quanh nhau nên không tính được: %(cells)s. Sửa công thức hoặc điều kiện"
            " hiện.",
            cells=path[:600],
        ) from None
