"""Several extracts of one area together: each measure is taken from the newest extract that can say it.

A census, a return of children in care and a table of episodes each say a part. An extract is newer when it was taken on
a later day; of two taken on one day, the one that came later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from trefoil.indicators.catalogue.loader import catalogue

from .engine import compute
from .engine.backends import connect
from .engine.compute import Populations
from .engine.known import Knowledge
from .engine.measures import measures
from .engine.results import SCHEMA, Results
from .figures_file import ExtractFigure, gives, journeys, newest_of_each
from .models import Extract
from .storing import stored, stored_folder


@dataclass(frozen=True)
class Sourced:
    """A figure, and the extract it comes from."""

    figure: ExtractFigure
    extract: Extract


def newest_together(extracts: Iterable[Extract], kind: str) -> dict[str, Sourced]:
    """For each measure its newest whole figure of a kind of period, from the first of `extracts` that has one."""
    found: dict[str, Sourced] = {}
    for extract in extracts:
        for figure in newest_of_each(stored_folder(extract), kind):
            found.setdefault(figure.indicator, Sourced(figure, extract))
    return found


def first_that_gives(extracts: Sequence[Extract], indicator: str, kind: str) -> Extract | None:
    """The first of `extracts` with a figure of this measure and kind of period."""
    return next((one for one in extracts if gives(stored_folder(one), indicator, kind)), None)


def first_with_journeys(extracts: Sequence[Extract]) -> Extract | None:
    """The first of `extracts` that says how children went from contact to plan, or any part of it."""
    return next((one for one in extracts if any(row["count"] for row in journeys(stored_folder(one), ""))), None)


@dataclass(frozen=True)
class Counted:
    """What several extracts gave together; `sources` says how many measures each of them gave."""

    results: Results
    sources: Mapping[Extract, int]


def compute_together(
    extracts: Sequence[Extract],
    *,
    as_at: date,
    backend: str,
    breakdowns: Sequence[str],
    kinds: Sequence[str],
    months: int,
    populations: Populations,
    plans: Path,
    indicators: Collection[str] | None = None,
) -> Counted:
    """Count every measure (of `indicators`, where they are named), each from the first of `extracts` that gives it.

    Raises ValueError for a backend or an indicator that is not known.
    """
    known = measures(catalogue())
    if unknown := sorted(set(indicators or ()) - {one.id for one in known}):
        raise ValueError(f"{', '.join(unknown)} cannot be counted from extracts")
    left = [one.id for one in known if indicators is None or one.id in indicators]
    tables: list[pa.Table] = []
    places: dict[str, int] = {}
    sources: dict[Extract, int] = {}
    with closing(connect(backend)) as opened:
        for extract in extracts:
            wanted = _sayable(extract, left)
            if not wanted:
                continue
            results = compute(
                [stored(extract)],
                as_at=as_at,
                backend=opened,
                indicators=wanted,
                breakdowns=breakdowns,
                kinds=kinds,
                months=months,
                populations=populations,
                plans=plans,
            )
            given = set(pc.unique(results.table["indicator"]).to_pylist())
            if given:
                left = [id_ for id_ in left if id_ not in given]
                tables.append(results.table)
                places |= results.places
                sources[extract] = len(given)
    return Counted(Results(_joined(tables), places), sources)


def _sayable(extract: Extract, indicators: Sequence[str]) -> list[str]:
    """Those of the measures whose fields the extract carries. Planning the others would cost seconds for nothing."""
    knowledge, wanted = Knowledge(stored(extract)), set(indicators)
    return [
        one.id
        for one in measures(catalogue())
        if one.id in wanted and all(knowledge.carried(need) for need in one.needs())
    ]


def _joined(tables: Sequence[pa.Table]) -> pa.Table:
    if not tables:
        return SCHEMA.empty_table()
    plain = pa.schema([(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type) for one in SCHEMA])
    return pa.concat_tables([table.cast(plain) for table in tables]).cast(SCHEMA)
