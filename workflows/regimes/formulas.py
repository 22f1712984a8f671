"""Sums between cells, as an ordinary officer writes them: `closing = opening + admitted - left`. Pure."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from workflows.errors import Refused

Values = Mapping[str, Decimal]
_DEEPEST = 2_000
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@dataclass(frozen=True)
class Formula:
    """A sum that was read once; `cells` are those of this period, `earlier` those of the period before."""

    text: str
    tree: ast.expr
    cells: frozenset[str]
    earlier: frozenset[str]

    def value(self, values: Values, before: Values) -> Decimal | None:
        """The result, or none when a cell in it is blank or a divisor is zero."""
        try:
            return _value(self.tree, values, before)
        except (KeyError, DivisionByZero, InvalidOperation):
            return None


def parse(text: str) -> Formula:
    """Read a sum of cells, numbers, + - * / and brackets; `previous(cell)` means the period before."""
    if len(text) > _DEEPEST:
        raise _unreadable(text)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        cells, earlier = _names(tree, text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _unreadable(text) from None
    return Formula(text, tree, frozenset(cells), frozenset(earlier))


def _unreadable(text: str) -> Refused:
    return Refused(
        "Công thức không đọc được: %(text)s. Chỉ dùng mã ô, số, + - * /, ngoặc và previous(mã ô).",
        text=text[:200],
    )


def _names(node: ast.expr, text: str) -> tuple[set[str], set[str]]:
    """The cells of this period and of the one before; anything else in the tree is refused."""
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return set(), set()
        case ast.Name() | ast.Attribute():
            return {_cell(node, text)}, set()
        case ast.Call(func=ast.Name(id="previous"), args=[ast.Name() | ast.Attribute() as cell], keywords=[]):
            return set(), {_cell(cell, text)}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _names(operand, text)
        case ast.BinOp(op=ast.Div(), right=ast.Constant(value=0)):
            raise Refused("Công thức chia cho 0: %(text)s. Sửa lại công thức.", text=text[:200])
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            one, other = _names(left, text), _names(right, text)
            return one[0] | other[0], one[1] | other[1]
    raise _unreadable(text)


def _cell(node: ast.expr, text: str) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner, attr=name):
            return f"{_cell(inner, text)}.{name}"
    raise _unreadable(text)


def _value(node: ast.expr, values: Values, before: Values) -> Decimal:
    match node:
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.Call(args=[cell]):
            return before[_cell(cell, "")]
        case ast.UnaryOp(operand=operand):
            return -_value(operand, values, before)
        case ast.BinOp(left=left, op=op, right=right):
            return _joined(_value(left, values, before), _SIGNS[type(op)], _value(right, values, before))
    return values[_cell(node, "")]


def _joined(left: Decimal, sign: str, right: Decimal) -> Decimal:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right
