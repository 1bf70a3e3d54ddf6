"""Whether a group of children is met more often than its share of the area's own children. Pure: no database.

The rate in the group is laid beside the rate among all other children of the area, whose population is known: the
ratio of the two rates, with a 95% interval on the log scale,

    ratio = (a / n) / (b / m)      interval = ratio * exp(-+ 1.96 * sqrt(1/a + 1/b))

for `a` events among `n` children of the group and `b` among the `m` others: a Wald interval for the log of the ratio of
two Poisson rates (K. J. Rothman, Epidemiology: An Introduction, 2nd edition, 2012, as `rateratio` of the R package fmsb
cites it; L. Held and others, Medizinische Statistik, 2013, section 8.3, as `confIntRateRatio` of biostatUZH does. The
manuals of the packages were read, the books were not). It holds for counts that are not small: below `MINIMUM_EVENTS`
in either, or `MINIMUM_CHILDREN` in either population, there is no value. Where one child has many events the interval
is too narrow, and children should be counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

MINIMUM_EVENTS = 10
MINIMUM_CHILDREN = 100
_Z = Decimal("1.959964")


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group against the other children of its area.

    `rate` and `rate_of_others` are for each child, not rounded; `ratio`, `low` and `high` are None where too few were
    counted. `differs`: the whole interval is on one side of 1.
    """

    group: str
    events: int
    children: int
    other_events: int
    other_children: int
    rate: Decimal | None = None
    rate_of_others: Decimal | None = None
    ratio: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def differs(self) -> bool:
        """Whether chance alone is an unlikely reason for the difference."""
        return self.low is not None and self.high is not None and (self.low > 1 or self.high < 1)


def disproportionality(events: Mapping[str, int], children: Mapping[str, int]) -> tuple[GroupRate, ...]:
    """Each group of `children` against all the others, in the order of `children`.

    `events`: how many were counted in each group; `children`: how many children of the area are in each. Events of a
    group that has no population (such as `not recorded`) are left out altogether: they can be laid to no group.
    Raises ValueError for a negative count.
    """
    if any(number < 0 for number in (*events.values(), *children.values())):
        raise ValueError("a count cannot be negative")
    counted = {group: events.get(group, 0) for group in children}
    all_events, all_children = sum(counted.values()), sum(children.values())
    return tuple(
        _compared(GroupRate(group, counted[group], number, all_events - counted[group], all_children - number))
        for group, number in children.items()
    )


def _compared(one: GroupRate) -> GroupRate:
    if min(one.events, one.other_events) < MINIMUM_EVENTS or min(one.children, one.other_children) < MINIMUM_CHILDREN:
        return one
    with localcontext() as context:
        context.prec = 28
        rate, others = Decimal(one.events) / one.children, Decimal(one.other_events) / one.other_children
        ratio = rate / others
        spread = (_Z * (1 / Decimal(one.events) + 1 / Decimal(one.other_events)).sqrt()).exp()
        return GroupRate(
            one.group,
            one.events,
            one.children,
            one.other_events,
            one.other_children,
            rate,
            others,
            ratio,
            ratio / spread,
            ratio * spread,
        )
