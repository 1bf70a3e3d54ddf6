"""Stretches of time: the one way in which a state on a day is worked out.

A stretch is a row with `area`, `child`, `start` and `end`, which is not null (`dates.NEVER` when it has not ended). It
holds on the days from `start` to the day before `end`. A state is cut into stretches in which nothing changes, so that
the engine, which asks only which rows are open on the last day of a month, needs no other look-up.
"""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from .dates import LONG_AGO, NEVER, month_number, plus_days

CHILD = ("area", "child")


def stretches(table: ir.Table, *, child: str, start: str, end: str, row: str, **keep: str | ir.Value) -> ir.Table:
    """The rows as stretches, with `row` (their identifier) and what is kept.

    Left out: rows without a child or a start, and rows that end on or before the day they start: they are never open
    at the end of a day.
    """
    made = table.select(area="area", child=child, start=start, end=table[end].fill_null(NEVER), row=row, **keep)
    return made.filter(made.child.notnull() & made.start.notnull() & (made.start < made.end))


def one_at_a_time(table: ir.Table) -> ir.Table:
    """The stretches cut so that no two of a child overlap: at any time the one that started first counts.

    Of two that start on one day, that with the lower `row`. So a count of rows is a count of children.
    """
    order = ibis.window(group_by=CHILD, order_by=["start", "row"], preceding=(None, 1))
    covered = table.mutate(covered_=table.end.max().over(order).fill_null(LONG_AGO))
    cut = covered.mutate(start=ibis.greatest(covered.start, covered.covered_))
    return cut.filter(cut.start < cut.end).drop("covered_")


def merged(table: ir.Table, keys: Sequence[str] = CHILD) -> ir.Table:
    """Stretches that overlap or touch, joined into one; columns: the keys, `start`, `end`."""
    before = ibis.window(group_by=keys, order_by=["start", "end"], preceding=(None, 1))
    upto = ibis.cumulative_window(group_by=keys, order_by=["start", "end"])
    marked = table.mutate(begins_=(table.start > table.end.max().over(before)).fill_null(True).cast("int64"))
    numbered = marked.mutate(number_=marked.begins_.sum().over(upto))
    return (
        numbered.group_by([*keys, "number_"])
        .aggregate(start=numbered.start.min(), end=numbered.end.max())
        .drop("number_")
    )


def outside(pieces: ir.Table, keys: Sequence[str] = CHILD) -> ir.Table:
    """The time that merged stretches leave free, for the children who have any."""
    window = {"group_by": keys, "order_by": "start"}
    after = pieces.select(*keys, start=pieces.end, end=pieces.start.lead().over(**window).fill_null(NEVER))
    before = pieces.group_by(keys).aggregate(end=pieces.start.min()).mutate(start=LONG_AGO)
    return after.union(before.select(*after.columns))


def clipped(
    table: ir.Table,
    pieces: ir.Table,
    columns: Sequence[str] = (),
    *,
    keys: Sequence[str] = CHILD,
    inside: bool = False,
) -> ir.Table:
    """The table cut to the pieces it overlaps, with their columns.

    A child without any piece keeps its rows whole, with nulls; `inside`: it has none.
    """
    there = pieces.select(
        **{f"{key}_": key for key in keys}, start_="start", end_="end", **{name: name for name in columns}
    )
    pairs = [table[key] == there[f"{key}_"] for key in keys]
    joined = table.join(there, pairs) if inside else table.left_join(there, pairs)
    cut = joined.mutate(
        start=ibis.greatest(joined.start, joined.start_.fill_null(LONG_AGO)),
        end=ibis.least(joined.end, joined.end_.fill_null(NEVER)),
    )
    return cut.filter(cut.start < cut.end).drop(*(f"{key}_" for key in keys), "start_", "end_")


def latest(table: ir.Table, columns: Sequence[str], *, on: str, row: str, keys: Sequence[str] = CHILD) -> ir.Table:
    """Pieces that tell on each day which row is the latest with `on` on or before it: all of time is covered.

    Of several on one day, that with the highest `row`. Before the first there is a piece with nulls.
    """
    dated = table.filter(table[on].notnull() & ibis.and_(*(table[key].notnull() for key in keys)))
    window = {"group_by": keys, "order_by": [on, row]}
    known = dated.select(*keys, *columns, start=on, end=dated[on].lead().over(**window).fill_null(NEVER))
    blank = {name: ibis.null(kind) for name, kind in known.schema().items() if name in columns}
    before = dated.group_by(keys).aggregate(end=dated[on].min()).mutate(start=LONG_AGO, **blank)
    return known.union(before.select(*known.columns))


def lasting(table: ir.Table, *, start: str, end: str, row: str, keys: Sequence[str] = CHILD) -> ir.Table:
    """The table with `until`: when the row ends, but no later than the next begins, for rows that follow each other.

    A row whose next begins on the day after it ended lasts until then: some systems close a row the day before.
    """
    following = table[start].lead().over(group_by=keys, order_by=[start, row])
    ends = table.mutate(until=table[end].fill_null(NEVER), next_=following.fill_null(NEVER))
    touches = ends.next_ <= plus_days(ends.until, 1)
    return ends.mutate(until=ibis.ifelse(touches, ends.next_, ends.until)).drop("next_")


def latest_in_month(
    table: ir.Table, called: str, *, on: str, keys: Sequence[str] = CHILD, flags: Sequence[str] = ()
) -> ir.Table:
    """Pieces as of `latest` with the latest day of events as `called`: right on the last day of every month.

    Earlier events of a month can decide nothing at its end, and have no piece. `flags`: boolean columns without nulls;
    true when one is of any event on that latest day.
    """
    dated = table.filter(table[on].notnull() & ibis.and_(*(table[key].notnull() for key in keys)))
    # Of one day the flagged row comes last, and those before it are of the same month as it is.
    following = dated[on].lead().over(group_by=keys, order_by=[on, *flags]).fill_null(NEVER)
    found = dated.select(*keys, *flags, start=on, end=following)
    known = found.filter(month_number(found.start) < month_number(found.end)).mutate(**{called: ibis._.start})
    blank = {name: ibis.null(known.schema()[name]) for name in (called, *flags)}
    before = known.group_by(keys).aggregate(end=known.start.min()).mutate(start=LONG_AGO, **blank)
    return known.union(before.select(*known.columns))


def with_flags(table: ir.Table, tests: Mapping[str, tuple[ir.Table, ibis.Deferred]], *, row: str = "row") -> ir.Table:
    """The table with flags: whether the child has any of some others for which a condition holds of the pair.

    `tests`: for each flag the others, and the condition, in which their columns are marked `other_`. `row` tells the
    table's rows of an area apart.
    """
    joined = table
    for name, (others, condition) in tests.items():
        there = others.rename("other_{name}")
        pairs = table.join(there, [table.area == there.other_area, table.child == there.other_child]).filter(condition)
        found = pairs.select(**{f"{name}_area": "area", f"{name}_row": row}).distinct()
        joined = joined.left_join(found, [joined.area == found[f"{name}_area"], joined[row] == found[f"{name}_row"]])
    flags = {name: joined[f"{name}_row"].notnull() for name in tests}
    return joined.mutate(**flags).drop(*(f"{name}_{part}" for name in tests for part in ("area", "row")))
