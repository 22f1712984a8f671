"""Sums between cells, as an ordinary officer writes them: `closing = opening + admitted - left`. Pure.

A formula is read once into a small tree, which is reckoned here and, as plain data, in the browser.
`previous(cell)` means the period before; `_` in the place of a row or a column means the sum over all.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from workflows.errors import Refused

Values = Mapping[str, Decimal]
LONGEST = 2_000
DEEPEST = 250
WHOLE = "_"
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class DividesByZero(ArithmeticError):
    """A divisor is zero for these figures."""


@dataclass(frozen=True)
class Number:
    """A number written in the formula."""

    value: Decimal

    def reckon(self, values: Values, before: Values) -> Decimal:
        """The number itself."""
        return self.value

    def data(self) -> list[object]:
        """Plain data for the browser."""
        return ["number", float(self.value)]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, of this period or of the one before; KeyError while it is blank."""

    name: str
    earlier: bool = False

    def reckon(self, values: Values, before: Values) -> Decimal:
        """The figure in the cell."""
        return (before if self.earlier else values)[self.name]

    def data(self) -> list[object]:
        """Plain data for the browser."""
        return ["before" if self.earlier else "cell", self.name]


@dataclass(frozen=True)
class Sum:
    """What stands in several cells together, as far as they are filled in; KeyError while all are blank."""

    names: tuple[str, ...]
    earlier: bool = False

    def reckon(self, values: Values, before: Values) -> Decimal:
        """The sum."""
        source = before if self.earlier else values
        known = [source[name] for name in self.names if name in source]
        if not known:
            raise KeyError(*self.names[:1])
        return sum(known, Decimal(0))

    def data(self) -> list[object]:
        """Plain data for the browser."""
        return ["before-sum" if self.earlier else "sum", list(self.names)]


@dataclass(frozen=True)
class Joined:
    """Two sums joined by a sign."""

    sign: str
    left: "Tree"
    right: "Tree"

    def reckon(self, values: Values, before: Values) -> Decimal:
        """The result; DividesByZero where it has none."""
        left, right = self.left.reckon(values, before), self.right.reckon(values, before)
        match self.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        if not right:
            raise DividesByZero
        return left / right

    def data(self) -> list[object]:
        """Plain data for the browser."""
        return [self.sign, self.left.data(), self.right.data()]


Tree = Number | Cell | Sum | Joined


@dataclass(frozen=True)
class Formula:
    """A sum that was read once; `cells` are those of this period, `earlier` those of the period before."""

    text: str
    tree: Tree = field(compare=False)
    cells: frozenset[str]
    earlier: frozenset[str]

    @property
    def divides(self) -> bool:
        """Is it divided by what stands in cells, as a rate is?"""
        return _divides(self.tree)

    def value(self, values: Values, before: Values) -> Decimal | None:
        """The result, or none when a cell in it is blank or a divisor is zero."""
        try:
            return self.reckon(values, before)
        except DividesByZero:
            return None

    def reckon(self, values: Values, before: Values) -> Decimal | None:
        """The result, or none when a cell in it is blank; DividesByZero when a divisor is zero."""
        try:
            with localcontext(prec=40):
                return self.tree.reckon(values, before)
        except KeyError:
            return None


def _divides(tree: Tree) -> bool:
    match tree:
        case Joined("/", _, divisor) if not isinstance(divisor, Number):
            return True
        case Joined(_, left, right):
            return _divides(left) or _divides(right)
    return False


def parse(text: str, typed: Iterable[str] = (), calculated: Iterable[str] = ()) -> Formula:
    """Read a sum of cells, numbers, + - * / and brackets.

    `_` stands for the typed cells of a row or column, or for calculated ones where there are no others.
    """
    if len(text) > LONGEST:
        raise _unreadable(text)
    try:
        node = ast.parse(text.strip(), mode="eval").body
        reader = _Reader(text, tuple(typed), tuple(calculated))
        tree = reader.tree(node, 0)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        raise _unreadable(text) from None
    return Formula(text, tree, frozenset(reader.cells), frozenset(reader.earlier))


def _unreadable(text: str) -> Refused:
    return Refused(
        "Công thức không đọc được: %(text)s. Chỉ dùng tên ô chọn trong danh sách, số, + - * / và ngoặc.",
        text=text[:200],
    )


class _Reader:
    """Turns Python's tree into ours, noting the cells; anything but a sum is refused."""

    def __init__(self, text: str, *cells: tuple[str, ...]) -> None:
        self.text = text
        self.cells_to_sum = cells
        self.cells: set[str] = set()
        self.earlier: set[str] = set()

    def tree(self, node: ast.expr, depth: int) -> Tree:
        """The tree below a node."""
        if depth > DEEPEST:
            raise _unreadable(self.text)
        match node:
            case ast.Constant(value=int() | float() as written) if not isinstance(written, bool):
                return self._number(written)
            case ast.Name() | ast.Attribute():
                return self._cell(node, earlier=False)
            case ast.Call(
                func=ast.Name(id="previous"), args=[ast.Name() | ast.Attribute() as cell], keywords=[]
            ):
                return self._cell(cell, earlier=True)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Joined("-", Number(Decimal(0)), self.tree(operand, depth + 1))
            case ast.BinOp(op=ast.Div(), right=ast.Constant(value=0)):
                raise Refused("Công thức chia cho 0: %(text)s. Sửa lại công thức.", text=self.text[:200])
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                return Joined(_SIGNS[type(op)], self.tree(left, depth + 1), self.tree(right, depth + 1))
        raise _unreadable(self.text)

    def _number(self, written: int | float) -> Number:
        value = Decimal(str(written))
        if not value.is_finite() or abs(value) > Decimal(10) ** 15:
            raise _unreadable(self.text)
        return Number(value)

    def _cell(self, node: ast.expr, *, earlier: bool) -> Tree:
        name = self._name(node)
        names = self._meant(name)
        (self.earlier if earlier else self.cells).update(names)
        return Sum(names, earlier) if WHOLE in name.split(".") else Cell(name, earlier)

    def _meant(self, name: str) -> tuple[str, ...]:
        """The cells a name stands for; a name that stands for none is kept, to be named as unknown."""
        wanted = name.split(".")
        if WHOLE not in wanted:
            return (name,)
        for cells in self.cells_to_sum:
            if fits := tuple(cell for cell in cells if _fits(cell.split("."), wanted)):
                return fits
        return (name,)

    def _name(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Attribute(value=inner, attr=name):
                return f"{self._name(inner)}.{name}"
        raise _unreadable(self.text)


def _fits(cell: list[str], wanted: list[str]) -> bool:
    return len(cell) == len(wanted) and all(
        part in (WHOLE, own) for own, part in zip(cell, wanted, strict=True)
    )
