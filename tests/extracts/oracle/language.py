"""Whether an expression of a definition holds of a row.

Python's own words, read from their syntax tree. What is not known (None) is: as a flag false; `==`, `in` and the orders
false; `!=` and `not in` true. `column is None` asks for it.
"""

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Row = Mapping[str, Any]


def holds(text: str, row: Row) -> bool:
    """Whether it is true of the row. An empty text is true of all. Raises KeyError for a column the row has not."""
    return not text or _read(text)(row)


@cache
def _read(text: str) -> Callable[[Row], bool]:
    return _truth(ast.parse(text, mode="eval").body)


def _truth(node: ast.expr) -> Callable[[Row], bool]:
    """The question that a part of the tree asks of a row: the tree is walked once, and not for every row."""
    if isinstance(node, ast.BoolOp):
        parts = [_truth(part) for part in node.values]
        every = all if isinstance(node.op, ast.And) else any
        return lambda row: every([part(row) for part in parts])
    if isinstance(node, ast.UnaryOp):
        denied = _truth(node.operand)
        return lambda row: not denied(row)
    if isinstance(node, ast.Name):
        flag = node.id
        return lambda row: row[flag] is True
    assert isinstance(node, ast.Compare), ast.dump(node)
    sides = [_value(side) for side in (node.left, *node.comparators)]
    links = list(zip(sides, map(_compared, node.ops), sides[1:], strict=False))
    return lambda row: all(compared(left(row), right(row)) for left, compared, right in links)


def _value(node: ast.expr) -> Callable[[Row], Any]:
    if isinstance(node, ast.Name):
        name = node.id
        return lambda row: row[name]
    written = ast.literal_eval(node)
    return lambda _row: written


def _compared(operator: ast.cmpop) -> Callable[[Any, Any], bool]:
    if isinstance(operator, ast.Is | ast.IsNot):
        return lambda left, _: (left is None) == isinstance(operator, ast.Is)
    if isinstance(operator, ast.In | ast.NotIn):
        return lambda left, right: _within(left, right) == isinstance(operator, ast.In)
    if isinstance(operator, ast.Eq | ast.NotEq):
        return lambda left, right: _same(left, right) == isinstance(operator, ast.Eq)
    in_order = _ORDERS[type(operator)]
    return lambda left, right: left is not None and right is not None and bool(in_order(left, right))


def _within(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return f",{left}," in right
    return left is not None and right is not None and left in right


def _same(left: Any, right: Any) -> bool:
    return left is not None and right is not None and bool(left == right)


_ORDERS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
}
