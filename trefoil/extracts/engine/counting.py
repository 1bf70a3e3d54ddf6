"""The counting itself, in Ibis: one grouped aggregation for all measures of a subject and one breakdown.

Each gives a narrow table: `area`, `slot` (a month's number, or the place of a span), `group` where there is one, and a
whole number for each count that was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from .measures import Measure

SLOT, GROUP = "slot", "group"


@dataclass(frozen=True, slots=True)
class Count:
    """One whole number to be counted: its name in the result, who is counted, and what is added up for them."""

    name: str
    condition: ir.BooleanValue
    added: ir.IntegerValue | None = None


def numerator_name(measure: Measure, part: str = "") -> str:
    """The name of a measure's numerator in the counted table."""
    return f"n/{measure.id}/{part}"


def denominator_name(measure: Measure) -> str:
    """The name of a measure's denominator in the counted table."""
    return f"d/{measure.id}"


def counts_of(measure: Measure, table: ir.Table, *, parts: bool) -> list[Count]:
    """What is counted for a measure over a table's rows; `parts`: also each category of `extract.parts`."""
    where = _condition(measure, table, "where")
    numerator = where & _condition(measure, table, "numerator")
    added = table[measure.extract.sum].cast("int64") if measure.extract.sum else None
    if added is not None:
        # A row whose figure is not known is in neither: it would pull the average down.
        where = numerator = where & added.notnull()
    counts = [Count(numerator_name(measure), numerator, added)]
    if measure.divides:
        counts.append(Count(denominator_name(measure), where))
    if parts:
        counts += [
            Count(numerator_name(measure, part), where & expression.condition(table, measure.kinds))
            for part, expression in measure.expressions.items()
            if part.startswith("parts.")
        ]
    return counts


def _condition(measure: Measure, table: ir.Table, part: str) -> ir.BooleanValue:
    expression = measure.expressions.get(part)
    return expression.condition(table, measure.kinds) if expression else ibis.literal(True)


def with_month(events: ir.Table) -> ir.Table:
    """Events with the month of their day as `slot`."""
    return events.mutate(slot=_month(events.on))


def open_at_all(episodes: ir.Table, bounds: ir.Table) -> ir.Table:
    """The episodes that are open on the last day of any of the months, with the months from `begins_` to `stops_`.

    Open on a day: it began on or before it and has not ended, or ends after it.
    """
    bounded = episodes.filter(episodes.start.notnull()).cross_join(bounds)
    begins = ibis.greatest(_month(bounded.start), bounded.first_month)
    stops = ibis.least(_month(bounded.end).fill_null(bounded.last_month + 1), bounded.last_month + 1)
    dated = bounded.mutate(begins_=begins.cast("int32"), stops_=stops.cast("int32"))
    return dated.filter(dated.begins_ < dated.stops_).drop("first_month", "last_month")


def on_each_month(opened: ir.Table, reach: ir.Table) -> ir.Table:
    """A row for each episode of `open_at_all` and each month on whose last day it is open, with `slot` and `day`."""
    # Met by equal numbers in a small table: to unroll a list for each row copies every column and is slower.
    return opened.join(reach, ["begins_", "stops_"]).drop("begins_", "stops_")


def _month(day: ir.DateValue) -> ir.IntegerValue:
    return (day.year() * 12 + day.month() - 1).cast("int32")


def by_row(table: ir.Table, measures: Sequence[Measure], group: str = "", *, parts: bool = False) -> ir.Table:
    """Counts of rows by area, slot and group."""
    return table.group_by(_keys(table, group)).aggregate(**_figures(table, measures, parts=parts))


def cube(table: ir.Table, measures: Sequence[Measure], columns: Sequence[str]) -> ir.Table:
    """Counts of rows by area, slot and every one of the columns: `from_cube` adds them up by one of these."""
    keys = _keys(table) | {column: table[column] for column in columns}
    return table.group_by(keys).aggregate(**_figures(table, measures, parts=True))


