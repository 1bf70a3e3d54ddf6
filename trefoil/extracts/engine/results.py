"""The figures: whole numbers in an Arrow table, divided and rounded only when they are shown or written out."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TextIO

import pyarrow as pa

from trefoil.indicators.calculation.ratios import rate_per, round_half_up
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Unit

_TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("indicator", _TEXT),
        ("area", _TEXT),
        ("period", _TEXT),
        ("breakdown", _TEXT),
        ("group", _TEXT),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
        ("unit", _TEXT),
    ]
)
COLUMNS = ("indicator", "area", "period", "breakdown", "group", "numerator", "denominator", "value", "unit")


def value_of(row: Mapping[str, Any], places: int | None = None) -> Decimal | None:
    """A row's figure in its unit, rounded half up; None when it has none (a denominator of 0, or not known).

    `places`: decimal places; the definition's own when left out.
    """
    unit = Unit(row["unit"])
    if places is None:
        places = catalogue()[row["indicator"]].decimal_places
    if not unit.is_ratio:
        return round_half_up(Decimal(row["numerator"]), places)
    per = 100 if unit is Unit.PERCENT else unit.per_population or 1
    return rate_per(row["numerator"], row["denominator"], per, places)


@dataclass(frozen=True)
class Results:
    """Every figure that was counted. `table` has the columns of `SCHEMA`, `places` each indicator's decimals.

    The whole of an area has breakdown and group "". A period an extract cannot tell has no row; a group nobody was in
    has none either, except the categories of the indicator's own breakdowns, which are then 0.
    """

    table: pa.Table
    places: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict, with its `value`."""
        for batch in self.table.to_batches(max_chunksize=50_000):
            for row in batch.to_pylist():
                yield {**row, "value": value_of(row, self.places.get(row["indicator"]))}

    def write_csv(self, out: TextIO) -> int:
        """Write every row, a heading first; returns how many. A figure that has no value is left blank."""
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        number = 0
        for row in self.rows():
            writer.writerow(row)
            number += 1
        return number
