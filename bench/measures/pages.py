"""Every page of the dashboard, with the national pack loaded: one by one, and with twenty readers at once."""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..child import run
from ..place import Place
from ..report import Section, judged, mb, ms, quantile, table
from ..serving import Reader, Visit, peak_memory_of_children, processor_seconds_of_children, server, together

READERS = 20
TIMES = 7
PAGES_WITH_PAUSES = 15
PAUSE = (0.5, 1.5)
MOST_MS = 100
MOST_QUERIES = 12
# A browser asks for the pictures of a page after the page; they are answered like one.
NOT_DASHBOARD = {"Partnership", "People", "Who read what"}


def measure(place: Place) -> Section:
    """The section of the pages."""
    place.load_demo()
    alone = run("pages:one_by_one", place.demo_variables, times=TIMES)
    accounts = run("pages:readers", place.demo_variables, number=READERS).given
    with server(place.demo_variables) as (port, process):
        readers = [Reader(port, account["pk"], account["pages"]) for account in accounts]
        for reader in readers:
            reader.sign_in()
        first = readers[0].walk(readers[0].pages)
        readers[-1].walk(readers[-1].pages)  # the other of the two processes
        started, worked = time.perf_counter(), processor_seconds_of_children(process)
        flat_out = together(readers, _walks(readers), (0, 0))
        spent = time.perf_counter() - started
        worked = processor_seconds_of_children(process) - worked
        unhurried = together(readers, [walk[:PAGES_WITH_PAUSES] for walk in _walks(readers)], PAUSE)
        memory = peak_memory_of_children(process)
    return Section(
        "Pages, with the national pack loaded and twenty readers at once",
        (
            _verdict(flat_out, unhurried, alone.given),
            "Served as `make demo` serves: gunicorn with 2 processes of 4 threads, on this machine, which also plays "
            f"the {READERS} readers. Each is signed in as somebody else and opens every room, theme and a choice of "
            "indicators of both partnerships, in an order of their own, with the pictures that a page shows. Server "
            "time is the `Server-Timing` header, from the first middleware to the last byte written; waited is what "
            "the reader saw, over a new connection each time. Milliseconds.",
            f"**Flat out**: the next page as soon as one has come. {len(flat_out):,} answers in {spent:.0f} s, "
            f"{len(flat_out) / spent:.0f} a second; {_failed(flat_out)} failed. The "
            f"processor worked {ms(worked / len(flat_out) * 1000)} ms for each.",
            _by_kind(flat_out),
            f"**As people read**: {PAUSE[0]} to {PAUSE[1]} seconds between pages. {len(unhurried):,} answers; "
            f"{_failed(unhurried)} failed.",
            _by_kind(unhurried),
            f"First visit of one reader after the start: server time {ms(quantile(_server(first), 0.5))} at the "
            f"median, {ms(max(_server(first)))} at worst. Peak memory of the server's processes: "
            f"{', '.join(mb(one) for one in memory)}.",
            f"**One by one, in one process without a network**: with nothing kept of the figures, and (median of "
            f"{TIMES}) with everything kept. Queries are counted. Peak memory {mb(alone.peak_mb)}.",
            _alone(alone.given),
        ),
    )


def _walks(readers: Sequence[Reader]) -> list[list[tuple[str, str]]]:
    chance = random.Random(20)  # noqa: S311  an order of pages, no secret
    return [chance.sample(reader.pages, len(reader.pages)) for reader in readers]


def _server(visits: Sequence[Visit]) -> list[float]:
    return [visit.server_ms for visit in visits]


def _failed(visits: Sequence[Visit]) -> int:
    return sum(visit.status != 200 for visit in visits)


def _dashboard(visits: Sequence[Visit]) -> list[float]:
    return _server([visit for visit in visits if visit.kind not in NOT_DASHBOARD])


def _verdict(flat_out: Sequence[Visit], unhurried: Sequence[Visit], alone: Sequence[dict[str, Any]]) -> str:
    hard, easy = quantile(_dashboard(flat_out), 0.95), quantile(_dashboard(unhurried), 0.95)
    queries = max(one["warm_queries"] for one in alone)
    filling = max(one["cold_queries"] for one in alone)
    rows = [
        ("server time of a dashboard page, 95th percentile, flat out", f"under {MOST_MS} ms", f"{ms(hard)} ms"),
        ("the same, as people read", f"under {MOST_MS} ms", f"{ms(easy)} ms"),
        ("most queries of any page", f"at most {MOST_QUERIES}", str(queries)),
        (
            "the same for the first reader after figures changed, who fills what is kept",
            f"at most {MOST_QUERIES}",
            str(filling),
        ),
    ]
    met = [hard < MOST_MS, easy < MOST_MS, queries <= MOST_QUERIES, filling <= MOST_QUERIES]
    return table(
        ["Target", "Aim", "Measured", "Here"],
        [(*row, judged(ok)) for row, ok in zip(rows, met, strict=True)],
    )


def _by_kind(visits: Sequence[Visit]) -> str:
    kinds: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        kinds[visit.kind].append(visit)
    rows = [(kind, *_line(found)) for kind, found in kinds.items()]
    headings = [
        "Page",
        "Answers",
        *(f"{what} {part}" for what in ("server", "waited") for part in ("p50", "p95", "p99")),
    ]
    return table(headings, [*sorted(rows), ("All", *_line(visits))])


def _line(visits: Sequence[Visit]) -> list[str]:
    waited = [visit.waited_ms for visit in visits]
    parts = [ms(quantile(times, part)) for times in (_server(visits), waited) for part in (0.5, 0.95, 0.99)]
    return [str(len(visits)), *parts]


def _alone(pages: Sequence[dict[str, Any]]) -> str:
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        kinds[page["kind"]].append(page)
    rows = [
        (
            kind,
            len(found),
            ms(max(page["cold"] for page in found)),
            ms(max(page["warm"] for page in found)),
            max(page["cold_queries"] for page in found),
            max(page["warm_queries"] for page in found),
        )
        for kind, found in kinds.items()
    ]
    headings = ["Page", "Pages", "nothing kept, slowest", "kept, slowest", "queries, nothing kept", "queries, kept"]
    return table(headings, sorted(rows))
