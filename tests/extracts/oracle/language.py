"""Whether an expression of a definition holds of a row.

Python's own words, read from their syntax tree. What is not known (None) is: as a flag false; `==`, `in` and the orders
false; `!=` and `not in` true. `column is None` asks for it.
"""

import ast
from collections.abc import Mapping
from functools import cache
from typing import Any


def holds(text: str, row: Mapping[str, Any]) -> bool:
    """Whether it is true of the row. An empty text is true of all. Raises KeyError for a column the row has not."""
    return not text or _truth(_read(text), row)


@cache
def _read(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _truth(node: ast.expr, row: Mapping[str, Any]) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = [_truth(part, row) for part in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp):
        return not _truth(node.operand, row)
    if isinstance(node, ast.Name):
        return row[node.id] is True
    assert isinstance(node, ast.Compare), ast.dump(node)
    values = [node.left, *node.comparators]
    return all(
        _compared(_value(values[place], row), operator, _value(values[place + 1], row))
        for place, operator in enumerate(node.ops)
    )


def _value(node: ast.expr, row: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return row[node.id]
    return ast.literal_eval(node)


def _compared(left: Any, operator: ast.cmpop, right: Any) -> bool:
    if isinstance(operator, ast.Is | ast.IsNot):
        return (left is None) == isinstance(operator, ast.Is)
    if isinstance(operator, ast.In | ast.NotIn):
        return _within(left, right) == isinstance(operator, ast.In)
    if isinstance(operator, ast.Eq | ast.NotEq):
        same = left is not None and right is not None and left == right
        return same == isinstance(operator, ast.Eq)
    return left is not None and right is not None and _in_order(left, operator, right)


def _within(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return f",{left}," in right
    return left is not None and right is not None and left in right


def _in_order(left: Any, operator: ast.cmpop, right: Any) -> bool:
    if isinstance(operator, ast.Lt):
        return bool(left < right)
    if isinstance(operator, ast.LtE):
        return bool(left <= right)
    if isinstance(operator, ast.Gt):
        return bool(left > right)
    assert isinstance(operator, ast.GtE), ast.dump(operator)
    return bool(left >= right)
