"""Reading the sources of the national pack: rows, figures, days, and which area a row is about.

Imported by build_national_pack.py. Standard library only.
"""

import csv
import gzip
import io
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
SETTINGS: dict[str, Any] = tomllib.loads(HERE.with_name("build_national_pack.toml").read_text(encoding="utf-8"))

# Symbols of the Government Statistical Service; `-` is the interactive tool's one mark for all of them.
MARKS = frozenset({"c", "k", "u", "x", "z", "-"})
# The tool stores binary floats: 13.600000000000001 is 13.6. Fourteen digits keep every true one (the
# longest is 2036171.833331) and drop the noise; no rounded figure has more than eight decimals.
TRUE_DIGITS = Context(prec=14)
TRUE_PLACES = 8
EXCEL_DAY_ZERO = date(1899, 12, 30)
ENGLAND = "E92000001"
LONDON = "E12000007"

Row = dict[str, str]
Table = list[list[str]]


class SourceError(ValueError):
    """A source file is not what the build understands."""


def read_source(folder: Path, name: str) -> list[Row]:
    """The rows of the source called `name`, byte order mark and outer spaces removed."""
    path = folder / SETTINGS["sources"][name]["file"]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{column: value.strip() for column, value in row.items()} for row in reader]


def cell(text: str) -> str:
    """A figure's text without binary noise, or its mark. Raises SourceError on anything else."""
    if text in MARKS:
        return text
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise SourceError(f"“{text}” is neither a number nor a known mark") from None
    clean = format(TRUE_DIGITS.plus(number), "f")
    if len(clean.partition(".")[2].rstrip("0")) > TRUE_PLACES:
        clean = format(number, "f")  # a quotient that the source never rounded: kept whole
    clean = clean.rstrip("0").rstrip(".") if "." in clean else clean
    return "0" if clean == "-0" else clean


def day(text: str) -> str:
    """An Excel serial day as an ISO date; words such as `TBC` become nothing."""
    return (EXCEL_DAY_ZERO + timedelta(days=int(text))).isoformat() if text.isdigit() else ""


class Areas:
    """Every area of the pack, found by its three-digit code or by the codes a statistical table gives."""

    def __init__(self, published: list[Row], tables: Iterable[list[Row]], names: Iterable[tuple[str, str]]) -> None:
        self.groups = {group["old_code"]: group for group in SETTINGS["groups"]}
        self.tool_names = {row["LA Number"][:3]: row["LA and Regions"] for row in published}
        self.tool_regions = {row["LA Number"][:3]: row["Region"] for row in published}
        self.latest: dict[str, Row] = {}
        self.codes: dict[str, set[str]] = defaultdict(set)
        for row in (row for table in tables for row in table if row["old_la_code"]):
            self._learn(row)
        self.other_names: dict[str, set[str]] = defaultdict(set)
        for key, name in names:
            self.other_names[self.by_old_or_new(key)].add(name)
        if set(self.tool_names) != set(self.groups) | set(self.latest):
            raise SourceError("the interactive tool and the statistical tables do not cover the same areas")

    def _learn(self, row: Row) -> None:
        """Keep the newest row of an authority: its name and code are the ones in force."""
        old = row["old_la_code"]
        self.codes[old].add(row["new_la_code"])
        known = self.latest.get(old)
        if known is None or row["time_period"] > known["time_period"]:
            self.latest[old] = row

    def by_old_or_new(self, key: str) -> str:
        """The three-digit code for a three-digit or a nine-character code."""
        if key in self.latest:
            return key
        found = [old for old, codes in self.codes.items() if key in codes]
        if len(found) != 1:
            raise SourceError(f"no single authority has the code {key}")
        return found[0]

    def code(self, old: str) -> str:
        """The nine-character code in force for a three-digit code."""
        return str(self.groups[old]["code"]) if old in self.groups else self.latest[old]["new_la_code"]

    def of(self, row: Row) -> str:
        """The area of a row of a statistical table."""
        if row["geographic_level"] == "Local authority":
            return self.code(row["old_la_code"])
        return row["region_code"] if row["geographic_level"] == "Regional" else ENGLAND

    def order(self) -> list[str]:
        """Three-digit codes: England, regions and parts of London, then authorities."""
        return [*self.groups, *sorted(self.latest)]

    def table(self) -> Table:
        """The shipped table of areas."""
        head = ["code", "old_code", "name", "kind", "region", "london_part", "ended_on"]
        head += ["successors", "former_codes", "other_names"]
        return [head, *(self._line(old) for old in self.order())]

    def _line(self, old: str) -> list[str]:
        if old in self.groups:
            group = self.groups[old]
            region = LONDON if group["kind"] == "london_part" else ""
            named = {self.tool_names[old]} - {group["name"]}
            return [
                group["code"],
                old,
                group["name"],
                group["kind"],
                region,
                "",
                "",
                "",
                "",
                "|".join(sorted(named)),
            ]
        row, ended = self.latest[old], SETTINGS["ended"].get(old)
        part = row["region_code"] if row["region_code"].startswith("E13") else ""
        if row["region_name"] != self.tool_regions[old]:
            raise SourceError(f"{row['la_name']}: {row['region_name']} or {self.tool_regions[old]}")
        name = f"{row['la_name']} (until {ended['ended_on']:%B %Y})" if ended else row["la_name"]
        others = (self.other_names[old] | {self.tool_names[old]}) - {name}
        return [
            row["new_la_code"], old, name, "local_authority", LONDON if part else row["region_code"], part,
            ended["ended_on"].isoformat() if ended else "",
            "|".join(self.code(one) for one in ended["successors"]) if ended else "",
            "|".join(sorted(self.codes[old] - {row["new_la_code"]})), "|".join(sorted(others)),
        ]  # fmt: skip