def from_cube(table: ir.Table, measures: Sequence[Measure], group: str = "", *, parts: bool = False) -> ir.Table:
    """What `by_row` gives, from the counts of `cube`."""
    names = [name for measure in measures for name in _names(measure, parts=parts)]
    return table.group_by(_keys(table, group)).aggregate(**{name: table[name].sum().cast("int64") for name in names})


def _names(measure: Measure, *, parts: bool) -> list[str]:
    """The names of `counts_of`."""
    own = [numerator_name(measure), *([denominator_name(measure)] if measure.divides else [])]
    return own + [numerator_name(measure, part) for part in measure.expressions if parts and part.startswith("parts.")]


def tally(table: ir.Table, columns: Mapping[str, Sequence[str]]) -> ir.Table:
    """How many rows (`rows_`) there are by area, slot and every one of the columns: `from_tally` answers from it.

    `columns`: for each the codes it can hold, where that is a closed list. While rows are grouped a number stands for
    each of those: text costs several times as much to group by.
    """
    coded = {name: _numbered(table[name], codes) if codes else table[name] for name, codes in columns.items()}
    found = table.group_by(_keys(table) | coded).aggregate(rows_=table.count().cast("int64"))
    return found.mutate(**{name: _worded(found[name], codes) for name, codes in columns.items() if codes})


def _numbered(column: ir.StringValue, codes: Sequence[str]) -> ir.IntegerValue:
    return ibis.cases(*((column == code, ibis.literal(at, "int16")) for at, code in enumerate(codes)))


def _worded(column: ir.IntegerValue, codes: Sequence[str]) -> ir.StringValue:
    return ibis.cases(*((column == at, code) for at, code in enumerate(codes)))


def from_tally(table: ir.Table, measures: Sequence[Measure], group: str = "", *, parts: bool = False) -> ir.Table:
    """What `by_row` gives, from the numbers of `tally`. No measure may add up a column."""
    wanted = [count for measure in measures for count in counts_of(measure, table, parts=parts)]
    weighed = {count.name: table.rows_.sum(where=count.condition).cast("int64").fill_null(0) for count in wanted}
    return table.group_by(_keys(table, group)).aggregate(**weighed)


def _figures(table: ir.Table, measures: Sequence[Measure], *, parts: bool) -> dict[str, ir.IntegerScalar]:
    wanted = [count for measure in measures for count in counts_of(measure, table, parts=parts)]
    return {count.name: _figure(table, count) for count in wanted}


def _figure(table: ir.Table, count: Count) -> ir.IntegerScalar:
    if count.added is None:
        return table.count(where=count.condition).cast("int64")
    return count.added.sum(where=count.condition).cast("int64").fill_null(0)


def by_child(
    table: ir.Table,
    measures: Sequence[Measure],
    group: str = "",
    *,
    parts: bool = False,
    spans: ir.Table | None = None,
) -> ir.Table:
    """Counts of children by area, slot and group: a child counts once in each that it has a row in.

    `spans` (`place`, `first`, `last`): count over these spans of months, and the slot is the span's place.
    """
    wanted = [count for measure in measures for count in counts_of(measure, table, parts=parts)]
    flagged = table.filter(table.child.notnull()).mutate(
        **{count.name: count.condition.cast("int8") for count in wanted}
    )
    names = [count.name for count in wanted]
    keys = _keys(flagged, group)
    children = flagged.group_by({**keys, "child": flagged.child}).aggregate(
        **{name: flagged[name].max() for name in names}
    )
    if spans is not None:
        joined = children.join(spans, [children.slot >= spans["first"], children.slot <= spans["last"]])
        again = {key: joined["place" if key == SLOT else key] for key in (*keys, "child")}
        children = joined.group_by(again).aggregate(**{name: joined[name].max() for name in names})
    return children.group_by(list(keys)).aggregate(**{name: children[name].sum().cast("int64") for name in names})


def _keys(table: ir.Table, group: str = "") -> dict[str, ir.Value]:
    keys: dict[str, ir.Value] = {"area": table.area, SLOT: table[SLOT]}
    return keys | ({GROUP: table[group]} if group else {})
