"""Every indicator from stored extracts: which passes are made over the tables, and what they are joined to.

A subject is built once. Each pass is one grouped aggregation of all its measures by months; longer periods are
joined from months, on whole numbers. Distinct children and states on a day do not add up, and are counted anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import groupby
from pathlib import Path

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition

from .backends import Backend, connect
from .measures import Measure, measures
from .passes import Frame, Run, passes_of
from .periods import spans
from .plans import Plans
from .results import Results
from .rows import RowBuilder
from .subjects import BREAKDOWNS, Subject
from .tables import Extract, Tables

# Children aged 0 to 17 by area and mid-year.
Populations = Mapping[str, Mapping[int, int]]


def compute(
    stores: Sequence[Extract],
    *,
    as_at: date,
    backend: str | Backend = "duckdb",
    indicators: Iterable[str] | None = None,
    breakdowns: Sequence[str] = (),
    kinds: Sequence[str] = ("month",),
    months: int = 36,
    populations: Populations | None = None,
    definitions: Iterable[Definition] | None = None,
    plans: Path | None = None,
) -> Results:
    """Count indicators from stored extracts, one for each area.

    `indicators`: ids, all that can be counted when left out. `breakdowns`: of `BREAKDOWNS`; an indicator's own are
    always counted. `kinds` and `months`: see `periods.spans`. `definitions`: the shipped catalogue when left out.
    `plans`: a folder in which the SQL is kept between processes (`plans.py`).
    Raises ValueError for two extracts of one area, or a breakdown, kind, backend or indicator that is not known.
    """
    _check_request(stores, breakdowns)
    shipped = definitions is None
    wanted = measures(_chosen(catalogue() if definitions is None else definitions, indicators), shipped=shipped)
    run = Run(tuple(stores), spans(kinds, as_at=as_at, months=months), tuple(breakdowns))
    builder = RowBuilder(run, populations or {})
    opened = connect(backend) if isinstance(backend, str) else backend
    try:
        with Tables(opened, run.extracts, run.months, Plans(opened.name, plans)) as tables:
            for subject, of_subject in _by_subject(builder.tellable(wanted)):
                _count_subject(tables, run, subject, of_subject, builder)
        return builder.results({measure.id: measure.definition.decimal_places for measure in wanted})
    finally:
        if isinstance(backend, str):
            opened.close()


def _check_request(stores: Sequence[Extract], breakdowns: Sequence[str]) -> None:
    areas = [store.area for store in stores]
    if len(set(areas)) != len(areas):
        raise ValueError("two extracts are of one area: count them apart")
    if unknown := sorted(set(breakdowns) - set(BREAKDOWNS)):
        raise ValueError(f"“{unknown[0]}” is not a breakdown; there are {', '.join(BREAKDOWNS)}")


def _chosen(definitions: Iterable[Definition], indicators: Iterable[str] | None) -> list[Definition]:
    by_id = {definition.id: definition for definition in definitions}
    if indicators is None:
        return list(by_id.values())
    wanted = list(dict.fromkeys(indicators))
    if unknown := [id_ for id_ in wanted if id_ not in by_id or by_id[id_].extract is None]:
        raise ValueError(f"{', '.join(unknown)} cannot be counted from extracts")
    return [by_id[id_] for id_ in wanted]


def _by_subject(wanted: Iterable[Measure]) -> Iterator[tuple[Subject, list[Measure]]]:
    ordered = sorted(wanted, key=lambda measure: measure.subject.name)
    for _, found in groupby(ordered, key=lambda measure: measure.subject.name):
        of_subject = list(found)
        yield of_subject[0].subject, of_subject


def _count_subject(tables: Tables, run: Run, subject: Subject, wanted: Sequence[Measure], builder: RowBuilder) -> None:
    """Build a subject once, make its passes, and hand what they count to the builder."""
    with ExitStack() as stack:
        frame = Frame(tables, run, subject, tuple(passes_of(wanted, run)), stack)
        for one in frame.passes:
            builder.add(one, frame.count(one), seen=frame.areas_seen)
