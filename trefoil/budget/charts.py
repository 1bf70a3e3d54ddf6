"""Who gave which share, year by year, as a picture with its table."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from trefoil.design.charts import Band, Distribution, DistributionRow

from .accounts import year_label
from .models import BudgetYear, Contribution
from .tables import percent

MOST_NAMED = 4
OTHERS = "All other partners"
SUBTITLE = (
    "Share of the contributions in money, as agreed. The duty lies equally on the safeguarding partners; the share of "
    "the cost need not be equal."
)


def shares_chart(years: Sequence[BudgetYear], statutory: frozenset[int]) -> Distribution | None:
    """Stacked shares, the safeguarding partners first and darkest. None when no year has a contribution.

    `years` come loaded with their contributions. One agency is one partner under whatever name it was printed.
    """
    given = {year.first_year: _by_partner(year) for year in years}
    known = sorted(year for year, amounts in given.items() if sum(amounts.values()))
    if not known:
        return None
    names = _names(years)
    named = _named(given, statutory)
    bands = (*(Band(names[key]) for key in named), Band(OTHERS))
    rows = tuple(
        DistributionRow(
            year_label(year),
            (
                *(given[year].get(key, Decimal(0)) for key in named),
                sum((amount for key, amount in given[year].items() if key not in named), Decimal(0)),
            ),
        )
        for year in known
    )
    return Distribution(_finding(names[named[0]], rows), SUBTITLE, "pounds", bands, rows)


_Key = tuple[str, int | str]


def _key(one: Contribution) -> _Key:
    return ("agency", one.agency_id) if one.agency_id is not None else ("name", one.name.casefold())


def _by_partner(year: BudgetYear) -> dict[_Key, Decimal]:
    amounts: dict[_Key, Decimal] = defaultdict(Decimal)
    for one in year.contributions.all():
        amounts[_key(one)] += one.agreed or Decimal(0)
    return amounts


def _names(years: Sequence[BudgetYear]) -> dict[_Key, str]:
    return {
        _key(one): one.agency.name if one.agency else one.name for year in years for one in year.contributions.all()
    }


def _named(given: dict[int, dict[_Key, Decimal]], statutory: frozenset[int]) -> list[_Key]:
    """The partners that have a band of their own: the safeguarding partners by what they gave; if none, the largest."""
    sums: dict[_Key, Decimal] = defaultdict(Decimal)
    for amounts in given.values():
        for key, amount in amounts.items():
            sums[key] += amount
    ranked = sorted(sums, key=lambda key: (-sums[key], str(key)))
    first = [key for key in ranked if key[0] == "agency" and key[1] in statutory]
    return (first or ranked)[:MOST_NAMED]


def _finding(name: str, rows: tuple[DistributionRow, ...]) -> str:
    """What the picture shows, in one sentence."""
    shares = [
        percent(Decimal(row.values[0] or 0), sum((Decimal(one or 0) for one in row.values), Decimal(0))) for row in rows
    ]
    latest = f"{name}: {shares[-1]} of the contributions for {rows[-1].label}"
    return latest if len(rows) == 1 else f"{latest}, {shares[0]} for {rows[0].label}"
