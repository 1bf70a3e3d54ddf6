"""The small language: its answers against Python's own on rows, and its faults."""

from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.engine.language import ExpressionError, Kind, parse

KINDS: dict[str, Kind] = {
    "nfa": "flag",
    "seen": "flag",
    "days": "number",
    "age": "number",
    "weeks": "number",  # only ever asked whether it is known
    "source": "code",
    "outcomes": "codes",
}
ARROW = {"flag": pa.bool_(), "number": pa.int64(), "code": pa.string(), "codes": pa.string()}
CODES = ("A", "B", "CC")

ROWS = st.fixed_dictionaries(
    {
        "nfa": st.none() | st.booleans(),
        "seen": st.none() | st.booleans(),
        "days": st.none() | st.integers(-3, 3),
        "age": st.none() | st.integers(-3, 3),
        "weeks": st.none() | st.integers(-3, 3),
        "source": st.none() | st.sampled_from(CODES),
        "outcomes": st.none() | st.lists(st.sampled_from(CODES), unique=True),
    }
)
NUMBERS = st.sampled_from(["days", "age", "0", "2", "-1"])
LEAVES = st.one_of(
    st.sampled_from(["nfa", "seen", "weeks is None", "weeks is not None", "source is not None", "nfa is None"]),
    st.builds("{} {} {}".format, NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS),
    st.builds("{} <= {} < {}".format, NUMBERS, NUMBERS, NUMBERS),
    st.builds("source {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from(CODES)),
    st.builds("source {} ('A', 'CC')".format, st.sampled_from(["in", "not in"])),
    st.builds("days {} (0, 1, -2)".format, st.sampled_from(["in", "not in"])),
    st.builds("'{}' {} outcomes".format, st.sampled_from(CODES), st.sampled_from(["in", "not in"])),
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(not {})".format, inner),
    ),
    max_leaves=6,
)


class Known:
    """A number that may not be known: an order with such a one is false, and it equals nothing."""

    def __init__(self, value: int | None) -> None:
        self.value = value

    def _order(self, other: Any, holds: Any) -> bool:
        right = other.value if isinstance(other, Known) else other
        return self.value is not None and right is not None and holds(self.value, right)

    def __eq__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a == b)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return self._order(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> bool:
        return self._order(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> bool:
        return self._order(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> bool:
        return self._order(other, lambda a, b: a >= b)

    __hash__ = object.__hash__


def _by_python(text: str, row: dict[str, Any]) -> bool:
    names: dict[str, Any] = dict(row)
    names |= {name: Known(row[name]) for name in ("days", "age")}
    names["outcomes"] = row["outcomes"] or ()
    return bool(eval(text, {"__builtins__": {}}, names))  # noqa: S307  (Python itself is the oracle; the text is ours)


def _by_engine(text: str, rows: list[dict[str, Any]]) -> list[bool]:
    kept = [row | {"outcomes": f",{','.join(row['outcomes'])}," if row["outcomes"] else None} for row in rows]
    schema = pa.schema([(name, ARROW[kind]) for name, kind in KINDS.items()])
    table = ibis.memtable(pa.Table.from_pylist(kept, schema))
    answer = parse(text).condition(table, KINDS)
    return ibis.duckdb.connect().to_pyarrow(table.select(answer=answer))["answer"].to_pylist()


@settings(max_examples=30)
@given(text=EXPRESSIONS, rows=st.lists(ROWS, min_size=1, max_size=8))
def test_condition_answers_as_python_does(text: str, rows: list[dict[str, Any]]) -> None:
    assert _by_engine(text, rows) == [_by_python(text, row) for row in rows]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("nfa and", 8, "cannot be read"),
        ("nfa and late", 9, "no column “late”"),
        ("days", 1, "a number, not yes or no"),
        ("nfa or days", 8, "a number, not yes or no"),
        ("days == 'A'", 9, "a number cannot be compared with a code"),
        ("source in ('A', 2)", 17, "a code cannot be compared with a number"),
        ("source in ()", 11, "followed by a list"),
        ("days in source", 9, "several codes"),
        ("'A' in source", 8, "several codes"),
        ("days is 3", 1, "only for a column and None"),
        ("nfa < seen", 1, "has no order"),
        ("days > 1.5", 8, "a whole number or text"),
        ("days + 1 > 2", 1, "a whole number or text"),
        ("days > True", 8, "a whole number or text"),
        ("len(source) > 2", 1, "a whole number or text"),
        ("(lambda: 1)()", 1, "a condition is expected"),
        ("__import__('os').system('x')", 1, "a condition is expected"),
        ("source.upper() == 'A'", 1, "a whole number or text"),
        ("3", 1, "a condition is expected"),
    ],
)
def test_condition_refused(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as found:
        parse(text).check(KINDS)
    assert words in str(found.value)
    assert found.value.column == column


def test_names_are_the_columns_it_needs() -> None:
    assert parse("not nfa and 'A' in outcomes and 1 <= days < age").names == {"nfa", "outcomes", "days", "age"}
