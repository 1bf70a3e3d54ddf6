"""Read the shipped national pack. Standard library only; nothing is kept between calls.

Every reader gives records in the order of its file. Sources, licences and hashes: `data/MANIFEST.toml`.
"""

import csv
import io
import lzma
import tomllib
from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from .figures import (
    MARKS,
    Area,
    AreaKind,
    CountFigure,
    Ethnicity,
    Measure,
    Neighbour,
    Polarity,
    Population,
    PublishedFigure,
)
from .years import period_of, year_of

COUNT_TABLES = ("children_in_need", "referrals", "plans_started", "plans_by_duration", "looked_after")

Figure = tuple[Decimal | None, str, str]


def pack_file(name: str) -> Traversable:
    """A file of the pack, as importlib.resources gives it."""
    return files(__package__) / "data" / name


def read_manifest() -> dict[str, Any]:
    """The manifest: `attribution`, `source_sha256` by source file, and `files` with the facts of each."""
    return tomllib.loads(pack_file("MANIFEST.toml").read_text(encoding="utf-8"))


def _lines(name: str) -> Iterator[list[str]]:
    """The CSV lines of a file of the pack, heading first."""
    content = pack_file(name).read_bytes()
    if name.endswith(".xz"):
        content = lzma.decompress(content)
    return csv.reader(io.StringIO(content.decode("utf-8"), newline=""))


def _figure_parser() -> Callable[[str], Figure]:
    """A parser of figures that makes each number once: the same few thousand come again and again."""
    known: dict[str, Figure] = {mark: (None, mark, mark) for mark in MARKS}

    def parse(text: str) -> Figure:
        found = known.get(text)
        if found is None:
            found = known[text] = (Decimal(text), text, "")
        return found

    return parse


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _many(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def read_areas() -> Iterator[Area]:
    """The 170 areas: England, the regions, inner and outer London, then authorities by three-digit code."""
    lines = _lines("areas.csv")
    next(lines)
    for code, old, name, kind, region, part, ended, successors, former, other in lines:
        yield Area(
            code=code,
            old_code=old,
            name=name,
            kind=AreaKind(kind),
            region=region,
            london_part=part,
            ended_on=_day(ended),
            successors=_many(successors),
            former_codes=_many(former),
            other_names=_many(other),
        )


def read_measures() -> Iterator[Measure]:
    """The 163 measures of the interactive tool, in the order of its dictionary."""
    lines = _lines("measures.csv.xz")
    next(lines)
    for code, number, topic, title, polarity, unit, places, said, year_type, last, due, text in lines:
        yield Measure(
            code=code,
            number=number,
            topic=topic,
            title=title,
            polarity=Polarity(polarity),
            unit=unit,
            places=int(places),
            dictionary_places=int(said) if said else None,
            year_type=year_type,
            last_update=_day(last),
            next_update=_day(due),
            description=text,
        )


def read_published(measures: Collection[str] | None = None) -> Iterator[PublishedFigure]:
    """Every published value, or those of the measures named: by measure, year label, area.

    Values that were not published are there with their mark.
    """
    year_types = {measure.code: measure.year_type for measure in read_measures()}
    parse = _figure_parser()
    lines = _lines("published.csv.xz")
    areas = next(lines)[2:]
    for measure, label, *texts in lines:
        if measures is not None and measure not in measures:
            continue
        year = year_of(label)
        period = None if year is None else period_of(year, year_types[measure])
        for area, text in zip(areas, texts, strict=True):
            value, shown, mark = parse(text)
            yield PublishedFigure(measure, area, year, label, period, value, shown, mark)


def read_counts(table: str) -> Iterator[CountFigure]:
    """Every figure of one of COUNT_TABLES, by reporting year, area and item.

    Raises KeyError for another name.
    """
    if table not in COUNT_TABLES:
        raise KeyError(table)
    parse = _figure_parser()
    lines = _lines(f"{table}.csv.xz")
    items = next(lines)[2:]
    for year, area, *texts in lines:
        for item, text in zip(items, texts, strict=True):
            value, shown, mark = parse(text)
            yield CountFigure(table, item, area, int(year), value, shown, mark)


def read_populations() -> Iterator[Population]:
    """Children aged 0 to 17 by mid-year and area."""
    lines = _lines("population.csv.xz")
    next(lines)
    for year, area, text in lines:
        marked = text in MARKS
        yield Population(area, int(year), None if marked else int(text), text if marked else "")


def read_neighbours() -> Iterator[Neighbour]:
    """Ten statistical neighbours of each of the 153 authorities now standing, nearest first (2025 model)."""
    lines = _lines("neighbours.csv.xz")
    next(lines)
    for area, rank, neighbour, closeness in lines:
        yield Neighbour(area, int(rank), neighbour, closeness)


def read_ethnicity() -> Iterator[Ethnicity]:
    """People by ethnic group in each of the 153 authorities (Census 2021)."""
    lines = _lines("ethnicity.csv.xz")
    next(lines)
    for area, group, name, people in lines:
        yield Ethnicity(area, int(group), name, int(people))
