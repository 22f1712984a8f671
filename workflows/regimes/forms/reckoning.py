"""What follows from the figures typed into a form: calculated cells, and parts that do not apply. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from workflows.regimes.forms.figures import unpunctuated
from workflows.regimes.forms.parts import Condition, Form
from workflows.regimes.formulas import DividesByZero, Formula, Values
from workflows.wording import N_, Phrase

LARGEST = Decimal(10) ** 15
PLACES = 4


@dataclass
class Reckoned:
    """The figures that count, calculated ones among them; the cells that do not apply; what has no result."""

    figures: dict[str, Decimal] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    undefined: dict[str, Phrase] = field(default_factory=dict)


def reckon(form: Form, figures: Values, said: Mapping[str, str], before: Values) -> Reckoned:
    """Reckon a form: `figures` and words as typed, `before` the figures of the period before."""
    return Reckoning(form, figures, said, before).done()


class Reckoning:
    """A form that is being reckoned, cell after cell."""

    def __init__(self, form: Form, figures: Values, said: Mapping[str, str], before: Values) -> None:
        self.form, self.said, self.before = form, said, before
        calculated = form.formulas
        self.result = Reckoned({cell: value for cell, value in figures.items() if cell not in calculated})
        # A blank that need not be filled in counts as nothing; a required blank leaves a sum open.
        self.values = {
            cell.name: Decimal(0) for cell in form.number_cells() if not cell.required and not cell.formula
        }
        self.values |= self.result.figures
        self.measures = {cell.name: cell.measure for cell in form.number_cells()}

    def done(self) -> Reckoned:
        """Cell after cell, in the order in which they depend on each other."""
        for cell in self.form.order:
            conditions = self.form.conditions.get(cell, ())
            if not all(self._holds(condition) for condition in conditions):
                self.result.hidden.add(cell)
                self.result.figures.pop(cell, None)
                self.values[cell] = Decimal(0)
            elif cell in self.form.formulas:
                self.calculate(cell, self.form.formulas[cell])
        return self.result

    def calculate(self, cell: str, formula: Formula) -> None:
        """Put the result of a formula into its cell, or note why it has none."""
        if formula.cells and not formula.cells & self.result.figures.keys() and not formula.earlier:
            return
        try:
            value = formula.reckon(self.values, self.before)
        except DividesByZero:
            sentence = N_("%(cell)s: chưa tính được vì phép chia có số chia bằng 0; ô để trống.")
            self.result.undefined[cell] = Phrase(sentence, cell=self.form.labels[cell])
            return
        if value is None:
            return
        if abs(value) >= LARGEST:
            sentence = N_("%(cell)s: kết quả tính quá lớn; kiểm tra lại các ô trong công thức.")
            self.result.undefined[cell] = Phrase(sentence, cell=self.form.labels[cell])
            return
        decimals = self.measures[cell].decimals
        places = Decimal(1).scaleb(-(PLACES if decimals is None else decimals))
        # Halves go up, as offices round.
        self.values[cell] = value.quantize(places, ROUND_HALF_UP)
        self.result.figures[cell] = self.values[cell]

    def _holds(self, condition: Condition) -> bool:
        if condition.cell in self.result.hidden:
            return False
        figure, words = self.result.figures.get(condition.cell), self.said.get(condition.cell, "").strip()
        stands = figure is not None or bool(words)
        match condition.sign:
            case "filled":
                return stands
            case "blank":
                return not stands
        if not stands:
            return False
        if figure is not None:
            wanted = number_of(condition.value)
            return wanted is not None and _compared(figure - wanted, condition.sign)
        if (day := day_of(words)) and (other := day_of(condition.value)):
            return _compared(Decimal((day - other).days), condition.sign)
        # Words are the same or they are not; there is no more and less.
        same = words == condition.value
        return same if condition.sign == "=" else condition.sign == "!=" and not same


def _compared(difference: Decimal, sign: str) -> bool:
    match sign:
        case "=":
            return difference == 0
        case "!=":
            return difference != 0
        case "<=":
            return difference <= 0
    return difference >= 0


def number_of(written: str) -> Decimal | None:
    """The number in a condition; none where words stand."""
    try:
        value = Decimal(unpunctuated(written))
    except ArithmeticError:
        return None
    return value if value.is_finite() else None


def day_of(written: str) -> date | None:
    """A day written as dd/mm/yyyy."""
    try:
        return datetime.strptime(written, "%d/%m/%Y").date()
    except ValueError:
        return None
