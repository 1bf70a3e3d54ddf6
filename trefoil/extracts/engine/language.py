"""The small language in which definitions say what they count, and its translation to Ibis.

It is Python's, and nothing else of Python: names of columns, whole numbers, text, `None`, the comparisons
`== != < <= > >= in not in is is not`, `and`, `or`, `not` and brackets. What is not known (`None`) is treated as:

* a flag alone: not known is false, so `not seen` is true of a child of whom it is not known;
* `==` and `in`: false; `!=` and `not in`: true; `<`, `<=`, `>`, `>=`: false;
* `column is None` asks whether it is not known.

`name in ("A", "B")` asks whether a code is one of several; `"A" in name` whether several codes (kept as `,A,B,`)
hold one. A chain `1 <= age < 5` is each comparison and the next.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import ibis
import ibis.expr.types as ir

Kind = Literal["flag", "number", "code", "codes", "date"]

_TYPES: dict[Kind, str] = {"flag": "boolean", "number": "int64", "code": "string", "codes": "string", "date": "date"}
_WORDS: dict[Kind, str] = {
    "flag": "yes or no",
    "number": "a number",
    "code": "a code",
    "codes": "several codes",
    "date": "a date",
}
_ORDERS = {ast.Lt: "__lt__", ast.LtE: "__le__", ast.Gt: "__gt__", ast.GtE: "__ge__"}


class ExpressionError(ValueError):
    """An expression that cannot be used. `column` is where in the text, from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"{message} (at character {column})")
        self.column = column


def _fault(node: ast.AST, message: str) -> ExpressionError:
    return ExpressionError(message, getattr(node, "col_offset", 0) + 1)


@dataclass(frozen=True)
class Expression:
    """One expression. It is read when it is first asked about; `parse` reads it at once."""

    text: str

    @cached_property
    def tree(self) -> ast.expr:
        """The expression as Python reads it. Raises ExpressionError."""
        try:
            return ast.parse(self.text, mode="eval").body
        except SyntaxError as error:
            raise ExpressionError(f"“{self.text}” cannot be read", error.offset or len(self.text) + 1) from None

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns it needs."""
        return frozenset(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name))

    def check(self, kinds: Mapping[str, Kind]) -> None:
        """Raise ExpressionError unless it is a true-or-false question of these columns."""
        self.condition(ibis.table({name: _TYPES[kind] for name, kind in kinds.items()}, name="checked"), kinds)

    def condition(self, table: ir.Table, kinds: Mapping[str, Kind]) -> ir.BooleanValue:
        """The expression over a table's columns: true or false, never null. Raises ExpressionError."""
        return _Reader(table, kinds).truth(self.tree)


def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionError for text that Python cannot read."""
    expression = Expression(text)
    _ = expression.tree  # read now, so that a fault is told here
    return expression


@dataclass(frozen=True)
class _Reader:
    """Walks an expression over one table."""

    table: ir.Table
    kinds: Mapping[str, Kind]

    def truth(self, node: ast.expr) -> ir.BooleanValue:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self.truth(value) for value in values]
                return ibis.and_(*parts) if isinstance(op, ast.And) else ibis.or_(*parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ~self.truth(operand)
            case ast.Compare():
                return self._chain(node)
            case ast.Name():
                return self._flag(node)
            case _:
                raise _fault(node, "a condition is expected here: a flag, a comparison, and, or, not")

    def _flag(self, node: ast.Name) -> ir.BooleanValue:
        if (kind := self._kind(node)) != "flag":
            raise _fault(node, f"“{node.id}” is {_WORDS[kind]}, not yes or no: compare it with something")
        return self.table[node.id].fill_null(False)

    def _kind(self, node: ast.Name) -> Kind:
        if node.id not in self.kinds:
            raise _fault(node, f"there is no column “{node.id}”; there are {', '.join(sorted(self.kinds))}")
        return self.kinds[node.id]

    def _chain(self, node: ast.Compare) -> ir.BooleanValue:
        lefts = [node.left, *node.comparators[:-1]]
        pairs = zip(lefts, node.ops, node.comparators, strict=True)
        return ibis.and_(*(self._comparison(left, op, right) for left, op, right in pairs))

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> ir.BooleanValue:
        match op:
            case ast.Is() | ast.IsNot():
                return self._unknown(left, right, isinstance(op, ast.IsNot))
            case ast.In() | ast.NotIn():
                found = self._membership(left, right)
                return ~found if isinstance(op, ast.NotIn) else found
            case _:
                return self._order(left, op, right)

    def _unknown(self, left: ast.expr, right: ast.expr, known: bool) -> ir.BooleanValue:
        if not (isinstance(left, ast.Name) and isinstance(right, ast.Constant) and right.value is None):
            raise _fault(left, "“is” is only for a column and None")
        self._kind(left)
        column = self.table[left.id]
        return column.notnull() if known else column.isnull()

    def _membership(self, left: ast.expr, right: ast.expr) -> ir.BooleanValue:
        if isinstance(right, ast.Name):
            if self._kind(right) != "codes" or not (isinstance(left, ast.Constant) and isinstance(left.value, str)):
                raise _fault(right, "“in” before a column asks for text and a column of several codes")
            return self.table[right.id].contains(f",{left.value},").fill_null(False)
        if not isinstance(right, ast.Tuple | ast.List) or not right.elts:
            raise _fault(right, "“in” is followed by a list in brackets or by a column of several codes")
        column, kind = self._value(left)
        values = [self._value(element) for element in right.elts]
        for element, (_, other) in zip(right.elts, values, strict=True):
            self._alike(element, kind, other)
        return column.isin([value for value, _ in values]).fill_null(False)

    def _order(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> ir.BooleanValue:
        (first, first_kind), (second, second_kind) = self._value(left), self._value(right)
        self._alike(right, first_kind, second_kind)
        if not isinstance(op, ast.Eq | ast.NotEq):
            if first_kind in ("flag", "codes"):
                raise _fault(left, f"{_WORDS[first_kind]} has no order")
            answer: ir.BooleanValue = getattr(first, _ORDERS[type(op)])(second)
            return answer.fill_null(False)
        same: ir.BooleanValue = (first == second).fill_null(False)
        return same if isinstance(op, ast.Eq) else ~same

    def _value(self, node: ast.expr) -> tuple[ir.Value, Kind]:
        match node:
            case ast.Name():
                return self.table[node.id] if node.id in self.kinds else self.table, self._kind(node)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))) if not isinstance(number, bool):
                return ibis.literal(-number, "int64"), "number"
            case ast.Constant(value=str(text)):
                return ibis.literal(text), "code"
            case ast.Constant(value=int(number)) if not isinstance(number, bool):
                return ibis.literal(number, "int64"), "number"
            case _:
                raise _fault(node, "a column, a whole number or text is expected here")

    @staticmethod
    def _alike(node: ast.expr, first: Kind, second: Kind) -> None:
        if first != second:
            raise _fault(node, f"{_WORDS[first]} cannot be compared with {_WORDS[second]}")
