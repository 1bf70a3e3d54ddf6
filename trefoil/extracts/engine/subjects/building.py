"""Steps that several subjects take."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from ..tables import Tables


def has(column: ir.StringValue, *codes: str) -> ir.BooleanValue:
    """Whether several codes kept as `,A,B,` hold any of these; false when there are none."""
    return ibis.or_(*(column.contains(f",{code},") for code in codes)).fill_null(False)


def days_between(start: ir.DateValue, end: ir.DateValue) -> ir.IntegerValue:
    """Calendar days from one date to another; null when either is missing."""
    return end.delta(start, unit="day").cast("int64")


def age_at_end(age: ir.IntegerValue, start: ir.DateValue, end: ir.DateValue) -> ir.IntegerValue:
    """An age in months on the day a thing ended, to within a month: that at its start and the months between.

    Months between are those of the calendar: from 31 January to 1 February is one.
    """
    return age + ((end.year() - start.year()) * 12 + end.month() - start.month())


def relabelled(column: ir.StringValue, labels: Mapping[str, str], otherwise: str) -> ir.StringValue:
    """Each code by its label; `otherwise` for any other, and for none."""
    codes: dict[str, list[str]] = {}
    for code, label in labels.items():
        codes.setdefault(label, []).append(code)
    # One look in a list for each label: a step for each code is several times slower over millions of rows.
    return ibis.cases(*((column.isin(of_label), label) for label, of_label in codes.items()), else_=otherwise)


def banded(number: ir.IntegerValue, bands: Mapping[str, int | None], otherwise: str) -> ir.StringValue:
    """The first band whose upper end is at or above a number (None: no end); `otherwise` for no number."""
    steps = [(number <= end if end is not None else number.notnull(), label) for label, end in bands.items()]
    return ibis.cases(*steps, else_=otherwise)


def with_working_days(table: ir.Table, tables: Tables, name: str, start: str, end: str) -> ir.Table:
    """The table with a column: working days after `start` up to and including `end` (`calendar`); null when unknown."""
    for column, marked in ((start, "first_"), (end, "last_")):
        days = tables.working_days.rename({f"{marked}day": "day", f"{marked}number": "number"})
        table = table.left_join(days, table[column] == days[f"{marked}day"])
    counted = table.mutate(**{name: table.last_number - table.first_number})
    return counted.drop("first_day", "first_number", "last_day", "last_number")


def first_of_each(table: ir.Table, keys: list[str], order: list[str]) -> ir.Table:
    """One row for each value of `keys`: the first by `order`, which must leave no two rows equal."""
    place = ibis.row_number().over(group_by=keys, order_by=order)
    return table.mutate(place_=place).filter(ibis._.place_ == 0).drop("place_")
