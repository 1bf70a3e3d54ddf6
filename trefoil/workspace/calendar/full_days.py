"""What a month shows of a full day: the database gives the first of each day, and counts those it leaves out."""

from typing import Any, TypeVar

from django.db.models import Count, Expression, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from trefoil.notifications.entries import Wanted

Row = TypeVar("Row", bound=Model)
NEVER = Q(pk__in=())
# The columns that `first_of_days` adds, in the order in which `left_out` takes them.
COUNTS = ("day_rank", "that_day", "late_that_day")


def first_of_days(
    found: QuerySet[Row], wanted: Wanted, *, day: Expression | F, order: tuple[str, ...], late: Q = NEVER
) -> QuerySet[Row]:
    """The rows by `order`; of each `day` no more than are wanted, with their place, and how many that day has.

    Late ones come first in `order`, or all of a day are late.
    """
    found = found.order_by(*order)
    if wanted.of_a_day is None:
        # Names made from a list are more than the stubs can follow.
        same: QuerySet[Row] = found.annotate(**dict.fromkeys(COUNTS, Value(0)))
        return same
    windows = {
        "day_rank": Window(RowNumber(), partition_by=[day], order_by=order),
        "that_day": Window(Count("pk"), partition_by=[day]),
        "late_that_day": Window(Count("pk", filter=late), partition_by=[day]),
    }
    ranked: QuerySet[Row] = found.annotate(**windows).filter(day_rank__lte=wanted.of_a_day)
    return ranked


def counts_of(row: Model) -> tuple[int, int, int]:
    """What `first_of_days` found out about a row, as `left_out` takes it."""
    place, that_day, late_that_day = (vars(row)[name] for name in COUNTS)
    return place, that_day, late_that_day


def left_out(wanted: Wanted, place: int, that_day: int, late_that_day: int) -> dict[str, Any]:
    """The two fields of an entry that say what is left out of its day; none but the last shown of a day has them."""
    if place != wanted.of_a_day:
        return {}
    return {"left_out": that_day - place, "left_out_late": max(0, late_that_day - place)}
