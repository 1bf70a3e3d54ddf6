"""Published variances against the figures they are made of. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from ..rows import Finding
from .check import Check, fault, named
from .lookup import Figures
from .precision import agrees, places_of, shown


def variance_of_figures(figures: Figures) -> Iterator[Finding]:
    """A published variance is (latest - target) / target, from the figures printed beside it."""
    for row in figures.rows:
        if row.published_variance is None or row.target is None or row.target == 0:
            continue
        latest = row.value if row.value is not None else row.numerator
        if latest is None:
            continue
        exact = (latest - row.target) / row.target * Decimal(100)
        if not agrees(row.published_variance, exact):
            places = max(1, places_of(row.published_variance))
            message = (
                f"{named(row)}: the published variance is {row.published_variance}, but ({latest} - "
                f"{row.target}) / "
                f"{row.target} is {shown(exact, places)}%."
            )
            found, expected = str(row.published_variance), shown(exact, places)
            yield fault(VARIANCE.rule, row, ("published_variance", found, expected), message)


VARIANCE = Check(
    "variance",
    "A published variance must be (latest - target) / target, from the figures printed beside it.",
    variance_of_figures,
)
